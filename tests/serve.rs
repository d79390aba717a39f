//! The preview, as a browser on the same machine meets it: what it answers, that it is what a build would write, and that
//! nothing typed into a file or sent to its port ends it.

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use jiff::civil::{Date, date};
use mingbai::config::Config;
use mingbai::diag::{Diagnostic, Sink};
use mingbai::output::OutputTree;
use mingbai::pipeline;
use mingbai::serve::{Preview, Report, Served, Server, Settings, watch};
use mingbai::sources::{self, Touched};
use mingbai::text::Lang;
use proptest::prelude::*;
use proptest::test_runner::{Config as Cases, RngAlgorithm, TestRng, TestRunner};
use tempfile::TempDir;

const TODAY: Date = date(2023, 9, 1);
/// No answer may take longer, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

// ---------------------------------------------------------------- a preview of a small site

/// The small site of the diagnostics, with the repository's theme.
fn small_site() -> TempDir {
    let site = tempfile::tempdir().expect("a folder");
    let repository = support::repository();
    support::copy(&repository.join("tests/diagnostics/base"), site.path());
    support::copy(&repository.join("themes"), &site.path().join("themes"));
    site
}

/// The same cases in every run.
fn cases(cases: u32) -> Cases {
    Cases {
        cases,
        failure_persistence: None,
        ..Cases::default()
    }
}

struct Desk {
    preview: Arc<Preview>,
    /// What the last run that came to its end said.
    said: Arc<Mutex<Vec<Diagnostic>>>,
    faults: Arc<Mutex<Vec<String>>>,
}

fn desk(site: &Path) -> Desk {
    let said = Arc::new(Mutex::default());
    let faults = Arc::new(Mutex::new(Vec::new()));
    let (reported, failed) = (said.clone(), faults.clone());
    let preview = Preview::new(Settings {
        site: site.to_owned(),
        today: Box::new(|| TODAY),
        lang: Lang::Zh,
        report: Box::new(move |report| match report {
            Report::Run(run) => *reported.lock().unwrap() = run.problems,
            Report::Trouble(_) => {}
            Report::Fault(words) => failed.lock().unwrap().push(words),
        }),
    });
    Desk {
        preview: preview.expect("threads"),
        said,
        faults,
    }
}

impl Desk {
    fn look(&self, touched: &[&str]) {
        let site = self.preview.site();
        let touched = touched.iter().map(|path| site.join(path)).collect();
        self.preview.look(&Touched::Anything(touched));
    }
}

impl Desk {
    /// The terminal is informed a moment after browsers.
    fn await_words(&self, said: &[Diagnostic]) {
        let until = Instant::now() + Duration::from_secs(5);
        while *self.said.lock().unwrap() != said && Instant::now() < until {
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// What a new build of the folder makes and says.
fn fresh(site: &Path) -> (OutputTree, Vec<Diagnostic>) {
    let mut sink = Sink::default();
    let sources = sources::read(site, &mut sink).expect("a site folder");
    let config = Config {
        today: TODAY,
        base_url: None,
        advice: false,
        draft: true,
        part: None,
    };
    let tree = pipeline::build(&sources, &config, &mut sink).tree;
    (tree, sink.into_sorted(&sources))
}

fn found(preview: &Preview, path: &str) -> Option<Vec<u8>> {
    match preview.file(path) {
        Served::Found { bytes, .. } => Some(bytes.to_vec()),
        _ => None,
    }
}

// ---------------------------------------------------------------- a server and a browser

struct Running {
    desk: Desk,
    port: u16,
    site: TempDir,
}

fn start(site: TempDir) -> Running {
    let desk = desk(site.path());
    let server = Server::bind(Some(0)).expect("a free port");
    let port = server.port();
    let watched = desk.preview.clone();
    thread::spawn(move || watch(&watched));
    let served = desk.preview.clone();
    thread::spawn(move || server.serve(&served, None));
    Running { desk, port, site }
}

impl Drop for Running {
    fn drop(&mut self) {
        Server::stop(self.port, &self.desk.preview);
    }
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("a UTF-8 text")
    }
}

impl Running {
    fn connect(&self) -> TcpStream {
        let connection = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        connection.set_read_timeout(Some(PATIENCE)).expect("a time");
        connection
    }

    fn raw(&self, request: &[u8]) -> Answer {
        let mut connection = self.connect();
        connection.write_all(request).expect("it listens");
        let mut all = Vec::new();
        // A refusal may close the connection before everything was sent.
        connection.read_to_end(&mut all).unwrap_or_default();
        let end = all
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .unwrap_or(all.len());
        let head = String::from_utf8_lossy(&all[..end]).into_owned();
        Answer {
            status: head
                .split(' ')
                .nth(1)
                .and_then(|s| s.parse().ok())
                .unwrap_or(0),
            body: all.get(end + 4..).unwrap_or_default().to_vec(),
            head,
        }
    }

    fn ask(&self, method: &str, target: &str) -> Answer {
        let port = self.port;
        self.raw(format!("{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n").as_bytes())
    }

    fn get(&self, target: &str) -> Answer {
        self.ask("GET", target)
    }

    /// Changes a file as editors do: a new one takes its name.
    fn save(&self, path: &str, text: &str) {
        let new = self.site.path().join("~new");
        fs::write(&new, text).expect("a file");
        let path = self.site.path().join(path);
        fs::rename(&new, path).expect("a file");
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.site.path().join(path)).expect("a file")
    }

    fn news(&self, page: &str, version: &str) -> News {
        let mut connection = self.connect();
        let port = self.port;
        connection
            .write_all(
                format!("GET /.mingbai/events?page={page}&version={version} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n")
                    .as_bytes(),
            )
            .expect("it listens");
        News(BufReader::new(connection))
    }

    /// The version that a page says it is.
    fn version(&self, page: &str) -> String {
        let html = self.get(&format!("/{page}")).text();
        let (_, rest) = html.split_once("data-version=\"").expect("the script");
        rest.split('"').next().unwrap_or_default().to_owned()
    }
}

/// A stream of events.
struct News(BufReader<TcpStream>);

impl News {
    /// The data of the next event of a kind.
    fn next(&mut self, kind: &str) -> String {
        let wanted = format!("event: {kind}");
        let until = Instant::now() + PATIENCE;
        let mut named = false;
        while Instant::now() < until {
            let mut line = String::new();
            assert!(
                self.0.read_line(&mut line).expect("the stream goes on") > 0,
                "the stream ended"
            );
            let line = line.trim_end();
            if let Some(data) = line.strip_prefix("data: ").filter(|_| named) {
                return data.to_owned();
            }
            named = line == wanted;
        }
        panic!("no {kind}");
    }
}

const SCHEDULE: &str = "data/schedules/";

/// The first document of a kind and the page it becomes.
fn first_file(site: &Path, folder: &str) -> String {
    let files = support::files(&site.join(folder));
    let name = files.keys().next().expect("a document");
    format!("{folder}{name}")
}

// ---------------------------------------------------------------- answers

#[test]
fn files_have_their_types_and_pages_the_script_of_the_preview() {
    let running = start(small_site());
    let home = running.get("/");
    assert_eq!(home.status, 200);
    assert_eq!(
        home.header("Content-Type"),
        Some("text/html; charset=utf-8")
    );
    let html = home.text();
    assert!(html.contains("<script src=\"/.mingbai/live.js\" data-page=\"index.html\""));
    assert!(html.contains("; connect-src 'self'; "), "{}", &html[..400]);
    assert!(html.contains("default-src 'none'"));
    let (tree, said) = fresh(running.site.path());
    assert_eq!(said, []);
    running.desk.preview.settle();
    for (path, kind) in [
        ("atom.xml", "application/atom+xml; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("api/v1/index.json", "application/json; charset=utf-8"),
    ] {
        let answer = running.get(&format!("/{path}"));
        assert_eq!(answer.header("Content-Type"), Some(kind), "{path}");
        assert_eq!(answer.body, *tree[path].bytes, "{path}");
        let length = answer.body.len().to_string();
        assert_eq!(answer.header("Content-Length"), Some(length.as_str()));
    }
    for (ending, kind) in [
        (".css", "text/css; charset=utf-8"),
        (".js", "text/javascript; charset=utf-8"),
        (".svg", "image/svg+xml; charset=utf-8"),
        (".csv", "text/csv; charset=utf-8"),
        (".png", "image/png"),
    ] {
        let path = tree
            .keys()
            .find(|path| path.ends_with(ending))
            .expect(ending);
        let answer = running.get(&format!("/{path}"));
        assert_eq!(answer.header("Content-Type"), Some(kind), "{path}");
        assert_eq!(answer.body, *tree[path].bytes, "{path}");
        assert_eq!(answer.header("X-Content-Type-Options"), Some("nosniff"));
    }
}

#[test]
fn a_draft_is_shown_with_a_banner_and_without_it_once_confirmed() {
    let running = start(small_site());
    let path = "data/schedules/youyu-2023.yaml";
    let confirmed = running.text(path);
    let address = "/schedules/youyu-2023.html";
    let shows_banner = |expected: bool| {
        let end = Instant::now() + PATIENCE;
        while running
            .get(address)
            .text()
            .contains("草稿，未核对，不得作为依据")
            != expected
        {
            assert!(Instant::now() < end, "banner: {expected}");
            thread::sleep(Duration::from_millis(20));
        }
        running.desk.preview.settle();
        let page = running.get(address).text();
        assert_eq!(page.contains("noindex"), expected);
        assert_eq!(
            running.get("/robots.txt").text().contains("Disallow"),
            expected
        );
        assert!(!running.get("/about.html").text().contains("noindex"));
    };
    shows_banner(false);
    running.save(path, &format!("{confirmed}# 待核：地点\n"));
    shows_banner(true);
    running.save(path, &confirmed);
    shows_banner(false);
}

#[test]
fn what_is_not_there_is_the_sites_own_page_with_404() {
    let running = start(small_site());
    for target in [
        "/nothing.html",
        "/notices/nothing.html",
        "/x/",
        "/%E5%8E%BF.html",
        "/.mingbai/nothing",
    ] {
        let answer = running.get(target);
        assert_eq!(answer.status, 404, "{target}");
        assert!(answer.text().contains("没有这个页面"), "{target}");
    }
}

#[test]
fn a_head_has_the_head_of_the_page_and_no_body() {
    let running = start(small_site());
    let (get, head) = (
        running.get("/index.html"),
        running.ask("HEAD", "/index.html"),
    );
    assert_eq!(head.status, 200);
    assert_eq!(head.head, get.head);
    assert!(head.body.is_empty() && !get.body.is_empty());
}

#[test]
fn a_file_that_the_browser_has_is_not_sent_again() {
    let running = start(small_site());
    running.get("/");
    running.desk.preview.settle();
    let first = running.get("/robots.txt");
    let tag = first.header("ETag").expect("a tag");
    let port = running.port;
    let again = running.raw(
        format!(
            "GET /robots.txt HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nIf-None-Match: {tag}\r\n\r\n"
        )
        .as_bytes(),
    );
    assert_eq!((again.status, again.body.len()), (304, 0));
}

#[test]
fn nothing_outside_the_site_and_nothing_but_reading() {
    let running = start(small_site());
    fs::write(running.site.path().join("secret.txt"), "geheim").expect("a file");
    for target in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/notices/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/content/../secret.txt",
        "/secret.txt",
        "/..\\secret.txt",
        "//etc/passwd",
        "/data/site.yaml",
    ] {
        let answer = running.get(target);
        assert_eq!(answer.status, 404, "{target}");
        assert!(!answer.text().contains("geheim"), "{target}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE"] {
        let answer = running.ask(method, "/");
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(answer.header("Allow"), Some("GET, HEAD"));
    }
}

#[test]
fn another_name_for_this_machine_gets_nothing() {
    let running = start(small_site());
    let port = running.port;
    for (host, status) in [
        (format!("127.0.0.1:{port}"), 200),
        (format!("localhost:{port}"), 200),
        (format!("evil.example:{port}"), 403),
        ("127.0.0.1".to_owned(), 403),
        (format!("127.0.0.1:{port}.evil.example"), 403),
    ] {
        let answer = running.raw(format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes());
        assert_eq!(answer.status, status, "{host}");
    }
    assert_eq!(running.raw(b"GET / HTTP/1.0\r\n\r\n").status, 400);
}

#[test]
fn noise_on_the_port_is_refused_and_ends_nothing() {
    let running = start(small_site());
    running.get("/");
    let long = format!("GET /{} HTTP/1.1\r\n", "a".repeat(40_000));
    assert_eq!(running.raw(long.as_bytes()).status, 431);
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(100));
    assert_eq!(running.raw(many.as_bytes()).status, 431);
    let mut runner =
        TestRunner::new_with_rng(cases(200), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let noise = proptest::collection::vec(any::<u8>(), 0..300);
    runner
        .run(&noise, |bytes| {
            let mut connection = running.connect();
            connection.write_all(&bytes).unwrap_or_default();
            connection.write_all(b"\r\n\r\n").unwrap_or_default();
            connection.shutdown(Shutdown::Write).unwrap_or_default();
            let mut all = Vec::new();
            connection.read_to_end(&mut all).unwrap_or_default();
            prop_assert!(all.is_empty() || all.starts_with(b"HTTP/1.1 4"));
            Ok(())
        })
        .expect("noise is refused");
    // Browsers that open connections and say nothing do not keep others out.
    let _silent: Vec<TcpStream> = (0..50).map(|_| running.connect()).collect();
    assert_eq!(running.get("/").status, 200);
}

#[test]
fn a_port_that_was_asked_for_and_is_taken_is_trouble_and_another_is_found_otherwise() {
    let first = Server::bind(Some(0)).expect("a free port");
    let taken = Server::bind(Some(first.port())).err().expect("it is taken");
    assert_eq!(taken.port, first.port());
    let (one, two) = (Server::bind(None), Server::bind(None));
    let ports = (one.expect("a port").port(), two.expect("a port").port());
    assert_ne!(ports.0, ports.1);
}

// ---------------------------------------------------------------- changes

#[test]
fn a_saved_change_is_sent_to_the_page_it_changes_and_to_no_other() {
    let running = start(small_site());
    let file = first_file(running.site.path(), "content/notices/");
    let stem = Path::new(&file)
        .file_stem()
        .unwrap()
        .to_string_lossy()
        .into_owned();
    let page = format!("notices/{stem}.html");
    let (mut changed, mut other) = (
        running.news(&page, &running.version(&page)),
        running.news("404.html", &running.version("404.html")),
    );
    assert!(changed.next("problems").contains("\"errors\":0"));
    other.next("problems");
    running.desk.preview.settle();
    let text = running.text(&file);
    running.save(&file, &format!("{text}\n新加的一段话。\n"));
    changed.next("reload");
    let html = running.get(&format!("/{page}")).text();
    assert!(html.contains("新加的一段话。"));
    // A theme's file changes every page; the page that nothing happened to got no message before.
    running.desk.preview.settle();
    let css = running.text("themes/mingbai/styles/tokens.css");
    running.save(
        "themes/mingbai/styles/tokens.css",
        &format!("{css}\n.x {{ color: red; }}\n"),
    );
    let version = other.next("reload");
    assert_eq!(version, running.version("404.html"));
}

#[test]
fn an_error_is_shown_with_its_place_over_the_last_good_page_and_goes_when_fixed() {
    let running = start(small_site());
    let file = first_file(running.site.path(), SCHEDULE);
    let good = running.get("/index.html").body;
    let mut news = running.news("index.html", &running.version("index.html"));
    news.next("problems");
    running.desk.preview.settle();
    let text = running.text(&file);
    let county = text
        .lines()
        .find(|line| line.starts_with("county:"))
        .expect("a county");
    let wrong = county.replace("县", "悬");
    running.save(
        &file,
        &text.replace(county, &format!("{wrong} # <script>alert(1)</script>")),
    );
    let reported = news.next("problems");
    let problems: serde_json::Value = serde_json::from_str(&reported).expect("JSON");
    assert!(problems["errors"].as_u64() >= Some(1), "{reported}");
    let first = &problems["list"][0];
    assert_eq!(first["severity"], "error");
    assert_eq!(first["word"], "错误");
    assert_eq!(first["place"]["file"], file.as_str());
    assert!(first["place"]["line"].as_u64() > Some(1), "{reported}");
    assert!(
        first["hint"][0]
            .as_str()
            .is_some_and(|hint| !hint.is_empty()),
        "{reported}"
    );
    let shown = running.get("/.mingbai/problems.json").text();
    assert!(
        shown.contains("<script>alert(1)</script>"),
        "text is passed on as it is"
    );
    assert_eq!(running.get("/index.html").body, good);
    running.desk.preview.settle();
    running.save(&file, &text);
    while !news.next("problems").contains("\"errors\":0") {}
    assert_eq!(running.get("/index.html").body, good);
}

#[test]
fn a_preview_that_starts_with_errors_shows_them_and_then_the_page() {
    let site = small_site();
    let file = first_file(site.path(), SCHEDULE);
    let text = fs::read_to_string(site.path().join(&file)).expect("a file");
    fs::write(
        site.path().join(&file),
        "title: [<script>alert(1)</script>\n",
    )
    .expect("a file");
    let running = start(site);
    let answer = running.get("/index.html");
    assert_eq!(answer.status, 503);
    let html = answer.text();
    assert!(
        html.contains("还没有网页") && html.contains(&file),
        "{html}"
    );
    assert!(!html.contains("<script>alert"), "{html}");
    let mut news = running.news("index.html", &running.version("index.html"));
    running.save(&file, &text);
    news.next("reload");
    assert_eq!(running.get("/index.html").status, 200);
}

#[test]
fn a_folder_that_goes_and_comes_back_is_followed() {
    let running = start(small_site());
    let good = running.get("/index.html");
    assert_eq!(good.status, 200);
    running.desk.preview.settle();
    let mut news = running.news("index.html", &running.version("index.html"));
    news.next("problems");
    let (site, aside) = (running.site.path(), tempfile::tempdir().expect("a folder"));
    for folder in ["content", "data", "themes"] {
        fs::rename(site.join(folder), aside.path().join(folder)).expect("a folder");
    }
    while !news.next("problems").contains("\"trouble\"") {}
    assert_eq!(running.get("/index.html").body, good.body);
    for folder in ["content", "data", "themes"] {
        fs::rename(aside.path().join(folder), site.join(folder)).expect("a folder");
    }
    while !news.next("problems").contains("\"errors\":0") || running.desk.preview.is_in_trouble() {}
    // A folder that was not there before is watched as well.
    fs::create_dir_all(site.join("content/pages")).expect("a folder");
    let version = running.version("new.html");
    let mut news = running.news("new.html", &version);
    fs::write(
        site.join("content/pages/new.md"),
        "---\ntitle: 新页\n---\n\n正文。\n",
    )
    .expect("a file");
    news.next("reload");
    assert!(running.get("/new.html").text().contains("新页"));
}

#[test]
fn monsters_in_a_file_are_survived() {
    let site = small_site();
    let desk = desk(site.path());
    desk.look(&[]);
    let file = first_file(site.path(), SCHEDULE);
    let theme = "themes/mingbai/templates/notice.html";
    let (text, template) = (
        fs::read(site.path().join(&file)).expect("a file"),
        fs::read(site.path().join(theme)).expect("a file"),
    );
    let monsters: [(&str, Vec<u8>); 8] = [
        (&file, Vec::new()),
        (&file, vec![0xff, 0xfe, 0, 0, 7]),
        (&file, "[".repeat(20_000).into_bytes()),
        (&file, "a: ".repeat(5_000).into_bytes()),
        (&file, "甲".repeat(2_000_000).into_bytes()),
        (theme, b"{% for x in view %}{{ x }".to_vec()),
        (theme, b"{% include \"notice.html\" %}".to_vec()),
        (theme, b"{{ 1 / 0 }}{{ nothing.at.all }}".to_vec()),
    ];
    for (path, bytes) in monsters {
        fs::write(site.path().join(path), &bytes).expect("a file");
        desk.look(&[path]);
        desk.preview.settle();
        let problems = desk.preview.problems();
        assert!(
            problems.are_grave(),
            "{path}: {:?}",
            &bytes[..bytes.len().min(30)]
        );
        let fixed = if path == theme { &template } else { &text };
        fs::write(site.path().join(path), fixed).expect("a file");
        desk.look(&[path]);
        desk.preview.settle();
        assert_eq!(desk.preview.problems().errors, 0);
        assert!(found(&desk.preview, "index.html").is_some());
    }
    assert_eq!(*desk.faults.lock().unwrap(), Vec::<String>::new());
}

// ---------------------------------------------------------------- the same as a build

/// What somebody does to a site folder. Numbers choose among the files that there are.
#[derive(Debug, Clone)]
enum Edit {
    /// Puts words into a file.
    Type(usize, usize, &'static str),
    /// Takes characters out of a file.
    Cut(usize, usize, usize),
    Delete(usize),
    /// Saves a file under another name.
    Copy(usize, &'static str),
    Rename(usize, &'static str),
    /// Puts a file back as it was at the start.
    Restore(usize),
    RestoreAll,
}

fn edit() -> impl Strategy<Value = Edit> {
    let words = prop::sample::select(vec![
        "甲县",
        "\n",
        " ",
        ": ",
        "- ",
        "'",
        "2023",
        "[链接](/notices/x.html)",
        "<script>",
        "{{",
        "#",
        "---\n",
    ]);
    let names = prop::sample::select(vec!["copy", "a-1", "坏名", "zz"]);
    let n = any::<usize>();
    prop_oneof![
        6 => (n, n, words).prop_map(|(f, at, w)| Edit::Type(f, at, w)),
        3 => (n, n, 1..20usize).prop_map(|(f, at, k)| Edit::Cut(f, at, k)),
        1 => n.prop_map(Edit::Delete),
        2 => (n, names.clone()).prop_map(|(f, name)| Edit::Copy(f, name)),
        1 => (n, names).prop_map(|(f, name)| Edit::Rename(f, name)),
        3 => n.prop_map(Edit::Restore),
        3 => Just(Edit::RestoreAll),
    ]
}

/// Does it. The paths that were touched.
fn apply(edit: &Edit, site: &Path, start: &[(String, Vec<u8>)]) -> Vec<String> {
    let now: Vec<String> = support::files(site)
        .into_keys()
        .filter(|path| !path.contains("regions/") && !path.ends_with(".png"))
        .collect();
    let chosen = |n: usize| now[n % now.len()].clone();
    let border = |text: &str, at: usize| {
        let mut at = at % (text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let read = |path: &str| {
        String::from_utf8_lossy(&fs::read(site.join(path)).expect("a file")).into_owned()
    };
    let other = |path: &str, name: &str| {
        let (folder, file) = path.rsplit_once('/').expect("a folder");
        let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
        format!("{folder}/{name}.{ending}")
    };
    let path = match edit {
        Edit::Type(n, at, words) => {
            let path = chosen(*n);
            let mut text = read(&path);
            text.insert_str(border(&text, *at), words);
            fs::write(site.join(&path), text).expect("a file");
            path
        }
        Edit::Cut(n, at, many) => {
            let path = chosen(*n);
            let text = read(&path);
            let from = border(&text, *at);
            let rest: String = text[from..].chars().skip(*many).collect();
            fs::write(site.join(&path), text[..from].to_owned() + &rest).expect("a file");
            path
        }
        Edit::Delete(n) => {
            let path = chosen(*n);
            fs::remove_file(site.join(&path)).expect("a file");
            path
        }
        Edit::Copy(n, name) => {
            let path = chosen(*n);
            let to = other(&path, name);
            if to != path {
                fs::copy(site.join(&path), site.join(&to)).expect("a file");
            }
            to
        }
        Edit::Rename(n, name) => {
            let path = chosen(*n);
            fs::rename(site.join(&path), site.join(other(&path, name))).expect("a file");
            path
        }
        Edit::Restore(n) => {
            let (path, bytes) = &start[n % start.len()];
            fs::write(site.join(path), bytes).expect("a file");
            path.clone()
        }
        Edit::RestoreAll => {
            for path in now {
                fs::remove_file(site.join(path)).expect("a file");
            }
            for (path, bytes) in start {
                fs::write(site.join(path), bytes).expect("a file");
            }
            return start.iter().map(|(path, _)| path.clone()).collect();
        }
    };
    vec![path]
}

#[test]
fn after_any_edits_the_preview_is_what_a_build_makes_and_says_what_a_check_says() {
    let site = small_site();
    let start: Vec<(String, Vec<u8>)> = support::files(site.path()).into_iter().collect();
    let desk = desk(site.path());
    desk.look(&[]);
    desk.preview.settle();
    let last_good = Mutex::new(fresh(site.path()).0);
    let (clean, faulty) = (Mutex::new(0), Mutex::new(0));
    let mut runner =
        TestRunner::new_with_rng(cases(30), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    runner
        .run(&proptest::collection::vec(edit(), 1..4), |edits| {
            // Several edits at once, and edits that overtake the run of the one before.
            // A state without errors in between may be shown, if there was time to make it.
            let mut between = Vec::new();
            for (number, edit) in (1..).zip(&edits) {
                let touched = apply(edit, site.path(), &start);
                let touched: Vec<&str> = touched.iter().map(String::as_str).collect();
                desk.look(&touched);
                if number < edits.len() {
                    between.push(fresh(site.path()).0);
                }
            }
            between.retain(|tree| !tree.is_empty());
            let (tree, said) = fresh(site.path());
            let is_clean = !tree.is_empty();
            if is_clean {
                // While the rest is still being made.
                for path in [
                    "index.html",
                    "deadlines.html",
                    "atom.xml",
                    "data/index.html",
                ] {
                    let expected = tree.get(path).map(|file| &*file.bytes);
                    let shown = found(&desk.preview, path);
                    prop_assert!(shown.as_ref() == expected, "early {path}");
                }
            }
            desk.preview.settle();
            let mut good = last_good.lock().unwrap();
            if is_clean {
                *good = tree;
                *clean.lock().unwrap() += 1;
            } else {
                *faulty.lock().unwrap() += 1;
            }
            let differs = |tree: &OutputTree| {
                let mut files = tree.iter();
                let other = files
                    .find(|(path, file)| found(&desk.preview, path).as_ref() != Some(&*file.bytes));
                other.map(|(path, _)| path.clone())
            };
            if let Some(path) = differs(&good) {
                let shown = between
                    .into_iter()
                    .rev()
                    .find(|tree| differs(tree).is_none());
                prop_assert!(!is_clean && shown.is_some(), "{path}");
                *good = shown.unwrap_or_default();
            }
            desk.await_words(&said);
            prop_assert_eq!(&*desk.said.lock().unwrap(), &said);
            prop_assert_eq!(desk.preview.problems().are_grave(), !is_clean);
            Ok(())
        })
        .expect("the preview is what a build makes");
    assert_eq!(*desk.faults.lock().unwrap(), Vec::<String>::new());
    let (clean, faulty) = (clean.into_inner().unwrap(), faulty.into_inner().unwrap());
    assert!(
        clean >= 5 && faulty >= 5,
        "{clean} clean, {faulty} with errors"
    );
}
