//! Codes of the search vocabulary: block 06 of the table.

use super::Code;
use crate::diag::Severity;

pub static WORD_NOWHERE: Code = Code {
    id: "MB0601",
    severity: Severity::Advice,
    title: (
        "搜索用的词哪里也没有",
        "search phrase does not occur on the site",
    ),
    why: (
        "同义词跟着原文的词走；原文里没有这个词，这一行就帮不到任何人，多半是写错了一个字。",
        "Synonyms belong to words in the texts. If no text contains the word, the row helps nobody; usually one character is wrong.",
    ),
    bad: "synonyms:\n  - {texts: [还款求助], also: [代还]}",
    good: "synonyms:\n  - {texts: [还款救助], also: [代还]}",
};

pub static BAD_READING: Code = Code {
    id: "MB0602",
    severity: Severity::Error,
    title: ("读音与词对不上", "reading does not match the word"),
    why: (
        "词有几个字，后面就写几个音，用空格分开，不带声调；少一个音，拼音就找不到它。",
        "Write one syllable per character after the word, separated by spaces and without tones. If a syllable is missing, pinyin search does not find the word.",
    ),
    bad: "pinyin: [还款 huan]",
    good: "pinyin: [还款 huan kuan]",
};

pub static EMPTY_PHRASE: Code = Code {
    id: "MB0603",
    severity: Severity::Error,
    title: ("搜索用的说法不能这样写", "phrase that search cannot use"),
    why: (
        "说法由汉字组成（同义词也可以有字母和数字），不超过十个字；一个汉字到处都有，作同义词会把人带错地方。",
        "A phrase has at most ten Chinese characters (a synonym may also contain letters and digits). A single character occurs everywhere, so as a synonym it would give misleading results.",
    ),
    bad: "synonyms:\n  - {texts: [死亡], also: [死]}",
    good: "synonyms:\n  - {texts: [死亡], also: [去世, 过世]}",
};
