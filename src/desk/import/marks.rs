//! The marks of a red head (版头, GB/T 9704-2012, 7.2) and of a page of a web site: rules, stars, copy numbers, secrecy, urgency, signers.
//!
//! Comes in: the words of a line. Goes out: which mark it is. None of them belongs to the title or to the text.

use crate::model::clause::paragraph_number;
use crate::text::strip_width;
use crate::words::{is_blank, squeeze};

/// A line of the head that is neither title nor number nor issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// ━━━━━━★━━━━━━
    Rule,
    /// 000012
    Copy,
    /// 机密★1年
    Secrecy,
    /// 特急, 加急
    Urgency,
    /// 签发人：…
    Signer,
    /// 索引号：…, 发布时间：… 浏览次数：…
    Web,
}

impl Mark {
    /// What it is called, in Chinese and English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Rule => ("版头、版记的横线和星号", "rule of the masthead or imprint"),
            Self::Copy => ("版头的份号", "copy number of the masthead"),
            Self::Secrecy => (
                "密级；涉密的文件不得上网",
                "secrecy mark: secret documents must not be published",
            ),
            Self::Urgency => ("紧急程度", "urgency"),
            Self::Signer => (
                "签发人；姓名不写进文件",
                "signer: the name is not written into the file",
            ),
            Self::Web => ("网页上的栏目", "field of a web page"),
        }
    }
}

/// The mark that a whole line is.
pub(super) fn mark(line: &str) -> Option<Mark> {
    /// Longer lines are text.
    const LONGEST: usize = 400;
    if line.len() > LONGEST {
        return None;
    }
    let text = squeeze(line);
    let text = text.as_str();
    if text.is_empty() {
        return None;
    }
    if is_rule(text) {
        Some(Mark::Rule)
    } else if is_secrecy(text) {
        Some(Mark::Secrecy)
    } else if is_urgency(text) {
        Some(Mark::Urgency)
    } else if is_signer(text) {
        Some(Mark::Signer)
    } else if is_copy(text) {
        Some(Mark::Copy)
    } else if is_web(text) {
        Some(Mark::Web)
    } else {
        None
    }
}

/// At least three strokes, with or without stars, or stars only.
fn is_rule(text: &str) -> bool {
    let is_star = |c: char| matches!(c, '★' | '☆' | '*' | '＊' | '✶' | '✭');
    let is_stroke = |c: char| {
        matches!(
            c,
            '━' | '─'
                | '—'
                | '–'
                | '－'
                | '-'
                | '_'
                | '＿'
                | '═'
                | '='
                | '＝'
                | '▬'
                | '█'
                | '■'
                | '~'
                | '…'
                | '┅'
                | '┄'
                | '﹏'
                | '▁'
                | '―'
                | '|'
                | '‖'
        )
    };
    let strokes = text.chars().filter(|c| is_stroke(*c)).count();
    let stars = text.chars().filter(|c| is_star(*c)).count();
    strokes + stars == text.chars().count() && (strokes >= 3 || stars > 0 && stars <= 12)
}

/// 绝密★30年, 秘密, 机密★, 密级：秘密
fn is_secrecy(text: &str) -> bool {
    const LABELS: [&str; 5] = ["密级和保密期限", "密级", "秘密等级", "保密等级", "保密期限"];
    let labelled = LABELS
        .iter()
        .filter_map(|label| text.strip_prefix(label))
        .any(|rest| rest.starts_with(['：', ':']) && rest.chars().count() <= 12);
    if labelled {
        return true;
    }
    let rest = ["绝密", "机密", "秘密", "内部资料", "内部文件"]
        .iter()
        .find_map(|level| text.strip_prefix(level));
    rest.is_some_and(|rest| {
        let rest = rest.trim_start_matches(['★', '☆', '＊', '*', '，', ',', '：', ':']);
        rest.chars().count() <= 8
            && (rest.is_empty()
                || [
                    "年",
                    "月",
                    "日",
                    "启用",
                    "开启",
                    "长期",
                    "注意保存",
                    "不得外传",
                    "妥善保管",
                ]
                .iter()
                .any(|end| rest.ends_with(end)))
    })
}

fn is_urgency(text: &str) -> bool {
    let bare = text
        .trim_start_matches("紧急程度")
        .trim_start_matches(['：', ':']);
    ["特急", "加急", "平急", "特提", "急件", "急"].contains(&bare) || is_secrecy_and_urgency(bare)
}

/// 机密★特急
fn is_secrecy_and_urgency(text: &str) -> bool {
    ["特急", "加急", "平急"]
        .iter()
        .filter_map(|end| text.strip_suffix(end))
        .any(|rest| is_secrecy(rest.trim_end_matches(['★', '☆'])))
}

/// 签发人：张某某, 会签人：…, 签发：…
pub(super) fn is_signer(text: &str) -> bool {
    ["签发人", "签发", "会签人", "会签", "核签", "审签"]
        .iter()
        .filter_map(|word| text.strip_prefix(word))
        .any(|rest| rest.starts_with(['：', ':']) && rest.chars().count() <= 40)
}

/// A line of names and nothing else, below a signer: 李某某　王某.
pub(super) fn is_names(line: &str) -> bool {
    let han = |c: char| ('一'..='龥').contains(&c) || c == '·';
    let name = |piece: &str| (2..=4).contains(&piece.chars().count()) && piece.chars().all(han);
    let pieces: Vec<&str> = line
        .split(is_blank)
        .filter(|piece| !piece.is_empty())
        .collect();
    let spread = squeeze(line);
    !pieces.is_empty() && (pieces.iter().all(|piece| name(piece)) || name(&spread))
}

/// 000012, №12, 份号：12
fn is_copy(text: &str) -> bool {
    let plain = strip_width(text);
    let digits = |text: &str| {
        !text.is_empty() && text.len() <= 8 && text.bytes().all(|b| b.is_ascii_digit())
    };
    let labelled = [
        "份号：",
        "份号:",
        "编号：",
        "编号:",
        "№",
        "No.",
        "NO.",
        "No:",
    ]
    .iter()
    .filter_map(|label| plain.strip_prefix(label))
    .any(|rest| digits(rest.trim_start_matches('.')));
    // 份号 has six digits.
    labelled || plain.len() == 6 && plain.starts_with('0') && digits(&plain)
}

/// What web sites print around a document.
fn is_web(text: &str) -> bool {
    const FIELDS: [&str; 24] = [
        "索引号",
        "信息索引",
        "主题分类",
        "主题词",
        "发布机构",
        "发布单位",
        "发文单位",
        "发布时间",
        "发布日期",
        "公开日期",
        "生成日期",
        "信息来源",
        "文章来源",
        "来源",
        "浏览次数",
        "浏览量",
        "点击数",
        "点击量",
        "阅读次数",
        "阅读量",
        "字体",
        "字号",
        "有效性",
        "体裁分类",
    ];
    const BUTTONS: [&str; 10] = [
        "打印",
        "关闭",
        "打印本页",
        "关闭窗口",
        "分享到",
        "【打印】",
        "返回",
        "当前位置",
        "首页",
        "下载",
    ];
    let bare = text.trim_start_matches(['【', '[', '（', '(']);
    let labelled = FIELDS.iter().any(|field| {
        bare.strip_prefix(field)
            .is_some_and(|rest| rest.starts_with(['：', ':']))
    });
    let is_path = bare.starts_with("当前位置") || bare.starts_with("首页>");
    (labelled || is_path || BUTTONS.contains(&text)) && paragraph_number(text).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_a_head_are_known() {
        for (line, wanted) in [
            ("━━━━━━━━━━", Mark::Rule),
            ("━━━━ ★ ━━━━", Mark::Rule),
            ("★", Mark::Rule),
            ("________________", Mark::Rule),
            ("——————————", Mark::Rule),
            ("机密★1年", Mark::Secrecy),
            ("秘 密", Mark::Secrecy),
            ("内部资料　注意保存", Mark::Secrecy),
            ("密级：秘密", Mark::Secrecy),
            ("保密期限：5年", Mark::Secrecy),
            ("特 急", Mark::Urgency),
            ("机密★特急", Mark::Urgency),
            ("签发人：张某某", Mark::Signer),
            ("签 发 人：张 某 某　李某", Mark::Signer),
            ("000012", Mark::Copy),
            ("份号：000012", Mark::Copy),
            ("索引号：000014349/2027-00012", Mark::Web),
            (
                "发布时间：2027-06-30  来源：甲县教育局  浏览次数：88",
                Mark::Web,
            ),
        ] {
            assert_eq!(mark(line), Some(wanted), "{line}");
        }
        for line in [
            "",
            "关于做好保密工作的通知",
            "秘密是指国家秘密",
            "机密文件管理办法",
            "--",
            "2027年",
            "一、签发人：由局长担任",
            "来源地区的学生",
            "急需办理的",
            "甲县教育局",
        ] {
            assert_eq!(mark(line), None, "{line}");
        }
        assert!(is_names("李某某　王 某") || is_names("李某某　王某"));
        assert!(!is_names("甲县教育局办公室文件"));
    }
}
