//! Shapes of a self-check's file; what conditions say is read by `read/conditions.rs`.

use mingbai_forms::shape::Form::{
    Condition, Day, List, Map, Names, OneOrMore, Options, Text, Texts, Whole, Word,
};
use mingbai_forms::shape::{CHECKED, REWORDS, Rule, Shape, Slot, UNSTATED, may, must};

/// Types of questions, in both languages.
const TYPES: &[&str] = &[
    "是否",
    "单选",
    "整数",
    "金额",
    "小数",
    "日期",
    "省",
    "市",
    "县",
    "yes/no",
    "choice",
    "number",
    "money",
    "decimal",
    "date",
    "province",
    "prefecture",
    "county",
];
const LANGUAGES: &[&str] = &["zh-Hans", "en", "中文", "English"];
const CHOICE: &[&str] = &["单选", "choice"];
const MEASURED: &[&str] = &["整数", "金额", "小数", "number", "money", "decimal"];
const RANGED: &[&str] = &[
    "整数", "金额", "小数", "日期", "number", "money", "decimal", "date",
];
const COUNTED: &[&str] = RANGED;
const DATE: &[&str] = &["日期", "date"];
const PLACES: &[&str] = &["省", "市", "县", "province", "prefecture", "county"];
const VERDICTS: &[&str] = &[
    "符合",
    "不符合",
    "看情况",
    "说明",
    "fits",
    "fits_not",
    "depends",
    "neutral",
];

/// What an outcome gives and asks: names of provisions.
const ATTRIBUTES: &[Slot] = &[
    may("benefit", Texts),
    may("documents", Texts),
    may("form", Texts),
    may("office", Texts),
    may("time", Texts),
    may("next", Texts),
    may("caution", Texts),
];

/// The whole file.
pub static CHECK: Shape = Shape {
    name: "check",
    title: ("自查", "a self-check"),
    slots: &[&[
        must("title", Text),
        may("short", Text),
        must("description", Text),
        must("source", Text),
        may("year", Whole(i16::MAX as u64)),
        must("region", Text),
        may("topics", Texts),
        may("lang", Word(LANGUAGES)),
        must("checked", Map(&CHECKED)),
        must("questions", Names(&Map(&QUESTION), true)),
        may("household", Names(&Map(&HOUSEHOLD), false)),
        may("doubts", Names(&Map(&DOUBT), false)),
        may("parameters", Names(&Map(&PARAMETER), false)),
        may("conditions", Names(&Condition, false)),
        may("provisions", Names(&Map(&PROVISION), false)),
        may("values", Names(&Map(&COMPUTED), false)),
        may("ask_first", Texts),
        may("tick_list", OneOrMore(&TICK_LIST)),
        must("decisions", Names(&Map(&DECISION), true)),
        must("examples", List(&Map(&EXAMPLE))),
    ]],
    rules: &[Rule::Filled("examples")],
};

/// A question.
pub static QUESTION: Shape = Shape {
    name: "question",
    title: ("问题", "a question"),
    slots: &[&[
        must("ask", Text),
        must("type", Word(TYPES)),
        must("why", Text),
        may("help", Text),
        may("usual", Text),
        may("options", Options),
        may("range", Text),
        may("unit", Text),
        may("default", Text),
        may("region", Text),
        may("elsewhere", Text),
        may("clause", Text),
        may("quote", Text),
    ]],
    rules: &[
        Rule::Only("options", "type", CHOICE),
        Rule::Only("range", "type", RANGED),
        Rule::Only("unit", "type", MEASURED),
        Rule::Only("default", "type", DATE),
        Rule::Only("region", "type", PLACES),
        Rule::Only("elsewhere", "type", PLACES),
        Rule::Needs("type", CHOICE, "options"),
        Rule::Needs("type", RANGED, "range"),
        Rule::Needs("type", PLACES, "region"),
        Rule::With("clause", &["quote"]),
        Rule::With("quote", &["clause"]),
    ],
};

/// Members of whom the same is asked.
pub static HOUSEHOLD: Shape = Shape {
    name: "household",
    title: ("家庭成员", "members of a household"),
    slots: &[&[
        must("count", Text),
        must("questions", Names(&Map(&QUESTION), true)),
        may("conditions", Names(&Condition, false)),
    ]],
    rules: &[],
};

/// A place of the text that can be read in several ways.
pub static DOUBT: Shape = Shape {
    name: "doubt",
    title: ("存疑", "a doubt"),
    slots: &[&[
        must("ask", Text),
        must("readings", Options),
        must("clause", Text),
        must("quote", Text),
    ]],
    rules: &[],
};

/// A threshold that changes with time.
pub static PARAMETER: Shape = Shape {
    name: "parameter",
    title: ("参数", "a parameter"),
    slots: &[&[
        must("type", Word(MEASURED)),
        must("by", Text),
        may("unit", Text),
        must("values", List(&Map(&VALUE))),
    ]],
    rules: &[],
};

/// The value of a parameter in one period; without `until` it has no end.
pub static VALUE: Shape = Shape {
    name: "value",
    title: (
        "参数在一段时间里的取值",
        "the value of a parameter for a time",
    ),
    slots: &[&[
        must("from", Day),
        may("until", Day),
        must("value", Text),
        may("clause", Text),
        may("quote", Text),
        may("source", Text),
    ]],
    rules: &[Rule::Unless("source", &["clause", "quote"])],
};

/// What the text gives or asks.
pub static PROVISION: Shape = Shape {
    name: "provision",
    title: ("规定", "a provision"),
    slots: &[&[
        must("text", Text),
        may("clause", Text),
        may("quote", Text),
        may("unstated", Map(&UNSTATED)),
        may("derived", Text),
        REWORDS,
    ]],
    rules: &[Rule::Either("unstated", &["clause", "quote"])],
};

/// A condition with its citation.
pub static CITED_CONDITION: Shape = Shape {
    name: "cited-condition",
    title: ("有出处的条件", "a condition with its citation"),
    slots: &[&[
        must("when", Condition),
        may("derived", Text),
        may("clause", Text),
        may("quote", Text),
        may("redundant", Text),
    ]],
    rules: &[Rule::Unless("redundant", &["clause", "quote"])],
};

/// A value that the rules compute.
pub static COMPUTED: Shape = Shape {
    name: "computed",
    title: ("要算出来的取值", "a computed value"),
    slots: &[&[
        must("ask", Text),
        must("type", Word(COUNTED)),
        may("unit", Text),
        may("formula", Text),
        may("cases", List(&Map(&CASE))),
        may("table", Map(&TABLE)),
        may("clause", Text),
        may("quote", Text),
        may("unstated", Map(&UNSTATED)),
        may("derived", Text),
    ]],
    rules: &[
        Rule::OneOf(&["formula", "cases", "table"]),
        Rule::Filled("cases"),
        Rule::Either("unstated", &["clause", "quote"]),
    ],
};

/// One case of a computed value.
pub static CASE: Shape = Shape {
    name: "case",
    title: ("取值的一种情况", "a case of a computed value"),
    slots: &[&[
        must("when", Condition),
        must("is", Text),
        may("derived", Text),
        may("clause", Text),
        may("quote", Text),
    ]],
    rules: &[
        Rule::With("clause", &["quote"]),
        Rule::With("quote", &["clause"]),
    ],
};

/// A computed value as a table.
pub static TABLE: Shape = Shape {
    name: "table",
    title: ("取值的表格", "the table of a computed value"),
    slots: &[&[
        must("rows", Text),
        may("columns", Text),
        may("heads", Texts),
        must("cells", Names(&Texts, true)),
    ]],
    rules: &[
        Rule::With("columns", &["heads"]),
        Rule::With("heads", &["columns"]),
    ],
};

/// Yes/no questions on one page of boxes.
pub static TICK_LIST: Shape = Shape {
    name: "tick-list",
    title: ("勾选页", "a tick list"),
    slots: &[&[must("ask", Text), must("questions", Texts)]],
    rules: &[],
};

/// A question that the rules answer.
pub static DECISION: Shape = Shape {
    name: "decision",
    title: ("判断", "a decision"),
    slots: &[&[
        must("ask", Text),
        may("overlap", Text),
        must("outcomes", List(&Map(&OUTCOME))),
    ]],
    rules: &[Rule::Filled("outcomes")],
};

/// One answer of a decision.
pub static OUTCOME: Shape = Shape {
    name: "outcome",
    title: ("结果", "an outcome"),
    slots: &[
        &[
            must("name", Text),
            must("when", Condition),
            must("verdict", Word(VERDICTS)),
            must("text", Text),
            may("clause", Text),
            may("quote", Text),
            may("unstated", Map(&UNSTATED)),
            may("derived", Text),
            REWORDS,
            may("values", Texts),
        ],
        ATTRIBUTES,
    ],
    rules: &[Rule::Either("unstated", &["clause", "quote"])],
};

/// A worked case.
pub static EXAMPLE: Shape = Shape {
    name: "example",
    title: ("例子", "a worked example"),
    slots: &[
        &[
            must("name", Text),
            may("answers", Names(&Texts, false)),
            must("expect", Names(&Texts, false)),
            may("values", Names(&Text, false)),
            may("holds", Names(&Text, false)),
            may("missing", Texts),
        ],
        ATTRIBUTES,
    ],
    rules: &[],
};
