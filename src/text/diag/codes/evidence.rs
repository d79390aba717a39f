//! Codes of the comparison with the official words.

use super::Code;
use crate::diag::Severity;

pub static DAY_DIFFERS: Code = Code {
    id: "MB0901",
    severity: Severity::Error,
    title: (
        "日子的年份、界限或首尾与引文不符",
        "year, bound or end of a day differs from the words",
    ),
    why: (
        "引文里有这个月日，但年份不同，或者一个是期限、一个不是，或者首尾颠倒。“不得早于9月25日”不是截止日，“7月27日前”不是开始日。",
        "The words give this month and day, but with another year, another bound, or as the other end of the period. 不得早于9月25日 closes nothing, and 7月27日前 is not a first day.",
    ),
    bad: "until: 2020-09-25\nquote: 截止时间不得早于9月25日",
    good: "until: 不早于 2020-09-25\nquote: 截止时间不得早于9月25日",
};

pub static NUMBER_DIFFERS: Code = Code {
    id: "MB0902",
    severity: Severity::Error,
    title: ("数目与引文不符", "number differs from the words"),
    why: (
        "写下的数目（名额、总数、百分数、标准、电话）要和引文里的一样，数的也要是同一样东西。",
        "A number (quota, total, percentage, threshold) must be the one that the words give, of the same thing.",
    ),
    bad: "per_day: 80\nquote: 每天受理60名（上午30名、下午30名）",
    good: "per_day: 60\nquote: 每天受理60名（上午30名、下午30名）",
};

pub static NAME_DIFFERS: Code = Code {
    id: "MB0903",
    severity: Severity::Error,
    title: ("名称与引文不符", "name differs from the words"),
    why: (
        "地点、材料、群体、单位、电话、文号要照引文写。",
        "Venues, papers, groups, offices, telephone numbers and document numbers are written as in the words.",
    ),
    bad: "what: 教育局二楼\nquote: 在教育局一楼大厅",
    good: "what: 教育局一楼大厅\nquote: 在教育局一楼大厅",
};

pub static SENTENCE_ADDS: Code = Code {
    id: "MB0904",
    severity: Severity::Error,
    title: (
        "说了原文没有说的话",
        "a sentence says what the official words do not say",
    ),
    why: (
        "平常话可以换个说法，但数目、日子、名称和“全部、必须、不得”这样的分寸不能变。",
        "A sentence in everyday words may rephrase the text, but must not change a number, a day, a name or what the text demands (全部, 必须, 不得).",
    ),
    bad: "text: 可以申请代偿一半\nquote: 可以申请一次性代偿全部应还本息",
    good: "text: 可以申请一次还清全部应还的本息\nquote: 可以申请一次性代偿全部应还本息",
};

pub static YEAR_DIFFERS: Code = Code {
    id: "MB0905",
    severity: Severity::Error,
    title: (
        "年度、日期或地区与文件不符",
        "year, date or region differs from the document",
    ),
    why: (
        "年度、成文日期、文号的年份、地区要和标题、版头、落款写的一样。",
        "The year, the dates, the year of the document number and the region must be those of the title, letterhead and signature.",
    ),
    bad: "title: 2023年受理安排\nyear: 2031",
    good: "title: 2023年受理安排\nyear: 2023",
};

pub static NEEDLESS_DERIVED: Code = Code {
    id: "MB0906",
    severity: Severity::Error,
    title: ("不必写推出的理由", "`derived` without need"),
    why: (
        "derived（推出）说明原文没有印、但可以从原文数出来的数。原文印着的数不用它。",
        "`derived` explains a number that the text does not print but implies. A number that is printed does not need it.",
    ),
    bad: "per_day: 60\nderived: 30 + 30\nquote: 每天60名（上午30名、下午30名）",
    good: "per_day: 60\nquote: 每天60名（上午30名、下午30名）",
};

pub static DIVISION_DIFFERS: Code = Code {
    id: "MB0907",
    severity: Severity::Warning,
    title: ("区划与同一版不符", "a division differs from its edition"),
    why: (
        "网站带着自己的一份区划，版本和程序自带的相同，内容却不一样。同一版只有一种写法，改错一个字，一个县就找不到自己的页面。",
        "The site has its own copy of the divisions. Its editions are those of the program, but a line differs. An edition has one wording; with a wrong character, a county does not find its page.",
    ),
    bad: "- 140623 右王县 yòu-wáng-xiàn",
    good: "- 140623 右玉县 yòu-yù-xiàn",
};
