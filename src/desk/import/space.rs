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
    // Gaps between the segments.
    let mut gaps: Vec<Gap> = Vec::new();
    let mut gap = String::new();
    for piece in text.split_inclusive(is_blank) {
        let word = piece.trim_end_matches(is_blank);
        if !word.is_empty() {
            if !segments.is_empty() {
                gaps.push(Gap::of(&gap));
            }
            segments.push(word);
            gap.clear();
        }
        gap.push_str(&piece[word.len()..]);
    }
    let line = Shape::of(&segments);
    let mut out = String::with_capacity(text.len());
    for (i, segment) in segments.iter().enumerate() {
        if i > 0 && keeps(segments[i - 1], segment, gaps[i - 1], i == 1, &line, place) {
            out.push(' ');
        }
        out.push_str(segment);
    }
    out
}

/// White space between two pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    Narrow,
    /// Wider than a space.
    Wide,
    /// It ends a line or a cell.
    Break,
}

impl Gap {
    fn of(white: &str) -> Self {
        if white.contains(['\t', '\n']) {
            Self::Break
        } else if white.chars().count() > 1 {
            Self::Wide
        } else {
            Self::Narrow
        }
    }
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
fn keeps(before: &str, after: &str, gap: Gap, first: bool, line: &Shape, place: In) -> bool {
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
        return (cjk == (true, true) || gap == Gap::Break)
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
    if gap != Gap::Narrow && !line.sentence && place == In::Text {
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

/// How two lines were put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// There is no doubt.
    Sure,
    /// Letters or digits met: whether there is a space between them is not known.
    Doubtful,
}

/// Puts two tidy lines together that are one.
pub(super) fn join(text: &mut String, line: &str) -> Joint {
    let (Some(left), Some(right)) = (text.chars().next_back(), line.chars().next()) else {
        text.push_str(line);
        return Joint::Sure;
    };
    let mut joint = Joint::Sure;
    if !is_cjk(left) && !is_cjk(right) {
        let word = latin_end(text);
        let whole = is_address(word) || is_one_word(word, line);
        if !whole {
            text.push(' ');
        }
        if whole || (left.is_alphanumeric() && right.is_alphanumeric()) {
            joint = Joint::Doubtful;
        }
    }
    text.push_str(line);
    joint
}

/// The letters, digits and signs with which a line ends.
pub(super) fn latin_end(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .find(|(_, c)| is_blank(*c) || is_cjk(*c))
        .map_or(0, |(at, c)| at + c.len_utf8());
    &text[start..]
}

/// Whether the end of a line and the next line are one word with a sign within it: `0349-` `0000000`, `1,` `600`, `Student_` `Loan`, `v2` `.0`.
fn is_one_word(word: &str, line: &str) -> bool {
    let (Some(left), mut below) = (word.chars().next_back(), line.chars()) else {
        return false;
    };
    let (Some(right), next) = (below.next(), below.next()) else {
        return false;
    };
    let has_digit = word.contains(|c: char| c.is_ascii_digit());
    if right.is_ascii_digit() && has_digit {
        return left.is_ascii_digit() || ".,-_/:~".contains(left);
    }
    let is_more = next.is_some_and(|c| c.is_ascii_alphanumeric());
    let begins = left.is_ascii_alphanumeric() && is_more && "._-/".contains(right);
    begins || (word.len() > 1 && "_-/".contains(left) && right.is_ascii_alphanumeric())
}

/// Whether a word is the beginning of an address, in which there is no space.
fn is_address(word: &str) -> bool {
    let is = word.contains("://") || word.starts_with("www.") || word.contains('@');
    is && !word.ends_with([',', ';', '!', ')'])
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
        assert_eq!(tidy("子1\t子2\n子3", In::Cell), "子1 子2 子3");
        assert_eq!(
            tidy(
                "河南省教育厅 国家开发银行河南省分行 关于全省 2018 年度",
                In::Title
            ),
            "河南省教育厅 国家开发银行河南省分行关于全省2018年度"
        );
    }

    #[test]
    fn words_that_a_line_broke_are_whole_again_or_doubtful() {
        for (above, below, one, joint) in [
            (
                "登录https://a.example/app",
                "ly提交",
                "登录https://a.example/apply提交",
                Joint::Doubtful,
            ),
            ("版本v2.", "0以上", "版本v2.0以上", Joint::Doubtful),
            ("共12", "00元", "共1200元", Joint::Doubtful),
            ("电话0349-", "0000000", "电话0349-0000000", Joint::Doubtful),
            ("共1,", "600元", "共1,600元", Joint::Doubtful),
            ("自8:", "30起", "自8:30起", Joint::Doubtful),
            ("下载Student_", "App", "下载Student_App", Joint::Doubtful),
            ("版本v2", ".0以上", "版本v2.0以上", Joint::Doubtful),
            ("as follows", "- one", "as follows - one", Joint::Sure),
            ("the first", "line", "the first line", Joint::Doubtful),
            ("the end.", "And", "the end. And", Joint::Sure),
            ("申请", "贷款", "申请贷款", Joint::Sure),
            ("申请", "2026年", "申请2026年", Joint::Sure),
        ] {
            let mut text = above.to_owned();
            assert_eq!(join(&mut text, below), joint, "{above}");
            assert_eq!(text, one);
        }
    }
}
