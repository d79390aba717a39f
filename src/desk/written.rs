//! The one writer of YAML: words that people typed or an office printed, written so that our reader gets them back unchanged.
//!
//! Comes in: any text. Goes out: a scalar on one line, plain where nothing in it can be taken for YAML, else in double quotes
//! with escapes; or a comment. Signs that cannot be seen are never raw in a file that we write, because whoever checks the
//! file could not see them. It knows no keys and no files.

use std::fmt::Write;

use super::words::one_line;

/// Signs that a plain scalar may contain besides letters and digits of any script.
const PLAIN: &str = "-_./+~%（）《》〈〉〔〕【】“”‘’、，。；！？·—…－～";
/// Signs with which a plain scalar may begin.
const FIRST: &str = "（《〔【“‘";
/// Words that YAML does not read as text.
const NO_TEXT: [&str; 4] = ["null", "Null", "NULL", "~"];

/// A value after `key: `, or a key (which YAML takes up to 1024 characters).
pub fn scalar(text: &str) -> String {
    // A full-width colon is text after a key; at the start of a line it may look like the end of one. A colon ends a
    // key only where white space follows.
    let (scheme, rest) = text.split_once("://").unwrap_or(("a", text));
    let sound = |part: &str| is_plain(part, |c| c == '：');
    if sound(scheme) && sound(rest) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// A value that a comment follows: a quotation mark at its start must not seem to be closed by one in the comment.
pub fn before_comment(text: &str) -> String {
    if text.starts_with(['“', '‘']) {
        quoted(text)
    } else {
        scalar(text)
    }
}

/// An item of a list, in brackets or after a dash.
pub fn item(text: &str) -> String {
    if is_plain(text, |_| false) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// `[甲, 乙]`
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    let items: Vec<String> = items.iter().map(|text| item(text.as_ref())).collect();
    format!("[{}]", items.join(", "))
}

fn is_plain(text: &str, also: impl Fn(char) -> bool) -> bool {
    let fits = |c: char| {
        (c.is_alphanumeric() || c == ' ' || PLAIN.contains(c) || also(c)) && !is_hidden(c)
    };
    let begins = |c: char| c.is_alphanumeric() || FIRST.contains(c);
    text.chars().next().is_some_and(begins)
        && text.chars().all(fits)
        && !text.ends_with(' ')
        && !NO_TEXT.contains(&text)
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_hidden(c) => {
                let code = u32::from(c);
                let written = if code > 0xFFFF {
                    write!(out, "\\U{code:08X}")
                } else {
                    write!(out, "\\u{code:04X}")
                };
                // Writing into a string cannot fail.
                written.unwrap_or_default();
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Words as a comment on one line, in which hidden signs are named: `〔U+202E〕`.
pub fn comment(words: &str) -> String {
    let mut out = String::from("# ");
    for c in one_line(words).chars() {
        if is_hidden(c) {
            // Writing into a string cannot fail.
            write!(out, "〔U+{:04X}〕", u32::from(c)).unwrap_or_default();
        } else {
            out.push(c);
        }
    }
    out
}

/// Controls, ends of lines, marks of direction, and what has no width or no shape in most fonts.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
            | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}'
            | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Sink, SourceId};
    use crate::sources::yaml::{Kind, Node, parse};
    use proptest::prelude::*;

    fn read(yaml: &str) -> Node {
        let mut sink = Sink::default();
        let node = parse(SourceId(0), yaml, 0..yaml.len(), &mut sink);
        // Control characters come back as they were, and are refused for what they are.
        let mut said = sink.reported().iter().map(|said| said.code.id);
        assert!(said.all(|code| code == "MB0114"), "{yaml}");
        node.expect("YAML that can be read")
    }

    /// The text after the key, the items of the list, the items after dashes, and the key itself.
    fn come_back(text: &str) -> Vec<Kind> {
        let yaml = format!(
            "title: {}\nitems: {}\ncounties:\n  - {}\nanswers:\n  {}: 甲\n",
            scalar(text),
            list(&[text, text]),
            item(text),
            item(text)
        );
        let Kind::Map(entries) = read(&yaml).kind else {
            panic!("{yaml}")
        };
        let mut back = vec![entries[0].1.kind.clone()];
        for (_, node) in &entries[1..3] {
            let Kind::List(items) = &node.kind else {
                panic!("{yaml}")
            };
            back.extend(items.iter().map(|item| item.kind.clone()));
        }
        let Kind::Map(answers) = &entries[3].1.kind else {
            panic!("{yaml}")
        };
        back.push(Kind::Text(answers[0].0.value.clone()));
        back
    }

    fn assert_same(text: &str) {
        for kind in come_back(text) {
            assert_eq!(kind, Kind::Text(text.to_owned()));
        }
    }

    #[test]
    fn what_looks_like_yaml_stays_text() {
        for text in [
            "甲: 乙",
            "甲 # 乙",
            "- 甲",
            "#甲",
            "'甲'",
            "\"甲\"",
            "甲\"乙",
            "[甲]",
            "{甲: 乙}",
            "*甲",
            "&甲",
            "!甲",
            "|",
            ">",
            "甲|",
            "甲>",
            "%甲",
            "@甲",
            "`甲`",
            "? 甲",
            ": 甲",
            "甲:",
            "null",
            "~",
            "yes",
            "no",
            "010",
            "1_000",
            "2023-07-17",
            "1.0",
            "标题：甲",
            "事项：贷款",
            "---",
            "...",
            " 甲",
            "甲 ",
            "🎓 助学",
            "甲\\乙",
            "甲\n乙",
            "甲\t乙",
            "\u{FEFF}甲",
            "甲\u{2028}乙",
            "\u{0}",
            "甲、乙",
            "应 县",
            "12:30",
            "<甲>",
            "贷款受理时间：2023年7月17日--9月25日",
            "每天60名（上午30名、下午30名）",
            ",",
            "甲,乙",
            "0x1F",
            "=",
            "<<",
            "a://",
            "://a",
            "甲://乙 #丙",
            "{ !",
            "甲: !",
        ] {
            assert_same(text);
        }
        let long = "很长的一句话，".repeat(4000);
        let yaml = format!("title: {}\nitems: {}\n", scalar(&long), list(&[&long]));
        let Kind::Map(entries) = read(&yaml).kind else {
            panic!("no mapping")
        };
        assert!(entries[0].1.kind == Kind::Text(long.clone()));
        assert!(
            matches!(&entries[1].1.kind, Kind::List(items) if items[0].kind == Kind::Text(long))
        );
    }

    #[test]
    fn ordinary_chinese_needs_no_quotes() {
        for text in [
            "右玉县2023年生源地信用助学贷款受理安排",
            "贷款受理时间：2023年7月17日--9月25日",
            "2023-07-17",
            "九1",
            "四（二）",
            "《申请表》",
            "https://example.gov.cn/zizhu/",
        ] {
            assert_eq!(scalar(text), text);
        }
    }

    #[test]
    fn signs_that_cannot_be_seen_never_stand_raw() {
        for hidden in [
            '\u{202E}',
            '\u{2066}',
            '\u{2069}',
            '\u{200B}',
            '\u{200F}',
            '\u{2060}',
            '\u{FEFF}',
            '\u{AD}',
            '\u{61C}',
            '\u{3164}',
            '\u{E0041}',
            '\u{7}',
        ] {
            for text in [
                format!("甲{hidden}乙"),
                hidden.to_string(),
                format!("甲：{hidden}"),
            ] {
                for written in [scalar(&text), item(&text), list(&[&text]), comment(&text)] {
                    assert!(!written.contains(hidden), "{written:?}");
                }
                assert_same(&text);
            }
        }
        assert_eq!(comment("甲\n乙\u{202E}丙"), "# 甲 乙〔U+202E〕丙");
    }

    proptest! {
        #[test]
        fn a_comment_is_one_line_that_the_reader_skips(text in any::<String>()) {
            let yaml = format!("{}\na: 甲  {}\n", comment(&text), comment(&text));
            let Kind::Map(entries) = read(&yaml).kind else { panic!("{yaml}") };
            prop_assert_eq!(entries.len(), 1);
            prop_assert_eq!(&entries[0].1.kind, &Kind::Text("甲".to_owned()));
        }

        #[test]
        fn whatever_is_typed_comes_back(text in "\\PC{1,60}") {
            assert_same(&text);
        }

        #[test]
        fn whatever_bytes_a_flag_has_come_back(text in any::<String>()) {
            prop_assume!(!text.is_empty() && !text.contains('\r'));
            assert_same(&text);
        }

        #[test]
        fn signs_of_yaml_in_any_order_come_back(text in "[-:#'\"\\[\\]{},&*!|>%@`? 甲a1：~\\\\]{1,12}") {
            assert_same(&text);
        }
    }
}
