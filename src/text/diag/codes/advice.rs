//! Codes of advice: block 07 of the one table. Advice never blocks; `check` gives it, `build` does not.

use super::Code;
use crate::diag::Severity;

pub static LONG_SENTENCE: Code = Code {
    id: "MB0701",
    severity: Severity::Advice,
    title: ("句子太长", "sentence too long"),
    why: (
        "读到句尾忘了句首，就得从头再读。要点、说明、自查是写给学生和家长的，一句只说一件事。官方原文不改，也不查。",
        "Whoever has forgotten the beginning at the end must read again. Summaries, notes and self-checks are written for students and parents: one thing a sentence. Official text is never changed and not looked at.",
    ),
    bad: "text: 高中时没做预申请，但遇到自然灾害、家里出了变故或确实困难、需要贷款的，县级学生资助管理机构可以在正式受理前，看学生和家里的经济情况给他办预申请。",
    good: "text: 高中时没做预申请，后来遇到自然灾害、家里变故或确实困难的，还可以补办。正式受理前，由县级学生资助管理机构看学生和家里的经济情况办。",
};

pub static TANGLED_SENTENCE: Code = Code {
    id: "MB0702",
    severity: Severity::Advice,
    title: ("句子绕", "sentence that winds"),
    why: (
        "一连几个“的”、括号套括号、否定再否定、“凡……均……”“除……外，不得……”，读的人要在心里拆开再拼。拆开写，拼装的事就不用读者做。",
        "Stacked 的, brackets in brackets, negations of negations and frames such as 凡…均… or 除…外不得… must be taken apart by the reader. Take them apart in writing.",
    ),
    bad: "text: 除孤儿外，不得代办。",
    good: "text: 要本人来办。孤儿可以请人代办。",
};

pub static NO_SUMMARY: Code = Code {
    id: "MB0703",
    severity: Severity::Advice,
    title: ("文件没有要点", "document without a plain-language summary"),
    why: (
        "只有原文，学生和家长多半读不下去。要点用平常话写几句，每一句注明原文哪一条，显示在原文上面。",
        "Few students and parents read an official text alone. A summary says it in a few plain sentences, each with its clause, above the text.",
    ),
    bad: "title: 关于……的通知\n# 没有 summary",
    good: "summary:\n  - text: 7月15日到9月20日受理，每天50名。\n    clause: 一",
};

pub static JARGON: Code = Code {
    id: "MB0704",
    severity: Severity::Advice,
    title: ("行话没有解释", "jargon without explanation"),
    why: (
        "办事的人天天用的词，读的人可能头一回见。换成平常话，或者在 data/glossary.yaml 里解释一次，全站都用得上。",
        "Words that officials use every day may be new to readers. Say it plainly, or explain the word once in data/glossary.yaml for the whole site.",
    ),
    bad: "text: 可以申请展期。",
    good: "text: 可以申请展期（把还款的日子往后推）。",
};

pub static WINDOW_ENDING: Code = Code {
    id: "MB0705",
    severity: Severity::Advice,
    title: ("受理快要截止", "window about to end"),
    why: (
        "最后几天来看的人最多。日期若有变动，延期、提前、改地点，现在就要改。",
        "Most people look in the last days. If the date was moved, or the place, it must be mended now.",
    ),
    bad: "until: 2026-11-24   # 今天是11月20日",
    good: "until: 2026-11-30   # 看过最新的通知，延期了",
};

pub static WINDOWS_OVER: Code = Code {
    id: "MB0706",
    severity: Severity::Advice,
    title: (
        "今年的受理都已结束",
        "all windows of this year's schedule are over",
    ),
    why: (
        "今年的安排里，受理窗口全过去了，后来也没有收录新的通知。有延期、补办的，要补上；没有，就不用改。",
        "All windows of a schedule of the current year are over and no later notice is here. An extension or a second round should be added; if there is none, nothing is to be done.",
    ),
    bad: "year: 2026\nwindows:\n  - {what: 贷款受理, until: 2026-09-20, …}",
    good: "windows:\n  - {what: 贷款受理, until: 2026-09-20, …}\n  - {what: 补办, from: 2026-11-25, until: 2026-12-05, …}",
};

pub static EXPIRED_SOURCE: Code = Code {
    id: "MB0707",
    severity: Severity::Advice,
    title: ("依据的文件过了期", "source that has expired"),
    why: (
        "今年的安排、自查依据的文件已经过了失效日期，或者文件里的日子排到了它自己失效以后，两边说的对不上。",
        "A schedule or self-check in use rests on a notice past its date of expiry, or a notice has dates that lie after its own expiry: one of both is wrong.",
    ),
    bad: "expires: 2025-12-31   # 2026年的安排还以它为依据",
    good: "source: jia-2026-plan   # 换成今年的文件，或更正失效日期",
};

pub static NO_PHONE: Code = Code {
    id: "MB0708",
    severity: Severity::Advice,
    title: ("没有可以打的电话", "no number to call"),
    why: (
        "看不明白的人第一件事是打电话。写单位的公用电话，不写个人的；确实没有的，写“未载明”。",
        "Whoever does not understand will call first. Write an office's public number, never a person's; where there is none, write 未载明.",
    ),
    bad: "contacts:\n  - office: 某县学生资助管理中心",
    good: "contacts:\n  - office: 某县学生资助管理中心\n    phone: 未载明",
};

pub static TABLE_UNNAMED: Code = Code {
    id: "MB0709",
    severity: Severity::Advice,
    title: ("表格没有名称", "table without a name"),
    why: (
        "表格前面的标题或者一句话，就是它的名称，读屏软件会先念。一上来就是表格，听的人不知道表里是什么。",
        "The heading or the line before a table names it; screen readers say it first. Without one nobody who listens knows what the table is about.",
    ),
    bad: "| 市 | 县 |\n| --- | --- |",
    good: "各市的试点县：\n\n| 市 | 县 |\n| --- | --- |",
};

pub static IMAGE_WITHOUT_WORDS: Code = Code {
    id: "MB0710",
    severity: Severity::Advice,
    title: ("图片没有文字说明", "image without words"),
    why: (
        "看不见图片的人（读屏软件、图没有下载完）只能靠方括号里的话。",
        "Whoever cannot see the picture, by screen reader or because it did not load, has only the words in the square brackets.",
    ),
    bad: "![](/images/hall.png)",
    good: "![教育局一楼大厅的取号机](/images/hall.png)",
};

pub static UNCONFIRMED: Code = Code {
    id: "MB0711",
    severity: Severity::Advice,
    title: ("还有没核对的地方", "something still to be confirmed"),
    why: (
        "导入时拿不准的地方，文件里记了“# 待核”。对着原文看过，改好，再删去这一行注释。",
        "Where an import was not sure it left a comment \"# 待核\". Compare with the official text, mend, and remove the comment.",
    ),
    bad: "issued: 2026-07-15   # 待核：落款只有月和日",
    good: "issued: 2026-07-15",
};

pub static EMPTY_LINK_WORDS: Code = Code {
    id: "MB0712",
    severity: Severity::Advice,
    title: ("链接的字没有说去哪里", "link whose words say nothing"),
    why: (
        "读屏软件可以只念链接。念出来是一串“点击这里”，就不知道哪个是哪个。",
        "Screen readers can read the links alone; a row of \"click here\" says nothing.",
    ),
    bad: "方案[点击这里](/notices/jia-2026.html)",
    good: "见[甲县2026年受理方案](/notices/jia-2026.html)",
};
