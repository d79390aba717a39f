//! The file for nginx.
//!
//! Comes in: a [`Hosted`] and its [`Place`]. Goes out: text to include at the level of `http`: maps for what differs between
//! files, and one server. All headers are set in one place, because a `location` with a header of its own loses the others.

use super::{HEADERS, Hosted, LONG, OPEN, Place, SHORT, policy};

/// Types of all files that a site can have; nginx of some systems does not know the last ones.
const TYPES: &str = "\
    types {
        text/html html;
        text/css css;
        text/javascript js;
        text/plain txt;
        text/csv csv;
        text/calendar ics;
        application/json json;
        application/xml xml;
        application/wasm wasm;
        application/pdf pdf;
        application/ofd ofd;
        application/msword doc;
        application/vnd.ms-excel xls;
        application/vnd.ms-powerpoint ppt;
        application/vnd.openxmlformats-officedocument.wordprocessingml.document docx;
        application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx;
        application/vnd.openxmlformats-officedocument.presentationml.presentation pptx;
        application/vnd.ms-works wps;
        image/svg+xml svg;
        image/png png;
        image/jpeg jpg jpeg;
        image/gif gif;
        image/webp webp;
        image/x-icon ico;
        font/woff woff;
        font/woff2 woff2;
        font/ttf ttf;
    }
    default_type application/octet-stream;
    charset utf-8;
    charset_types text/html text/css text/javascript text/plain text/csv text/calendar application/json application/xml image/svg+xml;
";

/// The text of the file.
pub(super) fn file(hosted: &Hosted, place: &Place) -> String {
    let mut out = String::from(
        "# nginx：放进 conf.d 或 sites-enabled；由 mingbai config nginx 生成，重新生成会覆盖改动。\n\
         # For nginx: put it into conf.d or sites-enabled. Made by mingbai config nginx; changes are lost when it is made again.\n\n",
    );
    out.push_str(&maps(hosted));
    out.push_str(&server(hosted, place));
    out
}

fn maps(hosted: &Hosted) -> String {
    let base = pattern(&hosted.base);
    let (plain, module) = (policy::header(false), policy::header(true));
    let open = OPEN.join("|");
    format!(
        "# 自查网页运行规则模块；其余网页不运行。 / Self-checks run the module of their rules; other pages run none.\n\
         map $uri $mingbai_policy {{\n\
         \x20   default \"{plain}\";\n\
         \x20   \"~^{base}checks/index\\.html$\" \"{plain}\";\n\
         \x20   \"~^{base}checks/[^/]+\\.html$\" \"{module}\";\n\
         }}\n\
         # 名字里带校验码的文件永远不变。 / Files with a hash in their name never change.\n\
         map $uri $mingbai_cache {{\n\
         \x20   default \"{SHORT}\";\n\
         \x20   \"~^{base}(assets/|search/[^/]+/)\" \"{LONG}\";\n\
         }}\n\
         # 公开的数据，别的网站也可以读。 / Open data, which other sites may read.\n\
         map $uri $mingbai_open {{\n\
         \x20   default \"\";\n\
         \x20   \"~^{base}({open})/\" \"*\";\n\
         }}\n\n"
    )
}

fn server(hosted: &Hosted, place: &Place) -> String {
    let Hosted { host, base, .. } = hosted;
    let host = if host.is_empty() { "_" } else { host.as_str() };
    let listen = match &place.listen {
        Some(listen) => format!("    listen {listen};\n"),
        None => "    listen 80;\n    listen [::]:80;\n".to_owned(),
    };
    let packed = if hosted.is_compressed {
        "    gzip_static on;\n"
    } else {
        ""
    };
    let mut out = format!(
        "server {{\n{listen}    server_name {host};\n\
         \x20   # https：证书配好以后用下面几行，再把 80 端口转到 443。 / For https, when there is a certificate:\n\
         \x20   # listen 443 ssl;\n\
         \x20   # ssl_certificate …; ssl_certificate_key …;\n\
         \x20   # 确定不再用 http 以后才用这一行（浏览器会记住一年）。 / Only when http is given up: browsers remember it for a year.\n\
         \x20   # add_header Strict-Transport-Security \"max-age=31536000\" always;\n\n\
         \x20   server_tokens off;\n    absolute_redirect off;\n    autoindex off;\n    index index.html;\n\
         \x20   error_page 404 410 {base}404.html;\n\
         \x20   etag on;\n\n\
         {TYPES}\n\
         \x20   gzip on;\n    gzip_vary on;\n    gzip_min_length 512;\n\
         \x20   gzip_types text/css text/javascript text/plain text/csv text/calendar application/json application/xml application/wasm image/svg+xml;\n\
         {packed}\
         \x20   # 装了 brotli 模块就用这一行。 / With the brotli module:\n\
         \x20   # brotli on; brotli_types text/css text/javascript text/csv text/calendar application/json application/xml image/svg+xml;\n\n\
         \x20   add_header Content-Security-Policy $mingbai_policy always;\n\
         \x20   add_header Cache-Control $mingbai_cache always;\n\
         \x20   add_header Access-Control-Allow-Origin $mingbai_open;\n"
    );
    for (name, value) in HEADERS {
        out.push_str(&format!("    add_header {name} \"{value}\" always;\n"));
    }
    out.push_str(
        "\n    # 只读。 / Read only.\n    if ($request_method !~ ^(GET|HEAD)$) { return 405; }\n\
         \x20   # 以点开头的不给，证书用的除外。 / Nothing that begins with a dot, except what certificates need.\n\
         \x20   location ~ /\\.(?!well-known/) { return 404; }\n"
    );
    let root = quoted(&place.root);
    if base == "/" {
        out.push_str(&format!("    root {root};\n"));
    } else {
        let slash = quoted(&format!("{}/", place.root));
        out.push_str(&format!(
            "    location {base} {{ alias {slash}; }}\n    location = / {{ return 302 {base}; }}\n"
        ));
    }
    for (from, to) in &hosted.moved {
        let (from, to) = (hosted.address(from), hosted.address(to));
        out.push_str(&format!("    location = {from} {{ return 301 {to}; }}\n"));
    }
    for path in &hosted.withdrawn {
        let path = hosted.address(path);
        out.push_str(&format!("    location = {path} {{ return 410; }}\n"));
    }
    out.push_str("}\n");
    out
}

/// A path as a regular expression. It has only letters, digits and `-_./~%`.
fn pattern(path: &str) -> String {
    path.replace('.', "\\.")
}

/// A path of the file system as one word; whoever asks has refused quotation marks in it.
fn quoted(path: &str) -> String {
    format!("\"{path}\"")
}
