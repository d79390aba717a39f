//! Messages about computed values: MB0318 to MB0323, and MB0315 for their examples.

use super::judging::{example_or_rules, fails};
use crate::arithmetic::Fault;
use crate::diag::{Code, Diagnostic, Span, Spanned, codes};
use crate::formula::Computed;
use crate::formula::Unsound;
use crate::self_check::{Question, SelfCheck};
use crate::text::Bilingual;

fn with_hint(
    code: &'static Code,
    span: Span,
    (zh, en): (String, String),
    hint: (&str, &str),
) -> Diagnostic {
    Diagnostic::new(code, span, zh, en).hint(hint.0, hint.1)
}

/// MB0318: signs that are not part of a formula, or a part that is missing. `found`: what is there; empty at the end.
pub fn unexpected(span: Span, found: &str) -> Diagnostic {
    let words = if found.is_empty() {
        (
            "算式没有写完".to_owned(),
            "the formula is not complete".to_owned(),
        )
    } else {
        (
            format!("算式里看不懂“{found}”"),
            format!("the formula cannot be read at \"{found}\""),
        )
    };
    with_hint(
        &codes::BAD_FORMULA,
        span,
        words,
        (
            "写作“学费 + 住宿费”“较小(学费, 8000)”；名称里有运算符号的，用“”括起来",
            "write \"a + b\" or \"min(a, 8000)\"; put a name that contains such signs in “”",
        ),
    )
}

/// MB0318: an operation with too few or too many operands.
pub fn operands(span: Span, name: &str, wanted: &str) -> Diagnostic {
    with_hint(
        &codes::BAD_FORMULA,
        span,
        (
            format!("“{name}”后面的括号里要有{wanted}项"),
            format!("\"{name}\" needs {wanted} operands in its brackets"),
        ),
        ("各项之间用逗号隔开", "separate the operands with commas"),
    )
}

/// MB0318: a sum over members that names none of their questions, or one within another.
pub fn no_member(span: Span, name: &str) -> Diagnostic {
    with_hint(
        &codes::BAD_FORMULA,
        span,
        (
            format!("“{name}”的括号里要写一类成员的问题或条件，一层就够"),
            format!(
                "\"{name}\" is about the questions or conditions of one group of members, and not within another"
            ),
        ),
        ("写作“合计(月收入)”", "write `sum(income)`"),
    )
}

/// MB0318: a formula with too many parts.
pub fn too_deep(span: Span) -> Diagnostic {
    with_hint(
        &codes::BAD_FORMULA,
        span,
        ("算式太长".to_owned(), "the formula is too long".to_owned()),
        (
            "把一部分另写成一个取值，在这里用它的名称",
            "make a part of it a value of its own and use its name here",
        ),
    )
}

/// MB0318: a value that is defined in no way, or in several.
pub fn one_definition(span: Span) -> Diagnostic {
    with_hint(
        &codes::BAD_FORMULA,
        span,
        (
            "算式、分情况、表格要写一样，也只能写一样".to_owned(),
            "exactly one of `formula`, `cases` and `table` is required".to_owned(),
        ),
        (
            "留下 formula、cases、table 中的一个",
            "keep one of `formula`, `cases` and `table`",
        ),
    )
}

/// MB0319: two parts that do not fit.
pub fn other_unit(span: Span, left: &Bilingual, right: &Bilingual) -> Diagnostic {
    with_hint(
        &codes::UNIT_MISMATCH,
        span,
        (
            format!("{}和{}合不到一起", left.zh, right.zh),
            format!("{} and {} do not fit", left.en, right.en),
        ),
        (
            "加、减、比大小的两边单位要相同；不同的先换算",
            "both sides of a sum, a difference or a comparison need the same unit; convert one of them first",
        ),
    )
}

/// MB0319: an operand of a wrong type.
pub fn other_type(span: Span, found: &Bilingual, wanted: &Bilingual) -> Diagnostic {
    with_hint(
        &codes::UNIT_MISMATCH,
        span,
        (
            format!("这里要{}，写的是{}", wanted.zh, found.zh),
            format!("{} is required here, not {}", wanted.en, found.en),
        ),
        (
            "对照类型和单位，改正算式",
            "compare types and units and fix the formula",
        ),
    )
}

/// MB0320: a quotient or a share that nobody rounds.
pub fn not_whole(span: Span) -> Diagnostic {
    with_hint(
        &codes::NOT_WHOLE,
        span,
        (
            "这里算出来的不一定是整数，没有说怎样取整".to_owned(),
            "the result here is not always a whole number, and the rounding is not stated"
                .to_owned(),
        ),
        (
            "照原文写“四舍五入(…)”“舍去(…)”或“进一(…)”",
            "write \"round(…)\", \"down(…)\" or \"up(…)\", as the official text says",
        ),
    )
}

/// MB0320: a number that may have more than two decimals.
pub fn more_decimals(span: Span) -> Diagnostic {
    with_hint(
        &codes::NOT_WHOLE,
        span,
        (
            "这里算出来的可能不止两位小数，没有说怎样取舍".to_owned(),
            "the result here may have more than two decimals, and the rounding is not stated"
                .to_owned(),
        ),
        (
            "照原文写“四舍五入(…, 0.01)”“舍去(…, 0.01)”或“进一(…, 0.01)”",
            "write \"round(…, 0.01)\", \"down(…, 0.01)\" or \"up(…, 0.01)\", as the official text says",
        ),
    )
}

/// MB0321, MB0322: a value that cannot be computed for everybody.
pub fn unsound(check: &SelfCheck, value: &Computed, unsound: Unsound) -> Diagnostic {
    match unsound {
        Unsound::BothWays(question) => both_ways(&value.name, &check[question]),
        Unsound::Compared(question) => compared(&value.name, &check[question]),
        unsound => no_result(&value.name, unsound),
    }
}

/// MB0321: a result that does not exist for some answers, or is below zero.
pub fn no_result(name: &Spanned<String>, unsound: Unsound) -> Diagnostic {
    let (why, hint) = match unsound {
        Unsound::Fault(Fault::ByZero) => (
            (
                "会除以零或负数",
                "can be divided by zero or by a negative number",
            ),
            (
                "把作除数的问题的范围改成从 1 开始，或写“较大(1, …)”",
                "let the range of the divisor begin at 1, or write \"max(1, …)\"",
            ),
        ),
        Unsound::Fault(Fault::Negative) => (
            (
                "会拿小于零的数去乘、去除",
                "can multiply or divide a number below zero",
            ),
            (
                "写“较大(0, …)”，或改正问题的范围",
                "write \"max(0, …)\", or fix the range of a question",
            ),
        ),
        Unsound::Fault(Fault::TooLarge) => (
            (
                "会大得存不下，或不是一个日子",
                "can be too large to be held, or not a day",
            ),
            (
                "改小问题的范围，或用“较小(…)”写明上限",
                "make the range of a question smaller, or state the limit with \"min(…)\"",
            ),
        ),
        Unsound::BelowZero | Unsound::BothWays(_) | Unsound::Compared(_) => (
            ("会小于零", "can be below zero"),
            (
                "照原文写明最少是多少，如“较大(0, …)”",
                "state the least amount as the official text does, for example \"max(0, …)\"",
            ),
        ),
    };
    with_hint(
        &codes::OUT_OF_BOUNDS,
        name.span,
        (
            format!("按问题的范围，“{}”{}", name.value, why.0),
            format!(
                "within the ranges of the questions, \"{}\" {}",
                name.value, why.1
            ),
        ),
        hint,
    )
}

/// MB0322: a question that raises and lowers a value.
pub fn both_ways(name: &Spanned<String>, question: &Question) -> Diagnostic {
    let asked = &question.name.value;
    with_hint(
        &codes::INEXACT,
        name.span,
        (
            format!(
                "“{asked}”在“{}”的同一个算式里，有处使它变大，有处使它变小",
                name.value
            ),
            format!(
                "\"{asked}\" raises \"{}\" in one place of a formula and lowers it in another",
                name.value
            ),
        ),
        (
            "改写算式，让它只出现一次；如“年收入 × 人口 - 年收入”写作“年收入 × (人口 - 1)”",
            "rewrite the formula so that it occurs once; for example, write \"a * b - a\" as \"a * (b - 1)\"",
        ),
    )
}

/// MB0322: a question of a formula whose comparison with another question selects the formula.
fn compared(name: &Spanned<String>, question: &Question) -> Diagnostic {
    let asked = &question.name.value;
    with_hint(
        &codes::INEXACT,
        name.span,
        (
            format!(
                "“{}”的算式里有“{asked}”，选哪个算式又要看它和别的回答谁大",
                name.value
            ),
            format!(
                "a formula of \"{}\" has \"{asked}\", and its order to another answer selects the formula",
                name.value
            ),
        ),
        (
            "用较小、较大代替比较；或把比较改成和固定的值比",
            "use min or max in place of the comparison, or compare with a fixed value",
        ),
    )
}

/// MB0323: a head that overlaps an earlier one.
pub fn heads_overlap(head: &Spanned<String>, earlier: &Spanned<String>, at: &str) -> Diagnostic {
    with_hint(
        &codes::BAD_TABLE,
        head.span,
        (
            format!("“{}”和“{}”重叠：{at}在两处", head.value, earlier.value),
            format!(
                "\"{}\" and \"{}\" overlap: {at} is in both",
                head.value, earlier.value
            ),
        ),
        ("改正其中一个", "fix one of them"),
    )
    .also(earlier.span, "前面的一处", "the earlier one")
}

/// MB0323: an answer that no head has.
pub fn gap(span: Span, question: &Question, at: &str) -> Diagnostic {
    let asked = &question.name.value;
    with_hint(
        &codes::BAD_TABLE,
        span,
        (
            format!("“{asked}”是{at}的，表格里没有"),
            format!("the table has nothing for the answer {at} to \"{asked}\""),
        ),
        ("照原文补上", "add it as the official text has it"),
    )
}

/// MB0323: a row with too many or too few cells.
pub fn cells(span: Span, found: usize, wanted: usize) -> Diagnostic {
    with_hint(
        &codes::BAD_TABLE,
        span,
        (
            format!("这一行有 {found} 格，列头有 {wanted} 个"),
            format!("this row has {found} cells; the table has {wanted} columns"),
        ),
        ("对照原文补上或删去", "compare with the official text"),
    )
}

/// MB0323: a head that is not a part of the answers to its question.
pub fn bad_head(head: &Spanned<String>) -> Diagnostic {
    with_hint(
        &codes::BAD_TABLE,
        head.span,
        (
            format!("“{}”不能作行头或列头", head.value),
            format!("\"{}\" cannot be the head of a row or a column", head.value),
        ),
        (
            "写这个问题的选项（几个用顿号隔开），或“低于 10000”“10000 至 19999.99”“3”",
            "write options of the question (several with 、 between them), or \"below 10000\", \"10000 to 19999.99\" or \"3\"",
        ),
    )
}

/// MB0315: a value is another one than an example expects.
pub fn other_value(span: Span, example: Span, name: &str, found: &str) -> Diagnostic {
    let words = Bilingual::new(
        format!("按规则，“{name}”是：{found}"),
        format!("according to the rules, \"{name}\" is: {found}"),
    );
    fails(span, example, words, example_or_rules())
}

/// MB0308: a case of a value that nobody gets.
pub fn never_reached(span: Span, value: &str) -> Diagnostic {
    with_hint(
        &codes::NEVER_REACHED,
        span,
        (
            format!("没有人的“{value}”按这种情况算"),
            format!("this case of \"{value}\" applies to nobody"),
        ),
        (
            "排在前面的情况已经包括了它：把它移到前面，或改条件",
            "earlier cases cover it: move it up, or fix its condition",
        ),
    )
}

/// MB0322: a formula that may jump over a range between two numbers that it is compared with.
pub fn too_near(name: &Spanned<String>) -> Diagnostic {
    with_hint(
        &codes::INEXACT,
        name.span,
        (
            format!(
                "和“{}”比的两个数太近：一个回答差一点，就可能把中间跳过去",
                name.value
            ),
            format!(
                "two numbers that \"{}\" is compared with are too close: one step of an answer may jump over what is between them",
                name.value
            ),
        ),
        (
            "只和其中一个比；不要用“等于”，用“不低于”“低于”",
            "compare with one of them only, and use at_least or below rather than one value",
        ),
    )
}
