//! Shapes of documents (notices, pilot lists, schedules, assessments) and of their parts.

use super::Form::{Bound, Day, List, Listed, Map, Rate, Text, Texts, Whole, Word};
use super::{Form, REWORDS, Rule, Shape, Slot, may, must};

/// Values of `kind`, as offices print them.
const GENRES: &[&str] = &[
    "通知",
    "工作方案",
    "工作指引",
    "操作细则",
    "通报",
    "办法",
    "意见",
    "公告",
];
const PUBLICITY: &[&str] = &["主动公开", "依申请公开", "不予公开", "未载明"];
const AUDIENCES: &[&str] = &["学生", "学生和家长", "机构"];

/// Counts of people and of units.
const COUNT: Form = Whole(u32::MAX as u64);
/// Counts stated in a text.
const STATED_COUNT: Form = Whole(u64::MAX);
/// Years.
const YEAR: Form = Whole(i16::MAX as u64);

/// Keys of all kinds of documents, except title and year.
const COMMON: &[Slot] = &[must("title", Text), may("short", Text)];
static COMMON_REST: &[Slot] = &[
    may("topics", Texts),
    may("summary", List(&Map(&POINT))),
    may("windows", List(&Map(&WINDOW))),
    may("deadlines", List(&Map(&DEADLINE))),
    may("contacts", List(&Map(&CONTACT))),
    may("checked", Map(&CHECKED)),
    may("formerly", Texts),
];

pub static NOTICE: Shape = Shape {
    name: "notice",
    title: ("官方文件（文件头）", "an official document (front matter)"),
    slots: &[
        COMMON,
        &[may("year", YEAR)],
        COMMON_REST,
        &[
            may("source", Text),
            may("description", Text),
            must("number", Text),
            must("kind", Word(GENRES)),
            may("letterhead", Text),
            must("issuers", Texts),
            may("as_printed", Texts),
            may("addressees", Texts),
            may("copies", Texts),
            must("issued", Day),
            may("printed_on", Day),
            may("published", Day),
            may("in_force", Day),
            may("expires", Day),
            may("repealed", Map(&ENDED)),
            may("replaced", Map(&ENDED)),
            may("withdrawn", Map(&WITHDRAWN)),
            must("region", Text),
            must("publicity", Word(PUBLICITY)),
            may("release", Map(&RELEASE)),
            may("index_number", Text),
            may("cites", List(&Map(&CITED))),
            may("attachments", List(&Map(&ATTACHMENT))),
            may("slips", List(&Map(&SLIP))),
            may("corrections", List(&Map(&OWN_CORRECTION))),
            may("omitted", List(&Map(&OMITTED))),
            may("consents", List(&Map(&CONSENT))),
        ],
    ],
    rules: &[],
};

/// Keys of documents that are based on a notice.
const DATED: &[Slot] = &[must("year", YEAR)];
const SOURCE: &[Slot] = &[must("source", Text), may("description", Text)];

pub static PILOT_LIST: Shape = Shape {
    name: "pilot-list",
    title: ("试点名单", "a pilot list"),
    slots: &[
        COMMON,
        DATED,
        COMMON_REST,
        SOURCE,
        &[
            must("programme", Text),
            must("region", Text),
            must("clause", Text),
            may("quote", Text),
            may("stated", List(&Map(&STATED))),
            may("corrections", List(&Map(&CORRECTION))),
            must("counties", Listed),
        ],
    ],
    rules: &[],
};

pub static ASSESSMENT: Shape = Shape {
    name: "assessment",
    title: ("考核结果", "results of an assessment"),
    slots: &[
        COMMON,
        DATED,
        COMMON_REST,
        SOURCE,
        &[
            must("programme", Text),
            must("region", Text),
            may("bodies", Texts),
            must("clause", Text),
            may("quote", Text),
            may("period", Map(&FACT)),
            may("stages", List(&Map(&FACT))),
            must("grades", List(&Map(&GRADE))),
            may("stated", List(&Map(&STATED))),
            may("corrections", List(&Map(&CORRECTION))),
        ],
    ],
    rules: &[],
};

pub static SCHEDULE: Shape = Shape {
    name: "schedule",
    title: ("县里的受理安排", "the schedule of a county"),
    slots: &[
        COMMON,
        DATED,
        COMMON_REST,
        SOURCE,
        &[
            must("county", Text),
            may("venues", List(&Map(&FACT))),
            may("channels", List(&Map(&FACT))),
            may("quotas", List(&Map(&QUOTA))),
            may("groups", List(&Map(&FACT))),
            may("forms", List(&Map(&FACT))),
            may("guide", List(&Map(&FACT))),
            may("sessions", List(&Map(&SESSION))),
            may("corrections", List(&Map(&OWN_CORRECTION))),
        ],
    ],
    rules: &[],
};

pub static POINT: Shape = Shape {
    name: "point",
    title: (
        "要点：一句平常话",
        "a point of the summary, in everyday words",
    ),
    slots: &[&[
        must("text", Text),
        may("for", Text),
        may("clause", Text),
        may("quote", Text),
        may("derived", Text),
        REWORDS,
        may("unstated", Map(&UNSTATED)),
    ]],
    rules: &[Rule::Either("unstated", &["clause"])],
};

/// Kinds of facts that a text may not state.
const MISSING: &[&str] = &[
    "日期", "数目", "金额", "电话", "机构", "地点", "材料", "方式", "其他",
];

/// In place of `clause` and `quote`.
pub static UNSTATED: Shape = Shape {
    name: "unstated",
    title: (
        "原文未载明：看过哪里，没有写什么",
        "what the text does not state, and where was looked",
    ),
    slots: &[&[
        must("in", Text),
        must("what", Text),
        may("fact", Word(MISSING)),
    ]],
    rules: &[],
};

pub static WINDOW: Shape = Shape {
    name: "window",
    title: ("受理窗口", "a window for applications"),
    slots: &[&[
        must("what", Text),
        may("who", Text),
        may("from", Bound),
        may("until", Bound),
        must("clause", Text),
        must("quote", Text),
        may("note", Text),
        may("derived", Text),
        REWORDS,
    ]],
    rules: &[],
};

pub static DEADLINE: Shape = Shape {
    name: "deadline",
    title: ("时限", "a deadline"),
    slots: &[&[
        must("by", Bound),
        must("who", Text),
        must("for", Word(AUDIENCES)),
        must("what", Text),
        must("clause", Text),
        must("quote", Text),
        may("derived", Text),
        REWORDS,
    ]],
    rules: &[],
};

pub static CONTACT: Shape = Shape {
    name: "contact",
    title: ("联系方式", "a contact"),
    slots: &[&[
        must("office", Text),
        may("duty", Text),
        may("phone", Text),
        may("note", Text),
        REWORDS,
        may("clause", Text),
        may("quote", Text),
    ]],
    rules: &[],
};

pub static CITED: Shape = Shape {
    name: "cited",
    title: ("引用的文件", "a cited document"),
    slots: &[&[
        may("number", Text),
        must("title", Text),
        must("clause", Text),
        may("quote", Text),
        may("notice", Text),
        may("note", Text),
        REWORDS,
    ]],
    rules: &[],
};

pub static ATTACHMENT: Shape = Shape {
    name: "attachment",
    title: ("附件", "an attachment"),
    slots: &[&[
        must("title", Text),
        may("within", Text),
        may("part", Text),
        may("data", Text),
        may("file", Text),
        may("note", Text),
        REWORDS,
    ]],
    rules: &[],
};

pub static OMITTED: Shape = Shape {
    name: "omitted",
    title: ("略去的内容", "what was left out"),
    slots: &[&[
        must("what", Text),
        must("why", Text),
        may("clause", Text),
        may("quote", Text),
    ]],
    rules: &[],
};

pub static RELEASE: Shape = Shape {
    name: "release",
    title: ("公开决定", "the decision to publish"),
    slots: &[&[must("by", Text), must("on", Day), must("basis", Text)]],
    rules: &[],
};

pub static CONSENT: Shape = Shape {
    name: "consent",
    title: (
        "公开姓名的决定",
        "the decision to publish the name of a person",
    ),
    slots: &[&[
        must("name", Text),
        must("by", Text),
        must("on", Day),
        must("basis", Text),
    ]],
    rules: &[],
};

pub static CHECKED: Shape = Shape {
    name: "checked",
    title: ("核对", "who compared it with the official text"),
    slots: &[&[must("on", Day), may("by", Text)]],
    rules: &[],
};

/// The document that ended a notice is one of the site (`notice`), or has a title.
pub static ENDED: Shape = Shape {
    name: "ended",
    title: (
        "被哪份文件废止或代替，从哪天起",
        "which document repealed or replaced it, and since when",
    ),
    slots: &[&[
        may("notice", Text),
        may("title", Text),
        may("number", Text),
        must("since", Day),
        may("clause", Text),
        may("quote", Text),
        may("note", Text),
    ]],
    rules: &[
        Rule::OneOf(&["notice", "title"]),
        Rule::With("notice", &["clause", "quote"]),
    ],
};

pub static WITHDRAWN: Shape = Shape {
    name: "withdrawn",
    title: ("撤下：谁、何时、为什么", "who withdrew it, when, and why"),
    slots: &[&[must("on", Day), must("by", Text), must("why", Text)]],
    rules: &[],
};

/// Whose mistake a correction corrects.
const WHOSE: &[&str] = &["原文", "本站"];

pub static SLIP: Shape = Shape {
    name: "slip",
    title: ("勘误", "a misprint in the official text"),
    slots: &[&[
        must("clause", Text),
        must("printed", Text),
        must("right", Text),
        may("why", Text),
        may("on", Day),
    ]],
    rules: &[],
};

pub static CORRECTION: Shape = Shape {
    name: "correction",
    title: ("更正", "a correction of a list"),
    slots: &[&[
        may("whose", Word(WHOSE)),
        may("what", Text),
        may("clause", Text),
        must("printed", Text),
        must("right", Text),
        may("why", Text),
        may("on", Day),
    ]],
    rules: &[
        Rule::Needs("whose", &["本站"], "on"),
        Rule::Needs("whose", &["本站"], "why"),
    ],
};

/// What this site published wrongly.
pub static OWN_CORRECTION: Shape = Shape {
    name: "own-correction",
    title: ("本站登错的更正", "a correction of a mistake of this site"),
    slots: &[&[
        may("what", Text),
        must("printed", Text),
        must("right", Text),
        must("why", Text),
        must("on", Day),
    ]],
    rules: &[],
};

pub static STATED: Shape = Shape {
    name: "stated",
    title: ("原文说的数目", "a number stated in the text"),
    slots: &[&[
        must("what", Text),
        may("count", STATED_COUNT),
        may("rate", Rate),
        may("of", Text),
        must("clause", Text),
        must("quote", Text),
        may("differs", Text),
        may("derived", Text),
    ]],
    rules: &[Rule::OneOf(&["count", "rate"])],
};

pub static FACT: Shape = Shape {
    name: "fact",
    title: ("一项安排", "one arrangement"),
    slots: &[&[
        may("who", Text),
        may("what", Text),
        may("text", Text),
        may("items", Texts),
        may("note", Text),
        must("clause", Text),
        must("quote", Text),
        may("derived", Text),
        REWORDS,
    ]],
    rules: &[Rule::OneOf(&["what", "text", "items"])],
};

pub static QUOTA: Shape = Shape {
    name: "quota",
    title: ("名额", "a quota"),
    slots: &[&[
        must("group", Text),
        must("per_day", COUNT),
        may("morning", COUNT),
        may("afternoon", COUNT),
        must("clause", Text),
        must("quote", Text),
        may("derived", Text),
        REWORDS,
    ]],
    rules: &[],
};

pub static SESSION: Shape = Shape {
    name: "session",
    title: ("场次", "a session"),
    slots: &[&[
        must("date", Day),
        must("place", Text),
        must("service", Text),
        may("morning", COUNT),
        may("afternoon", COUNT),
        may("phone", Text),
    ]],
    rules: &[],
};

pub static GRADE: Shape = Shape {
    name: "grade",
    title: ("一个等次的名单", "the list of one grade"),
    slots: &[&[
        must("grade", Text),
        may("stated", STATED_COUNT),
        may("clause", Text),
        may("quote", Text),
        must("list", Text),
        must("counties", Listed),
        may("derived", Text),
    ]],
    rules: &[Rule::With("stated", &["clause", "quote"])],
};
