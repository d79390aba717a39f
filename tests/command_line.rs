//! The command line as people and programs meet it: languages, help, errors, forms of reports, completions, manual.

mod support;

use std::fs;
use std::process::Command;

use serde_json::Value;
use support::{mingbai, run, write_files};

/// The site's folder below the temporary one: a name that addresses must encode.
const FOLDER: &str = "示例";

/// A site whose schedule names a county that does not exist.
fn site_with_a_wrong_county() -> tempfile::TempDir {
    let site = tempfile::tempdir().expect("a new folder");
    let folder = site.path().join(FOLDER);
    support::copy_theme_and_regions(&folder);
    write_files(
        &folder,
        [
            (
                "data/site.yaml",
                "title: 示例\ntagline: 示例\nbase_url: https://example.org/\noperator: 示例\ntheme: mingbai\n",
            ),
            (
                "data/schedules/example-2023.yaml",
                "title: 示例安排\ncounty: 山西省 朔州市 右王县\nyear: 2023\nsource: example-2023-plan\n",
            ),
        ],
    );
    site
}

fn stdout(command: &mut Command) -> String {
    let output = command.output().expect("the program starts");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The diagnostics of the site in a machine form, with the whole exit code.
fn reported(format: &str, more: &[&str]) -> (i32, String) {
    let site = site_with_a_wrong_county();
    let output = mingbai(["check", "--format", format])
        .args(more)
        .arg(site.path().join(FOLDER))
        .output()
        .expect("the program starts");
    (
        output.status.code().unwrap_or(-1),
        String::from_utf8(output.stdout).expect("UTF-8"),
    )
}

#[test]
fn the_locale_chooses_the_language_and_the_flag_overrules_it() {
    for (locale, flag, zh, en) in [
        ("zh_CN.UTF-8", None, true, false),
        ("en_US.UTF-8", None, false, true),
        ("C.UTF-8", None, true, true),
        ("zh_CN.UTF-8", Some("--lang=en"), false, true),
        ("en_US.UTF-8", Some("--lang=zh"), true, false),
    ] {
        let mut command = mingbai(["check", "/no/such/folder"]);
        command.args(flag).env("LC_ALL", locale);
        let (code, words) = run(&mut command);
        assert_eq!(code, 2, "{words}");
        assert_eq!(words.contains("找不到"), zh, "{locale} {flag:?}: {words}");
        assert_eq!(
            words.contains("not a site folder") || words.contains("No such file"),
            en,
            "{locale} {flag:?}: {words}"
        );
    }
}

#[test]
fn diagnostics_speak_one_language_when_one_is_asked_for() {
    let site = site_with_a_wrong_county();
    let check = |lang: &str| {
        let (code, words) = run(mingbai(["check", "--lang", lang]).arg(site.path().join(FOLDER)));
        assert_eq!(code, 1, "{words}");
        words
    };
    let zh = check("zh");
    assert!(zh.contains("错误[MB0208]: 查无此地“右王县”"), "{zh}");
    assert!(zh.contains("提示: 是否应为"), "{zh}");
    assert!(!zh.contains("error") && !zh.contains("unknown"), "{zh}");
    let en = check("en");
    assert!(en.contains("error[MB0208]: unknown county"), "{en}");
    assert!(en.contains("hint: did you mean"), "{en}");
    assert!(!en.contains("查无此地") && !en.contains("提示"), "{en}");
}

#[test]
fn help_is_whole_in_each_language() {
    let subcommands = ["build", "check", "ask", "search", "explain", "completions"];
    for command in subcommands {
        let zh = stdout(&mut mingbai([command, "--help", "--lang", "zh"]));
        assert!(zh.contains("用法:") && zh.contains("选项:"), "{zh}");
        for english in [
            "Usage",
            "Options",
            "Arguments",
            "default",
            "possible values",
            " / ",
        ] {
            assert!(!zh.contains(english), "{command}: {english} in\n{zh}");
        }
        let en = stdout(&mut mingbai([command, "--help", "--lang", "en"]));
        assert!(en.contains("Usage:") && en.contains("Options:"), "{en}");
        let chinese = en.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c));
        // The form of an answer on the command line is written in Chinese in both.
        assert!(chinese.count() <= 4, "{en}");
    }
}

#[test]
fn mistakes_in_arguments_are_explained_in_chinese_with_a_fix() {
    for (arguments, words) in [
        (vec!["chekc"], "没有命令“chekc”；是否应为“check”？"),
        (
            vec!["check", "--frmat", "json"],
            "不认识“--frmat”；是否应为“--format”？",
        ),
        (
            vec!["check", "--format", "xml"],
            "不能是“xml”，可写：text, json, sarif, github, gitlab",
        ),
        (vec!["ask"], "还缺：<CHECK>"),
        (
            vec!["check", "--today", "2023-7-1"],
            "--today 2023-7-1：写作 2023-07-17",
        ),
    ] {
        let (code, said) = run(mingbai(&arguments).args(["--lang", "zh"]));
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
}

#[test]
fn github_shows_the_problem_at_its_line() {
    let (code, report) = reported("github", &["--lang", "zh"]);
    assert_eq!(code, 1);
    let line = report
        .lines()
        .find(|line| line.contains("MB0208"))
        .unwrap_or_else(|| panic!("{report}"));
    assert!(line.starts_with("::error file="), "{line}");
    assert!(
        line.contains("data/schedules/example-2023.yaml,line=2,col=17,endLine=2,endColumn=20,"),
        "{line}"
    );
    assert!(line.contains("::查无此地“右王县”"), "{line}");
    assert!(
        line.contains("%0A"),
        "the hint stands on a line of its own: {line}"
    );
}

#[test]
fn gitlab_reads_a_code_quality_report() {
    let (code, report) = reported("gitlab", &["--lang", "zh"]);
    assert_eq!(code, 1);
    let report: Value = serde_json::from_str(&report).expect("JSON");
    let issue = report
        .as_array()
        .and_then(|list| list.iter().find(|issue| issue["check_name"] == "MB0208"))
        .unwrap_or_else(|| panic!("{report:#}"));
    assert_eq!(issue["severity"], "critical");
    assert_eq!(issue["location"]["lines"]["begin"], 2);
    let path = issue["location"]["path"].as_str().expect("a path");
    assert!(path.ends_with("data/schedules/example-2023.yaml"), "{path}");
    assert_eq!(issue["fingerprint"].as_str().map(str::len), Some(32));
    let description = issue["description"].as_str().expect("words");
    assert!(description.contains("是否应为"), "{description}");
}

#[test]
fn fingerprints_stay_when_lines_are_put_before() {
    let print = |before: &str| {
        let site = site_with_a_wrong_county();
        let path = site
            .path()
            .join(FOLDER)
            .join("data/schedules/example-2023.yaml");
        let text = fs::read_to_string(&path).expect("the file");
        fs::write(&path, format!("{before}{text}")).expect("the file");
        let report =
            stdout(mingbai(["check", "--format", "gitlab"]).current_dir(site.path().join(FOLDER)));
        let report: Value = serde_json::from_str(&report).expect("JSON");
        let list = report.as_array().expect("a list").clone();
        let issue = list.iter().find(|issue| issue["check_name"] == "MB0208");
        issue.expect("the wrong county").clone()
    };
    let (plain, moved) = (print(""), print("# 一行\n# 两行\n"));
    assert_eq!(plain["fingerprint"], moved["fingerprint"]);
    assert_eq!(plain["location"]["lines"]["begin"], 2);
    assert_eq!(moved["location"]["lines"]["begin"], 4);
}

#[test]
fn sarif_has_what_the_standard_asks() {
    let (code, report) = reported("sarif", &[]);
    assert_eq!(code, 1);
    let report: Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!(report["version"], "2.1.0");
    let run = &report["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "mingbai");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let results = run["results"].as_array().expect("results");
    let result = results
        .iter()
        .find(|result| result["ruleId"] == "MB0208")
        .unwrap_or_else(|| panic!("{report:#}"));
    let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "MB0208");
    assert_eq!(result["level"], "error");
    let place = &result["locations"][0]["physicalLocation"];
    let uri = place["artifactLocation"]["uri"].as_str().expect("a uri");
    // RFC 3986: 示例 as percent-encoded UTF-8.
    assert!(
        uri.ends_with("%E7%A4%BA%E4%BE%8B/data/schedules/example-2023.yaml"),
        "{uri}"
    );
    assert_eq!(
        place["region"],
        serde_json::json!({"startLine": 2, "startColumn": 17, "endLine": 2, "endColumn": 20})
    );
    let text = result["message"]["text"].as_str().expect("words");
    assert!(
        text.contains("查无此地“右王县”") && text.contains("unknown county"),
        "{text}"
    );
}

#[test]
fn a_clean_site_gives_empty_reports_that_still_parse() {
    let site = support::repository();
    let report = |format: &str| {
        let output = mingbai(["check", "--format", format, "--today", "2023-07-20"])
            .arg(site)
            .output()
            .expect("the program starts");
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let severe = |list: &Value, key: &str, words: &[&str]| {
        list.as_array()
            .expect("a list")
            .iter()
            .filter(|one| {
                one[key]
                    .as_str()
                    .is_some_and(|level| words.contains(&level))
            })
            .count()
    };
    let sarif: Value = serde_json::from_str(&report("sarif")).expect("JSON");
    assert_eq!(
        severe(&sarif["runs"][0]["results"], "level", &["error", "warning"]),
        0
    );
    let gitlab: Value = serde_json::from_str(&report("gitlab")).expect("JSON");
    assert_eq!(severe(&gitlab, "severity", &["critical", "minor"]), 0);
    assert!(!report("github").contains("::error"));
}

/// A site with suggestions in its self-check, a warning in a page, and errors in its last file.
fn site_with_problems_of_each_kind() -> tempfile::TempDir {
    let site = tempfile::tempdir().expect("a new folder");
    let folder = site.path().join(FOLDER);
    let cases = support::repository().join("tests/diagnostics");
    support::copy(
        &support::repository().join("themes"),
        &folder.join("themes"),
    );
    support::copy(&cases.join("base"), &folder);
    support::copy(&cases.join("MB0317-options/data"), &folder.join("data"));
    support::copy(
        &cases.join("MB0402-script/content"),
        &folder.join("content"),
    );
    let settings = folder.join("data/site.yaml");
    let text = fs::read_to_string(&settings).expect("the settings");
    fs::write(&settings, text.replace("tagline:", "taglin:")).expect("a new file");
    site
}

#[test]
fn errors_come_before_warnings_and_warnings_before_advice() {
    let site = site_with_problems_of_each_kind();
    let folder = site.path().join(FOLDER);
    let severities = |more: &[&str]| -> Vec<String> {
        let mut command = mingbai(["check", "--format", "json", "--today", "2023-07-05"]);
        let list: Value =
            serde_json::from_str(&stdout(command.args(more).arg(&folder))).expect("JSON");
        let list = list.as_array().expect("a list").iter();
        list.map(|d| d["severity"].as_str().expect("a word").to_owned())
            .collect()
    };
    let all = severities(&[]);
    let rank = |word: &String| {
        ["error", "warning", "advice"]
            .iter()
            .position(|w| w == word)
    };
    assert!(all.is_sorted_by_key(rank), "{all:?}");
    let errors = all.iter().filter(|word| *word == "error").count();
    assert!(
        errors > 0 && all.iter().any(|w| w == "warning") && all.iter().any(|w| w == "advice"),
        "{all:?}"
    );
    assert_eq!(severities(&["--errors-only"]), vec!["error"; errors]);
    let (code, words) = run(mingbai(["check", "--errors-only", "--lang=en"]).arg(&folder));
    assert_eq!(code, 1);
    assert!(
        words.starts_with("error[") && !words.contains("warning["),
        "{words}"
    );
}

#[test]
fn a_region_that_does_not_exist_is_refused_by_import() {
    let folder = tempfile::tempdir().expect("a new folder");
    let table = folder.path().join("名单.csv");
    fs::write(&table, "县,办理形式\n鼓楼区,全程网办\n").expect("a new file");
    for (region, right) in [
        ("河北省 福州市", "写作“福建省 福州市”"),
        (
            "河北省 桥西区",
            "写全称：河北省 石家庄市 桥西区、河北省 张家口市 桥西区",
        ),
        ("江苏", "是否应为“江苏省”？"),
    ] {
        let (code, words) = run(
            mingbai(["import", "--lang=zh", "--id=example-list", "--dry-run"])
                .arg(format!("--region={region}"))
                .arg(&table)
                .arg(support::repository()),
        );
        assert_eq!(code, 2, "{words}");
        assert!(words.contains(right), "{words}");
    }
}

#[test]
fn completions_know_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = stdout(&mut mingbai(["completions", shell]));
        for word in ["build", "check", "ask", "explain", "format"] {
            assert!(script.contains(word), "{shell} lacks {word}");
        }
    }
}

#[test]
fn bash_completes_a_command_that_was_begun() {
    let script = stdout(&mut mingbai(["completions", "bash"]));
    let folder = tempfile::tempdir().expect("a new folder");
    let file = folder.path().join("mingbai.bash");
    fs::write(&file, script).expect("a new file");
    let asked = "source \"$0\"; COMP_WORDS=(mingbai che); COMP_CWORD=1; \
                 _mingbai mingbai che mingbai; printf '%s\\n' \"${COMPREPLY[@]}\"";
    let mut bash = Command::new("bash");
    bash.args(["--norc", "-c", asked]).arg(&file);
    let (code, words) = run(&mut bash);
    assert_eq!((code, words.trim()), (0, "check"));
}

#[test]
fn the_manual_names_every_command_and_its_options() {
    let page = stdout(&mut mingbai(["man", "--lang", "en"]));
    assert!(
        page.starts_with(".ie") || page.contains(".TH mingbai 1"),
        "{page}"
    );
    for words in [
        "mingbai build",
        "mingbai check",
        "prove",
        "errors\\-only",
        "base\\-url",
        "SH NAME",
    ] {
        assert!(page.contains(words), "{words} is not in the manual");
    }
}

#[test]
fn nothing_but_the_result_is_printed_in_a_pipe() {
    let site = site_with_a_wrong_county();
    let (_, words) = run(mingbai(["check"])
        .arg(site.path().join(FOLDER))
        .env_remove("NO_COLOR"));
    assert!(
        !words.contains('\x1b') && !words.contains('\r'),
        "{words:?}"
    );
}

/// Runs the program with stdout on a device that is always full.
#[cfg(target_os = "linux")]
fn run_on_full_disk(command: &mut Command) -> (i32, String) {
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("Linux has this device");
    let output = command.stdout(full).output().expect("the program starts");
    (
        output.status.code().unwrap_or(-1),
        String::from_utf8(output.stderr).expect("UTF-8"),
    )
}

#[cfg(target_os = "linux")]
#[test]
fn words_that_cannot_be_written_are_an_error_of_every_command_that_prints() {
    let folder = tempfile::tempdir().expect("a new folder");
    let site = folder.path().join("site");
    let (code, words) = run(mingbai(["init", "--yes"]).arg(&site));
    assert_eq!(code, 0, "{words}");
    let table = folder.path().join("名单.csv");
    fs::write(&table, "县,办理形式\n右玉县,全程网办\n").expect("a new file");
    let (list, public) = (table.display().to_string(), site.join("public"));
    let public = public.display().to_string();
    for arguments in [
        vec!["--help"],
        vec!["--version"],
        vec!["check", "--help"],
        vec!["check"],
        vec!["check", "--format", "json"],
        vec!["check", "--format", "sarif"],
        vec!["check", "--prove"],
        vec!["build", "--out", &public],
        vec!["schema"],
        vec!["schema", "notice"],
        vec!["explain"],
        vec!["explain", "MB0208"],
        vec!["completions", "bash"],
        vec!["man"],
        vec!["theme", "list"],
        vec!["search", "受理"],
        vec!["search", "受理", "--format", "json"],
        vec!["import", &list, "--id", "example-list", "--dry-run"],
        vec!["init", "other", "--yes"],
    ] {
        let (code, words) = run_on_full_disk(mingbai(&arguments).current_dir(&site));
        assert_eq!(code, 2, "{arguments:?}: {words}");
        assert!(
            words.contains("结果没有全部输出：磁盘已满") && words.contains("output is incomplete"),
            "{arguments:?}: {words}"
        );
    }
    // A self-check of the real site: the example has none.
    let (code, words) =
        run_on_full_disk(mingbai(["ask", "remote-renewal"]).arg(support::repository()));
    assert_eq!(code, 2, "{words}");
    assert!(words.contains("output is incomplete"), "{words}");
}

#[cfg(target_os = "linux")]
#[test]
fn diagnostics_that_cannot_be_written_change_the_exit_code() {
    let site = site_with_a_wrong_county();
    let check = |stderr: &str| {
        let stream = fs::OpenOptions::new().write(true).open(stderr);
        let mut check = mingbai(["check"]);
        check
            .arg(site.path().join(FOLDER))
            .stderr(stream.expect("Linux has this device"));
        check.status().expect("the program starts").code()
    };
    assert_eq!(check("/dev/null"), Some(1));
    assert_eq!(check("/dev/full"), Some(2));
}

#[test]
fn whoever_closes_a_pipe_early_gets_no_error_message() {
    for arguments in [
        vec!["explain"],
        vec!["man"],
        vec!["schema", "notice"],
        vec!["--help"],
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = mingbai(&arguments)
            .stdout(writer)
            .output()
            .expect("the program starts");
        let words = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            (output.status.code(), words.as_ref()),
            (Some(0), ""),
            "{arguments:?}"
        );
    }
}
