//! The desk against those who may not use it: nobody without its token, no other page, no path outside the sources, no endless form.
//! And against the worst end: a file is the old one or the new one, whenever the program is killed.

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(20);

struct Desk {
    program: Child,
    port: u16,
    token: String,
    site: TempDir,
}

/// The desk of a new site.
fn start() -> Desk {
    open(new_site())
}

fn new_site() -> TempDir {
    let site = tempfile::tempdir().expect("a folder");
    let made = Command::new(env!("CARGO_BIN_EXE_mingbai"))
        .arg("init")
        .arg(site.path())
        .output();
    assert!(made.expect("the program runs").status.success());
    site
}

fn open(site: TempDir) -> Desk {
    let mut program = Command::new(env!("CARGO_BIN_EXE_mingbai"))
        .args([
            "--lang",
            "zh",
            "desk",
            "--port",
            "0",
            "--today",
            "2027-01-01",
        ])
        .arg(site.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let mut line = String::new();
    let out = program.stdout.take().expect("its output");
    BufReader::new(out)
        .read_line(&mut line)
        .expect("its first line");
    let address = line.split("http://127.0.0.1:").nth(1).expect("an address");
    let (port, rest) = address.split_once('/').expect("a path");
    let token = rest
        .split("token=")
        .nth(1)
        .and_then(|rest| rest.split(' ').next())
        .expect("a token");
    Desk {
        program,
        port: port.parse().expect("a port"),
        token: token.to_owned(),
        site,
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.program.kill().unwrap_or_default();
        self.program.wait().expect("it ends");
    }
}

struct Answer {
    status: u16,
    text: String,
}

impl Desk {
    fn connect(&self) -> TcpStream {
        let connection = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        connection.set_read_timeout(Some(PATIENCE)).expect("a time");
        connection
    }

    fn raw(&self, request: &[u8]) -> Answer {
        let mut connection = self.connect();
        // A refusal may close the connection before everything was sent.
        connection.write_all(request).unwrap_or_default();
        let mut all = Vec::new();
        connection.read_to_end(&mut all).unwrap_or_default();
        let text = String::from_utf8_lossy(&all).into_owned();
        let status = text
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .unwrap_or(0);
        Answer { status, text }
    }

    fn cookie(&self) -> String {
        format!("Cookie: mingbai-desk-{}={}\r\n", self.port, self.token)
    }

    fn get(&self, target: &str, headers: &str) -> Answer {
        self.raw(
            format!(
                "GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{headers}\r\n",
                self.port
            )
            .as_bytes(),
        )
    }

    fn post(&self, target: &str, headers: &str, body: &str) -> Answer {
        let port = self.port;
        let length = body.len();
        self.raw(
            format!("POST {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n{headers}\r\n{body}")
                .as_bytes(),
        )
    }

    /// The headers of the desk's own page.
    fn own(&self) -> String {
        format!(
            "{}Origin: http://127.0.0.1:{}\r\n",
            self.cookie(),
            self.port
        )
    }

    fn version(&self, path: &str) -> String {
        let page = self
            .get(&format!("/.desk/raw?path={path}"), &self.cookie())
            .text;
        let (_, rest) = page
            .split_once("name=\"@version\" value=\"")
            .expect("a form");
        rest.split('"').next().unwrap_or_default().to_owned()
    }

    fn save(&self, text: &str) -> Answer {
        let version = self.version("data/site.yaml");
        let text: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
        self.post(
            "/.desk/raw",
            &self.own(),
            &format!("@path=data/site.yaml&@version={version}&text={text}"),
        )
    }

    fn text(&self) -> String {
        fs::read_to_string(self.site.path().join("data/site.yaml")).expect("a file")
    }
}

/// Every file of a folder with its bytes.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let all = walkdir::WalkDir::new(folder).sort_by_file_name();
    let files = all
        .into_iter()
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            (
                entry.path().display().to_string(),
                fs::read(entry.path()).expect("a file"),
            )
        })
        .collect()
}

#[test]
fn nothing_is_shown_or_done_without_the_token() {
    let desk = start();
    let before = files(desk.site.path());
    let port = desk.port;
    let wrong = format!("Cookie: mingbai-desk-{port}=0123456789abcdef0123456789abcdef\r\n");
    let origin = format!("Origin: http://127.0.0.1:{port}\r\n");
    for headers in [
        String::new(),
        wrong,
        format!("Cookie: mingbai-desk-{}={}\r\n", port ^ 1, desk.token),
    ] {
        for target in [
            "/",
            "/.desk/",
            "/.desk/file?path=data/site.yaml",
            "/.desk/enter?token=",
            "/.desk/enter?token=0",
            "/.desk/desk.js",
            "/.mingbai/problems.json",
        ] {
            let answer = desk.get(target, &headers);
            assert_eq!(answer.status, 403, "{target} {headers}");
            assert!(!answer.text.contains(&desk.token), "{target}");
        }
        for target in [
            "/.desk/save",
            "/.desk/raw",
            "/.desk/undo",
            "/.desk/confirm",
            "/.desk/import",
            "/.desk/next-year",
            "/.desk/publish",
            "/.desk/init",
            "/.desk/fill",
        ] {
            let body = "@path=data/site.yaml&@version=0&text=x";
            assert_eq!(
                desk.post(target, &format!("{headers}{origin}"), body)
                    .status,
                403,
                "{target}"
            );
        }
    }
    assert_eq!(files(desk.site.path()), before);
    // With it, all is well; the cookie goes to no other site and to no script.
    let entered = desk.get(&format!("/.desk/enter?token={}", desk.token), "");
    assert_eq!(entered.status, 200);
    let cookie = entered
        .text
        .lines()
        .find(|line| line.to_lowercase().starts_with("set-cookie"))
        .expect("a cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    assert_eq!(desk.get("/.desk/", &desk.cookie()).status, 200);
}

#[test]
fn a_form_of_another_page_and_another_name_for_this_machine_get_nothing() {
    let desk = start();
    let before = files(desk.site.path());
    let version = desk.version("data/site.yaml");
    let body = format!("@path=data/site.yaml&@version={version}&text=x");
    for origin in [
        "",
        "Origin: null\r\n",
        "Origin: http://evil.example\r\n",
        "Origin: https://127.0.0.1\r\n",
    ] {
        let answer = desk.post("/.desk/raw", &format!("{}{origin}", desk.cookie()), &body);
        assert_eq!(answer.status, 403, "{origin}");
    }
    let foreign = format!(
        "GET /.desk/ HTTP/1.1\r\nHost: evil.example:{}\r\n{}\r\n",
        desk.port,
        desk.cookie()
    );
    assert_eq!(desk.raw(foreign.as_bytes()).status, 403);
    for method in ["PUT", "DELETE", "OPTIONS", "PATCH"] {
        let request = format!(
            "{method} /.desk/raw HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{}\r\n",
            desk.port,
            desk.own()
        );
        assert_eq!(desk.raw(request.as_bytes()).status, 405, "{method}");
    }
    assert_eq!(files(desk.site.path()), before);
    // Nothing of the desk may be put into a frame, or ask another machine for anything.
    let page = desk.get("/.desk/", &desk.cookie()).text;
    assert!(
        page.contains("frame-ancestors 'none'") && page.contains("default-src 'none'"),
        "{page}"
    );
    assert!(!page.to_lowercase().contains("access-control-allow-origin"));
}

#[test]
fn only_sources_are_read_and_written() {
    let desk = start();
    fs::write(desk.site.path().join("secret.yaml"), "title: geheim\n").expect("a file");
    fs::create_dir_all(desk.site.path().join("data/.hidden")).expect("a folder");
    fs::write(
        desk.site.path().join("data/.hidden/a.yaml"),
        "title: geheim\n",
    )
    .expect("a file");
    std::os::unix::fs::symlink(
        "/etc/hostname",
        desk.site.path().join("data/schedules/link.yaml"),
    )
    .expect("a link");
    let before = files(desk.site.path());
    for path in [
        "data/schedules/link.yaml",
        "../secret.yaml",
        "data/../secret.yaml",
        "secret.yaml",
        "/etc/passwd",
        "data/.hidden/a.yaml",
        "data//site.yaml",
        "content/..%2F..%2Fetc%2Fpasswd.md",
        "data%5C..%5Csecret.yaml",
        "data/site.yaml%00",
        "README.md",
    ] {
        for screen in ["file", "raw"] {
            let answer = desk.get(&format!("/.desk/{screen}?path={path}"), &desk.cookie());
            assert!(
                [400, 404].contains(&answer.status),
                "{screen} {path}: {}",
                answer.status
            );
            assert!(!answer.text.contains("geheim"), "{path}");
        }
        for target in ["/.desk/raw", "/.desk/save", "/.desk/undo", "/.desk/confirm"] {
            let body = format!("@path={path}&@version=0&text=x&line=1&@confirmed=1");
            let answer = desk.post(target, &desk.own(), &body);
            assert!(
                [303, 400, 404].contains(&answer.status),
                "{target} {path}: {}",
                answer.status
            );
        }
        let body = format!("last={path}&year=2031&source={path}");
        assert!(
            [400, 404].contains(&desk.post("/.desk/next-year", &desk.own(), &body).status),
            "{path}"
        );
    }
    assert_eq!(files(desk.site.path()), before);
}

#[test]
fn endless_forms_and_slow_browsers_keep_nobody_out() {
    let desk = start();
    let head = |target: &str, kind: &str, length: usize| {
        format!(
            "POST {target} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{}\r\n",
            desk.port,
            desk.own()
        )
    };
    let mut large = head("/.desk/raw", "application/x-www-form-urlencoded", 9 << 20).into_bytes();
    large.resize(large.len() + (9 << 20), b'a');
    assert_eq!(desk.raw(&large).status, 413);
    let mut file = head("/.desk/import", "multipart/form-data; boundary=x", 65 << 20).into_bytes();
    file.resize(file.len() + (65 << 20), b'a');
    assert_eq!(desk.raw(&file).status, 413);
    assert_eq!(
        desk.raw(head("/.desk/raw", "text/plain", 0).as_bytes())
            .status,
        415
    );
    assert_eq!(
        desk.post("/.desk/raw", &desk.own(), "%ff=%zz&a").status,
        400
    );
    // Fifty that never finish their form, and fifty that say nothing.
    let slow: Vec<TcpStream> = (0..40)
        .map(|i| {
            let mut connection = desk.connect();
            if i % 2 == 0 {
                let head = head("/.desk/raw", "application/x-www-form-urlencoded", 1000);
                connection.write_all(head.as_bytes()).expect("it listens");
                connection.write_all(b"a=").expect("it listens");
            }
            connection
        })
        .collect();
    let begun = Instant::now();
    assert_eq!(desk.get("/.desk/", &desk.cookie()).status, 200);
    assert!(begun.elapsed() < PATIENCE);
    drop(slow);
}

#[test]
fn a_file_is_the_old_or_the_new_one_whenever_the_program_is_killed() {
    let first = start().site.path().join("data/site.yaml");
    assert!(!first.exists(), "the folder goes with its desk");
    let mut desk = start();
    // Long enough that a write takes several pieces.
    let padding = "# 填充\n".repeat(20_000);
    let start_text = desk.text();
    let texts = ["甲", "乙"].map(|name| format!("{start_text}lead: {name}\n{padding}"));
    let mut seen = [0_usize; 3];
    let before = Instant::now();
    desk.get("/.desk/raw?path=data/site.yaml", &desk.cookie());
    let one = u64::try_from(before.elapsed().as_millis()).unwrap_or(1000);
    let within = (4 * one).clamp(160, 4000);
    for round in 0_u64..50 {
        thread::scope(|scope| {
            let saving = scope.spawn(|| {
                for text in texts.iter().cycle().take(6) {
                    let version = {
                        let target = "/.desk/raw?path=data/site.yaml";
                        let request = format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{}\r\n", desk.port, desk.cookie());
                        let Ok(mut connection) = TcpStream::connect(("127.0.0.1", desk.port)) else { return };
                        connection.write_all(request.as_bytes()).unwrap_or_default();
                        let mut page = String::new();
                        connection.read_to_string(&mut page).unwrap_or_default();
                        match page.split_once("name=\"@version\" value=\"") {
                            Some((_, rest)) => rest.split('"').next().unwrap_or_default().to_owned(),
                            None => return,
                        }
                    };
                    let text: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
                    let body = format!("@path=data/site.yaml&@version={version}&text={text}");
                    let request = format!(
                        "POST /.desk/raw HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n{}\r\n{body}",
                        desk.port,
                        body.len(),
                        desk.own()
                    );
                    let Ok(mut connection) = TcpStream::connect(("127.0.0.1", desk.port)) else { return };
                    connection.write_all(request.as_bytes()).unwrap_or_default();
                    let mut answer = Vec::new();
                    connection.read_to_end(&mut answer).unwrap_or_default();
                }
            });
            // Within the time that some saves take on this machine.
            thread::sleep(Duration::from_millis(5 + round * 7 % within));
            let killed = Command::new("kill")
                .args(["-9", &desk.program.id().to_string()])
                .status();
            assert!(killed.expect("it can be killed").success());
            saving.join().expect("no fault of the test");
        });
        desk.program.wait().expect("it ends");
        let now = desk.text();
        let known = [&start_text, &texts[0], &texts[1]]
            .into_iter()
            .position(|text| *text == now);
        seen[known.unwrap_or_else(|| panic!("round {round}: {} bytes", now.len()))] += 1;
        let moved = std::mem::replace(&mut desk.site, tempfile::tempdir().expect("a folder"));
        desk = open(moved);
    }
    assert!(seen[1] + seen[2] > 5, "saves happened: {seen:?}");
}

#[test]
fn a_file_from_windows_keeps_its_line_ends_and_its_mark_of_byte_order() {
    let desk = start();
    let path = desk.site.path().join("data/site.yaml");
    let text = format!("\u{feff}{}", desk.text().replace('\n', "\r\n"));
    fs::write(&path, &text).expect("a file");
    let page = desk
        .get("/.desk/file?path=data/site.yaml", &desk.cookie())
        .text;
    let (_, rest) = page
        .split_once("name=\"@version\" value=\"")
        .expect("a form");
    let version = rest.split('"').next().unwrap_or_default();
    let body = format!("@path=data/site.yaml&@version={version}&tagline=%E7%94%B2");
    assert_eq!(desk.post("/.desk/save", &desk.own(), &body).status, 303);
    let now = desk.text();
    let (old, new): (Vec<&str>, Vec<&str>) =
        (text.split('\n').collect(), now.split('\n').collect());
    let changed: Vec<&str> = new
        .iter()
        .zip(&old)
        .filter(|(new, old)| new != old)
        .map(|(new, _)| *new)
        .collect();
    assert_eq!(old.len(), new.len());
    assert!(
        matches!(changed.as_slice(), [one] if one.starts_with("tagline: 甲") && one.ends_with('\r')),
        "{changed:?}"
    );
    assert!(now.starts_with('\u{feff}'));
}

#[test]
fn of_two_saves_at_once_the_second_is_shown_the_first() {
    let desk = start();
    let version = desk.version("data/site.yaml");
    let base = desk.text();
    let answers: Vec<Answer> = thread::scope(|scope| {
        let tasks: Vec<_> = ["a", "b", "c", "d"]
            .into_iter()
            .map(|name| {
                let (desk, version, base) = (&desk, &version, &base);
                scope.spawn(move || {
                    let text: String = format!("{base}# {name}\n")
                        .bytes()
                        .map(|byte| format!("%{byte:02X}"))
                        .collect();
                    desk.post(
                        "/.desk/raw",
                        &desk.own(),
                        &format!("@path=data/site.yaml&@version={version}&text={text}"),
                    )
                })
            })
            .collect();
        tasks
            .into_iter()
            .map(|task| task.join().expect("no fault of the test"))
            .collect()
    });
    let saved = answers.iter().filter(|answer| answer.status == 303).count();
    assert_eq!(
        saved,
        1,
        "{:?}",
        answers
            .iter()
            .map(|answer| answer.status)
            .collect::<Vec<_>>()
    );
    assert!(
        answers
            .iter()
            .filter(|answer| answer.status == 200)
            .all(|answer| answer.text.contains("在别处改过"))
    );
}

#[test]
fn a_save_is_written_and_judged_at_once() {
    let desk = start();
    let text = format!("{}lead: 新的导语\n", desk.text());
    assert_eq!(desk.save(&text).status, 303);
    assert_eq!(desk.text(), text);
    assert_eq!(desk.save("title: [\n").status, 303);
    let problems = desk.get("/.desk/problems", &desk.cookie()).text;
    assert!(
        problems.contains("data/site.yaml") && problems.contains("MB0101"),
        "{problems}"
    );
}

#[test]
fn the_page_for_publishing_knows_the_place_of_the_settings() {
    for (place, is_shown) in [
        ("www", true),
        ("s3://www/zizhu?region=cn-north-1", true),
        ("sftp://web:geheim@www.example/srv", false),
    ] {
        let site = new_site();
        let path = site.path().join("data/site.yaml");
        let text = fs::read_to_string(&path).expect("the settings");
        let text = text.replace("https://example.org/", "https://www.example.cn/");
        let text = text.replace("〔示例〕", "");
        fs::write(&path, format!("{text}\npublish_to: {place}\n")).expect("the settings");
        let desk = open(site);
        let page = desk.get("/.desk/publish", &desk.cookie()).text;
        let page = page.replace("&#x2F;", "/");
        let field = format!("name=\"to\" value=\"{place}\"");
        assert_eq!(page.contains(&field), is_shown, "{page}");
        assert!(!page.contains("geheim"), "{page}");
        // A folder in the settings is meant from the site folder.
        if place == "www" {
            // Not while there are examples.
            desk.post("/.desk/publish", &desk.own(), "to=www&by=x");
            assert!(!desk.site.path().join("www").exists());
            desk.post("/.desk/examples", &desk.own(), "all=1");
            let done = desk.post("/.desk/publish", &desk.own(), "to=www&by=x");
            assert_eq!(done.status, 200, "{}", done.text);
            assert!(
                desk.site.path().join("www/index.html").is_file(),
                "{}",
                done.text
            );
        }
    }
}
