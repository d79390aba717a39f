//! Words that people typed, written so that the reader of YAML gets them back as they were typed.
//!
//! Comes in: any text. Goes out: a scalar on one line, plain where nothing in it can be taken for YAML, else in
//! double quotes with escapes. It knows no keys and no files.

use std::fmt::Write;

/// Signs that may stand in a plain scalar besides letters and digits of any script.
const PLAIN: &str = "-_./+~%（）《》〈〉〔〕【】“”‘’、，。；！？·—…－～";
/// Signs with which a plain scalar may begin.
const FIRST: &str = "（《〔【“‘";
/// Words that are no text to YAML.
const NO_TEXT: [&str; 4] = ["null", "Null", "NULL", "~"];

/// A value behind `key: `, or a key (which YAML takes up to 1024 characters).
pub fn scalar(text: &str) -> String {
    // A full-width colon is text behind a key; at the start of a line it may look like the end of one. A colon ends a
    // key only where white space follows.
    let (scheme, rest) = text.split_once("://").unwrap_or(("a", text));
    let sound = |part: &str| is_plain(part, |c| c == '：');
    if sound(scheme) && sound(rest) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// An item of a list, in brackets or behind a dash.
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
    let fits = |c: char| c.is_alphanumeric() || c == ' ' || PLAIN.contains(c) || also(c);
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
            c if needs_escape(c) => {
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

/// Controls, ends of lines and signs that editors hide or turn round.
fn needs_escape(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200B}'..='\u{200F}')
        || matches!(c, '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' | '\u{00AD}')
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
        assert!(sink.is_empty(), "{yaml}");
        node.expect("YAML that can be read")
    }

    /// The text behind the key, the items of the list, the items behind dashes, and the key itself.
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

    proptest! {
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
