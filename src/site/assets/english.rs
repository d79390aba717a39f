//! The script of a self-check whose rules are in English: that of the theme with other words.
//!
//! Comes in: `check.js`. Goes out: the same program with the words below, under a name of its own, so that no page loads the
//! words of two languages. A theme that has such a file itself is left as it is.

/// The script that has the words.
pub const FROM: &str = "check.js";

/// The script for rules in English.
pub const NAME: &str = "check.en.js";

/// The script with English words.
pub fn script(chinese: &str) -> String {
    WORDS.iter().fold(chinese.to_owned(), |text, (from, to)| {
        text.replace(from, to)
    })
}

/// Pieces of the script, longer ones before those that are in them.
const WORDS: &[(&str, &str)] = &[
    (
        r"typed(question, value).replace(/-0?(\d+)-0?(\d+)$/, '年$1月$2日') + (question.unit || '')",
        r"((words, unit) => {
      const options = {day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC'};
      if (question.kind === DATE) return new Date(words).toLocaleDateString('en-GB', options);
      if (/^[£€$¥]/.test(unit)) return unit[0] + words + unit.slice(1);
      return words + (unit && unit !== '%' ? ' ' + unit : unit);
    })(typed(question, value), question.unit || '')",
    ),
    (
        r"formula.replace(/[^-\s+×÷*\/(),，（）、“”]+/g, name",
        r"formula.replace(new RegExp(`\\b(?:${questions.concat(values).map(one => one.name.replace(/[^\w\s]/g, '\\$&'))
    .sort((a, b) => b.length - a.length).join('|')})\\b`, 'g'), name",
    ),
    (r"[\s,元¥]", r"[\s,¥£€$]|yuan"),
    (
        "[DATE]: '日期', [MONEY]: '钱数', [DECIMAL]: '数', [NUMBER]: '整数'",
        "[DATE]: 'a day', [MONEY]: 'an amount', [DECIMAL]: 'a number', [NUMBER]: 'a whole number'",
    ),
    (
        "`请写 ${said(question, lowest)}到 ${said(question, highest)}之间的${VALUE_NAMES[kind]}`",
        "`Enter ${VALUE_NAMES[kind]} from ${said(question, lowest)} to ${said(question, highest)}`",
    ),
    (
        "这个网址里的回答读不出来，或者规则已经改过，请重新回答",
        "The answers in this address cannot be read, or the rules have changed: please answer again",
    ),
    (
        "'零一两三四五六七八九十'[doubt.list.length]",
        "doubt.list.length",
    ),
    (
        "原文有${counted}种读法，请向${byId.who.textContent}问清",
        "The text can be read in ${counted} ways. Ask ${byId.who.textContent}",
    ),
    (
        "请选一项；不清楚就按“不知道”",
        "Choose one, or “I do not know”",
    ),
    ("最多还有 ${count} 题", "At most ${count} more to answer"),
    (
        "还有 ${outcomes.length} 种可能",
        "${outcomes.length} outcomes are possible",
    ),
    (
        "不符合的 ${unfit.length} 项",
        "What does not fit: ${unfit.length}",
    ),
    ("，都有：", ", always with: "),
    ("；或者", "; or "),
    ("还差这些才能确定：", "Still needed to be sure:"),
    ("不论哪种结果都有：", "Whatever the outcome:"),
    ("可能的结果：", "Possible outcomes:"),
    ("决定这个结果的回答：", "Answers that decide it:"),
    (
        "改一个回答，结果就变：",
        "One other answer would change the outcome:",
    ),
    ("为什么是这个结果", "Why this outcome"),
    ("也符合：", "Also: "),
    ("（再准一些）", " (more exactly)"),
    ("为什么问：", "Why: "),
    ("没勾的都没有", "None of the others"),
    ("没勾的说不准", "Not sure of the others"),
    ("下一题", "Next"),
    ("不知道", "I do not know"),
    ("只知道大概范围", "I know a range only"),
    ("填写", "Enter"),
    ("请选择", "Choose"),
    ("其他", "Other"),
    ("修改", "Change"),
    ("改为“${option[0]}”", " changed to “${option[0]}”"),
    ("'晚'", "' after'"),
    ("'早'", "' before'"),
    ("'高'", "' above'"),
    ("'低'", "' below'"),
    ("'于 '", "' '"),
    ("'不符合'", "'No'"),
    ("'符合'", "'Yes'"),
    ("'不成立'", "'false'"),
    ("'成立'", "'true'"),
    ("'未定'", "'open'"),
    ("'从'", "'From'"),
    ("'到'", "'to'"),
    ("'至'", "' to '"),
    ("'，'", "', '"),
    ("'：'", "': '"),
    ("'；'", "'; '"),
    ("'、'", "', '"),
];

#[cfg(test)]
mod tests {
    use super::*;

    const CHINESE: &str = include_str!("../../../themes/mingbai/static/check.js");

    #[test]
    fn every_piece_is_in_the_script_and_none_stays() {
        let mut text = CHINESE.to_owned();
        for (from, to) in WORDS {
            assert!(text.contains(from), "{from}");
            text = text.replace(from, to);
        }
        assert_eq!(text, script(CHINESE));
        let is_chinese =
            |sign: char| matches!(sign, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
        for line in text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
        {
            let code = line.split("/**").next().unwrap_or(line);
            assert!(!code.contains(is_chinese), "{line}");
        }
    }
}
