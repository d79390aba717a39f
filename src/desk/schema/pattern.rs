//! Forms of single values: days, numbers, addresses, as schemas with an example and with words for what is wrong.

use serde_json::{Value, json};

use crate::model::decode::UNSTATED;

/// Nothing is written after a key.
pub(super) fn nothing() -> Value {
    json!({ "type": ["null", "string"], "pattern": "^\\s*$" })
}

/// Days that exist, written with these words between their parts; `zero` is how a leading zero is written.
fn days(year: &str, leap: &str, month: &str, end: &str, zero: &str) -> String {
    let day = format!("{zero}[1-9]|[12][0-9]");
    format!(
        "(?:{year}(?:(?:{zero}[13578]|1[02]){month}(?:{day}|3[01])|(?:{zero}[469]|11){month}(?:{day}|30)|{zero}2{month}(?:{zero}[1-9]|1[0-9]|2[0-8])){end}|{leap}{zero}2{month}29{end})"
    )
}

/// Years with 29 February.
const LEAP: &str = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)";

fn any_day() -> String {
    let year = "[0-9]{4}";
    format!(
        "(?:{}|{})",
        days(&format!("{year}-"), &format!("{LEAP}-"), "-", "", "0"),
        days(
            &format!("{year}年"),
            &format!("{LEAP}年"),
            "月",
            "日?",
            "0?"
        ),
    )
}

fn text(pattern: &str, wrong: &str, examples: &[&str]) -> Value {
    json!({
        "type": "string",
        "pattern": format!("^\\s*(?:{pattern})\\s*$"),
        "patternErrorMessage": wrong,
        "examples": examples,
    })
}

/// A day, or 未载明.
pub(super) fn day() -> Value {
    text(
        &format!("{UNSTATED}|{}", any_day()),
        "写作 2020-07-15，日期要存在 / write 2020-07-15; the day must exist",
        &["2020-07-15"],
    )
}

/// A day with its sense, or 未载明.
pub(super) fn bound() -> Value {
    let yearly = "每年\\s*";
    let every = days(yearly, yearly, "(?:-|月)", "日?", "0?");
    let month = "每年\\s*(?:0?[1-9]|1[0-2])(?:-|月)日?";
    text(
        &format!(
            "{UNSTATED}|(?:(?:不得?[早晚]于|最迟)\\s*)?(?:{}|{every}|{month}|[0-9][^年-]*月[^年-]*)",
            any_day()
        ),
        "写作 2020-07-15、不早于 2020-09-25、不晚于 2020-07-27、每年 01-31，或照录 6月底 / write 2020-07-15, 不早于 2020-09-25, 不晚于 2020-07-27, 每年 01-31, or as printed: 6月底",
        &[
            "2020-07-15",
            "不早于 2020-09-25",
            "不晚于 2020-07-27",
            "每年 01-31",
        ],
    )
}

/// A whole number, or 未载明.
pub(super) fn whole(most: u64) -> Value {
    json!({
        "type": ["integer", "string"],
        "minimum": 0,
        "maximum": most,
        "pattern": format!("^\\s*(?:{UNSTATED}|[0-9０-９]+)\\s*$"),
        "patternErrorMessage": "只写阿拉伯数字，不写单位 / write digits only, without unit",
    })
}

/// A percentage.
pub(super) fn rate() -> Value {
    text(
        "[0-9０-９]{1,3}(?:[.．][0-9０-９]{0,6})?[%％]",
        "带百分号，小数照原文写，如 72.62% / with the sign and the decimals of the text, such as 72.62%",
        &["72.62%"],
    )
}

/// The address of a site.
pub(super) fn address() -> Value {
    text(
        &format!("{UNSTATED}|https?://[^\\s/?#\"'<>\\\\][^\\s?#\"'<>\\\\]*"),
        "网址须以 https:// 或 http:// 开头 / the address must begin with https:// or http://",
        &["https://example.gov.cn/zizhu/"],
    )
}

/// What can be part of an address.
pub(super) fn id() -> Value {
    json!({
        "type": ["string", "integer", "boolean"],
        "pattern": "^\\s*[a-z0-9-]{1,80}\\s*$",
        "patternErrorMessage": "只用小写英文字母、数字和连字符 / lower-case letters, digits and hyphens only",
        "examples": ["youyu-2023"],
    })
}
