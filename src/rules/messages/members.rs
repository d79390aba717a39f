//! Messages about members of whom the same is asked: MB0303 and MB0304.

use crate::diag::{Code, Diagnostic, Span, Spanned, codes};

fn with_hint(
    code: &'static Code,
    span: Span,
    zh: String,
    en: String,
    hint: (&str, &str),
) -> Diagnostic {
    Diagnostic::new(code, span, zh, en).hint(hint.0, hint.1)
}

/// MB0303: a question of each member where no member is spoken of.
pub fn of_a_member(name: &Spanned<String>) -> Diagnostic {
    with_hint(
        &codes::BAD_CONDITION,
        name.span,
        format!("“{}”每一位成员各有一个，这里看不出是哪一位", name.value),
        format!(
            "every member has a \"{}\", and here no member is meant",
            name.value
        ),
        (
            "条件写在“有人”“人人”里，算式写“合计(…)”“人数(…)”",
            "use it in `any_member`, `every_member`, `sum(…)` or `count(…)`",
        ),
    )
}

/// MB0303: what is said of members names none of their questions, or is within another such condition.
pub fn no_member(word: &Spanned<String>) -> Diagnostic {
    with_hint(
        &codes::BAD_CONDITION,
        word.span,
        format!("“{}”里要写一类成员的问题或条件，一层就够", word.value),
        format!(
            "\"{}\" is about the questions or conditions of one group of members, and not within another",
            word.value
        ),
        (
            "写作“有人: {年龄: 低于 18}”",
            "write \"any_member: {age: below 18}\"",
        ),
    )
}

/// MB0304: the question that says how many members there are.
pub fn not_a_number_of_members(name: &Spanned<String>, most: i64) -> Diagnostic {
    with_hint(
        &codes::BAD_VALUE,
        name.span,
        format!(
            "成员的数目要按一个整数问题，范围在 0 和 {most} 之间，“{}”不是",
            name.value
        ),
        format!(
            "the number of members is a question about a whole number from 0 to {most}, and \"{}\" is not one",
            name.value
        ),
        (
            "写作“type: 整数, range: 1 至 8”",
            "write `type: number, range: 1 to 8`",
        ),
    )
}
