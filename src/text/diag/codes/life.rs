//! Codes of what becomes of a document: repealed, replaced, withdrawn. Parts of the blocks 02, 07 and 09.

use super::Code;
use crate::diag::Severity;

pub static LIFE_ORDER: Code = Code {
    id: "MB0234",
    severity: Severity::Error,
    title: (
        "废止、代替的先后不对",
        "repealed or replaced in the wrong order",
    ),
    why: (
        "废止、代替一份文件的，是后来的另一份文件；从它印发以后的某一天起，原来的才不再有效。两份文件写反了，或者年份错了，读者会照着作废的那一份办。",
        "A document is repealed or replaced by another one that is newer, from a day after it was issued. If the two are swapped or a year is wrong, readers follow the one that no longer holds.",
    ),
    bad: "issued: 2024-06-01\nrepealed:\n  since: 2020-07-01",
    good: "issued: 2020-07-15\nrepealed:\n  since: 2024-07-01",
};

pub static LIFE_CYCLE: Code = Code {
    id: "MB0235",
    severity: Severity::Error,
    title: (
        "文件自己废止自己，或互相废止",
        "documents that end each other",
    ),
    why: (
        "顺着“被谁废止、被谁代替”找下去，又回到原来的文件：读者永远找不到现在有效的那一份。",
        "Following which document ended which leads back to the first one, so readers never reach the one that holds.",
    ),
    bad: "# jia-2024.md\nrepealed: {notice: jia-2024, …}",
    good: "# jia-2020.md\nrepealed: {notice: jia-2024, …}",
};

pub static WITHDRAWN_CITED: Code = Code {
    id: "MB0236",
    severity: Severity::Error,
    title: (
        "依据的文件已经撤下",
        "a document that was withdrawn is still cited",
    ),
    why: (
        "撤下的文件，原文和里面的事实哪里都不登。安排、名单、自查、别的文件还引着它的话，就等于没有撤下。",
        "The text and the facts of a document that was withdrawn are published nowhere. A schedule, list, self-check or other document that still cites its words would publish them.",
    ),
    bad: "source: jia-2026-plan   # 这份文件里写着 withdrawn",
    good: "source: jia-2026-plan-2",
};

pub static REPEALS_UNSAID: Code = Code {
    id: "MB0717",
    severity: Severity::Advice,
    title: (
        "废止的文件没有写废止",
        "a repealed document does not say so",
    ),
    why: (
        "这份文件的原文说废止另一份，另一份也在本站，却没有写 repealed（废止）：它的页面、日历、搜索还当它有效。",
        "The text of this document repeals another one of this site, which does not have `repealed`. Its page, calendar and search results still treat it as valid.",
    ),
    bad: "《甲县助学贷款工作方案》（甲教〔2020〕1号）同时废止。   # jia-2020.md 没有写",
    good: "# jia-2020.md\nrepealed:\n  notice: jia-2024\n  since: 2024-07-01\n  clause: 九\n  quote: 《甲县助学贷款工作方案》（甲教〔2020〕1号）同时废止",
};

pub static END_DIFFERS: Code = Code {
    id: "MB0908",
    severity: Severity::Error,
    title: (
        "引文没有废止、代替这份文件",
        "the words do not end this document",
    ),
    why: (
        "废止、被代替和别的事实一样，要有原文：引文里要说废止（或代替），那一条要写出被废止的文件的名称或文号，日子也要对得上。",
        "That a document was repealed or replaced is a fact like any other: the words must say so, their clause must name this document by title or number, and the day must agree.",
    ),
    bad: "repealed:\n  notice: jia-2024\n  since: 2024-07-01\n  clause: 九\n  quote: 请各乡镇认真执行",
    good: "repealed:\n  notice: jia-2024\n  since: 2024-07-01\n  clause: 九\n  quote: 本办法自2024年7月1日起施行，《甲县助学贷款工作方案》同时废止",
};
