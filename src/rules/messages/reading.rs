//! Messages about files that cannot be read as rules: MB0301 to MB0307, MB0314, MB0316, and those of decoding.

use crate::diag::{Code, Diagnostic, Span, Spanned, codes};
use crate::self_check::{Domain, Question};
use crate::text::{Bilingual, nearest};
use crate::value::{Scale, Value, show};

/// A hint in two languages.
type Hint<'a> = (&'a str, &'a str);

fn with_hint(
    code: &'static Code,
    span: Span,
    zh: impl Into<String>,
    en: impl Into<String>,
    hint: Hint,
) -> Diagnostic {
    Diagnostic::new(code, span, zh, en).hint(hint.0, hint.1)
}

// ---------------------------------------------------------------- lists and names

/// MB0202: a list or a mapping without entries.
pub fn empty_list(span: Span, key: &str, alias: &str) -> Diagnostic {
    with_hint(
        &codes::MISSING_KEY,
        span,
        format!("“{key}”（{alias}）里一项也没有"),
        format!("\"{key}\" is empty"),
        ("至少写一项", "write at least one entry"),
    )
}

/// MB0314: more entries than are allowed.
pub fn too_many(span: Span, count: usize, most: usize) -> Diagnostic {
    with_hint(
        &codes::TOO_LARGE,
        span,
        format!("这里有 {count} 项，最多可以有 {most} 项"),
        format!("there are {count} entries here; at most {most} are allowed"),
        (
            "拆成几份自查，各管一件事",
            "split the file into several self-checks, each about one matter",
        ),
    )
}

/// MB0306: a word with a fixed meaning.
pub fn reserved_name(name: &Spanned<String>) -> Diagnostic {
    with_hint(
        &codes::NAME_TAKEN,
        name.span,
        format!("“{}”不能作名称", name.value),
        format!("\"{}\" cannot be used as a name", name.value),
        (
            "全部、任一、不是、当、其余有固定的意思，名称里也不能有 #",
            "the words all, any, not, when and otherwise are reserved, and a name cannot contain #",
        ),
    )
}

/// MB0306: a name that already means something.
pub fn name_in_use(name: &Spanned<String>) -> Diagnostic {
    with_hint(
        &codes::NAME_TAKEN,
        name.span,
        format!("名称“{}”已经用过", name.value),
        format!("the name \"{}\" is already in use", name.value),
        (
            "问题、存疑、参数、条件和取值的名称不能相同，改一个",
            "questions, doubts, parameters, conditions and values must have different names: change one of them",
        ),
    )
}

/// MB0306: two outcomes of one name.
pub fn outcome_twice(name: &Spanned<String>) -> Diagnostic {
    with_hint(
        &codes::NAME_TAKEN,
        name.span,
        format!("这个判断已经有结果“{}”", name.value),
        format!("this decision already has an outcome \"{}\"", name.value),
        ("改一个名称", "change one of the names"),
    )
}

/// MB0306: two options of one name.
pub fn option_twice(span: Span, name: &str) -> Diagnostic {
    with_hint(
        &codes::NAME_TAKEN,
        span,
        format!("选项“{name}”写了两次"),
        format!("the option \"{name}\" is defined twice"),
        ("删去一个", "remove one of them"),
    )
}

/// MB0301: a name that nothing has. `near`: what was probably meant; `else_hint`: what to do if nothing is near.
fn unknown(
    name: &Spanned<String>,
    zh: String,
    en: String,
    near: Option<&str>,
    else_hint: (String, String),
) -> Diagnostic {
    Diagnostic::new(&codes::UNKNOWN_NAME, name.span, zh, en).did_you_mean_or(
        near,
        else_hint.0,
        else_hint.1,
    )
}

/// MB0301: a name in a list of computed values that is not one.
pub fn not_a_value_name(name: &Spanned<String>) -> Diagnostic {
    with_hint(
        &codes::UNKNOWN_NAME,
        name.span,
        format!("“{}”不是取值", name.value),
        format!("\"{}\" is not a computed value", name.value),
        (
            "写 values（取值）里的名称",
            "write the name of an entry of `values`",
        ),
    )
}

/// MB0301: a name that is neither a question nor a condition.
pub fn unknown_name(name: &Spanned<String>, near: Option<&str>) -> Diagnostic {
    unknown(
        name,
        format!("没有叫“{}”的问题或条件", name.value),
        format!("there is no question or condition named \"{}\"", name.value),
        near,
        (
            "先在 questions 或 conditions 下定义它".to_owned(),
            "define it under questions or conditions first".to_owned(),
        ),
    )
}

/// MB0301: a provision that is not defined.
pub fn unknown_provision(name: &Spanned<String>, near: Option<&str>) -> Diagnostic {
    unknown(
        name,
        format!("没有叫“{}”的规定", name.value),
        format!("there is no provision named \"{}\"", name.value),
        near,
        (
            "先在 provisions 下定义它".to_owned(),
            "define it under provisions first".to_owned(),
        ),
    )
}

/// MB0301: a decision that is not defined.
pub fn unknown_decision(name: &Spanned<String>, near: Option<&str>) -> Diagnostic {
    unknown(
        name,
        format!("没有叫“{}”的判断", name.value),
        format!("there is no decision named \"{}\"", name.value),
        near,
        (
            "这里写 decisions 下的名称".to_owned(),
            "write a name that is defined under decisions".to_owned(),
        ),
    )
}

/// MB0301: an outcome that a decision does not have.
pub fn unknown_outcome(name: &Spanned<String>, known: &[&str]) -> Diagnostic {
    unknown(
        name,
        format!("这个判断没有结果“{}”", name.value),
        format!("this decision has no outcome \"{}\"", name.value),
        nearest(&name.value, known.iter().copied()),
        (
            format!("可能的结果：{}", known.join("、")),
            format!("outcomes: {}", known.join(", ")),
        ),
    )
}

/// MB0301: a name of something that is not a condition.
pub fn not_a_condition(name: &Spanned<String>) -> Diagnostic {
    with_hint(
        &codes::UNKNOWN_NAME,
        name.span,
        format!("“{}”不是条件", name.value),
        format!("\"{}\" is not a condition", name.value),
        (
            "这里写 conditions 下的名称",
            "write a name that is defined under conditions",
        ),
    )
}

/// MB0301: a name of something that is not a question.
pub fn not_a_question(name: &Spanned<String>) -> Diagnostic {
    with_hint(
        &codes::UNKNOWN_NAME,
        name.span,
        format!("“{}”不是问题", name.value),
        format!("\"{}\" is not a question", name.value),
        (
            "这里写 questions 下的名称",
            "write a name that is defined under questions",
        ),
    )
}

// ---------------------------------------------------------------- questions and answers

/// MB0201: a key that belongs to another type of question.
pub fn key_of_another_type(span: Span, key: &str, kind: (&str, &str)) -> Diagnostic {
    with_hint(
        &codes::UNKNOWN_KEY,
        span,
        format!("类型是“{}”的问题没有“{key}”这一项", kind.0),
        format!("a question of type {} has no \"{key}\"", kind.1),
        (
            "删去这一行，或改正类型",
            "remove this line, or fix the type",
        ),
    )
}

/// MB0304: a default other than today's date.
pub fn bad_default(word: &Spanned<String>) -> Diagnostic {
    with_hint(
        &codes::BAD_VALUE,
        word.span,
        format!("默认值不能是“{}”", word.value),
        format!("the default cannot be \"{}\"", word.value),
        (
            "默认值只能写“今天”，而且只用在日期问题上",
            "the only default is \"today\", and only date questions can have it",
        ),
    )
}

/// MB0314: too few options, or too many.
pub fn number_of_options(span: Span, count: usize, most: usize) -> Diagnostic {
    with_hint(
        &codes::TOO_LARGE,
        span,
        format!("这里有 {count} 个选项，应当有 2 至 {most} 个"),
        format!("there are {count} options here; 2 to {most} are allowed"),
        (
            "只有一个选项的不用问，选项太多的分成两个问题",
            "do not ask a question with one option; split a question with too many into two",
        ),
    )
}

/// MB0304: nothing to choose from.
pub fn too_few_places(span: Span) -> Diagnostic {
    with_hint(
        &codes::BAD_VALUE,
        span,
        "这个地区不够两个，没有可选的",
        "this region has fewer than two to choose from",
        ("写更大的地区", "write a larger region"),
    )
}

/// MB0304: the range of a question.
pub fn bad_range(scale: Scale, written: &Spanned<String>) -> Diagnostic {
    let form = match scale {
        Scale::Number => ("写作“1 至 10”", "write it like \"1 to 10\""),
        Scale::Money => (
            "写作“0 至 100000”，以元为单位，最多两位小数，最大 10000000000000",
            "write it like \"0 to 100000\", in yuan, with at most two decimals and up to 10000000000000",
        ),
        Scale::Decimal => (
            "写作“0 至 4.5”，不带负号，最多两位小数",
            "write it like \"0 to 4.5\", without a minus sign and with at most two decimals",
        ),
        Scale::Date => (
            "写作“2020-01-01 至 2030-12-31”",
            "write it like \"2020-01-01 to 2030-12-31\"",
        ),
    };
    with_hint(
        &codes::BAD_VALUE,
        written.span,
        format!("“{}”不能作范围，要从小到大写两个值", written.value),
        format!(
            "\"{}\" is not a range: write two values, the lower one first",
            written.value
        ),
        form,
    )
}

/// MB0303: the tick list has yes/no questions only.
pub fn not_tickable(name: &Spanned<String>) -> Diagnostic {
    with_hint(
        &codes::BAD_CONDITION,
        name.span,
        format!("勾选页上只能有“是否”问题，“{}”不是", name.value),
        format!(
            "a tick list can contain only yes/no questions, and \"{}\" is not one",
            name.value
        ),
        ("从勾选页中删去", "remove it from the tick list"),
    )
}

/// MB0303: a question is on one tick list only.
pub fn ticked_twice(name: &Spanned<String>) -> Diagnostic {
    with_hint(
        &codes::BAD_CONDITION,
        name.span,
        format!("勾选页上“{}”写了两次", name.value),
        format!("the tick lists name \"{}\" twice", name.value),
        ("删去第二个", "remove the second one"),
    )
}

/// MB0303: what is asked first are questions.
pub fn not_askable(name: &Spanned<String>) -> Diagnostic {
    with_hint(
        &codes::BAD_CONDITION,
        name.span,
        format!("“先问”里只能写问题，“{}”不是", name.value),
        format!(
            "only questions can be asked first, and \"{}\" is not one",
            name.value
        ),
        ("从“先问”中删去", "remove it from `ask_first`"),
    )
}

/// MB0303: a question is asked once.
pub fn asked_twice(name: &Spanned<String>) -> Diagnostic {
    with_hint(
        &codes::BAD_CONDITION,
        name.span,
        format!("“先问”里，“{}”写了两次", name.value),
        format!("`ask_first` names \"{}\" twice", name.value),
        ("删去第二个", "remove the second one"),
    )
}

/// MB0304: a value that a question cannot have.
pub fn outside(question: &Question, written: &Spanned<String>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &codes::BAD_VALUE,
        written.span,
        format!(
            "“{}”超出了问题“{}”的范围",
            written.value, question.name.value
        ),
        format!(
            "\"{}\" is outside the range of question \"{}\"",
            written.value, question.name.value
        ),
    );
    match &question.domain {
        Domain::Range { bounds, unit, .. } => {
            let (lo, hi) = (show(unit, bounds.lo), show(unit, bounds.hi));
            diagnostic.hint(
                format!("范围是 {lo} 至 {hi}"),
                format!("the range is {lo} to {hi}"),
            )
        }
        Domain::Options { .. } => diagnostic,
    }
}

/// MB0304: words that are not a number, an amount or a date.
pub fn not_a_value(scale: Scale, unit: &str, written: &Spanned<String>) -> Diagnostic {
    let (zh, en, hint) = match scale {
        Scale::Number if unit.is_empty() => (
            "整数",
            "a whole number",
            Bilingual::new("只写阿拉伯数字", "write digits only"),
        ),
        Scale::Number => (
            "整数",
            "a whole number",
            Bilingual::new(
                format!("只写阿拉伯数字，单位是“{unit}”"),
                format!("write digits only; the unit is \"{unit}\""),
            ),
        ),
        Scale::Money => (
            "金额",
            "an amount",
            Bilingual::new(
                format!("只写数字，单位是“{unit}”，最多两位小数，最大 10000000000000"),
                format!(
                    "write digits only, with at most two decimals and up to 10000000000000; the unit is \"{unit}\""
                ),
            ),
        ),
        Scale::Decimal => (
            "最多两位的小数",
            "a number with at most two decimals",
            Bilingual::new(
                "只写数字，不带负号，如 12.5",
                "write digits only, without a minus sign, like 12.5",
            ),
        ),
        Scale::Date => (
            "日期",
            "a date",
            Bilingual::new("写作 2020-07-27", "write it like 2020-07-27"),
        ),
    };
    Diagnostic::new(
        &codes::BAD_VALUE,
        written.span,
        format!("“{}”不是{zh}", written.value),
        format!("\"{}\" is not {en}", written.value),
    )
    .hint(hint.zh, hint.en)
}

// ---------------------------------------------------------------- parameters

/// MB0304: a parameter is chosen by something other than a date.
pub fn not_a_date_question(name: &Spanned<String>) -> Diagnostic {
    with_hint(
        &codes::BAD_VALUE,
        name.span,
        format!("“{}”不是日期问题", name.value),
        format!("\"{}\" is not a date question", name.value),
        (
            "写按哪一个日期问题取值",
            "name the date question that selects the period",
        ),
    )
}

/// MB0213: a period that ends before it begins.
pub fn period_backwards(span: Span) -> Diagnostic {
    with_hint(
        &codes::DATE_ORDER,
        span,
        "截止日期早于开始日期",
        "the end is before the start",
        (
            "对照原文，看是否写反了",
            "compare with the official text: they may have been swapped",
        ),
    )
}

/// MB0316: two periods of a parameter overlap. `before`: the earlier one, and whether it has no end.
pub fn periods_overlap(name: &str, period: Span, before: (Span, bool)) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &codes::NO_PERIOD,
        period,
        format!("“{name}”的两个时段重叠"),
        format!("two periods of \"{name}\" overlap"),
    );
    match before {
        (open, true) => diagnostic
            .also(
                open,
                "这个时段没有写截止日期，一直有效",
                "this period has no end, so its value holds from then on",
            )
            .hint(
                "给前一个时段写上截止日期（until）",
                "give the earlier period an end (until)",
            ),
        (_, false) => diagnostic.hint("每一天只能有一个值", "each day can have only one value"),
    }
}

/// MB0316: a day that can be answered has no value.
pub fn no_period(name: &Spanned<String>, asked: &Question, day: Value) -> Diagnostic {
    let day = show("", day);
    Diagnostic::new(
        &codes::NO_PERIOD,
        name.span,
        format!("“{}”在{day}没有值", name.value),
        format!("\"{}\" has no value on {day}", name.value),
    )
    .also(
        asked.name.span,
        format!("“{}”可以答到这一天", asked.name.value),
        "this question can be answered with that day",
    )
    .hint(
        "补上有依据的时段，或缩小日期问题的范围；不会拿最近的值代替",
        "add a period that has a source, or narrow the range of the date question; the value of the nearest period is never used",
    )
}

// ---------------------------------------------------------------- conditions

/// MB0305: conditions that depend on themselves.
pub fn cycle(span: Span, way: &str) -> Diagnostic {
    with_hint(
        &codes::CONDITION_CYCLE,
        span,
        format!("条件绕了一圈：{way}"),
        format!("these conditions form a cycle: {way}"),
        (
            "让其中一个条件直接写出它要问的问题",
            "let one of them name the questions that it depends on",
        ),
    )
}

fn bad_condition(
    span: Span,
    zh: impl Into<String>,
    en: impl Into<String>,
    hint: Hint,
) -> Diagnostic {
    with_hint(&codes::BAD_CONDITION, span, zh, en, hint)
}

/// MB0303: keys of a citation among those of a condition.
pub fn condition_and_citation(span: Span) -> Diagnostic {
    bad_condition(
        span,
        "条件和它的出处写在了一起",
        "a condition and its citation are mixed",
        (
            "把条件本身写在“when:”（当）后面，与“clause:”“quote:”并列",
            "write the condition itself after \"when:\", next to \"clause:\" and \"quote:\"",
        ),
    )
}

/// MB0303: several entries without all or any.
pub fn several_things(span: Span) -> Diagnostic {
    bad_condition(
        span,
        "一个条件里写了几件事，没有说是都要符合还是有一件就行",
        "this condition says several things, but not whether all or any of them must hold",
        (
            "每件事另起一行，以“- ”开头，放在“全部:”或“任一:”下面",
            "write each on its own line starting with \"- \", under \"all:\" or \"any:\"",
        ),
    )
}

/// MB0303: nothing is written.
pub fn no_condition(span: Span) -> Diagnostic {
    bad_condition(
        span,
        "这里没有写条件",
        "there is no condition here",
        (
            "写问题或条件的名称，或“问题: 值”；不要的话，删去这一行",
            "write the name of a question or a condition, or \"question: value\"; otherwise remove the line",
        ),
    )
}

/// MB0303: a list where a condition is expected.
pub fn bare_list(span: Span) -> Diagnostic {
    bad_condition(
        span,
        "这里应当是一个条件",
        "expected a condition here",
        (
            "几个条件要放在“全部:”（都要符合）或“任一:”（有一个就行）下面",
            "put several conditions under \"all:\" or \"any:\"",
        ),
    )
}

/// MB0303: all or any without a list.
pub fn list_expected(span: Span, word: &str) -> Diagnostic {
    bad_condition(
        span,
        format!("“{word}”下面应当是列表"),
        format!("expected a list under \"{word}\""),
        (
            "每个条件一行，以“- ”开头",
            "write one condition a line, each starting with \"- \"",
        ),
    )
}

/// MB0303: all or any of fewer than two.
pub fn two_expected(key: &Spanned<String>) -> Diagnostic {
    bad_condition(
        key.span,
        format!("“{}”下面至少要有两个条件", key.value),
        format!("\"{}\" needs at least two conditions", key.value),
        (
            "只有一个条件时直接写它",
            "if there is only one condition, write it directly",
        ),
    )
}

/// MB0303: a question that stands alone and is not answered by yes or no.
pub fn value_expected(name: &Spanned<String>) -> Diagnostic {
    bad_condition(
        name.span,
        format!("“{}”不是“是否”问题，要写出取哪个值", name.value),
        format!(
            "\"{}\" is not a yes/no question: say which value it must have",
            name.value
        ),
        (
            "写作“名称: 选项”或“名称: 低于 3000”",
            "write \"name: option\" or \"name: below 3000\"",
        ),
    )
}

/// MB0303: a value after a name that is not a question.
pub fn no_value_allowed(name: &Spanned<String>) -> Diagnostic {
    bad_condition(
        name.span,
        format!("“{}”不是问题，后面不能写值", name.value),
        format!(
            "\"{}\" is not a question and cannot have a value",
            name.value
        ),
        (
            "条件成立就只写名称，不成立写“不是: 名称”",
            "write the name alone, or \"not: name\"",
        ),
    )
}

/// MB0303: a comparison of a question with options.
pub fn options_compared(span: Span, with_list: bool) -> Diagnostic {
    let (zh, en) = if with_list {
        (
            "“在名单”只能用在县的问题上",
            "\"in_list\" works only with county questions",
        )
    } else {
        (
            "只有整数、金额和日期能比大小",
            "only numbers, amounts and dates can be compared",
        )
    };
    bad_condition(
        span,
        zh,
        en,
        (
            "有选项的问题写作“问题: 选项”或“问题: [选项, 选项]”",
            "for a question with options write \"question: option\" or \"question: [option, option]\"",
        ),
    )
}

/// MB0303: a list of counties for a question that is measured.
pub fn list_of_measured(span: Span) -> Diagnostic {
    bad_condition(
        span,
        "“在名单”只能用在县的问题上",
        "\"in_list\" works only with county questions",
        ("换成类型是“县”的问题", "use a question of type county"),
    )
}

/// MB0302: a county of a list that a question does not offer.
pub fn listed_county(span: Span, county: &str) -> Diagnostic {
    with_hint(
        &codes::UNKNOWN_OPTION,
        span,
        format!("名单里的“{county}”不在这个问题的选项里"),
        format!("\"{county}\" is in the list but is not an option of this question"),
        (
            "问题的地区要包含名单的地区，年度要与名单一致",
            "the region of the question must contain that of the list, and the year must be the same",
        ),
    )
}

fn bad_value(span: Span, zh: impl Into<String>, en: impl Into<String>, hint: Hint) -> Diagnostic {
    with_hint(&codes::BAD_VALUE, span, zh, en, hint)
}

/// What can be on the right of a comparison.
const OPERANDS: Hint<'static> = (
    "写一个值，或另一个问题、参数的名称",
    "write a value, or the name of another question or a parameter",
);

/// MB0304: a comparison without a value.
pub fn no_operand(written: &Spanned<String>) -> Diagnostic {
    bad_value(
        written.span,
        format!("“{}”后面没有写值", written.value),
        format!("there is no value after \"{}\"", written.value),
        OPERANDS,
    )
}

/// MB0304: not two values from low to high.
pub fn bad_between(operand: &Spanned<String>) -> Diagnostic {
    bad_value(
        operand.span,
        format!("“{}”不是从小到大的两个值", operand.value),
        format!(
            "\"{}\" is not two values, the lower one first",
            operand.value
        ),
        (
            "写作“介于 1 和 4”，两头都算",
            "write \"between 1 and 4\"; both ends are included",
        ),
    )
}

/// MB0304: the same year of something that is not a date.
pub fn same_year_of_measured(span: Span) -> Diagnostic {
    bad_value(
        span,
        "“同年”只能用在日期问题上",
        "\"same_year\" works only with date questions",
        (
            "数和金额用“低于”“高于”“介于”等来比",
            "compare numbers and amounts with below, above, between and so on",
        ),
    )
}

/// MB0304: the same year as something that is not another date.
pub fn not_another_date(operand: &Spanned<String>) -> Diagnostic {
    bad_value(
        operand.span,
        format!("“{}”不是另一个日期问题", operand.value),
        format!("\"{}\" is not another date question", operand.value),
        (
            "写另一个日期问题的名称，或一个日期",
            "write the name of another date question, or a date",
        ),
    )
}

/// MB0304: a question is compared with itself.
pub fn compared_with_itself(span: Span, question: &Question) -> Diagnostic {
    let name = &question.name.value;
    bad_value(
        span,
        format!("“{name}”不能和自己比"),
        format!("\"{name}\" cannot be compared with itself"),
        OPERANDS,
    )
}

/// A name with its unit, as a message shows it.
pub fn named_with_unit(name: &str, unit: &str) -> Bilingual {
    if unit.is_empty() {
        Bilingual::new(format!("“{name}”"), format!("\"{name}\""))
    } else {
        Bilingual::new(
            format!("“{name}”（{unit}）"),
            format!("\"{name}\" ({unit})"),
        )
    }
}

fn not_comparable(span: Span, left: &Bilingual, right: &Bilingual, hint: Hint) -> Diagnostic {
    bad_value(
        span,
        format!("{}不能和{}比", left.zh, right.zh),
        format!("{} cannot be compared with {}", left.en, right.en),
        hint,
    )
}

/// MB0304: two questions of different types or units.
pub fn other_question(span: Span, left: &Bilingual, right: &Bilingual) -> Diagnostic {
    not_comparable(
        span,
        left,
        right,
        (
            "两个问题的类型和单位要相同",
            "both questions must have the same type and unit",
        ),
    )
}

/// MB0304: a parameter of another unit.
pub fn other_unit(span: Span, left: &Bilingual, right: &Bilingual) -> Diagnostic {
    not_comparable(
        span,
        left,
        right,
        (
            "问题和参数的单位要相同",
            "the question and the parameter must have the same unit",
        ),
    )
}

/// MB0304: a parameter of another type.
pub fn other_type(span: Span, parameter: &str) -> Diagnostic {
    bad_value(
        span,
        format!("参数“{parameter}”的类型和问题不同"),
        format!("the parameter \"{parameter}\" and the question have different types"),
        (
            "整数只能和整数比，金额只能和金额比",
            "compare numbers with numbers and amounts with amounts",
        ),
    )
}

/// MB0303: a condition on the right of a comparison.
pub fn condition_compared(operand: &Spanned<String>) -> Diagnostic {
    bad_condition(
        operand.span,
        format!("“{}”是条件，不能拿来比大小", operand.value),
        format!(
            "\"{}\" is a condition, so nothing can be compared with it",
            operand.value
        ),
        ("右边写一个值，或另一个问题、参数的名称", OPERANDS.1),
    )
}

// ---------------------------------------------------------------- outcomes and examples

/// MB0307: the last outcome has a condition.
pub fn no_otherwise(span: Span) -> Diagnostic {
    with_hint(
        &codes::NO_OTHERWISE,
        span,
        "最后一个结果要写“when: 其余”，说明以上都不符合时怎么办",
        "the last outcome needs \"when: otherwise\", which says what happens if no other outcome applies",
        (
            "在最后加一个结果，写“when: 其余”",
            "add an outcome with \"when: otherwise\" at the end",
        ),
    )
}

/// MB0307: an outcome after the one that takes all.
pub fn otherwise_not_last(span: Span) -> Diagnostic {
    with_hint(
        &codes::NO_OTHERWISE,
        span,
        "“其余”后面还有别的结果，它们永远轮不到",
        "outcomes after \"otherwise\" are never reached",
        ("把“其余”移到最后", "move \"otherwise\" to the end"),
    )
}

/// MB0203: several answers to one question.
pub fn one_answer(span: Span) -> Diagnostic {
    with_hint(
        &codes::WRONG_TYPE,
        span,
        "一个例子里，一个问题只能有一个回答",
        "a question can have only one answer in an example",
        (
            "几种回答写成几个例子；不知道的不用写",
            "write one example for each answer; leave out what is not known",
        ),
    )
}

/// MB0302: a state that a condition cannot have.
pub fn unknown_state(state: &Spanned<String>) -> Diagnostic {
    with_hint(
        &codes::UNKNOWN_OPTION,
        state.span,
        format!("条件的状态不能是“{}”", state.value),
        format!("a condition cannot be \"{}\"", state.value),
        ("写 是、否 或 未定", "write yes, no or open"),
    )
}
