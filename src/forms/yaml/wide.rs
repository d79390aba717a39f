//! Full-width punctuation that looks like YAML's own: which sign stands for which, and how to say so.

use crate::diag::{Diagnostic, Span, codes};

/// Dashes and minus signs that a keyboard may give instead of `-`.
pub const DASHES: [char; 6] = ['－', '—', '–', '−', '﹣', '‐'];

/// The half-width sign that YAML reads, for a full-width one that can stand for nothing else.
pub fn plain(sign: char) -> Option<char> {
    Some(match sign {
        '：' => ':',
        '，' => ',',
        '｛' => '{',
        '｝' => '}',
        '［' => '[',
        '］' => ']',
        dash if DASHES.contains(&dash) => '-',
        _ => return None,
    })
}

/// The diagnostic (MB0103) for a line that is indented with a special blank.
fn explain_indent(sign: char, span: Span) -> Diagnostic {
    let ((zh, en), code) = (name(sign), u32::from(sign));
    Diagnostic::new(
        &codes::YAML_FULL_WIDTH,
        span,
        format!("用了{zh}（U+{code:04X}）缩进"),
        format!("indented with a {en} (U+{code:04X})"),
    )
    .hint(
        "换成半角空格（每级两个）",
        "replace it with half-width spaces, two per level",
    )
}

/// Whether a sign looks like a blank, or like nothing, and is not the blank of YAML.
pub fn is_blank(sign: char) -> bool {
    (sign.is_whitespace() && !sign.is_ascii())
        || matches!(sign, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// What people call a blank that YAML does not know.
fn name(sign: char) -> (&'static str, &'static str) {
    match sign {
        '\u{3000}' => ("全角空格", "full-width space"),
        '\u{A0}' | '\u{202F}' => ("不间断空格", "no-break space"),
        sign if sign.is_whitespace() => ("特殊的空格", "special space"),
        _ => ("看不见的字符", "invisible character"),
    }
}

/// The diagnostic (MB0103) for a blank after a colon that YAML does not know.
pub fn explain_blank(sign: char, span: Span) -> Diagnostic {
    let ((zh, en), code) = (name(sign), u32::from(sign));
    Diagnostic::new(
        &codes::YAML_FULL_WIDTH,
        span,
        format!("冒号后面是{zh}（U+{code:04X}），YAML 不认"),
        format!("a {en} (U+{code:04X}) after the colon, which YAML does not take for a space"),
    )
    .hint(
        "删去它，写一个半角空格",
        "delete it and write a half-width space",
    )
}

/// The diagnostic (MB0103) for a full-width sign.
pub fn explain(sign: char, span: Span) -> Diagnostic {
    let new = |zh: String, en: String| Diagnostic::new(&codes::YAML_FULL_WIDTH, span, zh, en);
    let (zh, en, hint_zh, hint_en) = match sign {
        '：' => {
            return new(
                "键后面用了全角冒号“：”".to_owned(),
                "full-width colon after a key".to_owned(),
            )
            .hint(
                "改为半角冒号加一个空格“: ”",
                "write a half-width colon and a space: \": \"",
            );
        }
        '，' => (
            "各项之间用了全角逗号“，”",
            "full-width comma \"，\" between entries",
            "改为半角逗号加一个空格“, ”",
            "write a half-width comma and a space: \", \"",
        ),
        '｛' | '｝' => (
            "用了全角花括号“{}”",
            "full-width brace \"{}\"",
            "改为半角花括号“{”“}”",
            "write half-width braces: \"{\" and \"}\"",
        ),
        '［' | '］' => (
            "用了全角方括号“{}”",
            "full-width square bracket \"{}\"",
            "改为半角方括号“[”“]”",
            "write half-width square brackets: \"[\" and \"]\"",
        ),
        '“' | '”' | '＂' => (
            "用了全角引号 {} ，YAML 只认半角的",
            "full-width quotation mark {} ; YAML reads only half-width ones",
            "两头都改为半角引号 \"",
            "write a half-width quotation mark \" at both ends",
        ),
        '＇' => (
            "用了全角引号 {} ，YAML 只认半角的",
            "full-width quotation mark {} ; YAML reads only half-width ones",
            "两头都改为半角引号 '",
            "write a half-width quotation mark ' at both ends",
        ),
        '｜' | '＞' => (
            "用了全角符号“{}”，YAML 只认半角的",
            "full-width sign \"{}\"; YAML reads only the half-width one",
            "改为半角的“|”或“>”",
            "write the half-width sign: \"|\" or \">\"",
        ),
        '＃' => (
            "注释用了全角的“＃”",
            "full-width \"＃\" before a comment",
            "改为半角的“#”",
            "write the half-width sign \"#\"",
        ),
        dash if DASHES.contains(&dash) => {
            return new(
                format!("列表的项用了“{dash}”开头"),
                format!("an item of a list begins with \"{dash}\""),
            )
            .hint(
                "改为半角短横加一个空格“- ”",
                "write a half-width hyphen and a space: \"- \"",
            );
        }
        '\u{3000}' => (
            "用了全角空格缩进",
            "indented with a full-width space",
            "换成半角空格（每级两个）",
            "replace it with half-width spaces, two per level",
        ),
        _ => return explain_indent(sign, span),
    };
    let with_sign = |words: &str| words.replace("{}", &sign.to_string());
    new(with_sign(zh), with_sign(en)).hint(hint_zh, hint_en)
}
