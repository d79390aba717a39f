//! Changes by forms: each is made in the bytes of its own value, and nothing else of a file changes.

mod support;

use mingbai::desk::edit::condition::Condition;
use mingbai::desk::edit::confirm::{self, Verdict};
use mingbai::desk::edit::form::{Control, Field, Source};
use mingbai::desk::edit::patch::{Change, Written, apply, read};
use mingbai::desk::edit::posted::{Answers, Posted};
use mingbai::desk::edit::value::{Path, Step, Value};
use mingbai::desk::schema;
use mingbai::sources::split;
use mingbai::text::Lang;
use proptest::prelude::*;
use support::repository;

fn key(name: &str) -> Step {
    Step::Key(name.to_owned())
}

fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

fn set(path: Path, value: Value, before: &[&str]) -> Change {
    Change::Set {
        path,
        value,
        before: before.iter().map(|&key| key.to_owned()).collect(),
    }
}

fn changed(yaml: &str, change: Change) -> String {
    apply(yaml, &(0..yaml.len()), &[change]).unwrap_or_else(|refused| panic!("{refused:?}\n{yaml}"))
}

/// Every file of the repository's site whose YAML a form may change, with the part that is YAML.
fn sources() -> Vec<(String, String, std::ops::Range<usize>)> {
    let mut out = Vec::new();
    for folder in ["content", "data"] {
        for entry in walkdir::WalkDir::new(repository().join(folder)).sort_by_file_name() {
            let entry = entry.unwrap();
            let path = entry.path();
            let name = path.to_string_lossy().into_owned();
            if !entry.file_type().is_file() || name.contains("/regions/") {
                continue;
            }
            let Ok(text) = std::fs::read_to_string(path) else {
                continue;
            };
            let region = if name.ends_with(".yaml") {
                0..text.len()
            } else if let Some(parts) = split(&text) {
                parts.yaml
            } else {
                continue;
            };
            out.push((name, text, region));
        }
    }
    assert!(out.len() > 15, "{}", out.len());
    out
}

/// The ways to every value of a tree.
fn ways(value: &Value, path: &Path, out: &mut Vec<Path>) {
    out.push(path.clone());
    let mut go = |step: Step, inner: &Value| {
        let mut path = path.clone();
        path.push(step);
        ways(inner, &path, out);
    };
    match value {
        Value::List(items) => items
            .iter()
            .enumerate()
            .for_each(|(i, item)| go(Step::Item(i), item)),
        Value::Map(entries) => entries.iter().for_each(|(name, item)| go(key(name), item)),
        _ => {}
    }
}

fn comments(text: &str) -> Vec<&str> {
    text.lines()
        .filter_map(|line| line.split_once("# ").map(|(_, words)| words))
        .collect()
}

#[test]
fn a_value_is_replaced_where_it_is_written() {
    let yaml = "# 说明\ntitle: 甲   # 题目\nyear: 2023\n\nwindows:\n  # 第一个\n  - what: 贷款\n    from: 2023-07-17  # 起\n  - {what: 变更, from: 2023-07-18}\nnote: |\n  一\n  二\nlast: x\n";
    for (path, value, old, new) in [
        (vec![key("title")], "乙: 丙", "甲   #", "\"乙: 丙\"   #"),
        (vec![key("year")], "2024", "2023\n\n", "2024\n\n"),
        (
            vec![key("windows"), Step::Item(0), key("from")],
            "2024-07-01",
            "2023-07-17",
            "2024-07-01",
        ),
        (
            vec![key("windows"), Step::Item(1), key("what")],
            "甲, 乙",
            "变更",
            "\"甲, 乙\"",
        ),
        (vec![key("note")], "三", "|\n  一\n  二", "三"),
        // The other name of the key.
        (vec![key("年度")], "2024", "2023\n\n", "2024\n\n"),
    ] {
        let made = changed(yaml, set(path, text(value), &[]));
        assert_eq!(made, yaml.replacen(old, new, 1));
    }
}

#[test]
fn a_new_key_comes_after_those_in_front_of_it() {
    let yaml =
        "title: 甲\n# 年份\nyear: 2023   # 今年\nwindows:\n  - what: 贷款\n    until: 2023-09-25\n";
    let made = changed(
        yaml,
        set(vec![key("source")], text("a"), &["title", "year"]),
    );
    assert_eq!(made, yaml.replace("今年\n", "今年\nsource: a\n"));
    let path = vec![key("windows"), Step::Item(0), key("from")];
    let made = changed(
        yaml,
        set(path.clone(), text("2023-07-17"), &["what", "who"]),
    );
    assert_eq!(made, yaml.replace("贷款\n", "贷款\n    from: 2023-07-17\n"));
    let made = changed(yaml, set(path, text("2023-07-17"), &[]));
    assert_eq!(made, yaml.replace("- what", "- from: 2023-07-17\n    what"));
    let made = changed(
        "a: {b: 1}\n",
        set(vec![key("a"), key("c")], text("2"), &["b"]),
    );
    assert_eq!(made, "a: {b: 1, c: 2}\n");
    let made = changed("a: 1", set(vec![key("b")], text("2"), &["a"]));
    assert_eq!(made, "a: 1\nb: 2");
}

#[test]
fn entries_are_added_and_taken_out_whole() {
    let window = Value::Map(vec![
        ("what".into(), text("变更")),
        ("items".into(), Value::List(vec![text("甲"), text("乙")])),
        (
            "unstated".into(),
            Value::Map(vec![("in".into(), text("全文"))]),
        ),
    ]);
    let yaml = "windows:\n  - what: 贷款   # 一\n    from: 2023-07-17\n  # 第二个\n  - what: 续贷\nlast: x\n";
    let list = vec![key("windows")];
    let insert = |at| Change::Insert {
        list: list.clone(),
        at,
        value: window.clone(),
    };
    let new = "- what: 变更\n    items: [甲, 乙]\n    unstated:\n      in: 全文\n";
    assert_eq!(
        changed(yaml, insert(2)),
        yaml.replace("续贷\n", &format!("续贷\n  {new}"))
    );
    assert_eq!(
        changed(yaml, insert(0)),
        yaml.replacen("- what", &format!("{new}  - what"), 1)
    );
    let removed = changed(
        yaml,
        Change::Remove {
            path: vec![key("windows"), Step::Item(0)],
        },
    );
    assert_eq!(removed, "windows:\n  # 第二个\n  - what: 续贷\nlast: x\n");
    let removed = changed(
        yaml,
        Change::Remove {
            path: vec![key("windows")],
        },
    );
    assert_eq!(removed, "last: x\n");
    let first = vec![key("windows"), Step::Item(0), key("what")];
    assert_eq!(
        changed(yaml, Change::Remove { path: first }),
        yaml.replace("- what: 贷款   # 一\n    from", "- from")
    );
    // A list that says 未载明, or nothing, becomes a list.
    let full = set(list.clone(), Value::List(vec![window.clone()]), &[]);
    assert_eq!(
        changed("windows: 未载明   # 没有\nlast: x\n", full.clone()).replace("   # 没有", ""),
        format!("windows:\n  {new}last: x\n")
    );
    assert_eq!(
        changed("windows:\nlast: x\n", full),
        format!("windows:\n  {new}last: x\n")
    );
    let one = set(list, text("未载明"), &[]);
    assert_eq!(changed(yaml, one), "windows: 未载明\nlast: x\n");
    assert_eq!(
        changed(
            "a: [甲, 乙, 丙]\n",
            Change::Remove {
                path: vec![key("a"), Step::Item(1)]
            }
        ),
        "a: [甲, 丙]\n"
    );
    assert_eq!(
        changed(
            "a: [甲, 乙]\n",
            Change::Insert {
                list: vec![key("a")],
                at: 2,
                value: text("丙")
            }
        ),
        "a: [甲, 乙, 丙]\n"
    );
}

#[test]
fn lines_that_end_as_on_windows_go_on_ending_so() {
    let yaml = "title: 甲\r\nyear: 2023\r\n";
    let made = changed(yaml, set(vec![key("source")], text("a"), &["title"]));
    assert_eq!(made, "title: 甲\r\nsource: a\r\nyear: 2023\r\n");
    assert_eq!(
        changed(
            yaml,
            Change::Remove {
                path: vec![key("title")]
            }
        ),
        "year: 2023\r\n"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_left_alone() {
    let yaml = "title: [甲\nyear: 2023\n";
    let refused = apply(
        yaml,
        &(0..yaml.len()),
        &[set(vec![key("year")], text("2024"), &[])],
    );
    assert!(refused.unwrap_err().why.zh.contains("读不出来"));
}

/// Every value of the shipped files can be changed by itself, every item of a list taken out, doubled and put first.
#[test]
fn every_value_of_the_shipped_files_can_be_changed_by_itself() {
    let mut tried = 0;
    for (name, text_of_file, region) in sources() {
        let value = Value::of(&read(&text_of_file, &region).unwrap()).unwrap();
        let mut all = Vec::new();
        ways(&value, &Path::new(), &mut all);
        let said_before = comments(&text_of_file);
        for path in all.iter().step_by(1 + all.len() / 40) {
            let at = value.at(path).unwrap();
            let mut changes = Vec::new();
            match at {
                Value::Text(_) | Value::Nothing => {
                    changes.push(set(path.clone(), text("换成: 这个 # 值"), &[]));
                    changes.push(set(path.clone(), text("短"), &[]));
                }
                Value::List(items) if !items.is_empty() => {
                    for at in [0, items.len()] {
                        let value = items[items.len() / 2].clone();
                        changes.push(Change::Insert {
                            list: path.clone(),
                            at,
                            value,
                        });
                    }
                }
                _ => {}
            }
            if path
                .last()
                .is_some_and(|step| matches!(step, Step::Item(_)))
            {
                changes.push(Change::Remove { path: path.clone() });
            }
            for change in changes {
                tried += 1;
                let is_removal = matches!(change, Change::Remove { .. });
                let made = match apply(&text_of_file, &region, std::slice::from_ref(&change)) {
                    Ok(made) => made,
                    // The only item of a list goes with its key.
                    Err(_) if is_removal && only_child(&value, path) => continue,
                    Err(refused) => panic!("{name}: {change:?}: {refused:?}"),
                };
                if !is_removal {
                    assert_eq!(
                        comments(&made).len().max(said_before.len()),
                        comments(&made).len(),
                        "{name}: {change:?}"
                    );
                }
            }
        }
    }
    assert!(tried > 400, "{tried}");
}

fn only_child(whole: &Value, path: &Path) -> bool {
    match whole.at(&path[..path.len() - 1]) {
        Some(Value::List(items)) => items.len() == 1,
        Some(Value::Map(entries)) => entries.len() == 1,
        _ => false,
    }
}

// ---------------------------------------------------------------- forms

/// What a browser sends of these fields when nothing was changed.
fn sent(fields: &[Field], out: &mut Posted) {
    for field in fields {
        match field.control {
            Control::Group => sent(&field.fields, out),
            Control::List | Control::Named => {
                for entry in &field.entries {
                    sent(&entry.fields, out);
                }
                if field.control == Control::List {
                    out.insert(format!("{}/@none/asked", field.name), "1".to_owned());
                    if field.unstated {
                        out.insert(format!("{}/@none", field.name), "1".to_owned());
                    }
                }
            }
            Control::Line | Control::Choice => {
                out.insert(field.name.clone(), field.value.replace('\n', ""));
            }
            Control::Condition => {
                let root = format!("{}/@if", field.name);
                rows(field.condition.as_ref().unwrap(), &root, out);
            }
            Control::Area
            | Control::Lines
            | Control::Yaml
            | Control::Pairs
            | Control::Options
            | Control::Headings => {
                out.insert(field.name.clone(), field.value.replace('\n', "\r\n"));
            }
        }
    }
}

/// What a browser sends of the rows of a condition, with the empty row at the end of every group.
fn rows(condition: &Condition, at: &str, out: &mut Posted) {
    let mut put = |key: &str, value: &str| out.insert(format!("{at}/{key}"), value.to_owned());
    match condition {
        Condition::Row {
            negated,
            subject,
            operator,
            value,
        } => {
            put("kind", "");
            put("subject", subject);
            put(
                "operator",
                &format!("{}{operator}", if *negated { "!" } else { "" }),
            );
            put("value", value);
        }
        Condition::Group { kind, members } => {
            put("kind", kind);
            for (i, member) in members.iter().chain([&Condition::empty()]).enumerate() {
                rows(member, &format!("{at}/{i}"), out);
            }
        }
    }
}

/// A form of a file, as it is shown and as it is read again.
struct Shown {
    name: String,
    text: String,
    region: std::ops::Range<usize>,
    value: Value,
    root: &'static mingbai::model::shape::Form,
}

impl Shown {
    fn of((name, text, region): (String, String, std::ops::Range<usize>)) -> Self {
        let path = name.strip_prefix(&*repository().to_string_lossy()).unwrap();
        let kind =
            schema::kind_of(path.trim_start_matches('/')).unwrap_or_else(|| panic!("{name}"));
        let value = Value::of(&read(&text, &region).unwrap()).unwrap();
        Self {
            name,
            text,
            region,
            value,
            root: &kind.root,
        }
    }

    fn fields(&self) -> Vec<Field> {
        let source = Source {
            file: &Written::read(&self.text, &self.region).unwrap(),
            value: &self.value,
            lang: Lang::Zh,
            problems: &std::collections::BTreeMap::new(),
            open: &std::collections::BTreeMap::new(),
            new: &[],
        };
        source.fields(self.root)
    }

    fn posted(&self) -> Posted {
        let mut posted = Posted::new();
        sent(&self.fields(), &mut posted);
        posted
    }

    fn changes(&self, posted: &Posted) -> Vec<Change> {
        let file = Written::read(&self.text, &self.region).unwrap();
        let answers = Answers {
            file: &file,
            value: &self.value,
            posted,
        };
        answers.changes(self.root)
    }

    /// The file after these answers.
    fn saved(&self, posted: &Posted) -> Self {
        let changes = self.changes(posted);
        let text = apply(&self.text, &self.region, &changes)
            .unwrap_or_else(|refused| panic!("{}: {refused:?}: {changes:?}", self.name));
        let region = self.region.start..self.region.end + text.len() - self.text.len();
        Self::of((self.name.clone(), text, region))
    }
}

fn leaves<'f>(fields: &'f [Field], out: &mut Vec<&'f Field>) {
    for field in fields {
        match field.control {
            Control::Group => leaves(&field.fields, out),
            Control::List | Control::Named => field
                .entries
                .iter()
                .for_each(|entry| leaves(&entry.fields, out)),
            _ => out.push(field),
        }
    }
}

#[test]
fn an_untouched_form_changes_nothing() {
    for source in sources() {
        let shown = Shown::of(source);
        let posted = shown.posted();
        assert!(!posted.is_empty(), "{}", shown.name);
        assert_eq!(shown.changes(&posted), [], "{}", shown.name);
    }
}

/// Every field of every shipped file: filled in again, it has the new value, and every other field has its own.
#[test]
fn what_is_filled_into_a_field_is_in_the_file_and_nothing_else_changes() {
    let mut tried = 0;
    for source in sources() {
        let shown = Shown::of(source);
        let fields = shown.fields();
        let mut all = Vec::new();
        leaves(&fields, &mut all);
        let posted = shown.posted();
        for field in all.iter().step_by(1 + all.len() / 12) {
            let new = match field.control {
                Control::Line | Control::Area => "换成：这个 # 值",
                Control::Lines => "甲\r\n乙: 丙",
                Control::Pairs => "甲: 乙\r\n丙：丁",
                Control::Choice => field.options.last().unwrap(),
                _ => continue,
            };
            tried += 1;
            let mut posted = posted.clone();
            posted.insert(field.name.clone(), new.to_owned());
            let after = shown.saved(&posted).posted();
            let said = after
                .get(&field.name)
                .map(|said| said.replace("丙：", "丙: ").replace("丙:  ", "丙: "));
            assert_eq!(
                said,
                Some(new.replace("丙：", "丙: ")),
                "{} {}",
                shown.name,
                field.name
            );
            for (name, value) in &posted {
                if *name != field.name && !field.name.starts_with(&format!("{name}/")) {
                    assert_eq!(
                        after.get(name),
                        Some(value),
                        "{} {} changed {name}",
                        shown.name,
                        field.name
                    );
                }
            }
        }
    }
    assert!(tried > 120, "{tried}");
}

/// A self-check with this text.
fn self_check(text: &str) -> Shown {
    let path = repository().join("data/checks/x.yaml");
    let range = 0..text.len();
    Shown::of((path.to_string_lossy().into_owned(), text.to_owned(), range))
}

/// A self-check with conditions of every form.
const CHECK: &str = "title: 自查
conditions:
  # 第一条
  毕业了:
    when:
      all:
        - 学生: [已毕业, 离校]   # 两种都算
        - not: 在上学
        - any:
            - 收入: 低于 贫困线
            - 年龄: at_most 27
    clause: 一
    quote: 毕业借款学生
  简单: {not: {any: [甲, {乙: 是}]}}
  成员的: {any_member: 残疾}
  奇怪: {all: [{when: 甲, redundant: 原文重复}, 乙]}
";

/// The self-check after these fields were changed, in a form in which all others are as they were.
fn check_after(fields: &[(&str, &str)]) -> String {
    let shown = self_check(CHECK);
    let mut posted = shown.posted();
    for (name, value) in fields {
        posted.insert((*name).to_owned(), (*value).to_owned());
    }
    shown.saved(&posted).text
}

#[test]
fn a_condition_is_changed_row_by_row_and_the_rest_stays_as_it_is_written() {
    assert_eq!(check_after(&[]), CHECK);
    let at = "conditions/毕业了/when/@if";
    let changed = |fields: &[(&str, &str)]| {
        let fields: Vec<(String, &str)> = fields
            .iter()
            .map(|(name, value)| (format!("{at}/{name}"), *value))
            .collect();
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), *value))
            .collect();
        check_after(&fields)
    };
    // Another number in a row of an inner group.
    assert_eq!(
        changed(&[("2/1/value", "30")]),
        CHECK.replace("at_most 27", "不高于 30")
    );
    // A row is negated, and one no longer is.
    assert_eq!(
        changed(&[("2/0/operator", "!below"), ("1/operator", "holds")]),
        CHECK
            .replace(
                "- 收入: 低于 贫困线",
                "- not:\n                收入: 低于 贫困线"
            )
            .replace("- not: 在上学", "- 在上学")
    );
    // A row in the empty place at the end; the comment of the first stays.
    assert_eq!(
        changed(&[
            ("3/subject", "贷款"),
            ("3/operator", "is"),
            ("3/value", "生源地、校园地")
        ]),
        CHECK.replace(
            "at_most 27\n",
            "at_most 27\n        - 贷款: [生源地, 校园地]\n"
        )
    );
    // A row whose subject is cleared goes.
    assert_eq!(
        changed(&[("1/subject", "")]),
        CHECK.replace("        - not: 在上学\n", "")
    );
    // Without a citation, in brackets.
    assert_eq!(
        check_after(&[("conditions/简单/@if/1/operator", "!is")]),
        CHECK.replace("{乙: 是}", "{not: {乙: 是}}")
    );
    // One row becomes a group of two.
    assert_eq!(
        check_after(&[
            ("conditions/成员的/@if/0/kind", "any"),
            ("conditions/成员的/@if/0/0/subject", "重病"),
            ("conditions/成员的/@if/0/0/operator", "holds"),
        ]),
        CHECK.replace("{any_member: 残疾}", "{any_member: {any: [残疾, 重病]}}")
    );
    // What rows cannot show is a field of the file's own notation.
    let shown = self_check(CHECK);
    let fields = shown.fields();
    let mut all = Vec::new();
    leaves(&fields, &mut all);
    let odd = all
        .iter()
        .find(|field| field.name == "conditions/奇怪")
        .unwrap();
    assert_eq!(odd.control, Control::Yaml);
}

/// A condition with a comment at every row, and what changes of it.
#[test]
fn comments_of_rows_stay_with_their_rows() {
    let file = |condition: &str| format!("title: 自查\nconditions:\n  条:\n{condition}");
    let after = |condition: &str, fields: &[(&str, &str)]| {
        let text = file(condition);
        let shown = self_check(&text);
        let mut posted = shown.posted();
        assert_eq!(shown.saved(&posted).text, text, "an untouched form");
        for (name, value) in fields {
            posted.insert(format!("conditions/条/@if/{name}"), (*value).to_owned());
        }
        shown.saved(&posted).text
    };
    let any = "    any:\n      - 孤儿   # 注一\n      - 低保   # 注二\n      - 残疾   # 注三\n      - 烈士   # 注四\n";
    // Two rows go that are not next to each other.
    assert_eq!(
        after(any, &[("0/subject", ""), ("2/subject", "")]),
        file("    any:\n      - 低保   # 注二\n      - 烈士   # 注四\n")
    );
    // Another kind of group: its word alone.
    assert_eq!(
        after(any, &[("kind", "all")]),
        file(&any.replace("any:", "all:"))
    );
    // All rows but one go: what is left needs no group.
    let one = after("    any: [孤儿, 低保]\n", &[("0/subject", "")]);
    assert!(
        one.ends_with("  条: 低保\n") || one.ends_with("  条:\n    低保\n"),
        "{one}"
    );
    // Below 有人, and below 不是.
    let member =
        "    有人:\n      all:\n        - 孤儿   # 注一\n        # 注二\n        - 低保   # 注三\n";
    assert_eq!(
        after(member, &[("0/1/subject", "残疾")]),
        file(&member.replace("低保", "残疾"))
    );
    let not = "    not:\n      收入: 低于 300   # 注\n";
    assert_eq!(
        after(not, &[("value", "400")]),
        file(&not.replace("300", "400"))
    );
    // One of several options.
    let options = "    哪一年:\n      - 指引那年   # 注一\n      - 别的年份   # 注二\n";
    assert_eq!(
        after(options, &[("value", "指引那年、别的年份、明年")]),
        file(&format!("{options}      - 明年\n"))
    );
    // Nothing that was filled in is dropped: a row without a question says so.
    assert_eq!(
        after(
            "    all: [孤儿, 低保]\n",
            &[("2/operator", "is"), ("2/value", "是")]
        ),
        file("    all: [孤儿, 低保, {未选: 是}]\n")
    );
    // What is not finished is not shown as rows, so that an untouched form changes nothing.
    for odd in [
        "    any:\n      - 孤儿\n      -\n      - 低保   # 注\n",
        "    any: [~, 孤儿]\n",
        "    all: []\n",
        "    not:\n",
    ] {
        after(odd, &[]);
    }
}

#[test]
fn options_keep_their_order_and_no_line_of_them_is_dropped() {
    let text = "title: 自查\nquestions:\n  问:\n    ask: 哪一种\n    options:\n      甲: 第一种   # 注\n      乙: 第二种\n";
    let shown = self_check(text);
    let after = |options: &str| {
        let mut posted = shown.posted();
        posted.insert("questions/问/options".to_owned(), options.to_owned());
        let changes = shown.changes(&posted);
        apply(&shown.text, &shown.region, &changes).map_err(|refused| refused.path)
    };
    assert!(
        after("乙: 第二种\r\n甲: 第一种")
            .unwrap()
            .contains("乙: 第二种\n      甲: 第一种")
    );
    assert!(
        after("甲: 第一种\r\n乙: 第二种\r\n丙:")
            .unwrap()
            .contains("丙:")
    );
    // The same name twice is in the file as it was typed: the check says what is wrong with it.
    assert!(
        after("甲: 第一种\r\n甲: 另一种")
            .unwrap()
            .contains("甲: 第一种\n      甲: 另一种\n")
    );
}

#[test]
fn a_new_condition_is_made_of_its_rows_and_its_citation() {
    let at = "conditions/新的";
    let text = check_after(&[
        (&format!("{at}/when/@if/kind"), "any"),
        (&format!("{at}/when/@if/subject"), "甲"),
        (&format!("{at}/when/@if/0/subject"), "收入"),
        (&format!("{at}/when/@if/0/operator"), "below"),
        (&format!("{at}/when/@if/0/value"), "3000"),
        (&format!("{at}/clause"), "二"),
        (&format!("{at}/quote"), "收入低于三千元的"),
    ]);
    let added = "  新的:\n    when:\n      any:\n        - 甲\n        - 收入: 低于 3000\n    clause: 二\n    quote: 收入低于三千元的\n";
    assert_eq!(text, format!("{CHECK}{added}"));
}

#[test]
fn a_mapping_whose_values_are_all_cleared_goes_with_its_key() {
    let text = "title: 甲\nchecked:\n  on: 2026-01-01\n  by: 某县\nyear: 2026\n";
    let shown = self_check(text);
    let mut posted = shown.posted();
    posted.insert("checked/on".to_owned(), String::new());
    assert_eq!(
        shown.saved(&posted).text,
        "title: 甲\nchecked:\n  by: 某县\nyear: 2026\n"
    );
    posted.insert("checked/by".to_owned(), String::new());
    assert_eq!(shown.saved(&posted).text, "title: 甲\nyear: 2026\n");
}

#[test]
fn no_shipped_file_is_shown_in_its_own_notation() {
    let mut seen = 0;
    for file in sources() {
        let shown = Shown::of(file);
        let fields = shown.fields();
        let mut all = Vec::new();
        leaves(&fields, &mut all);
        seen += all.len();
        let raw = all
            .iter()
            .find(|field| field.control == Control::Yaml && field.filled);
        assert!(
            raw.is_none(),
            "{}: {:?}",
            shown.name,
            raw.map(|field| &field.name)
        );
    }
    assert!(seen > 3000, "{seen}");
}

#[test]
fn entries_of_a_form_come_and_go() {
    let yaml = "title: 甲\n# 窗口\nwindows:\n  - what: 贷款   # 一\n    from: 2023-07-17\n  - what: 变更\nvenues: 未载明\n";
    let path = repository()
        .join("data/schedules/a.yaml")
        .to_string_lossy()
        .into_owned();
    let shown = Shown::of((path, yaml.to_owned(), 0..yaml.len()));
    let with = |pairs: &[(&str, &str)]| {
        let mut posted = shown.posted();
        posted.extend(
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        shown.saved(&posted).text
    };
    assert_eq!(
        with(&[
            ("windows/2/what", "续贷"),
            ("windows/2/clause", "九1"),
            ("windows/1/@", "remove")
        ]),
        yaml.replace("变更", "续贷\n    clause: 九1")
    );
    assert_eq!(
        with(&[("windows/0/@", "remove"), ("windows/1/@", "remove")]),
        "title: 甲\n# 窗口\nvenues: 未载明\n"
    );
    assert_eq!(
        with(&[
            ("windows/0/@", "remove"),
            ("windows/1/@", "remove"),
            ("windows/@none", "1")
        ]),
        "title: 甲\n# 窗口\nwindows: 未载明\nvenues: 未载明\n"
    );
    assert_eq!(
        with(&[
            ("venues/0/what", "大厅"),
            ("venues/0/rewords", "大厅: 一楼大厅")
        ]),
        yaml.replace(
            "venues: 未载明",
            "venues:\n  - what: 大厅\n    rewords:\n      大厅: 一楼大厅"
        )
    );
    // A blank entry is none.
    assert_eq!(
        with(&[("windows/2/what", " "), ("windows/2/clause", "")]),
        yaml
    );
}

// ---------------------------------------------------------------- what is to be confirmed

fn way(name: &str) -> Path {
    mingbai::desk::edit::name::path(name)
}

#[test]
fn a_text_is_not_a_mark_whatever_it_says() {
    let yaml =
        "tagline: \"甲 # 待核 乙\"\nlead: |\n  一\n  # 待核：二\n  三\nname: 丙  # 待核：改\n";
    let marks = confirm::open(yaml, &(0..yaml.len()));
    assert_eq!(marks.len(), 1, "{marks:?}");
    assert_eq!(marks[0].of, Some(way("name")));
    let ways = [way("tagline"), way("lead"), way("name")];
    let made = confirm::confirmed(yaml, &(0..yaml.len()), &ways);
    assert_eq!(made, yaml.replace("丙  # 待核：改", "丙"));
}

#[test]
fn a_proposal_with_a_doubt_is_offered_with_it_and_what_nobody_knows_is_left_out() {
    let yaml = "title: 甲\n# 待核：像是联系方式的有 2 处\n# contacts:\n#   - office: 待填写  # 待核：是哪个单位\n#     phone: 0349-1\n#   - office: 乙  # 待核：据推定\n#     phone: 0349-2\nyear: 2023\n";
    let region = 0..yaml.len();
    let marks = confirm::open(yaml, &region);
    assert_eq!(marks.len(), 1, "{marks:?}");
    assert_eq!(
        (marks[0].key.as_str(), marks[0].proposals.len()),
        ("contacts", 2)
    );
    assert_eq!(marks[0].proposals[1].doubts, ["据推定"]);
    let first = confirm::decide(yaml, &region, 2, Some(0), Verdict::Accept).expect("it is there");
    assert_eq!(
        first,
        "title: 甲\ncontacts:\n  - phone: 0349-1\n# 待核：像是联系方式的有 2 处\n# contacts:\n#   - office: 乙  # 待核：据推定\n#     phone: 0349-2\nyear: 2023\n"
    );
    let line = 1 + first
        .lines()
        .position(|line| line.starts_with("# 待核"))
        .expect("the mark");
    let both = confirm::decide(&first, &(0..first.len()), line, Some(0), Verdict::Accept)
        .expect("it is there");
    assert_eq!(
        both,
        "title: 甲\ncontacts:\n  - phone: 0349-1\n  - office: 乙\n    phone: 0349-2\nyear: 2023\n"
    );
    let none = confirm::decide(&first, &(0..first.len()), line, Some(0), Verdict::Reject)
        .expect("it is there");
    assert_eq!(
        none,
        "title: 甲\ncontacts:\n  - phone: 0349-1\nyear: 2023\n"
    );
}

#[test]
fn what_has_no_form_is_not_dropped() {
    let yaml = "title: 甲\nwindows:\n  - 乙\nvenues:\n  - what: 大厅\n    rewords:\n      大厅: 一楼大厅\n";
    let path = repository()
        .join("data/schedules/a.yaml")
        .to_string_lossy()
        .into_owned();
    let shown = Shown::of((path, yaml.to_owned(), 0..yaml.len()));
    let mut posted = shown.posted();
    assert_eq!(posted["windows"], "- 乙");
    posted.insert("windows".into(), "- what: 丙".into());
    posted.insert("venues/0/rewords".into(), "大厅 一楼大厅".into());
    assert_eq!(
        shown.saved(&posted).text,
        "title: 甲\nwindows:\n  - what: 丙\nvenues:\n  - what: 大厅\n    rewords: 大厅 一楼大厅\n"
    );
}

fn some_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[甲乙丙 a1：，]{1,8}",
        "\\PC{1,12}",
        "[-:#'\"\\[\\]{},&*!|>%@`? 甲a1~\\\\]{1,8}",
        Just("未载明".to_owned()),
        "(no|~|null|010|2023-07-17|- a|# a|a: b)",
    ]
}

fn tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![4 => some_text().prop_map(Value::Text), 1 => Just(Value::Nothing)];
    let inner = leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Value::List),
            prop::collection::vec(inner, 1..4).prop_map(|values| {
                let named = values.into_iter().enumerate();
                Value::Map(named.map(|(i, value)| (format!("k{i}"), value)).collect())
            }),
        ]
    });
    prop::collection::vec(inner, 1..5).prop_map(|values| {
        let named = values.into_iter().enumerate();
        Value::Map(named.map(|(i, value)| (format!("k{i}"), value)).collect())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// A file written key by key says what was put in, and one that is changed says what was meant, or is left as it was.
    #[test]
    fn what_was_meant_is_what_is_written(whole in tree(), new in tree(), pick in any::<prop::sample::Index>()) {
        let Value::Map(entries) = &whole else { unreachable!() };
        let mut yaml = String::new();
        let mut before: Vec<String> = Vec::new();
        for (name, value) in entries {
            let change = Change::Set { path: vec![key(name)], value: value.clone(), before: before.clone() };
            yaml = apply(&yaml, &(0..yaml.len()), &[change]).map_err(|r| TestCaseError::fail(format!("{r:?}\n{yaml}")))?;
            before.push(name.clone());
        }
        let node = read(&yaml, &(0..yaml.len())).ok_or_else(|| TestCaseError::fail(yaml.clone()))?;
        prop_assert_eq!(Value::of(&node), Some(whole.clone()), "{}", yaml);
        let mut all = Vec::new();
        ways(&whole, &Path::new(), &mut all);
        let path = all[pick.index(all.len())].clone();
        if path.is_empty() { return Ok(()); }
        let change = Change::Set { path, value: new, before: Vec::new() };
        let made = apply(&yaml, &(0..yaml.len()), std::slice::from_ref(&change));
        prop_assert!(made.is_ok(), "{:?}\n{}", change, yaml);
    }

    /// No change of anything panics.
    #[test]
    fn any_text_is_changed_or_refused(yaml in "[-:#'\"\\[\\]{}, \n甲ab|>]{0,40}", at in 0_usize..3) {
        for path in [vec![key("a")], vec![Step::Item(at)], vec![key("a"), Step::Item(at)]] {
            for change in [
                set(path.clone(), text("b"), &[]),
                Change::Insert { list: path.clone(), at, value: text("b") },
                Change::Remove { path },
            ] {
                if let Ok(made) = apply(&yaml, &(0..yaml.len()), &[change]) {
                    prop_assert!(read(&made, &(0..made.len())).is_some());
                }
            }
        }
    }
}
