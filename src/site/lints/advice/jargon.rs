//! Words of offices and banks that nothing explains.
//!
//! MB0704. Checks what students and parents read first (summaries, self-checks, topics). No advice is given if the
//! glossary, the name of a topic or the text itself explains the word.

use std::collections::BTreeSet;

use super::passages::Passage;
use crate::diag::{Diagnostic, Sink, codes};
use crate::model::Model;

/// Words that readers may not know, and plainer words for them. Reviewed by hand: the table contains only words that
/// occur in documents about student aid or of banks and that have a plainer word of the same meaning.
const JARGON: [(&str, &str); 64] = [
    // money and banks
    ("展期", "把还款的日子往后推"),
    ("宽限期", "先不用还本金的那段时间"),
    ("贴息", "利息由财政付"),
    ("代偿", "替借款人还"),
    ("罚息", "没有按时还，多收的利息"),
    ("复利", "利息再算利息"),
    ("计息", "算利息"),
    ("起息", "开始算利息"),
    ("结息", "结算利息"),
    ("本息", "本金和利息"),
    ("授信", "银行答应借的数额"),
    ("放款", "把贷款打出去"),
    ("划拨", "把钱转过去"),
    ("划付", "把钱转过去"),
    ("拨付", "把钱发下去"),
    ("归集", "收到一起"),
    ("核销", "从账上销掉"),
    ("呆账", "收不回来的贷款"),
    ("坏账", "收不回来的贷款"),
    ("不良率", "没有按时还的贷款占多少"),
    ("不良贷款", "没有按时还的贷款"),
    ("逾期", "过了该还的日子没有还"),
    ("催收", "催着还钱"),
    ("征信", "借钱还钱的信用记录"),
    ("失信被执行人", "法院公布的欠债不还的人"),
    ("连带责任", "借款人不还，就由他还"),
    ("共同借款人", "和学生一起借、一起还的人"),
    ("质押", "把东西押给银行"),
    ("风险补偿金", "防备贷款收不回来的一笔钱"),
    ("结余奖励资金", "风险补偿金用剩下、奖给各地的钱"),
    ("基准利率", "国家公布的利率"),
    ("浮动利率", "会变的利率"),
    ("贷后管理", "放款以后的管理"),
    ("递延收益", "先记账、以后才算的收入"),
    ("专账", "单独记的账"),
    // how offices work
    ("应贷尽贷", "符合条件的都能贷"),
    ("应助尽助", "符合条件的都帮助"),
    ("首贷", "第一次贷款"),
    ("续贷", "以前贷过，再接着贷"),
    ("预申请", "提前提出的申请"),
    ("生源地信用助学贷款", "在家所在的县办的助学贷款"),
    ("校园地国家助学贷款", "在学校办的助学贷款"),
    ("建档立卡", "登记过的贫困户"),
    ("特困供养", "由国家供养的特别困难的人"),
    ("民事行为能力", "自己作主、自己负责的能力"),
    ("法定代理人", "依法代他办事的人，多是父母"),
    ("告知承诺制", "签字保证就不用交证明"),
    ("容缺受理", "材料差一点，先收下再补"),
    ("属地管理", "由所在的地方管"),
    ("管理半径", "要管的地方有多远"),
    ("数字证书", "网上证明身份的文件"),
    ("动态口令", "每次变的密码"),
    ("电子公章", "网上用的公章"),
    ("合同电子化", "合同在网上签"),
    ("台账", "登记的账本"),
    ("研判", "分析判断"),
    ("督办", "催办"),
    ("问责", "追究责任"),
    ("兜底", "最后由它管"),
    ("压实责任", "说清谁负责"),
    ("闭环", "有头有尾"),
    ("抓手", "办法"),
    ("常态化", "经常"),
    ("精准资助", "帮到真正困难的人"),
];

/// Text after a word that introduces its explanation.
const EXPLAINS: [&str; 10] = [
    "就是",
    "，就是",
    "是指",
    "，是指",
    "指的是",
    "，指",
    "，是",
    "，也就是",
    "，即",
    "的意思",
];

/// Brackets with at least this many characters after a word explain it; shorter ones contain a number or a year.
const SAID_IN_BRACKETS: usize = 4;

/// Words that the site explains: terms of the glossary and names of topics.
pub(super) struct Known(Vec<String>);

impl Known {
    /// The explained words of a site.
    pub fn new(model: &Model) -> Self {
        let terms = model.glossary.iter().flat_map(|term| term.names());
        let topics = model.topics.iter().filter(|topic| topic.about.is_some());
        let names = topics.map(|topic| topic.name.as_str());
        Self(terms.chain(names).map(str::to_owned).collect())
    }

    /// Whether the word at `at` is explained, or is part of an explained word.
    fn covers(&self, text: &str, at: usize, word: &str) -> bool {
        self.0.iter().any(|known| {
            known.match_indices(word).any(|(inside, _)| {
                at.checked_sub(inside)
                    .and_then(|start| text.get(start..))
                    .is_some_and(|rest| rest.starts_with(known.as_str()))
            })
        })
    }
}

/// Reports each word once per file, at its first occurrence.
pub(super) fn check(known: &Known, passages: &[Passage], sink: &mut Sink) {
    let mut reported: BTreeSet<&str> = BTreeSet::new();
    for passage in passages.iter().filter(|passage| passage.plain) {
        for (word, plain) in JARGON {
            if reported.contains(word) {
                continue;
            }
            let text = passage.text.as_str();
            let Some(at) = text
                .match_indices(word)
                .map(|(at, _)| at)
                .find(|&at| !is_longer(text, at, word) && !known.covers(text, at, word))
            else {
                continue;
            };
            reported.insert(word);
            if explained(text, at, word) {
                continue;
            }
            sink.push(
                Diagnostic::new(
                    &codes::JARGON,
                    passage.span(at..at + word.len()),
                    format!("“{word}”没有解释"),
                    format!("\"{word}\" is not explained"),
                )
                .hint(
                    format!("换成“{plain}”这样的话，或者在 data/glossary.yaml 里解释一次"),
                    "use plain words, or explain the term once in data/glossary.yaml",
                ),
            );
        }
    }
}

/// Whether a longer word of the table starts here, which is reported instead.
fn is_longer(text: &str, at: usize, word: &str) -> bool {
    JARGON.iter().any(|(longer, _)| {
        longer.len() > word.len()
            && longer.match_indices(word).any(|(inside, _)| {
                at.checked_sub(inside)
                    .and_then(|start| text.get(start..))
                    .is_some_and(|rest| rest.starts_with(longer))
            })
    })
}

/// Whether the text itself explains the word.
fn explained(text: &str, at: usize, word: &str) -> bool {
    let (before, after) = (&text[..at], &text[at + word.len()..]);
    let after = after.trim_start_matches(['”', '》']);
    let before = before.trim_end_matches(['“', '《']);
    if EXPLAINS.iter().any(|words| after.starts_with(words)) || before.ends_with('叫') {
        return true;
    }
    let inner = after.strip_prefix(['（', '(']);
    let said = inner.and_then(|inner| inner.split(['）', ')']).next());
    // 先不用还本金的那段时间（宽限期）
    let is_aside = before.ends_with(['（', '(']) && after.starts_with(['）', ')']);
    is_aside || said.is_some_and(|said| said.chars().count() >= SAID_IN_BRACKETS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_can_explain_a_word_itself() {
        let explained = |text: &str| {
            let at = text.find("展期").expect("the word");
            super::explained(text, at, "展期")
        };
        for text in [
            "可以展期（把还款的日子往后推）",
            "展期就是晚些还",
            "“展期”，是把日子往后推",
            "晚些还（展期）",
            "这叫展期",
        ] {
            assert!(explained(text), "{text}");
        }
        for text in ["可以展期", "展期（一年）", "展期要申请"] {
            assert!(!explained(text), "{text}");
        }
    }

    #[test]
    fn no_word_stands_twice_and_every_one_has_plain_words() {
        let words: BTreeSet<_> = JARGON.iter().map(|(word, _)| word).collect();
        assert_eq!(words.len(), JARGON.len());
        assert!(JARGON.iter().all(|(word, plain)| !plain.contains(word)));
    }
}
