//! The county desk as a clerk meets it: a new site, new files, the theme; on a terminal (a pseudo-terminal, typed into)
//! and with flags.

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use rexpect::reader::Options;
use rexpect::session::{PtySession, spawn_with_options};
use support::{files, mingbai, run, write_files};

/// How long a question may take to come, on a busy machine.
const PATIENCE: u64 = 60_000;

// ---------------------------------------------------------------- a person at a terminal

/// A person at a terminal. The terminal's library hands over bytes as characters, so words are compared as bytes.
struct Person(PtySession);

fn as_bytes(words: &str) -> String {
    words.bytes().map(char::from).collect()
}

fn as_words(bytes: &str) -> String {
    let bytes: Vec<u8> = bytes
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'))
        .collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

impl Person {
    fn at(mut command: Command, strip_colours: bool) -> Self {
        command.env("TERM", "xterm-256color");
        let options = Options::new()
            .timeout_ms(Some(PATIENCE))
            .strip_ansi_escape_codes(strip_colours);
        Self(spawn_with_options(command, options).expect("a terminal"))
    }

    fn runs(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = mingbai(arguments.iter().copied());
        command.current_dir(folder);
        Self::at(command, true)
    }

    /// Waits until words are on the terminal; what came before them.
    fn sees(&mut self, words: &str) -> String {
        let before = self.0.exp_string(&as_bytes(words));
        as_words(&before.unwrap_or_else(|error| panic!("“{words}” did not come: {error}")))
    }

    fn types(&mut self, keys: &str) {
        self.0.send(keys).expect("the terminal takes keys");
        self.0.flush().expect("the terminal takes keys");
    }

    fn enters(&mut self, words: &str) {
        self.types(&format!("{words}\r"));
    }

    /// The rest of what is printed, and the exit code.
    fn leaves(mut self) -> (i32, String) {
        let rest = as_words(&self.0.exp_eof().expect("the end"));
        // `Exited(Pid(4711), 0)`: the type itself is not public.
        let status = format!("{:?}", self.0.process().wait().expect("an end"));
        let code = status
            .strip_prefix("Exited(")
            .and_then(|status| status.strip_suffix(')')?.rsplit_once(", "))
            .and_then(|(_, code)| code.parse().ok());
        (code.unwrap_or_else(|| panic!("{status}")), rest)
    }
}

fn new_folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a new folder")
}

/// A site made by `init` with its examples in a county.
fn site() -> tempfile::TempDir {
    let folder = new_folder();
    let (code, words) =
        run(
            mingbai(["init", "site", "--region", "youyu", "--yes", "--lang", "zh"])
                .current_dir(&folder),
        );
    assert_eq!(code, 0, "{words}");
    folder
}

/// A run in the site's folder, in Chinese.
fn in_site(folder: &tempfile::TempDir, arguments: &[&str]) -> (i32, String) {
    run(mingbai(arguments)
        .args(["--lang", "zh"])
        .current_dir(folder.path().join("site")))
}

fn read(folder: &tempfile::TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join("site").join(path))
        .unwrap_or_else(|e| panic!("{path}: {e}"))
}

const PLAN: &str = "example-plan";
const QUOTE: &str = "示例日期：2024年7月15日至9月20日受理";

// ---------------------------------------------------------------- init

#[test]
fn a_new_site_is_asked_for_and_builds_at_once() {
    let folder = new_folder();
    let mut person = Person::runs(folder.path(), &["init", "site", "--lang", "zh"]);
    person.sees("网站名称");
    person.enters("示例县: 助学 #1");
    person.sees("哪个县");
    person.types("youyu");
    person.sees("山西省 朔州市 右玉县");
    person.types("\t");
    person.enters("");
    person.sees("主办单位");
    person.enters("示例单位");
    person.sees("网站将来的网址");
    person.enters("");
    person.sees("已建好");
    let (code, words) = person.leaves();
    assert_eq!(code, 0, "{words}");
    assert!(read(&folder, "data/site.yaml").contains("title: \"示例县: 助学 #1\""));
    assert!(
        read(&folder, "data/schedules/example-schedule.yaml")
            .contains("county: 山西省 朔州市 右玉县")
    );
    let (code, words) = in_site(&folder, &["build"]);
    assert_eq!(code, 0, "{words}");
    assert!(
        words.contains("已生成") && !words.contains("提醒["),
        "{words}"
    );
    // The theme came out of the program: no file of it is in the site.
    let site = folder.path().join("site");
    assert!(!site.join("themes").exists() && !site.join("data/regions").exists());
    let home = read(&folder, "public/index.html");
    assert!(home.contains("示例县: 助学 #1"), "{home}");
}

#[test]
fn every_page_of_the_examples_says_that_it_is_none() {
    let folder = site();
    let (code, words) = in_site(&folder, &["build"]);
    assert_eq!(code, 0, "{words}");
    for page in [
        "public/notices/example-plan.html",
        "public/schedules/example-schedule.html",
    ] {
        let html = read(&folder, page);
        assert!(
            html.contains("〔示例〕") && html.contains("不是政策"),
            "{page}"
        );
    }
    let home = read(&folder, "public/index.html");
    assert!(
        home.contains("没有正在受理的窗口"),
        "an invented window is open: {home}"
    );
}

#[test]
fn examples_are_shown_once_the_site_has_an_address() {
    let folder = site();
    let (code, words) = in_site(&folder, &["check", "--base-url", "https://example.gov.cn/"]);
    assert_eq!(code, 0, "{words}");
    assert_eq!(words.matches("MB0801").count(), 4, "{words}");
    let (_, words) = in_site(&folder, &["check"]);
    assert!(!words.contains("MB0801"), "{words}");
}

#[test]
fn init_leaves_a_folder_alone_that_holds_something() {
    let folder = new_folder();
    write_files(folder.path(), [("site/文件.txt", "甲")]);
    let before = files(folder.path());
    let (code, words) =
        run(mingbai(["init", "site", "--yes", "--lang", "zh"]).current_dir(&folder));
    assert_eq!(code, 2);
    assert!(
        words.contains("不是空的") && words.contains("文件.txt"),
        "{words}"
    );
    assert_eq!(files(folder.path()), before);
}

#[test]
fn init_fills_the_folder_it_stands_in() {
    let folder = new_folder();
    let (code, words) = run(mingbai(["init", ".", "--yes"]).current_dir(&folder));
    assert_eq!(code, 0, "{words}");
    let (code, words) = run(mingbai(["check"]).current_dir(&folder));
    assert_eq!(code, 0, "{words}");
    assert!(
        files(folder.path())
            .keys()
            .all(|path| !path.contains("mingbai-new"))
    );
}

#[test]
fn a_site_without_answers_is_marked_and_sound_in_both_languages() {
    for (lang, comment) in [
        ("zh", "# 标题：网站叫什么"),
        ("en", "# 标题: the name of the site"),
    ] {
        let folder = new_folder();
        let (code, words) = run(mingbai(["init", "site", "--lang", lang]).current_dir(&folder));
        assert_eq!(code, 0, "{words}");
        let site = read(&folder, "data/site.yaml");
        assert!(
            site.contains("〔示例〕") && site.contains(comment),
            "{site}"
        );
        let (code, words) = in_site(&folder, &["check"]);
        assert_eq!(code, 0, "{words}");
    }
}

#[test]
fn init_refuses_a_place_that_is_none() {
    let folder = new_folder();
    let (code, words) = run(mingbai([
        "init",
        "site",
        "--region",
        "右王县",
        "--yes",
        "--lang",
        "zh",
    ])
    .current_dir(&folder));
    assert_eq!(code, 2);
    assert!(words.contains("山西省 朔州市 右玉县"), "{words}");
    assert!(!folder.path().join("site").exists());
}

// ---------------------------------------------------------------- new, on a terminal

#[test]
fn a_schedule_is_written_from_answers_and_a_wrong_county_is_reported_and_fixed() {
    let folder = site();
    let home = folder.path().join("site");
    let mut person = Person::runs(&home, &["new", "schedule", "--lang", "zh"]);
    person.sees("依据哪个文件");
    person.enters("");
    person.sees("哪一年的");
    person.enters("");
    person.sees("哪个县");
    person.enters("石玉县");
    person.sees("查无此地“石玉县”，是否应为：山西省 朔州市 右玉县");
    person.types("\u{7f}\u{7f}\u{7f}yuci");
    person.sees("山西省 晋中市 榆次区");
    // The arrow chooses what is suggested.
    person.types("\u{1b}[B");
    person.enters("");
    person.sees("标题");
    person.enters("");
    person.sees("编号");
    person.enters("");
    person.sees("原文写了受理时间吗");
    person.enters("是");
    person.sees("办什么");
    person.enters("示例: #受理");
    person.sees("哪一条写的");
    person.enters("一（一）");
    person.sees("照抄哪一句");
    person.enters("");
    person.sees("哪天开始");
    person.enters("7月16日");
    person.sees("照抄的话里没有这个日期");
    person.types(&"\u{7f}".repeat(6));
    person.enters("7月15日");
    person.sees("哪天截止");
    person.enters("");
    person.sees("还有别的受理时间吗");
    person.enters("否");
    for list in [
        "几句要点",
        "在哪里办",
        "每天办多少名",
        "带什么材料",
        "公用电话",
    ] {
        person.sees(list);
        person.enters("");
    }
    person.sees("写入 data/schedules/yuci-2024.yaml？");
    person.enters("");
    let (code, words) = person.leaves();
    assert_eq!(code, 0, "{words}");
    assert!(words.contains("检查通过，0 个提醒"), "{words}");
    let text = read(&folder, "data/schedules/yuci-2024.yaml");
    for line in [
        "title: 榆次区2024年生源地信用助学贷款受理安排",
        "county: 山西省 晋中市 榆次区",
        "  - what: \"示例: #受理\"",
        "    from: 2024-07-15",
        "    until: 2024-09-20",
        "    clause: 一（一）",
    ] {
        assert!(text.contains(&format!("{line}\n")), "{line} in {text}");
    }
    let (code, words) = in_site(&folder, &["build"]);
    assert_eq!(code, 0, "{words}");
}

/// A plan with everything that a schedule can say, invented and marked.
const WHOLE_PLAN: &str = "---
title: 〔示例〕2024年受理方案
number: 未载明
kind: 工作方案
issuers: [示例]
issued: 2024-06-01
publicity: 未载明
region: 山西省 朔州市 右玉县
---

示例，不是政策。

一、贷款在示例楼一层大厅办理。

二、首贷学生到现场办理，每天受理40名（上午25名、下午15名）。

三、首贷学生要带身份证原件和录取通知书原件。

四、咨询电话：示例中心0349-6000000。
";

#[test]
fn venues_quotas_papers_and_telephones_are_asked_for_with_what_the_words_say_as_proposals() {
    let folder = site();
    let home = folder.path().join("site");
    write_files(&home, [("content/notices/whole-plan.md", WHOLE_PLAN)]);
    let mut person = Person::runs(
        &home,
        &["new", "schedule", "--source", "whole-plan", "--lang", "zh"],
    );
    for question in ["哪一年的", "哪个县", "标题", "编号"] {
        person.sees(question);
        person.enters("");
    }
    person.sees("原文写了受理时间吗");
    person.enters("否");
    // Each list: a clause, its only sentence, then the values, which are proposed.
    let lists = [
        (
            "几句要点",
            "四",
            &["用平常话", "说给谁听"][..],
            "还有别的要点",
        ),
        ("在哪里办", "一", &["在哪里办："], "还有别的地点"),
        (
            "每天办多少名",
            "二",
            &["哪些人", "每天多少名", "其中上午", "其中下午"],
            "还有别的名额",
        ),
        ("带什么材料", "三", &["哪些人带", "带什么（"], "还有别的人"),
        ("公用电话", "四", &["哪个单位", "电话（"], "还有别的电话"),
    ];
    for (first, clause, questions, more) in lists {
        person.sees(first);
        person.enters("是");
        person.sees("哪一条写的");
        person.enters(clause);
        person.sees("照抄哪一句");
        person.enters("");
        for question in questions {
            person.sees(question);
            // Who has the telephone is the one thing that nobody can read from the words.
            person.enters(if *question == "哪个单位" {
                "示例中心"
            } else {
                ""
            });
        }
        person.sees(more);
        person.enters("");
    }
    person.sees("写入 data/schedules/");
    person.enters("");
    let (code, words) = person.leaves();
    assert_eq!(code, 0, "{words}");
    let written = read(&folder, "data/schedules/youyu-2024.yaml");
    for line in [
        "venues:\n  - what: 示例楼一层大厅\n    clause: 一\n",
        "    per_day: 40\n    morning: 25\n    afternoon: 15\n    clause: 二\n",
        "    clause: 三\n    quote: 首贷学生要带身份证原件和录取通知书原件\n",
        "  - office: 示例中心\n    phone: 0349-6000000\n    clause: 四\n",
    ] {
        assert!(written.contains(line), "{line} in {written}");
    }
    assert!(!written.contains("contacts: 未载明"), "{written}");
    let (code, words) = in_site(&folder, &["build"]);
    assert_eq!(code, 0, "{words}");
}

#[test]
fn lists_of_a_schedule_are_given_with_flags_and_a_missing_key_is_named() {
    let folder = site();
    let home = folder.path().join("site");
    write_files(&home, [("content/notices/whole-plan.md", WHOLE_PLAN)]);
    let schedule = [
        "new",
        "schedule",
        "--county",
        "youyu",
        "--year",
        "2024",
        "--source",
        "whole-plan",
    ];
    let venue = [
        "--venue",
        "what=示例楼一层大厅 clause=一 quote=贷款在示例楼一层大厅办理",
    ];
    let quota = "group=首贷学生 per_day=40 morning=25 afternoon=15 clause=二 quote=首贷学生到现场办理，每天受理40名（上午25名、下午15名）";
    let (code, words) = in_site(
        &folder,
        &[
            &schedule[..],
            &venue,
            &["--quota", "group=首贷学生 clause=二"],
        ]
        .concat(),
    );
    assert_eq!(code, 2, "{words}");
    assert!(
        words.contains("--quota") && words.contains("缺少 per_day="),
        "{words}"
    );
    let (code, words) = in_site(
        &folder,
        &[&schedule[..], &venue, &["--quota", quota]].concat(),
    );
    assert_eq!(code, 0, "{words}");
    let written = read(&folder, "data/schedules/youyu-2024.yaml");
    assert!(
        written.contains("quotas:\n  - group: 首贷学生\n    per_day: 40\n"),
        "{written}"
    );
    assert!(written.contains("contacts: 未载明"), "{written}");
}

#[test]
fn ctrl_c_and_escape_write_nothing() {
    let folder = site();
    let home = folder.path().join("site");
    let before = files(&home);
    for (keys, code, words) in [
        ("\u{3}", 130, "已中断，没有写任何文件"),
        ("\u{1b}", 1, "已取消，没有写任何文件"),
    ] {
        let mut person = Person::runs(&home, &["new", "schedule", "--lang", "zh"]);
        person.sees("依据哪个文件");
        person.enters("");
        person.sees("哪一年的");
        person.types(keys);
        let (left, said) = person.leaves();
        assert_eq!(left, code, "{said}");
        assert!(said.contains(words), "{said}");
    }
    let mut person = Person::runs(folder.path(), &["init", "another", "--lang", "zh"]);
    person.sees("网站名称");
    person.types("\u{3}");
    assert_eq!(person.leaves().0, 130);
    assert_eq!(files(&home), before);
    assert!(!folder.path().join("another").exists());
}

#[test]
fn questions_come_in_english_when_asked_for() {
    let folder = site();
    let mut person = Person::runs(
        &folder.path().join("site"),
        &["new", "schedule", "--lang", "en"],
    );
    let before = person.sees("Based on which notice:");
    assert!(!before.contains("依据"), "{before}");
    person.enters("");
    person.sees("Year:");
    person.types("\u{3}");
    let (_, words) = person.leaves();
    assert!(
        words.contains("interrupted; nothing was written"),
        "{words}"
    );
}

#[test]
fn colours_obey_no_color() {
    let folder = site();
    // Colours are set by ESC [ 38 ; … m; places and clearing are not colours.
    let colour = "\u{1b}[38;";
    for (no_color, coloured) in [("1", false), ("", true)] {
        let mut command = mingbai(["new", "schedule", "--lang", "en"]);
        command
            .env("NO_COLOR", no_color)
            .current_dir(folder.path().join("site"));
        let mut person = Person::at(command, false);
        let mut said = person.sees("Based on which notice:");
        person.enters("");
        said += &person.sees("Year:");
        assert_eq!(said.contains(colour), coloured, "{said:?}");
        person.types("\u{3}");
        person.leaves();
    }
}

#[test]
fn flags_that_say_everything_leave_nothing_to_ask() {
    let folder = site();
    let window = format!("what=示例受理 from=7月15日 until=9月20日 clause=一（一） quote={QUOTE}");
    let arguments = [
        "new", "schedule", "--lang", "zh", "--county", "榆次", "--year", "2024", "--source", PLAN,
        "--window", &window,
    ];
    let (code, words) = Person::runs(&folder.path().join("site"), &arguments).leaves();
    assert_eq!(code, 0, "{words}");
    assert!(
        words.contains("已写入 data/schedules/yuci-2024.yaml"),
        "{words}"
    );
}

// ---------------------------------------------------------------- new, with flags

/// A notice with a list of counties, invented and marked.
const LIST: &str = "---
title: 〔示例〕名单
number: 未载明
kind: 通知
issuers: [示例]
issued: 2024-03-01
publicity: 未载明
region: 山西省
---

示例，不是政策。

一、示例说明

# 附件：示例名单

一、优秀

朔州市：右玉县、应 县。

大同市：灵丘县。

二、不合格

无
";

#[test]
fn every_kind_is_written_with_flags_and_passes_the_check() {
    let folder = site();
    write_files(
        &folder.path().join("site"),
        [("content/notices/example-list.md", LIST)],
    );
    let window = format!(
        "what=示例受理 who=示例学生 from=7月15日 until=未载明 clause=一（一） quote={QUOTE}"
    );
    let runs: [(&[&str], &str); 5] = [
        (
            &[
                "schedule", "--county", "yuci", "--year", "2024", "--source", PLAN, "--topic",
                "续贷", "--window", &window,
            ],
            "data/schedules/yuci-2024.yaml",
        ),
        (
            &[
                "notice",
                "--title",
                "〔示例〕- \"通知\": #1",
                "--genre",
                "通报",
                "--number",
                "未载明",
                "--issuers",
                "示例甲、示例乙",
                "--issued",
                "2024年3月1日",
                "--publicity",
                "主动公开",
                "--region",
                "shanxi youyu",
            ],
            "content/notices/youyu-2024-circular.md",
        ),
        (
            &[
                "pilot-list",
                "--source",
                "example-list",
                "--year",
                "2024",
                "--region",
                "山西",
                "--programme",
                "示例试点",
                "--clause",
                "附件",
            ],
            "data/pilots/shanxi-2024-pilots.yaml",
        ),
        (
            &[
                "assessment",
                "example-grades",
                "--source",
                "example-list",
                "--year",
                "2024",
                "--region",
                "山西",
                "--programme",
                "示例考核",
                "--clause",
                "附件",
                "--grade",
                "优秀=附件 一",
                "--grade",
                "不合格=附件 二",
            ],
            "data/assessments/example-grades.yaml",
        ),
        (
            &[
                "check",
                "--title",
                "示例自查",
                "--source",
                PLAN,
                "--year",
                "2024",
                "--region",
                "右玉县",
                "--clause",
                "二",
                "--quote",
                "续贷学生可以远程办理",
                "--question",
                "示例：是续贷吗？",
                "--if-yes",
                "示例：可以远程。",
                "--if-no",
                "示例：没有写。",
                "--checked-by",
                "示例单位",
            ],
            "data/checks/youyu-2024-check.yaml",
        ),
    ];
    for (arguments, path) in runs {
        let arguments: Vec<&str> = ["new"]
            .into_iter()
            .chain(arguments.iter().copied())
            .collect();
        let (code, words) = in_site(&folder, &arguments);
        assert_eq!(code, 0, "{arguments:?}: {words}");
        assert!(
            words.contains(&format!("已写入 {path}：检查通过")),
            "{words}"
        );
        // What is there already is left alone.
        let before = read(&folder, path);
        let id = path
            .rsplit('/')
            .next()
            .and_then(|name| name.split('.').next())
            .expect("a file name");
        let again: Vec<&str> = match arguments.iter().position(|word| *word == id) {
            Some(_) => arguments.clone(),
            None => arguments[..2]
                .iter()
                .copied()
                .chain([id])
                .chain(arguments[2..].iter().copied())
                .collect(),
        };
        let (code, words) = in_site(&folder, &again);
        assert_eq!(code, 2, "{words}");
        assert!(words.contains("已经有"), "{words}");
        assert_eq!(read(&folder, path), before);
    }
    let (code, words) = in_site(&folder, &["build"]);
    assert_eq!(code, 0, "{words}");
    let pilots = read(&folder, "data/pilots/shanxi-2024-pilots.yaml");
    assert!(
        pilots.contains("  朔州市: 右玉县、应 县\n  大同市: 灵丘县\n"),
        "{pilots}"
    );
    assert!(
        pilots.contains("printed: 应 县\n    right: 应县\n"),
        "{pilots}"
    );
}

#[test]
fn missing_flags_are_named_and_nothing_is_written() {
    let folder = site();
    let before = files(&folder.path().join("site"));
    let (code, words) = in_site(&folder, &["new", "schedule", "--year", "2024"]);
    assert_eq!(code, 2);
    assert!(words.contains("缺少 --source、--county"), "{words}");
    let (code, words) = in_site(&folder, &["new", "notice"]);
    assert_eq!(code, 2);
    for flag in [
        "--title",
        "--genre",
        "--issued",
        "--region",
        "--number",
        "--issuers",
        "--publicity",
    ] {
        assert!(words.contains(flag), "{flag}: {words}");
    }
    assert_eq!(files(&folder.path().join("site")), before);
}

#[test]
fn words_that_do_not_stand_in_the_notice_are_refused_unless_a_draft_is_wanted() {
    let folder = site();
    let window = "what=示例 from=7月16日 clause=一（一） quote=7月16日受理";
    let arguments = [
        "new", "schedule", "x-1", "--county", "youyu", "--year", "2024", "--source", PLAN,
        "--window", window,
    ];
    let (code, words) = in_site(&folder, &arguments);
    assert_eq!(code, 1);
    assert!(
        words.contains("MB0217") && words.contains("没有写 data/schedules/x-1.yaml"),
        "{words}"
    );
    assert!(!folder.path().join("site/data/schedules/x-1.yaml").exists());
    let (code, words) = in_site(&folder, &[&arguments[..], &["--draft"]].concat());
    assert_eq!(code, 1, "{words}");
    assert!(read(&folder, "data/schedules/x-1.yaml").contains("7月16日受理"));
}

#[test]
fn a_notice_without_text_is_marked_and_reported() {
    let folder = site();
    let text = folder.path().join("示例.txt");
    fs::write(&text, "〔示例〕第一段。\r\n\r\n一、示例: #1\r\n").expect("a new file");
    let common = [
        "new",
        "notice",
        "--title",
        "示例",
        "--genre",
        "通知",
        "--issued",
        "未载明",
        "--year",
        "2024",
        "--region",
        "全国",
        "--number",
        "未载明",
        "--issuers",
        "未载明",
        "--publicity",
        "未载明",
    ];
    let (code, words) = in_site(&folder, &common);
    assert_eq!(code, 0, "{words}");
    assert!(
        words.contains("MB0801") && words.contains("national-2024-notice.md"),
        "{words}"
    );
    let path = text.to_string_lossy().into_owned();
    let (code, words) = in_site(&folder, &[&common[..], &["--text", &path]].concat());
    assert_eq!(code, 0, "{words}");
    let text = read(&folder, "content/notices/national-2024-notice-2.md");
    assert!(
        text.ends_with("---\n\n〔示例〕第一段。\n\n一、示例: #1\n"),
        "{text}"
    );
}

// ---------------------------------------------------------------- the theme

#[test]
fn a_file_of_the_theme_is_taken_changed_and_used() {
    let folder = site();
    let (code, words) = in_site(&folder, &["theme", "eject", "notice"]);
    assert_eq!(code, 0, "{words}");
    assert!(
        words.contains("themes/mingbai/templates/notice.html"),
        "{words}"
    );
    let path = folder
        .path()
        .join("site/themes/mingbai/templates/notice.html");
    let text = fs::read_to_string(&path).expect("a template");
    fs::write(
        &path,
        text.replace("{% block main %}", "{% block main %}<p>本县自己的话</p>"),
    )
    .expect("a file");
    let (code, words) = in_site(&folder, &["build"]);
    assert_eq!(code, 0, "{words}");
    assert!(read(&folder, "public/notices/example-plan.html").contains("本县自己的话"));
    let (_, words) = in_site(&folder, &["theme", "list"]);
    assert!(
        words.contains("templates/notice.html  用网站自己的\n"),
        "{words}"
    );
    assert!(words.contains("\ntemplates/home.html\n"), "{words}");
    // Taking it again leaves it alone.
    let (code, words) = in_site(&folder, &["theme", "eject", "notice.html"]);
    assert_eq!(code, 1, "{words}");
    assert!(
        fs::read_to_string(&path)
            .expect("a template")
            .contains("本县自己的话")
    );
}

#[test]
fn the_whole_theme_can_be_taken_and_the_site_stays_the_same() {
    let folder = site();
    let build = |out: &str| in_site(&folder, &["build", "--out", out, "--today", "2026-11-20"]);
    assert_eq!(build("one").0, 0);
    let (code, words) = in_site(&folder, &["theme", "eject", "--all"]);
    assert_eq!(code, 0, "{words}");
    assert_eq!(build("two").0, 0);
    let site = folder.path().join("site");
    assert!(
        files(&site.join("one")) == files(&site.join("two")),
        "the site changed"
    );
    let (_, words) = in_site(&folder, &["theme", "list"]);
    assert!(
        words
            .lines()
            .all(|line| line.ends_with("网站有一份，与程序的相同，可以删去")),
        "{words}"
    );
}

#[test]
fn a_mistake_in_the_program_s_own_template_is_laid_at_the_site_s_door() {
    let folder = site();
    write_files(
        &folder.path().join("site"),
        [(
            "themes/mingbai/components/crumbs/crumbs.html",
            "{# empty #}\n",
        )],
    );
    let (code, words) = in_site(&folder, &["build"]);
    assert_eq!(code, 1, "{words}");
    assert!(
        words.contains("程序自带的模板") && words.contains("mingbai theme list"),
        "{words}"
    );
}

#[test]
fn a_misspelt_file_of_the_theme_is_reported() {
    let folder = site();
    let (code, words) = in_site(&folder, &["theme", "eject", "notcie.html"]);
    assert_eq!(code, 2);
    assert!(words.contains("是否应为 templates/notice.html"), "{words}");
}
