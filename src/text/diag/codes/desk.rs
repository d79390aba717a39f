//! Codes of the county desk: block 08 of the one table.

use super::Code;
use crate::diag::Severity;

pub static UNFINISHED: Code = Code {
    id: "MB0801",
    severity: Severity::Warning,
    title: ("示例或待填的字样还在", "an example or a gap is left"),
    why: (
        "〔示例〕是 init 写出的，不是政策；〔待填〕是还没有录入的地方。正式发布以前要换掉，免得有人当真。",
        "〔示例〕 was written by init and is no policy; 〔待填〕 marks what was not entered yet. Both must go before the site does, lest somebody believe them.",
    ),
    bad: "title: 〔示例〕2024年受理安排（不是真实安排）",
    good: "title: 右玉县2023年生源地信用助学贷款受理安排",
};
