//! Templates of source files: words with places for answers, and comments in two languages.
//!
//! Comes in: a template, a language, answers already written as YAML. Goes out: the text of a file. In a template
//! `{{name}}` is replaced; `#: 中文 || English` is a comment in the language of the file; a line that begins with `zh| `
//! or `en| ` is only in files of that language.

use crate::text::Lang;

/// Fills a template. Values are put in as they are.
pub fn fill(template: &str, lang: Lang, values: &[(&str, &str)]) -> String {
    let chinese = lang.has_zh();
    let mut out = String::with_capacity(template.len());
    for line in template.lines() {
        let line = if let Some(line) = line.strip_prefix("zh| ").or((line == "zh|").then_some("")) {
            if !chinese {
                continue;
            }
            line
        } else if let Some(line) = line.strip_prefix("en| ").or((line == "en|").then_some("")) {
            if chinese {
                continue;
            }
            line
        } else {
            line
        };
        match line.split_once("#: ") {
            Some((before, words)) => {
                out.push_str(&replaced(before, values));
                let (zh, en) = words.split_once(" || ").unwrap_or((words, words));
                out.push_str("# ");
                out.push_str(if chinese { zh } else { en });
            }
            None => out.push_str(&replaced(line, values)),
        }
        out.push('\n');
    }
    out
}

/// Values are not looked into again: what somebody typed may contain `{{`.
fn replaced(line: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let found = after.split_once("}}").and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(key, _)| *key == name)?;
            Some((*value, after))
        });
        match found {
            Some((value, after)) => {
                out.push_str(value);
                rest = after;
            }
            None => {
                out.push_str("{{");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str =
        "title: {{title}}   #: 标题 || the title\nzh| 中文\nen| English\nx: {{title}}\n";

    #[test]
    fn answers_and_the_language_of_comments_are_put_in() {
        assert_eq!(
            fill(TEMPLATE, Lang::Zh, &[("title", "甲")]),
            "title: 甲   # 标题\n中文\nx: 甲\n"
        );
        assert_eq!(
            fill(TEMPLATE, Lang::En, &[("title", "甲")]),
            "title: 甲   # the title\nEnglish\nx: 甲\n"
        );
    }

    #[test]
    fn a_value_that_looks_like_a_template_is_left_alone() {
        assert_eq!(
            fill(
                "a: {{a}}\nb: {{b}}\n",
                Lang::Zh,
                &[("a", "{{b}} #: x"), ("b", "乙")]
            ),
            "a: {{b}} #: x\nb: 乙\n"
        );
    }
}
