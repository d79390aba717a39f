//! `mingbai read`: an invented notice and an invented scan, in both languages and as JSON, against texts that people have read.

mod support;

use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use support::{golden, mingbai};

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reading/command")
}

/// The code and the two outputs of a run in the folder of the examples.
fn read(arguments: &[&str], input: &[u8]) -> (i32, String, String) {
    let mut child = mingbai(["read"])
        .args(arguments)
        .current_dir(folder())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(input)
        .expect("the program reads");
    let output = child.wait_with_output().expect("the program ends");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (
        output.status.code().unwrap_or(-1),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn a_notice_is_read_clause_by_clause_and_a_scan_as_a_whole() {
    let mut differences = Vec::new();
    for (arguments, name) in [
        (vec!["notice.md", "--lang", "zh"], "notice.zh.txt"),
        (vec!["notice.md", "--lang", "en"], "notice.en.txt"),
        (vec!["raw.txt", "--lang", "zh"], "raw.zh.txt"),
        (vec!["raw.txt", "--lang", "en"], "raw.en.txt"),
    ] {
        let (code, out, errors) = read(&arguments, b"");
        assert_eq!((code, errors.as_str()), (0, ""), "{name}");
        differences.extend(golden::compare(&folder().join(name), &out));
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn json_has_every_reading_with_its_place_type_and_value() {
    let (code, out, _) = read(&["notice.md", "--format", "json"], b"");
    assert_eq!(code, 0);
    let report: Value = serde_json::from_str(&out).expect("JSON");
    let pretty = serde_json::to_string_pretty(&report).expect("JSON");
    let differences = golden::compare(&folder().join("notice.json"), &format!("{pretty}\n"));
    assert_eq!(differences, None);
    let text = std::fs::read_to_string(folder().join("notice.md")).expect("the notice");
    for reading in report["readings"].as_array().expect("a list") {
        let at =
            |key: &str| usize::try_from(reading[key].as_u64().expect("a number")).expect("small");
        assert_eq!(
            &text[at("start")..at("end")],
            reading["words"].as_str().expect("words")
        );
        let line = text.lines().nth(at("line") - 1).expect("a line");
        let from: String = line.chars().skip(at("column") - 1).collect();
        assert!(
            from.starts_with(reading["words"].as_str().unwrap_or_default()),
            "{reading}"
        );
    }
}

#[test]
fn a_dash_is_standard_input() {
    let (code, out, _) = read(&["-", "--lang", "zh"], "最迟不超过10月31日".as_bytes());
    assert_eq!(code, 0);
    assert!(
        out.contains("1:1  日期  最迟不超过10月31日  = 不晚于10月31日（没有写年份）"),
        "{out}"
    );
    let (code, out, _) = read(&["-", "--lang", "en"], b"");
    assert_eq!((code, out.as_str()), (0, "0 readings\n"));
}

#[test]
fn what_is_not_a_text_is_refused_with_a_way_out() {
    let (code, out, errors) = read(&["no-such-file.txt", "--lang", "zh"], b"");
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(errors.contains("no-such-file.txt：找不到"), "{errors}");
    // GB 2312.
    let (code, _, errors) = read(&["-", "--lang", "zh"], b"\xD6\xD0\xCE\xC4");
    assert_eq!(code, 2);
    assert!(errors.contains("mingbai import"), "{errors}");
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), b"\xD6\xD0").expect("a file");
    let path = file.path().to_string_lossy().into_owned();
    let (code, _, errors) = read(&[&path, "--lang", "en"], b"");
    assert_eq!(code, 2);
    assert!(errors.contains("only UTF-8 text is read here"), "{errors}");
    // More than a person reads, cut within a character.
    std::fs::write(file.path(), "自".repeat(6 << 20)).expect("a file");
    let (code, out, errors) = read(&[&path, "--lang", "zh"], b"");
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(errors.contains("太大"), "{errors}");
}
