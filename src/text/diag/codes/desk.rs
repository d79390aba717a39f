//! Codes of the county desk: block 08 of the table.

use super::Code;
use crate::diag::Severity;

pub static UNFINISHED: Code = Code {
    id: "MB0801",
    severity: Severity::Warning,
    title: ("示例或待填的字样还在", "example text or placeholder left"),
    why: (
        "〔示例〕是 init 写出的，不是政策；〔待填〕是还没有录入的地方。正式发布以前要换掉，免得有人当真。",
        "〔示例〕 marks example text written by init, which is not a policy. 〔待填〕 marks a value that has not been entered. Replace both before you publish, so that nobody takes them as real.",
    ),
    bad: "title: 〔示例〕2024年受理安排（不是真实安排）",
    good: "title: 右玉县2023年生源地信用助学贷款受理安排",
};

pub static DRAFT: Code = Code {
    id: "MB0802",
    severity: Severity::Error,
    title: ("草稿不能发布", "a draft cannot be published"),
    why: (
        "有“# 待核”的文件是草稿：导入时拿不准的，还没有人对着原文看过。核对一处，改好，删去那一行；全部核对完，才能生成网站。只想看样子，用 mingbai serve 或 mingbai build --draft。",
        "A file with \"# 待核\" comments is a draft: the import was not sure, and nobody has compared the value with the official text. Compare, correct, then delete the line; the site is built once all are gone. To look at it before that, use mingbai serve or mingbai build --draft.",
    ),
    bad: "issued: 2026-07-15   # 待核：落款只有月和日",
    good: "issued: 2026-07-15",
};
