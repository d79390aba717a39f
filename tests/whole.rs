//! The site on disk is whole at every moment: also when a build is killed or the power fails, when two builds meet, when a
//! source is saved while it is read, when the clock is wrong. Texts here are invented.

#![cfg(unix)]

mod support;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use support::*;
use tempfile::TempDir;

const TODAY: &str = "2026-11-20";

/// The small site of the diagnostics, in a folder of its own.
struct Site {
    root: TempDir,
}

impl Site {
    fn new() -> Self {
        let root = tempfile::tempdir().expect("a temporary folder");
        copy(&tests_folder("diagnostics/base"), &root.path().join("site"));
        Self { root }
    }

    fn source(&self) -> PathBuf {
        self.root.path().join("site")
    }

    fn out(&self) -> PathBuf {
        self.root.path().join("public")
    }

    fn next_to_it(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// Writes a page with a title.
    fn page(&self, title: &str) {
        let text = format!("---\ntitle: {title}\n---\n\n## 甲\n\n{title}。\n");
        fs::write(self.source().join("content/pages/more.md"), text).expect("a page");
    }

    fn command(&self, more: &[&str]) -> Command {
        let mut command = mingbai(["build", "--out"]);
        command.arg(self.out()).arg(self.source()).args(more);
        if !more.contains(&"--today") {
            command.args(["--today", TODAY]);
        }
        command
    }

    fn build(&self, more: &[&str]) -> (i32, String) {
        run(&mut self.command(more))
    }

    fn built(&self, more: &[&str]) -> BTreeMap<String, Vec<u8>> {
        let (exit, said) = self.build(more);
        assert_eq!(exit, 0, "{said}");
        files(&self.out())
    }

    fn roll_back(&self, more: &[&str]) -> (i32, String) {
        run(mingbai(["rollback", "--out"])
            .arg(self.out())
            .arg(self.source())
            .args(more))
    }

    fn editions(&self) -> usize {
        let entries = fs::read_dir(self.next_to_it(".public.mingbai-editions"));
        // Next to each folder is the record of its sources.
        let folders = |entry: &std::io::Result<fs::DirEntry>| {
            entry.as_ref().is_ok_and(|entry| entry.path().is_dir())
        };
        entries.map_or(0, |entries| entries.filter(folders).count())
    }
}

fn time(path: &Path) -> SystemTime {
    fs::metadata(path)
        .expect("a file")
        .modified()
        .expect("a time")
}

/// Runs a tool of the system. Whether it is there and did what it was asked.
fn tool(name: &str, arguments: &[&str]) -> bool {
    let run = Command::new(name)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    run.is_ok_and(|status| status.success())
}

fn is_root(site: &Site) -> bool {
    fs::metadata(site.source()).expect("the folder").uid() == 0
}

// ---------------------------------------------------------------- editions

#[test]
fn the_last_editions_stay_and_can_be_put_back() {
    let site = Site::new();
    let mut made = Vec::new();
    for title in ["第一版", "第二版", "第三版", "第四版"] {
        site.page(title);
        made.push(site.built(&[]));
    }
    assert_eq!(site.editions(), 2, "the two before the last one");
    // What others put there since stays there.
    fs::write(site.out().join("CNAME"), "test.example").expect("a file");
    let (exit, said) = site.roll_back(&["--list"]);
    assert_eq!((exit, said.matches("个文件").count()), (0, 2), "{said}");
    let (exit, said) = site.roll_back(&[]);
    assert_eq!(exit, 0, "{said}");
    let now = files(&site.out());
    assert_eq!(now["more.html"], made[2]["more.html"]);
    assert_eq!(now["index.html"], made[2]["index.html"]);
    assert_eq!(now["CNAME"], b"test.example");
    // Again: back to where it was.
    let (exit, said) = site.roll_back(&[]);
    assert_eq!(exit, 0, "{said}");
    assert_eq!(files(&site.out())["more.html"], made[3]["more.html"]);
    let (exit, said) = site.roll_back(&["--to", "99"]);
    assert_eq!(exit, 2, "{said}");
    // The oldest that is left.
    let (_, list) = site.roll_back(&["--list"]);
    let oldest = list
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .next_back();
    let (exit, said) = site.roll_back(&["--to", oldest.expect("a number")]);
    assert_eq!(exit, 0, "{said}");
    assert_eq!(files(&site.out())["more.html"], made[1]["more.html"]);
    // None are kept on request.
    site.built(&["--keep", "0"]);
    assert_eq!(site.editions(), 0);
    let (exit, said) = site.roll_back(&[]);
    assert_eq!(exit, 2, "{said}");
    assert!(said.contains("旧版"), "{said}");
}

#[test]
fn files_with_a_hash_stay_for_readers_with_an_open_page() {
    let site = Site::new();
    site.page("第一版");
    let first = site.built(&[]);
    let style = site.source().join("themes/mingbai/static/site.js");
    fs::create_dir_all(style.parent().expect("a folder")).expect("a folder");
    fs::write(&style, "document.title;\n").expect("a script");
    site.page("第二版乙丙丁");
    let second = site.built(&[]);
    let hashed = |files: &BTreeMap<String, Vec<u8>>| -> Vec<String> {
        let names = files.keys().filter(|name| {
            name.starts_with("assets/")
                || name.matches('/').count() == 2 && name.starts_with("search/")
        });
        names.cloned().collect()
    };
    let alone: Vec<String> = {
        let fresh = Site::new();
        copy(&site.source(), &fresh.source());
        hashed(&fresh.built(&[]))
    };
    let old: Vec<String> = hashed(&first)
        .into_iter()
        .filter(|name| !alone.contains(name))
        .collect();
    assert!(
        old.iter().any(|name| name.starts_with("assets/")),
        "{old:?}"
    );
    assert!(
        old.iter().any(|name| name.starts_with("search/")),
        "{old:?}"
    );
    for name in &old {
        assert_eq!(second.get(name), first.get(name), "{name} is gone at once");
    }
    let next_day = site.built(&["--today", "2026-11-21"]);
    assert!(old.iter().all(|name| next_day.contains_key(name)));
    let later = site.built(&["--today", "2026-11-22"]);
    assert!(old.iter().all(|name| !later.contains_key(name)));
    // Pages of an earlier edition go at once, and an empty folder of an index goes too.
    let folders = fs::read_dir(site.out().join("search")).expect("the folder");
    assert_eq!(
        folders
            .filter(|entry| entry.as_ref().is_ok_and(|entry| entry.path().is_dir()))
            .count(),
        1
    );
}

#[test]
fn files_that_did_not_change_keep_their_time() {
    let site = Site::new();
    site.page("第一版");
    site.built(&[]);
    let before = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    for name in ["robots.txt", "more.html", "about.html"] {
        let file = File::options()
            .write(true)
            .open(site.out().join(name))
            .expect("a file");
        file.set_modified(before).expect("a time");
    }
    site.page("第二版");
    site.built(&[]);
    assert_eq!(time(&site.out().join("robots.txt")), before);
    assert!(time(&site.out().join("more.html")) > before);
}

// ---------------------------------------------------------------- what is in the way

#[test]
fn a_pipe_or_a_socket_in_the_output_folder_is_named_and_never_opened() {
    let site = Site::new();
    site.built(&[]);
    let pipe = site.out().join("uploads.fifo");
    assert!(tool("mkfifo", &[&pipe.to_string_lossy()]));
    let start = Instant::now();
    let (exit, said) = site.build(&[]);
    assert_eq!(exit, 2, "{said}");
    assert!(
        said.contains("uploads.fifo") && said.contains("管道"),
        "{said}"
    );
    assert!(site.out().join("index.html").exists());
    fs::remove_file(&pipe).expect("the pipe");
    let socket = site.out().join("notices/s.sock");
    let listener = UnixListener::bind(&socket).expect("a socket");
    let (exit, said) = site.build(&[]);
    assert_eq!(exit, 2, "{said}");
    assert!(said.contains("s.sock"), "{said}");
    drop(listener);
    fs::remove_file(&socket).expect("the socket");
    // In the place of a file of ours: replaced, without being opened.
    for name in ["index.html", ".mingbai"] {
        let path = site.out().join(name);
        fs::remove_file(&path).expect("a file");
        assert!(tool("mkfifo", &[&path.to_string_lossy()]));
        let (exit, said) = site.build(&[]);
        assert_eq!(exit, if name == ".mingbai" { 2 } else { 0 }, "{said}");
    }
    assert!(start.elapsed() < Duration::from_secs(60));
}

#[test]
fn a_lock_that_is_held_is_reported_at_once() {
    let site = Site::new();
    site.built(&[]);
    let path = site.next_to_it(".public.mingbai-lock");
    let mut file = File::create(&path).expect("a lock file");
    file.lock().expect("the lock");
    writeln!(file, "4242\n张\u{1b}三").expect("words");
    let start = Instant::now();
    let (exit, said) = site.build(&["--wait", "0"]);
    assert_eq!(exit, 2, "{said}");
    assert!(
        said.contains("进程 4242") && said.contains("张\\u001b三") && said.contains("--wait"),
        "{said}"
    );
    assert!(
        said.contains("20") && said.contains("开始"),
        "since when: {said}"
    );
    assert!(start.elapsed() < Duration::from_secs(30));
    // Whoever waits gets its turn.
    let mut child = site.command(&["--wait", "60"]);
    let child = child
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    thread::sleep(Duration::from_secs(3));
    assert!(!site.next_to_it(".public.mingbai-new").exists());
    drop(file);
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(!path.exists(), "the lock file stays");
}

#[test]
fn leftovers_of_any_kind_are_removed_and_a_lost_site_is_put_back() {
    let site = Site::new();
    let whole = site.built(&[]);
    fs::write(site.next_to_it(".public.mingbai-new-1"), "a file").expect("a file");
    fs::create_dir(site.next_to_it(".public.mingbai-old-2")).expect("a folder");
    assert!(site.built(&[]) == whole);
    assert!(!site.next_to_it(".public.mingbai-new-1").exists());
    assert!(!site.next_to_it(".public.mingbai-old-2").exists());
    // Killed between two renames, and then the disk is full or the sources are wrong: the old site is not lost.
    fs::rename(site.out(), site.next_to_it(".public.mingbai-old-3")).expect("the old site");
    let pipe = site.next_to_it(".public.mingbai-old-3/x.fifo");
    assert!(tool("mkfifo", &[&pipe.to_string_lossy()]));
    let (exit, said) = site.build(&[]);
    assert_eq!(exit, 2, "{said}");
    assert!(
        site.out().join("index.html").exists(),
        "the last copy is gone"
    );
}

#[test]
fn a_site_is_not_written_into_another_site() {
    let site = Site::new();
    let whole = site.built(&[]);
    for below in ["sub", "notices/deep/er"] {
        let (exit, said) = run(mingbai(["build", "--today", TODAY, "--out"])
            .arg(site.out().join(below))
            .arg(site.source()));
        assert_eq!(exit, 2, "{said}");
        assert!(said.contains("--out"), "{said}");
        assert!(files(&site.out()) == whole);
    }
}

#[test]
fn the_owner_of_the_folder_stays_its_owner() {
    let site = Site::new();
    // Old enough for a build that sees that no source has changed.
    std::thread::sleep(std::time::Duration::from_millis(250));
    site.built(&[]);
    if !is_root(&site) {
        return;
    }
    chown(site.out(), Some(1234), Some(1235)).expect("another owner");
    fs::write(site.out().join("upload.txt"), "x").expect("a file");
    chown(site.out().join("upload.txt"), Some(33), Some(33)).expect("a third owner");
    site.built(&[]);
    for name in ["", "index.html", "notices", "assets", ".mingbai"] {
        let data = fs::metadata(site.out().join(name)).expect("a file");
        assert_eq!((data.uid(), data.gid()), (1234, 1235), "{name}");
    }
    assert_eq!(
        fs::metadata(site.out().join("upload.txt"))
            .expect("a file")
            .uid(),
        33
    );
    // Somebody who cannot give files away is refused, although the folder above is theirs. There is something to do.
    let page = "---\ntitle: 新的一页\n---\n\n说明。\n";
    fs::write(site.source().join("content/pages/more.md"), page).expect("a page");
    fs::set_permissions(site.root.path(), fs::Permissions::from_mode(0o777)).expect("rights");
    let before = files(&site.out());
    let (exit, said) = run(site.command(&[]).uid(4321).gid(4321));
    if said.contains("用户号 1234") {
        assert_eq!(exit, 2, "{said}");
    } else {
        // The program itself is in a folder that others cannot enter.
        assert_ne!(exit, 0, "{said}");
    }
    assert!(files(&site.out()) == before);
}

#[test]
fn a_mount_point_is_refused_in_words_with_the_way_out() {
    let site = Site::new();
    site.built(&[]);
    let out = site.out();
    let mounted = out.to_string_lossy().into_owned();
    if !tool("mount", &["-t", "tmpfs", "tmpfs", &mounted]) {
        return;
    }
    let (exit, said) = site.build(&[]);
    let inside = run(mingbai(["build", "--today", TODAY, "--out"])
        .arg(out.join("site"))
        .arg(site.source()));
    let found = files(&out);
    assert!(tool("umount", &[&mounted]));
    assert_eq!(exit, 2, "{said}");
    assert!(said.contains("挂载点") && said.contains("/site"), "{said}");
    assert_eq!(inside.0, 0, "{}", inside.1);
    assert!(found.contains_key("site/index.html"));
    assert!(files(&out).contains_key("index.html"));
}

#[test]
fn the_umask_is_respected() {
    let site = Site::new();
    let line = "umask 027; exec \"$0\" build --today 2026-11-20 --out \"$1\" \"$2\"";
    let status = Command::new("sh")
        .args(["-c", line, env!("CARGO_BIN_EXE_mingbai")])
        .args([site.out(), site.source()])
        .stdout(Stdio::null())
        .status();
    assert!(status.is_ok_and(|status| status.success()));
    for (name, mode) in [
        ("index.html", 0o640),
        ("notices", 0o750),
        (".mingbai", 0o640),
    ] {
        let data = fs::metadata(site.out().join(name)).expect("a file");
        assert_eq!(data.permissions().mode() & 0o777, mode, "{name}");
    }
}

// ---------------------------------------------------------------- sources that change

#[test]
fn a_source_that_is_saved_while_it_is_read_never_goes_out_half() {
    let site = Site::new();
    let path = site.source().join("content/pages/more.md");
    let whole = |n: usize| {
        let middle = "中间。\n\n".repeat(200);
        format!("---\ntitle: 版本{n}\n---\n\n开头{n}。\n\n{middle}\n结尾{n}。\n")
    };
    fs::write(&path, whole(0)).expect("a page");
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut n = 1;
            while !is_over.load(Ordering::Relaxed) {
                // As an editor over a slow network: empty, half, whole; then a pause.
                let text = whole(n);
                let middle = text.find("中间").expect("the middle") + 30 * "中间。\n\n".len();
                let (half, rest) = text.split_at(middle);
                let mut file = File::create(&path).expect("a page");
                thread::sleep(Duration::from_millis(15));
                file.write_all(half.as_bytes()).expect("half");
                thread::sleep(Duration::from_millis(30));
                file.write_all(rest.as_bytes()).expect("the rest");
                drop(file);
                thread::sleep(Duration::from_millis(2500));
                n += 1;
            }
        });
        let mut written = 0;
        for _ in 0..8 {
            let (exit, said) = site.build(&["--keep", "0"]);
            if exit != 0 {
                assert!(said.contains("一直在变"), "{said}");
                continue;
            }
            written += 1;
            let page = fs::read_to_string(site.out().join("more.html")).expect("the page");
            let number = page
                .split("开头")
                .nth(1)
                .and_then(|rest| rest.split('。').next())
                .expect("a beginning");
            assert!(
                page.contains(&format!("结尾{number}。")),
                "版本{number} is half"
            );
        }
        is_over.store(true, Ordering::Relaxed);
        assert!(written > 2, "only {written} builds came to an end");
    });
}

// ---------------------------------------------------------------- the clock

#[test]
fn a_clock_that_cannot_be_right_is_refused_and_today_is_believed() {
    let site = Site::new();
    let at = |epoch: &str, command: &str| {
        run(mingbai([command])
            .arg(site.source())
            .env("SOURCE_DATE_EPOCH", epoch))
    };
    // 2001, before somebody checked the documents.
    for command in ["check", "build"] {
        let (exit, said) = at("1000000000", command);
        assert_eq!(exit, 2, "{said}");
        assert!(
            said.contains("2001-09-09") && said.contains("content/") && said.contains("--today"),
            "{said}"
        );
    }
    // 2101; the year 10000; no number.
    for epoch in [
        "4133980800",
        "253402300800",
        "99999999999999999999",
        "heute",
        "-1",
    ] {
        let (exit, said) = at(epoch, "check");
        assert_eq!(exit, 2, "{epoch}: {said}");
    }
    assert!(!site.source().join("public").exists());
    // The day that it names is today: 2026-11-20 in Beijing.
    let asked = site.built(&[]);
    let (exit, said) = at("1795104000", "build");
    assert_eq!(exit, 0, "{said}");
    assert!(asked == files(&site.source().join("public")));
    // What is typed is believed.
    for today in ["2001-01-01", "2101-01-01", "9000-12-31"] {
        site.built(&["--today", today]);
    }
    for today in ["9999-12-31", "10000-01-01", "-0001-01-01"] {
        let (exit, said) = site.build(&["--today", today]);
        assert_eq!(exit, 2, "{today}: {said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}

// ---------------------------------------------------------------- power

#[test]
fn everything_is_on_disk_before_the_names_change() {
    let site = Site::new();
    site.built(&[]);
    let log = site.next_to_it("calls.txt");
    let traced = Command::new("strace")
        .args([
            "-f",
            "-e",
            "trace=syncfs,fsync,renameat2,rename,openat",
            "-o",
        ])
        .arg(&log)
        .arg(env!("CARGO_BIN_EXE_mingbai"))
        .args(["build", "--today", TODAY, "--out"])
        .args([site.out(), site.source()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !traced.is_ok_and(|status| status.success()) {
        return;
    }
    let calls = fs::read_to_string(&log).expect("the calls");
    let place = |what: &str| calls.lines().position(|line| line.contains(what));
    let last_write = calls.lines().collect::<Vec<_>>();
    let last_write = last_write
        .iter()
        .rposition(|line| line.contains(".public.mingbai-new") && line.contains("O_CREAT"));
    let (sync, exchange) = (place("syncfs("), place("RENAME_EXCHANGE"));
    assert!(
        last_write < sync && sync < exchange,
        "{last_write:?} {sync:?} {exchange:?}"
    );
    let names = calls
        .lines()
        .skip(exchange.expect("an exchange"))
        .any(|line| line.contains("fsync("));
    assert!(names, "the exchange itself is not on disk");
}

#[test]
fn after_a_power_failure_there_is_one_whole_site() {
    let site = Site::new();
    let image = site.next_to_it("disk.img");
    let disk = site.next_to_it("disk");
    fs::create_dir(&disk).expect("a folder");
    File::create(&image)
        .and_then(|file| file.set_len(96 << 20))
        .expect("an image");
    let (image_path, disk_path) = (
        image.to_string_lossy().into_owned(),
        disk.to_string_lossy().into_owned(),
    );
    let ready = tool("mkfs.ext4", &["-q", "-F", &image_path])
        && tool("mount", &["-o", "loop,commit=300", &image_path, &disk_path]);
    if !ready {
        return;
    }
    let out = disk.join("public");
    let build = |title: &str| {
        site.page(title);
        let mut command = mingbai([
            "build", "--today", TODAY, "--grace", "0", "--keep", "1", "--out",
        ]);
        command
            .arg(&out)
            .arg(site.source())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    };
    let mut whole = Vec::new();
    let mut longest = Duration::ZERO;
    for title in ["第一版", "第二版"] {
        let start = Instant::now();
        assert!(build(title).status().expect("a build").success());
        longest = longest.max(start.elapsed());
        whole.push(files(&out));
    }
    let mut copies = Vec::new();
    for moment in 0..10u32 {
        let title = ["第一版", "第二版"][moment as usize % 2];
        let mut child = build(title).spawn().expect("a build");
        if moment < 9 {
            thread::sleep(longest * (moment + 1) / 9);
        } else {
            assert!(child.wait().expect("it ends").success());
        }
        // Stopped, so that the copy is of one moment.
        let process = child.id().to_string();
        tool("kill", &["-STOP", &process]);
        let copy = site.next_to_it(&format!("copy-{moment}.img"));
        fs::copy(&image, &copy).expect("a copy of the disk");
        tool("kill", &["-CONT", &process]);
        child.wait().expect("it ends");
        copies.push((moment, copy));
    }
    assert!(tool("umount", &[&disk_path]));
    for (moment, copy) in copies {
        assert!(
            tool(
                "mount",
                &["-o", "loop", &copy.to_string_lossy(), &disk_path]
            ),
            "moment {moment}"
        );
        let found = files(&out);
        assert!(tool("umount", &[&disk_path]));
        let known = whole.iter().position(|site| *site == found);
        assert!(
            known.is_some(),
            "moment {moment}: {} files, none of the two sites",
            found.len()
        );
        if moment == 9 {
            assert_eq!(known, Some(1), "the build had said that it was done");
        }
    }
}

#[test]
fn a_draft_is_never_an_edition() {
    let site = Site::new();
    let path = site.source().join("content/pages/more.md");
    site.page("第一版");
    let published = site.built(&[]);
    let confirmed = fs::read_to_string(&path).expect("a page");
    fs::write(&path, confirmed.replacen("---\n", "---\n# 待核：标题\n", 1)).expect("a page");
    site.built(&["--draft"]);
    assert!(site.out().join("draft.txt").exists());
    fs::write(&path, confirmed).expect("a page");
    let now = site.built(&[]);
    assert!(now == published, "something of the draft is left");
    // What is put back is the site before the draft.
    let (exit, said) = site.roll_back(&[]);
    assert_eq!(exit, 0, "{said}");
    assert!(!site.out().join("draft.txt").exists());
}

#[test]
fn a_full_disk_leaves_the_old_site_and_nothing_else() {
    let site = Site::new();
    let disk = site.next_to_it("disk");
    fs::create_dir(&disk).expect("a folder");
    let mounted = disk.to_string_lossy().into_owned();
    if !tool(
        "mount",
        &["-t", "tmpfs", "-o", "size=24m", "tmpfs", &mounted],
    ) {
        return;
    }
    let build = |title: &str| {
        site.page(title);
        run(mingbai(["build", "--today", TODAY, "--out"])
            .arg(disk.join("public"))
            .arg(site.source()))
    };
    let first = build("第一版");
    let before = files(&disk);
    let filled = Command::new("dd")
        .args(["if=/dev/zero", "bs=64k"])
        .arg(format!("of={mounted}/filler"))
        .stderr(Stdio::null())
        .status();
    let second = build("第二版");
    fs::remove_file(disk.join("filler")).unwrap_or_default();
    let after = files(&disk);
    let third = build("第三版");
    assert!(tool("umount", &[&mounted]));
    assert_eq!(first.0, 0, "{}", first.1);
    assert!(filled.is_ok());
    assert_eq!(second.0, 2, "{}", second.1);
    assert!(second.1.contains("磁盘已满"), "{}", second.1);
    assert!(after == before, "the full disk left something");
    assert_eq!(third.0, 0, "{}", third.1);
}
