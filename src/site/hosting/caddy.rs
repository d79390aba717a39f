//! The Caddyfile.
//!
//! Comes in: a [`Hosted`] and its [`Place`]. Goes out: one site of a Caddyfile. Caddy fetches the certificate by itself, and
//! knows the types of files. A header with a question mark is sent where no other rule sent one.

use super::{HEADERS, Hosted, LONG, OPEN, Place, SHORT, policy};

/// The text of the file.
pub(super) fn file(hosted: &Hosted, place: &Place) -> String {
    let Hosted { host, base, .. } = hosted;
    let host = place.listen.as_deref().unwrap_or(host);
    let (plain, module) = (policy::header(false), policy::header(true));
    let packed = if hosted.is_compressed {
        " {\n\t\t\tprecompressed gzip\n\t\t\thide .*\n\t\t}"
    } else {
        " {\n\t\t\thide .*\n\t\t}"
    };
    let open = OPEN.map(|folder| format!("{base}{folder}/*")).join(" ");
    let mut always = format!(
        "header ?Content-Security-Policy \"{plain}\"\nheader ?Cache-Control \"{SHORT}\"\nheader -Server\n"
    );
    for (name, value) in HEADERS {
        always.push_str(&format!("header {name} \"{value}\"\n"));
    }
    let indented = |by: &str| {
        let lines = always.lines();
        lines
            .map(|line| format!("{by}{line}\n"))
            .collect::<String>()
    };
    let mut out = format!(
        "# 由 mingbai config caddy 生成，重新生成会覆盖改动。 / Made by mingbai config caddy; changes are lost when it is made again.\n\
         {host} {{\n\
         \tencode gzip\n\
         {}\
         \t@module {{\n\t\tpath_regexp ^{pattern}checks/[^/]+\\.html$\n\t\tnot path {base}checks/index.html\n\t}}\n\
         \theader @module Content-Security-Policy \"{module}\"\n\
         \t@hashed path_regexp ^{pattern}(assets/|search/[^/]+/)\n\
         \theader @hashed Cache-Control \"{LONG}\"\n\
         \t@open path {open}\n\
         \theader @open Access-Control-Allow-Origin *\n",
        indented("\t"),
        pattern = base.replace('.', "\\.")
    );
    for (from, to) in &hosted.moved {
        let (from, to) = (hosted.address(from), hosted.address(to));
        out.push_str(&format!("\tredir {from} {to} 301\n"));
    }
    for path in &hosted.withdrawn {
        out.push_str(&format!(
            "\thandle {} {{\n\t\terror 410\n\t}}\n",
            hosted.address(path)
        ));
    }
    let root = format!("\"{}\"", place.root.replace('"', "\\\""));
    out.push_str(&format!(
        "\thandle_path {base}* {{\n\t\t@write not method GET HEAD\n\t\terror @write 405\n\t\troot * {root}\n\t\tfile_server{packed}\n\t}}\n\
         \thandle {{\n\t\terror 404\n\t}}\n\
         \thandle_errors {{\n{}\t\troot * {root}\n\t\trewrite * /404.html\n\t\tfile_server\n\t}}\n}}\n",
        indented("\t\t")
    ));
    out
}
