//! The command `mingbai import`: what it writes, what it leaves alone, what it says.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn here(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/import")
        .join(name)
}

/// A site with regions and topics and no notice; what is missing in it is said at `data/site.yaml`.
fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let to = folder.path().join("data");
    std::fs::create_dir_all(to.join("regions")).unwrap();
    for entry in std::fs::read_dir(from.join("regions")).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join("regions").join(entry.file_name())).unwrap();
    }
    for name in ["topics.yaml", "site.yaml"] {
        std::fs::copy(from.join(name), to.join(name)).unwrap();
    }
    folder
}

fn mingbai(site: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mingbai"))
        .arg("--lang")
        .arg("zh")
        .arg("import")
        .args(arguments)
        .current_dir(site)
        .output()
        .expect("mingbai runs")
}

/// What `mingbai check` says of a site.
fn checked(site: &Path) -> String {
    let said = Command::new(env!("CARGO_BIN_EXE_mingbai"))
        .args(["check", "--lang", "zh"])
        .current_dir(site)
        .output()
        .expect("mingbai runs");
    words(&said.stdout) + &words(&said.stderr)
}

/// The options for a table that is a list of pilot counties.
const PILOTS: [&str; 6] = [
    "--kind",
    "pilot-list",
    "--region",
    "山西省",
    "--year",
    "2020",
];

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn notices(site: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(site.join("content/notices")) else {
        return Vec::new();
    };
    entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn a_document_is_written_once_and_never_over_a_file_that_is_there() {
    let site = site();
    let file = here("youyu-2023-plan.txt");
    let file = file.to_str().unwrap();
    let done = mingbai(site.path(), &[file]);
    assert_eq!(done.status.code(), Some(0), "{}", words(&done.stderr));
    let said = words(&done.stdout);
    assert!(
        said.contains("已写成 ./content/notices/youyu-2023-plan.md"),
        "{said}"
    );
    assert!(said.contains("这个文件会有 0 个错误"), "{said}");
    assert!(said.contains("这个文件还是草稿（14 处待核）"), "{said}");
    assert!(said.contains("mingbai build --draft"), "{said}");
    let path = site.path().join("content/notices/youyu-2023-plan.md");
    std::fs::write(&path, "别人写的\n").unwrap();
    let again = mingbai(site.path(), &[file]);
    assert_eq!(again.status.code(), Some(2));
    assert!(words(&again.stderr).contains("已经有了，没有改动它"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "别人写的\n");
    let other = mingbai(site.path(), &[file, "--id", "other-2023"]);
    assert_eq!(other.status.code(), Some(0));
    assert_eq!(notices(site.path()).len(), 2);
}

#[test]
fn a_changed_document_is_shown_and_replaces_the_file_only_if_asked_to() {
    let site = site();
    let file = site.path().join("方案.txt");
    let text = std::fs::read_to_string(here("youyu-2023-plan.txt")).unwrap();
    std::fs::write(&file, &text).unwrap();
    assert_eq!(mingbai(site.path(), &["方案.txt"]).status.code(), Some(0));
    let same = mingbai(site.path(), &["方案.txt"]);
    assert_eq!(same.status.code(), Some(2));
    assert!(words(&same.stderr).contains("这次导入的和它完全一样"));

    std::fs::write(&file, text.replace("9月25日", "9月28日")).unwrap();
    let refused = mingbai(site.path(), &["方案.txt"]);
    assert_eq!(refused.status.code(), Some(2));
    let said = words(&refused.stderr);
    for part in [
        "content/notices/youyu-2023-plan.md 已经有了，内容不一样",
        "- 1、贷款受理时间：2023年7月17日--9月25日",
        "+ 1、贷款受理时间：2023年7月17日--9月28日",
        "data/schedules/youyu-2023.yaml 已经有了，内容不一样",
        "- #     until: 2023-09-25",
        "+ #     until: 2023-09-28",
        "加 --replace",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    let notice = site.path().join("content/notices/youyu-2023-plan.md");
    let schedule = site.path().join("data/schedules/youyu-2023.yaml");
    let read = |path: &Path| std::fs::read_to_string(path).unwrap();
    assert!(read(&notice).contains("9月25日") && read(&schedule).contains("2023-09-25"));

    let replaced = mingbai(site.path(), &["方案.txt", "--replace"]);
    assert_eq!(
        replaced.status.code(),
        Some(0),
        "{}",
        words(&replaced.stderr)
    );
    assert!(read(&notice).contains("9月28日") && !read(&notice).contains("9月25日"));
    assert!(read(&schedule).contains("until: 2023-09-28"));
}

#[test]
fn a_table_with_a_chinese_name_finds_an_id_by_itself() {
    let site = site();
    let tables = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables");
    std::fs::copy(
        tables.join("pilots.xlsx"),
        site.path().join("试点名单.xlsx"),
    )
    .unwrap();
    let place = ["--region", "山西省", "--year", "2020"];
    let mut arguments = vec!["试点名单.xlsx", "--kind", "pilot-list"];
    arguments.extend(place);
    let done = mingbai(site.path(), &arguments);
    assert_eq!(done.status.code(), Some(0), "{}", words(&done.stderr));
    assert!(
        site.path()
            .join("data/pilots/shanxi-2020-pilots.yaml")
            .exists()
    );
    // The names of the counties say the province as well.
    std::fs::remove_dir_all(site.path().join("data/pilots")).unwrap();
    let done = mingbai(site.path(), &["试点名单.xlsx", "--kind", "pilot-list"]);
    assert_eq!(done.status.code(), Some(0), "{}", words(&done.stderr));
    let made: Vec<_> = std::fs::read_dir(site.path().join("data/pilots"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert!(
        made[0].starts_with("shanxi-") && made[0].ends_with("pilots.yaml"),
        "{made:?}"
    );
    // A name that can be an ID is one, as before.
    std::fs::copy(
        tables.join("pilots.xlsx"),
        site.path().join("remote-2020.xlsx"),
    )
    .unwrap();
    let done = mingbai(site.path(), &["remote-2020.xlsx", "--kind", "pilot-list"]);
    assert_eq!(done.status.code(), Some(0), "{}", words(&done.stderr));
    assert!(site.path().join("data/pilots/remote-2020.yaml").exists());
}

#[test]
fn nothing_remains_when_nothing_can_be_made() {
    let site = site();
    let old = site.path().join("通知.doc");
    std::fs::write(&old, [0xD0, 0xCF, 0x11, 0xE0, 0, 0, 0, 0]).unwrap();
    let empty = site.path().join("空.txt");
    std::fs::write(&empty, "\n　\n").unwrap();
    let nameless = site.path().join("无题.txt");
    std::fs::write(&nameless, "示例一段话，没有标题，也没有日期。\n").unwrap();
    for (arguments, code, said) in [
        (vec!["通知.doc"], 1, "另存为"),
        (vec!["空.txt"], 1, "没有文字"),
        (vec!["无题.txt"], 1, "--id"),
        (vec!["没有.txt"], 2, "没有.txt"),
        (vec!["无题.txt", "--id", "Bad Id"], 2, "小写英文字母"),
        (vec!["无题.txt", "--id", "a", "--dry-run"], 0, ""),
    ] {
        let done = mingbai(site.path(), &arguments);
        assert_eq!(done.status.code(), Some(code), "{arguments:?}");
        assert!(
            words(&done.stderr).contains(said),
            "{arguments:?} {}",
            words(&done.stderr)
        );
        assert_eq!(notices(site.path()), Vec::<String>::new(), "{arguments:?}");
    }
}

#[test]
fn what_must_be_fixed_before_it_is_published_is_said() {
    let site = site();
    let done = mingbai(
        site.path(),
        &[here("shanxi-2020-renewal.txt").to_str().unwrap()],
    );
    assert_eq!(done.status.code(), Some(0));
    // Remarks go to stderr: stdout is for the result, which `--dry-run` prints.
    let said = words(&done.stdout) + &words(&done.stderr);
    for part in [
        "这个文件会有 3 个错误",
        "疑似个人姓名“丁某某”",
        "[MB0219]",
        "[MB0220]",
        "姓名和直拨电话公开以前要略去",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
}

#[test]
fn the_report_for_programs_is_one_json_value() {
    let site = site();
    let file = here("hunan-2017-rescue.txt");
    let done = mingbai(site.path(), &[file.to_str().unwrap(), "--format", "json"]);
    assert_eq!(done.status.code(), Some(0), "{}", words(&done.stderr));
    let report: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON");
    assert_eq!(report["id"], "hunan-2017-rescue");
    assert_eq!(report["written"], true);
    let removed: Vec<&str> = report["remarks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|remark| remark["kind"] == "removed")
        .map(|remark| remark["text"].as_str().unwrap().trim())
        .collect();
    assert_eq!(removed, ["PAGE", "1"]);
}

/// A program called soffice in place of LibreOffice: it copies `from` to the folder in its arguments, or fails.
#[cfg(unix)]
fn office(folder: &Path, from: Option<&Path>) -> PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::create_dir_all(folder).unwrap();
    let program = folder.join("soffice");
    let copy = from.map_or_else(
        || "exit 1".to_owned(),
        |from| format!("cp '{}' \"$folder/$name.docx\"", from.display()),
    );
    let script = format!(
        "#!/bin/sh\nwhile [ $# -gt 1 ]; do [ \"$1\" = --outdir ] && folder=\"$2\"; shift; done\nname=$(basename \"$1\"); name=\"${{name%.*}}\"\n{copy}\n"
    );
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    folder.to_owned()
}

#[cfg(unix)]
#[test]
fn an_old_office_file_is_read_through_libreoffice_where_it_is_installed() {
    let old: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0, 0, 0, 0];
    let run = |site: &Path, path: &Path, file: &str| {
        std::fs::write(site.join(file), old).unwrap();
        let paths = format!("{}:/usr/bin:/bin", path.display());
        Command::new(env!("CARGO_BIN_EXE_mingbai"))
            .args(["--lang", "zh", "import", file])
            .current_dir(site)
            .env("PATH", paths)
            .output()
            .expect("mingbai runs")
    };
    let site = site();
    let programs = tempfile::tempdir().unwrap();
    let with = office(&programs.path().join("with"), Some(&here("renewal.docx")));
    for file in ["续贷通知.doc", "续贷通知.wps"] {
        let done = run(site.path(), &with, file);
        let said = words(&done.stdout) + &words(&done.stderr);
        assert_eq!(done.status.code(), Some(0), "{said}");
        assert!(
            said.contains("用 LibreOffice 转成 .docx 以后读的"),
            "{said}"
        );
        let notice = site.path().join("content/notices/shanxi-2020-renewal.md");
        let text = std::fs::read_to_string(&notice).unwrap();
        assert!(text.contains(&format!("从文件“{file}”导入")), "{text}");
        std::fs::remove_dir_all(site.path().join("content")).unwrap();
        std::fs::remove_dir_all(site.path().join("data/pilots")).unwrap();
    }
    // An office program that cannot read the file, and none at all.
    let without = office(&programs.path().join("without"), None);
    for path in [without.as_path(), Path::new("/nowhere")] {
        let done = run(site.path(), path, "续贷通知.doc");
        assert_eq!(done.status.code(), Some(1));
        assert!(
            words(&done.stderr).contains("另存为"),
            "{}",
            words(&done.stderr)
        );
    }
}

#[test]
fn what_no_text_may_contain_is_taken_out_and_said() {
    let site = site();
    let notice = "关于做好助学贷款工作的通知\n\n各市：\n\n一、办理\u{FDDE}时间为2023年9月1日。\u{1}\n\n\u{1}\n\n二、请执行。\n";
    std::fs::write(site.path().join("a.txt"), notice).unwrap();
    let paragraphs: String = notice
        .replace('\u{1}', "")
        .lines()
        .map(|line| format!("<p>{line}</p>"))
        .collect();
    let page =
        format!("<!doctype html><html><meta charset=\"utf-8\"><body>{paragraphs}</body></html>");
    std::fs::write(site.path().join("b.html"), page).unwrap();
    let table = "序号,市,县\n1,大同市,灵\u{FDD0}丘县\n2,大同市,左云\u{7}县\n";
    std::fs::write(site.path().join("c.csv"), table).unwrap();
    for (name, more, code) in [
        ("a.txt", &[][..], "U+FDDE"),
        ("b.html", &[], "U+FDDE"),
        ("c.csv", &PILOTS, "控制字符"),
    ] {
        let id = &name[..1];
        let said = mingbai(site.path(), &[&[name, "--id", id], more].concat());
        let shown = words(&said.stdout) + &words(&said.stderr);
        assert_eq!(said.status.code(), Some(0), "{shown}");
        assert!(shown.contains(code), "{shown}");
    }
    let shown = checked(site.path());
    assert!(!shown.contains("MB0114"), "{shown}");
    assert!(shown.contains("content/notices/a.md"), "{shown}");
    let written = std::fs::read_to_string(site.path().join("content/notices/a.md")).unwrap();
    assert!(
        written.contains("一、办理时间为2023年9月1日。\n\n二、请执行。"),
        "{written}"
    );
}

#[test]
fn a_cell_that_is_too_long_for_a_key_is_cut_and_said() {
    let site = site();
    let long = "很长的市名".repeat(300);
    let table = format!("序号,市,县\n1,大同市,灵丘县\n2,{long}甲,左云县\n3,{long}乙,右玉县\n");
    std::fs::write(site.path().join("c.csv"), table).unwrap();
    let said = mingbai(
        site.path(),
        &[&["c.csv", "--id", "c"][..], &PILOTS].concat(),
    );
    let shown = words(&said.stdout) + &words(&said.stderr);
    assert_eq!(said.status.code(), Some(0), "{shown}");
    assert!(shown.contains("市名太长，只写了前 100 个字"), "{shown}");
    let shown = checked(site.path());
    // What is not a prefecture is an error at its place; the file can be read.
    assert!(
        !shown.contains("MB0101") && shown.contains("data/pilots/c.yaml"),
        "{shown}"
    );
}
