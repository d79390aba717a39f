//! Codes of advice: block 07 of the table. Advice never blocks a build. `check` gives it, `build` does not.

use super::Code;
use crate::diag::Severity;

pub static LONG_SENTENCE: Code = Code {
    id: "MB0701",
    severity: Severity::Advice,
    title: ("句子太长", "sentence too long"),
    why: (
        "读到句尾忘了句首，就得从头再读。要点、说明、自查是写给学生和家长的，一句只说一件事。官方原文不改，也不查。",
        "A reader who has forgotten the beginning of a sentence by its end has to start over. Summaries, notes and self-checks are written for students and parents, so say one thing per sentence. Official text is neither changed nor checked.",
    ),
    bad: "text: 高中时没做预申请，但遇到自然灾害、家里出了变故或确实困难、需要贷款的，县级学生资助管理机构可以在正式受理前，看学生和家里的经济情况给他办预申请。",
    good: "text: 高中时没做预申请，后来遇到自然灾害、家里变故或确实困难的，还可以补办。正式受理前，由县级学生资助管理机构看学生和家里的经济情况办。",
};

pub static TANGLED_SENTENCE: Code = Code {
    id: "MB0702",
    severity: Severity::Advice,
    title: ("句子绕", "convoluted sentence"),
    why: (
        "一连几个“的”、括号套括号、否定再否定、“凡……均……”“除……外，不得……”，读的人要在心里拆开再拼。拆开写，拼装的事就不用读者做。",
        "The reader has to take apart chains of 的, nested brackets, double negatives and patterns such as 凡…均… or 除…外，不得…. Write separate sentences instead.",
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
        "Few students and parents can read through an official text. A summary says the same in a few plain sentences, each with its clause, and is shown above the text.",
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
        "Words that officials use every day may be new to readers. Use plain words, or explain the term once in data/glossary.yaml for the whole site.",
    ),
    bad: "text: 可以申请展期。",
    good: "text: 可以申请展期（把还款的日子往后推）。",
};

pub static WINDOW_ENDING: Code = Code {
    id: "MB0705",
    severity: Severity::Advice,
    title: ("受理快要截止", "window ending soon"),
    why: (
        "最后几天来看的人最多。日期若有变动，延期、提前、改地点，现在就要改。",
        "Most people visit in the last days. If the dates or the place changed, update them now.",
    ),
    bad: "until: 2026-11-24   # 今天是11月20日",
    good: "until: 2026-11-30   # 看过最新的通知，延期了",
};

pub static WINDOWS_OVER: Code = Code {
    id: "MB0706",
    severity: Severity::Advice,
    title: (
        "今年的受理都已结束",
        "all windows of this year's schedule have ended",
    ),
    why: (
        "今年的安排里，受理窗口全过去了，后来也没有收录新的通知。有延期、补办的，要补上；没有，就不用改。",
        "All windows in this year's schedule have ended and no later notice has been added. If there is an extension or a second round, add it. If not, nothing needs to change.",
    ),
    bad: "year: 2026\nwindows:\n  - {what: 贷款受理, until: 2026-09-20, …}",
    good: "windows:\n  - {what: 贷款受理, until: 2026-09-20, …}\n  - {what: 补办, from: 2026-11-25, until: 2026-12-05, …}",
};

pub static EXPIRED_SOURCE: Code = Code {
    id: "MB0707",
    severity: Severity::Advice,
    title: ("依据的文件过了期", "source document has expired"),
    why: (
        "今年的安排、自查依据的文件已经过了失效日期，或者文件里的日子排到了它自己失效以后，两边说的对不上。",
        "A current schedule or self-check is based on a document that has expired, or a document has dates after its own expiry. One of the two is wrong.",
    ),
    bad: "expires: 2025-12-31   # 2026年的安排还以它为依据",
    good: "source: jia-2026-plan   # 换成今年的文件，或更正失效日期",
};

pub static NO_PHONE: Code = Code {
    id: "MB0708",
    severity: Severity::Advice,
    title: ("没有可以打的电话", "no phone number"),
    why: (
        "看不明白的人第一件事是打电话。写单位的公用电话，不写个人的；确实没有的，写“未载明”。",
        "The first thing people do when they do not understand is call. Give the public number of an office, never a personal one. If there is none, write 未载明.",
    ),
    bad: "contacts:\n  - office: 某县学生资助管理中心",
    good: "contacts:\n  - office: 某县学生资助管理中心\n    phone: 未载明",
};

pub static TABLE_UNNAMED: Code = Code {
    id: "MB0709",
    severity: Severity::Advice,
    title: ("表格没有名称", "table without a caption"),
    why: (
        "表格前面的标题或者一句话，就是它的名称，读屏软件会先念。一上来就是表格，听的人不知道表里是什么。",
        "The heading or sentence before a table is its caption, and screen readers read it first. Without one, listeners do not know what the table is about.",
    ),
    bad: "| 市 | 县 |\n| --- | --- |",
    good: "各市的试点县：\n\n| 市 | 县 |\n| --- | --- |",
};

pub static IMAGE_WITHOUT_WORDS: Code = Code {
    id: "MB0710",
    severity: Severity::Advice,
    title: ("图片没有文字说明", "image without alternative text"),
    why: (
        "看不见图片的人（读屏软件、图没有下载完）只能靠方括号里的话。",
        "Readers who cannot see the image (with a screen reader, or because it did not load) have only the text in the square brackets.",
    ),
    bad: "![](/images/hall.png)",
    good: "![教育局一楼大厅的取号机](/images/hall.png)",
};

pub static UNCONFIRMED: Code = Code {
    id: "MB0711",
    severity: Severity::Advice,
    title: ("还有没核对的地方", "unconfirmed value"),
    why: (
        "草稿里还有“# 待核”。check --draft 接受草稿，只列出还要核对什么；不带 --draft，这就是错误（MB0802）。",
        "A draft still has \"# 待核\" comments. check --draft accepts drafts and only lists what is to be confirmed; without --draft this is an error (MB0802).",
    ),
    bad: "issued: 2026-07-15   # 待核：落款只有月和日",
    good: "issued: 2026-07-15",
};

pub static EMPTY_LINK_WORDS: Code = Code {
    id: "MB0712",
    severity: Severity::Advice,
    title: (
        "链接的字没有说去哪里",
        "link text does not say where it leads",
    ),
    why: (
        "读屏软件可以只念链接。念出来是一串“点击这里”，就不知道哪个是哪个。",
        "Screen readers can list only the links. A list of \"click here\" does not tell them apart.",
    ),
    bad: "方案[点击这里](/notices/jia-2026.html)",
    good: "见[甲县2026年受理方案](/notices/jia-2026.html)",
};

pub static WIDE_CLAUSE: Code = Code {
    id: "MB0713",
    severity: Severity::Advice,
    title: ("引用的条款太宽", "the cited clause is wider than needed"),
    why: (
        "引文整句在更里面的一条里。引到那一条，读者点开就看见这句话，也不会和旁边的条款混起来。",
        "The quotation is as a whole in a clause further in. If that clause is cited, the link leads readers to the words, and a neighbour cannot be mistaken for it.",
    ),
    bad: "clause: 九\nquote: 贷款受理时间：2023年7月17日--9月25日",
    good: "clause: 九1\nquote: 贷款受理时间：2023年7月17日--9月25日",
};

pub static UNDECIDED: Code = Code {
    id: "MB0714",
    severity: Severity::Advice,
    title: (
        "读不出对不对的话",
        "a word that the cited text does not decide",
    ),
    why: (
        "把这个词换成相反的（“可以”换成“必须”，“远程”换成“现场”，去掉“不”），和原文也对得上：程序看不出它写反了。写明它改写的是原文哪几个字，以后改错了才看得出来。",
        "With the opposite word (必须 for 可以, 现场 for 远程, without 不) the sentence would fit the cited text as well, so that a mistake would not be noticed. Name the words of the text that it rewords.",
    ),
    bad: "text: 准备好的地方可以早些开始",
    good: "text: 准备好的地方可以早些开始\nrewords: {可以早些开始: 可提前启动}",
};

pub static QUOTED_ELSEWHERE: Code = Code {
    id: "MB0715",
    severity: Severity::Advice,
    title: ("引文在几条里都有", "the quotation is in several clauses"),
    why: (
        "引文短到几条里都有，条款写成旁边的一条也对得上。多引几个字，读者和程序才认得出说的是哪一条。",
        "The quotation is so short that several clauses have it, and a neighbour could be cited by mistake. With a few more words, readers and the program know which clause is meant.",
    ),
    bad: "clause: 九1\nquote: 2023年7月17日--9月25日",
    good: "clause: 九1\nquote: 贷款受理时间：2023年7月17日--9月25日",
};

pub static ISSUED_AHEAD: Code = Code {
    id: "MB0716",
    severity: Severity::Advice,
    title: ("成文日期还没有到", "date of issue in the future"),
    why: (
        "成文日期在今天以后，多半是年份写错了；还没有印发的文件不该发布。",
        "A date of issue after today usually has a wrong year. A document that has not been issued yet should not be published.",
    ),
    bad: "issued: 2062-07-15",
    good: "issued: 2026-07-15",
};
