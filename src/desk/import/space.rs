//! White space: which of it is layout.
//!
//! Comes in: a line. Goes out: the line with only the spaces that mean something: those between Latin words, between
//! names side by side, after `第一章`. Nothing but white space changes.

use super::signs;
use crate::text::is_cjk;
use crate::words::is_blank;

/// Where a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum In {
    Text,
    Title,
    Cell,
}

/// The line with the white space that the file has.
pub(super) fn tidy(text: &str, place: In) -> String {
    let mut segments: Vec<&str> = Vec::new();
    // Gaps between the segments: whether one is wider than a space.
    let mut wide: Vec<bool> = Vec::new();
    let mut gap = String::new();
    for piece in text.split_inclusive(is_blank) {
        let word = piece.trim_end_matches(is_blank);
        if !word.is_empty() {
            if !segments.is_empty() {
                wide.push(gap.contains(['\t', '\n']) || gap.chars().count() > 1);
            }
            segments.push(word);
            gap.clear();
        }
        gap.push_str(&piece[word.len()..]);
    }
    let line = Shape::of(&segments);
    let mut out = String::with_capacity(text.len());
    for (i, segment) in segments.iter().enumerate() {
        if i > 0 && keeps(segments[i - 1], segment, wide[i - 1], i == 1, &line, place) {
            out.push(' ');
        }
        out.push_str(segment);
    }
    out
}

/// What kind of line its pieces make.
struct Shape {
    /// It has the punctuation of a sentence.
    sentence: bool,
    /// Short words side by side.
    list: bool,
}

impl Shape {
    fn of(segments: &[&str]) -> Self {
        let sentence = segments
            .iter()
            .any(|s| s.contains(['，', '。', '；', '：', ',']));
        Self {
            sentence,
            list: !sentence
                && segments.len() > 2
                && segments
                    .iter()
                    .all(|s| (2..=8).contains(&s.chars().count())),
        }
    }
}

/// Whether the space between two pieces of a line means something.
fn keeps(before: &str, after: &str, wide: bool, first: bool, line: &Shape, place: In) -> bool {
    let (Some(left), Some(right)) = (before.chars().next_back(), after.chars().next()) else {
        return false;
    };
    let cjk = (is_cjk(left), is_cjk(right));
    if cjk == (false, false) {
        // `(一) 7月`: the bracket was typed as a Latin one.
        let number = first && before.starts_with('(') && before.contains(is_cjk);
        return !number;
    }
    if place == In::Cell {
        return cjk == (true, true)
            && !signs::is_punctuation(left)
            && !signs::is_punctuation(right);
    }
    // `1. ` and `第一章 ` at the start of a line.
    if first && signs::is_number_before_space(before) {
        return true;
    }
    if signs::is_punctuation(left) || signs::is_punctuation(right) {
        return false;
    }
    let letters = |segment: &str| {
        segment
            .chars()
            .filter(|c| !signs::is_punctuation(*c))
            .count()
    };
    let single = letters(before) < 2 || letters(after) < 2;
    if single {
        return false;
    }
    if wide && !line.sentence && place == In::Text {
        return true;
    }
    if cjk != (true, true) {
        return false;
    }
    if signs::ends_like_organ(before) {
        let next: String = after.chars().take(24).collect();
        let about = next.starts_with("关于");
        // 教育部 银监会关于…: the last of several organs.
        let last = next
            .split_once("关于")
            .is_some_and(|(organ, _)| (3..=12).contains(&organ.chars().count()));
        return if about {
            place != In::Title && !line.sentence
        } else {
            last || signs::names_an_organ(&next)
        };
    }
    line.list && place == In::Text
}

/// Puts two tidy lines together that are one.
pub(super) fn join(text: &mut String, line: &str) {
    let latin = |c: Option<char>| c.is_some_and(|c| !is_cjk(c));
    if !text.is_empty() && latin(text.chars().next_back()) && latin(line.chars().next()) {
        text.push(' ');
    }
    text.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_goes_and_meaning_stays() {
        for (line, tidied) in [
            ("　　从 2 月 13 日", "从2月13日"),
            ("第一章　　总则", "第一章 总则"),
            ("(二) 科学制定受理方案", "(二)科学制定受理方案"),
            ("1. 市县学生资助管理中心", "1. 市县学生资助管理中心"),
            ("组  长：由县教育局局长担任", "组长：由县教育局局长担任"),
            (
                "按照《财政部 教育部 银监会关于开展的通知》，执行",
                "按照《财政部 教育部 银监会关于开展的通知》，执行",
            ),
            (
                "信息安全管理 和数据保密，严格按照",
                "信息安全管理和数据保密，严格按照",
            ),
            ("GB/T 16180 and more", "GB/T 16180 and more"),
            ("焦作市： 中站区、温县", "焦作市：中站区、温县"),
            ("甲乙县  丙丁县  戊己县", "甲乙县 丙丁县 戊己县"),
        ] {
            assert_eq!(tidy(line, In::Text), tidied);
        }
        assert_eq!(tidy("应 县", In::Cell), "应 县");
        assert_eq!(
            tidy(
                "河南省教育厅 国家开发银行河南省分行 关于全省 2018 年度",
                In::Title
            ),
            "河南省教育厅 国家开发银行河南省分行关于全省2018年度"
        );
    }
}
