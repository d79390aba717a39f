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
