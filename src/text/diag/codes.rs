//! The table of diagnostic codes: what each code means, why it matters, and a bad and a good example.
//!
//! Blocks by stage: 01 reading sources, 02 model and checks, 03 rules, 04 pages, 05 output, 06 search, 07 advice, 08
//! the desk, 09 the official words. `mingbai explain CODE` prints an entry. `tests/diagnostics/<CODE>-*/` contains the complete expected
//! output for each code.

mod advice;
mod desk;
mod evidence;
mod files;
mod life;
mod privacy;
mod rules;
mod search;

pub use advice::*;
pub use desk::*;
pub use evidence::*;
pub use files::*;
pub use life::*;
pub use privacy::*;
pub use rules::*;
pub use search::*;

use super::Severity;
use crate::{Bilingual, Lang};

/// A kind of diagnostic. Each is declared once, below.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    pub id: &'static str,
    pub severity: Severity,
    pub title: (&'static str, &'static str),
    pub why: (&'static str, &'static str),
    /// An example of the mistake; empty if no short example shows it.
    pub bad: &'static str,
    /// The same example, corrected.
    pub good: &'static str,
}

impl Code {
    /// The code with this id (`MB0208` or `mb0208`).
    pub fn find(id: &str) -> Option<&'static Self> {
        ALL.iter()
            .find(|code| code.id.eq_ignore_ascii_case(id))
            .copied()
    }

    /// The explanation that `mingbai explain` prints.
    pub fn explain(&self, lang: Lang) -> String {
        let mut out = format!(
            "{} {}\n\n{}\n",
            self.id,
            lang.lines(self.title.0, self.title.1),
            lang.lines(self.why.0, self.why.1)
        );
        for (words, example) in [
            (Bilingual::new("错误示例", "bad"), self.bad),
            (Bilingual::new("正确写法", "good"), self.good),
        ] {
            if !example.is_empty() {
                out.push_str(&format!("\n{}:\n", words.line(lang)));
                for line in example.lines() {
                    out.push_str(&format!("    {line}\n"));
                }
            }
        }
        out
    }
}

pub static YAML_SYNTAX: Code = Code {
    id: "MB0101",
    severity: Severity::Error,
    title: ("YAML 写法有误", "invalid YAML"),
    why: (
        "文件里的 YAML 读不通，后面的内容就无从判断。常见原因：值里有“: ”而没有加引号、引号没有配对、括号没有配对。",
        "The YAML cannot be parsed, so the rest of the file cannot be checked. Usual causes: a value that contains \": \" and is not quoted, an unclosed quote, an unclosed bracket.",
    ),
    bad: "title: 通知: 关于续贷",
    good: "title: \"通知: 关于续贷\"",
};

pub static YAML_TAB: Code = Code {
    id: "MB0102",
    severity: Severity::Error,
    title: ("用制表符缩进", "indented with a tab"),
    why: (
        "YAML 只认空格缩进；制表符在各人的编辑器里宽度不同，看上去对齐的其实没有对齐。",
        "YAML accepts only spaces for indentation. Editors show tabs at different widths, so lines that look aligned may not be.",
    ),
    bad: "<TAB>clause: 一",
    good: "  clause: 一",
};

pub static YAML_FULL_WIDTH: Code = Code {
    id: "MB0103",
    severity: Severity::Error,
    title: (
        "用了全角标点作 YAML 标点",
        "full-width punctuation used as YAML punctuation",
    ),
    why: (
        "YAML 的标点（冒号、逗号、括号、引号、短横、空格）必须是半角的；全角的会被当作文字。文字里的标点不受影响。",
        "The punctuation of YAML (colons, commas, brackets, quotation marks, hyphens, spaces) must be half-width. Full-width signs are read as text. Punctuation inside texts is not affected.",
    ),
    bad: "number：晋教助学〔2020〕7号",
    good: "number: 晋教助学〔2020〕7号",
};

pub static YAML_DUPLICATE_KEY: Code = Code {
    id: "MB0104",
    severity: Severity::Error,
    title: ("同一个键写了两次", "key written twice"),
    why: (
        "同一个键出现两次时，无法知道哪一个是想要的。",
        "When a key appears twice, there is no way to know which value is meant.",
    ),
    bad: "issued: 2020-07-15\nissued: 2020-07-16",
    good: "issued: 2020-07-15",
};

pub static FRONT_MATTER: Code = Code {
    id: "MB0105",
    severity: Severity::Error,
    title: ("缺少文件头", "front matter missing"),
    why: (
        "每个 Markdown 文件以“---”之间的文件头开始，标题、文号等写在那里。",
        "Every Markdown file begins with front matter between two \"---\" lines. It holds the title, the document number and so on.",
    ),
    bad: "关于……的通知",
    good: "---\ntitle: 关于……的通知\n---",
};

pub static UNREADABLE: Code = Code {
    id: "MB0106",
    severity: Severity::Error,
    title: ("文件不是 UTF-8 文本", "file is not UTF-8 text"),
    why: (
        "文件须以 UTF-8 编码保存。旧版记事本和 WPS 可能存成了 GBK。",
        "Files must be saved as UTF-8. Older versions of Notepad and WPS may save GBK.",
    ),
    bad: "",
    good: "在编辑器中选择“另存为”→ 编码 UTF-8",
};

pub static YAML_ALIAS: Code = Code {
    id: "MB0107",
    severity: Severity::Error,
    title: ("用了 YAML 的高级写法", "unsupported YAML feature"),
    why: (
        "锚点（&）、别名（*）、标签（!）和多文档在来源文件里容易出错，这里不接受。",
        "Anchors (&), aliases (*), tags (!) and several documents in one file easily lead to mistakes and are not accepted here.",
    ),
    bad: "from: *date",
    good: "from: 2023-07-17",
};

pub static TOO_DEEP: Code = Code {
    id: "MB0108",
    severity: Severity::Error,
    title: ("嵌套过深", "nested too deeply"),
    why: (
        "列表、引用或 YAML 的层次超过了限度，多半是误粘贴。",
        "Lists, block quotes or YAML are nested deeper than the limit. The text was probably pasted by mistake.",
    ),
    bad: "",
    good: "",
};

pub static MISPLACED: Code = Code {
    id: "MB0109",
    severity: Severity::Error,
    title: ("文件放错了地方", "file in a place that is not read"),
    why: (
        "放错文件夹或用错格式的文件不会出现在网站上；悄悄略过，就没有人知道它漏掉了。",
        "A file in the wrong folder or in the wrong format does not appear on the site. If it were skipped silently, nobody would notice.",
    ),
    bad: "data/schedule/youyu-2023.yaml",
    good: "data/schedules/youyu-2023.yaml",
};

pub static VALUE_CUT: Code = Code {
    id: "MB0110",
    severity: Severity::Error,
    title: ("值被“#”截断", "value cut by \"#\""),
    why: (
        "YAML 里空格加“#”之后的文字是注释，不会出现在网站上。",
        "In YAML, the text after a space and \"#\" is a comment, so it does not appear on the site.",
    ),
    bad: "title: 关于印发 #3号方案的通知",
    good: "title: \"关于印发 #3号方案的通知\"",
};

pub static UNKNOWN_KEY: Code = Code {
    id: "MB0201",
    severity: Severity::Error,
    title: ("不认识的键", "unknown key"),
    why: (
        "写错的键若被悄悄忽略，内容就会从网站上消失。",
        "If a misspelt key were silently ignored, its content would disappear from the site.",
    ),
    bad: "titel: 通知",
    good: "title: 通知",
};

pub static MISSING_KEY: Code = Code {
    id: "MB0202",
    severity: Severity::Error,
    title: ("缺少必填项", "required key missing"),
    why: (
        "这一项必须有；原文没有写的，请写“未载明”，网页会如实说明。",
        "This key is required. If the official text does not give the value, write 未载明 and the page will say so.",
    ),
    bad: "title: 通知",
    good: "title: 通知\nnumber: 未载明",
};

pub static WRONG_TYPE: Code = Code {
    id: "MB0203",
    severity: Severity::Error,
    title: ("值的类型不对", "wrong type of value"),
    why: (
        "这里需要另一种形式的值（文字、列表、分项或数字）。",
        "This key needs another type of value (text, list, mapping or number).",
    ),
    bad: "topics: {a: b}",
    good: "topics: [续贷]",
};

pub static NOT_IN_LIST: Code = Code {
    id: "MB0204",
    severity: Severity::Error,
    title: ("值不在允许的范围内", "value not in the list"),
    why: (
        "这一项只能取列出的几个值之一。",
        "Only the listed values are allowed here.",
    ),
    bad: "publicity: 主动公布",
    good: "publicity: 主动公开",
};

pub static BAD_DATE: Code = Code {
    id: "MB0205",
    severity: Severity::Error,
    title: ("日期不存在或写法不对", "invalid date"),
    why: (
        "日期写作 2020-07-15。不存在的日期不会被悄悄改成别的日子。",
        "Dates are written as 2020-07-15. A date that does not exist is never silently changed to another one.",
    ),
    bad: "issued: 2020-13-45",
    good: "issued: 2020-07-15",
};

pub static BAD_ID: Code = Code {
    id: "MB0206",
    severity: Severity::Error,
    title: ("文件名不能作网址", "file name cannot be used as an address"),
    why: (
        "文件名就是网址，只能用小写英文字母、数字和连字符。",
        "The file name becomes the address, so it may contain only lower-case letters, digits and hyphens.",
    ),
    bad: "content/notices/通知 1.md",
    good: "content/notices/2020-renewal.md",
};

pub static DUPLICATE_ID: Code = Code {
    id: "MB0207",
    severity: Severity::Error,
    title: ("编号重复", "id used twice"),
    why: (
        "两个文件（哪怕在不同的文件夹）用了同一个编号，引用时就分不清是哪一个。主题登记两次也是如此。",
        "Two files use the same id, even if in different folders, so a citation could mean either of them. The same applies to a topic that is registered twice.",
    ),
    bad: "content/notices/shanxi-2020.md\ndata/pilots/shanxi-2020.yaml",
    good: "content/notices/shanxi-2020.md\ndata/pilots/shanxi-2020-remote.yaml",
};

pub static UNKNOWN_REGION: Code = Code {
    id: "MB0208",
    severity: Severity::Error,
    title: ("查无此地", "unknown region"),
    why: (
        "行政区划名称不在 data/regions 中（按文件日期选用当时的版本）。",
        "The name is not in data/regions, in the edition that was valid on the date of the document.",
    ),
    bad: "漯河市: 临颖县",
    good: "漯河市: 临颍县",
};

pub static WRONG_PREFECTURE: Code = Code {
    id: "MB0209",
    severity: Severity::Error,
    title: ("所属市不对", "county under the wrong prefecture"),
    why: (
        "有这个县，但它不属于所写的市。",
        "The county exists but belongs to another prefecture.",
    ),
    bad: "大同市: 右玉县",
    good: "朔州市: 右玉县",
};

pub static COUNTY_TWICE: Code = Code {
    id: "MB0210",
    severity: Severity::Error,
    title: ("同一个县列了两次", "county listed twice"),
    why: (
        "同一名单里一个县出现了两次，合计就会不对。",
        "A county appears twice in the same list, so the totals are wrong.",
    ),
    bad: "朔州市: 右玉县、右玉县",
    good: "朔州市: 右玉县",
};

pub static TOTAL_DIFFERS: Code = Code {
    id: "MB0211",
    severity: Severity::Error,
    title: ("原文数目与名单不符", "stated total differs from the list"),
    why: (
        "原文说的数目和名单数出来的不一样。若原文确实如此，用 differs 说明原因，网页会把两个数都写出来。",
        "The stated number differs from the number counted in the list. If the official text really says so, explain why with `differs`; the page then shows both numbers.",
    ),
    bad: "stated: 123",
    good: "stated: 122",
};

pub static RATE_DIFFERS: Code = Code {
    id: "MB0212",
    severity: Severity::Error,
    title: (
        "原文比率与计算不符",
        "stated percentage differs from the computed one",
    ),
    why: (
        "原文的百分比和按名单算出来的（四舍五入到同样位数）不一样。",
        "The stated percentage differs from the percentage computed from the list, rounded half up to the same number of decimals.",
    ),
    bad: "rate: 72.26%",
    good: "rate: 72.62%",
};

pub static DATE_ORDER: Code = Code {
    id: "MB0213",
    severity: Severity::Error,
    title: ("日期先后颠倒", "dates out of order"),
    why: (
        "成文不晚于印发和发布，施行不晚于失效。",
        "The date of a document must not be later than its printing or publication, and the date it takes effect must not be later than its expiry.",
    ),
    bad: "issued: 2020-07-16\nprinted_on: 2020-07-15",
    good: "issued: 2020-07-15\nprinted_on: 2020-07-16",
};

pub static WINDOW_ORDER: Code = Code {
    id: "MB0214",
    severity: Severity::Error,
    title: ("截止早于开始", "window ends before it starts"),
    why: (
        "受理窗口的截止日期早于开始日期。",
        "The end date of the window is before its start date.",
    ),
    bad: "from: 2023-09-25\nuntil: 2023-07-17",
    good: "from: 2023-07-17\nuntil: 2023-09-25",
};

pub static UNKNOWN_DOCUMENT: Code = Code {
    id: "MB0215",
    severity: Severity::Error,
    title: ("引用了不存在的文件", "cited document does not exist"),
    why: (
        "所引用的编号不是本站的任何文件。",
        "No document of this site has the cited id.",
    ),
    bad: "source: youyu-2032-plan",
    good: "source: youyu-2023-plan",
};

pub static UNKNOWN_CLAUSE: Code = Code {
    id: "MB0216",
    severity: Severity::Error,
    title: ("引用了不存在的条款", "cited clause does not exist"),
    why: (
        "所引用的条款在那份文件里找不到。",
        "The cited clause was not found in that document.",
    ),
    bad: "clause: 一（七）",
    good: "clause: 一（三）",
};

pub static QUOTE_NOT_FOUND: Code = Code {
    id: "MB0217",
    severity: Severity::Error,
    title: ("引文不在所引条款中", "quotation not found in the clause"),
    why: (
        "引文必须是所引条款里的原话（空白和全角半角不计）。",
        "The quotation must be the exact words of the cited clause (white space and character width are ignored).",
    ),
    bad: "quote: 7月28日前全面启动",
    good: "quote: 7月27日前全面启动",
};

pub static BAD_NUMBER: Code = Code {
    id: "MB0218",
    severity: Severity::Error,
    title: ("文号写法不规范", "document number not in the standard form"),
    why: (
        "发文字号的年份用六角括号“〔〕”，形如 晋教助学〔2020〕7号。",
        "The year in a document number is written in 〔〕 brackets: 晋教助学〔2020〕7号.",
    ),
    bad: "number: 教助中心【2023】16号",
    good: "number: 教助中心〔2023〕16号",
};

pub static NO_RELEASE: Code = Code {
    id: "MB0219",
    severity: Severity::Error,
    title: (
        "不是主动公开的文件没有公开决定",
        "no release decision for a document that is not proactively disclosed",
    ),
    why: (
        "依申请公开、不予公开的文件上网前，须记录谁、何时、依据什么决定公开。",
        "Before a document marked 依申请公开 (disclosed on request) or 不予公开 (not disclosed) is put online, record who decided to publish it, when and on what basis.",
    ),
    bad: "publicity: 依申请公开",
    good: "publicity: 依申请公开\nrelease:\n  by: ……\n  on: 2026-11-20\n  basis: ……",
};

pub static NO_ATTACHMENT: Code = Code {
    id: "MB0221",
    severity: Severity::Error,
    title: ("附件找不到", "attachment not found"),
    why: (
        "附件所指的部分、数据或文件不存在。",
        "The part, data file or file that the attachment refers to does not exist.",
    ),
    bad: "part: 附件3",
    good: "part: 附件",
};

pub static SLIP_NOT_FOUND: Code = Code {
    id: "MB0222",
    severity: Severity::Error,
    title: ("勘误对不上原文", "correction does not match the text"),
    why: (
        "勘误里的原文字样不在所引条款中，或更正与原样相同。",
        "The printed words of the correction are not in the cited clause, or the corrected words are the same as the printed ones.",
    ),
    bad: "printed: 郟懸",
    good: "printed: 郟县",
};

pub static LIST_DIFFERS: Code = Code {
    id: "MB0223",
    severity: Severity::Error,
    title: ("数据与原文名单不一致", "data differ from the official list"),
    why: (
        "数据里的名单必须与所引条款里的名单逐一相同、次序相同。",
        "The names in the data must be exactly the names in the cited clause, in the same order.",
    ),
    bad: "郑州市: 中原区、二七区",
    good: "郑州市: 二七区、中原区",
};

pub static CLAUSE_NUMBER: Code = Code {
    id: "MB0224",
    severity: Severity::Warning,
    title: ("条款编号重复或跳号", "clause number repeated or skipped"),
    why: (
        "同一层的编号应当连续。若原文如此可以保留；若是录入漏了一段，请补上。",
        "Clause numbers of one level should be consecutive. If the official text has this gap, leave it. If a paragraph was lost during typing, add it.",
    ),
    bad: "一、……\n三、……",
    good: "一、……\n二、……",
};

pub static UNKNOWN_TOPIC: Code = Code {
    id: "MB0225",
    severity: Severity::Error,
    title: ("没有这个主题", "unknown topic"),
    why: (
        "主题须在 data/topics.yaml 中登记。",
        "Topics must be registered in data/topics.yaml.",
    ),
    bad: "topics: [续贷款]",
    good: "topics: [续贷]",
};

pub static NO_EDITION: Code = Code {
    id: "MB0226",
    severity: Severity::Error,
    title: (
        "没有适用的区划版本",
        "no edition of the regions covers the date",
    ),
    why: (
        "区划名称按文件日期查对；最早的版本之前没有依据，不会拿最近的一版充数。",
        "Region names are checked against the edition valid on the date of the document. No edition covers dates before the first one, and the nearest edition is never used instead.",
    ),
    bad: "year: 1999",
    good: "year: 2023",
};

pub static QUOTA_SUM: Code = Code {
    id: "MB0227",
    severity: Severity::Error,
    title: (
        "上午与下午之和不等于全天",
        "morning and afternoon do not add up",
    ),
    why: (
        "每日名额应等于上午与下午名额之和。",
        "The daily quota must equal the sum of the morning and afternoon quotas.",
    ),
    bad: "per_day: 60, morning: 30, afternoon: 20",
    good: "per_day: 60, morning: 30, afternoon: 30",
};

pub static DATE_NOT_IN_QUOTE: Code = Code {
    id: "MB0228",
    severity: Severity::Error,
    title: ("日期与引文不符", "date differs from the quotation"),
    why: (
        "写下的日期在引文里找不到，两者必有一错。",
        "The date is not in the quotation, so one of the two is wrong.",
    ),
    bad: "by: 2020-07-19\nquote: 7月18日前",
    good: "by: 2020-07-18\nquote: 7月18日前",
};

pub static BAD_REGIONS: Code = Code {
    id: "MB0229",
    severity: Severity::Error,
    title: ("区划数据有误", "invalid regions data"),
    why: (
        "区划数据的行写作“代码 名称 拼音 [起..止] [-> 后继代码]”。",
        "A row of the regions data has the form \"CODE NAME PINYIN [FIRST..LAST] [-> CODE]\".",
    ),
    bad: "14062 右玉县",
    good: "140623 右玉县 yòu-yù-xiàn",
};

pub static BAD_NUMERAL: Code = Code {
    id: "MB0230",
    severity: Severity::Error,
    title: ("数字写法不对", "invalid number"),
    why: (
        "这里需要一个不带单位的整数，或一个百分数。",
        "This must be a whole number without a unit, or a percentage.",
    ),
    bad: "count: 三十个",
    good: "count: 30",
};

pub static NUMBER_TWICE: Code = Code {
    id: "MB0231",
    severity: Severity::Warning,
    title: ("两份文件同一个文号", "two documents with one number"),
    why: (
        "一个文号只有一份文件。两份文件同一个文号，不是收重了，就是有一份写错了。",
        "A document number belongs to one document. Two with the same number are one document twice, or one of them is wrong.",
    ),
    bad: "number: 晋教助学〔2020〕7号   # 另一份文件也是 7号",
    good: "number: 晋教助学〔2020〕8号",
};

pub static RAW_HTML: Code = Code {
    id: "MB0401",
    severity: Severity::Warning,
    title: ("正文中有 HTML", "HTML in the text"),
    why: (
        "正文里 HTML 不起作用，照原样显示成文字，读者会看到标签。注释（<!-- … -->）不显示。",
        "HTML has no effect in a text and is shown as typed, so readers see the tags. Comments (<!-- … -->) are not shown.",
    ),
    bad: "<b>注意</b>",
    good: "**注意**",
};

pub static UNSAFE_LINK: Code = Code {
    id: "MB0402",
    severity: Severity::Warning,
    title: ("不安全的链接已去除", "unsafe link removed"),
    why: (
        "只接受站内链接和 http、https、mailto、tel 链接，不加载外站图片。",
        "Only internal, http, https, mailto and tel links are allowed. Images from other sites are not loaded.",
    ),
    bad: "[点此](javascript:alert(1))",
    good: "[点此](/notices/index.html)",
};

pub static HIDDEN_PARAGRAPHS: Code = Code {
    id: "MB0406",
    severity: Severity::Warning,
    title: ("注释里有几段话", "a comment hides paragraphs"),
    why: (
        "注释（<!-- … -->）不显示。一条注释跨了几段，可能把正文也藏了起来。",
        "Comments (<!-- … -->) are not shown. One over several paragraphs may hide words of the text.",
    ),
    bad: "<!-- 待改：\n\n二、受理时间。 -->",
    good: "<!-- 待改 -->\n\n二、受理时间。",
};

pub static OPEN_COMMENT: Code = Code {
    id: "MB0407",
    severity: Severity::Error,
    title: ("注释没有写完", "comment without an end"),
    why: (
        "注释以“<!--”开始，以“-->”结束。没有结束，就不知道哪些话是内部的，哪些是给读者看的。",
        "A comment begins with \"<!--\" and ends with \"-->\". Without its end, nobody knows which words are internal and which are for readers.",
    ),
    bad: "<!-- 下面待改",
    good: "<!-- 下面待改 -->",
};

pub static TEMPLATE_SYNTAX: Code = Code {
    id: "MB0403",
    severity: Severity::Error,
    title: ("模板写法有误", "invalid template"),
    why: (
        "外观（theme）的模板读不通。",
        "A template of the theme cannot be parsed.",
    ),
    bad: "{{ page.title",
    good: "{{ page.title }}",
};

pub static TEMPLATE_FIELD: Code = Code {
    id: "MB0404",
    severity: Severity::Error,
    title: (
        "模板用了不存在的字段",
        "template uses a field that does not exist",
    ),
    why: (
        "模板里的字段名不在页面数据中。",
        "The page data has no field of this name.",
    ),
    bad: "{{ page.titel }}",
    good: "{{ page.title }}",
};

pub static TEMPLATE_MISSING: Code = Code {
    id: "MB0405",
    severity: Severity::Error,
    title: ("外观缺少模板", "missing template"),
    why: (
        "外观（theme）里没有这种页面需要的模板，或没有这个外观。",
        "The theme has no template for this kind of page, or there is no such theme.",
    ),
    bad: "",
    good: "",
};

pub static PATH_COLLISION: Code = Code {
    id: "MB0501",
    severity: Severity::Error,
    title: (
        "两个页面或文件网址相同",
        "two pages or files have the same address",
    ),
    why: (
        "两个页面（或旧网址、附件、程序生成的文件）会写到同一个文件，只有大小写不同也算。程序自己生成文件的文件夹（api、assets、data 等）里不能放附件。",
        "Two pages (or a former address, an attachment or a file of the program) would be written to the same file. This includes addresses that differ only in upper and lower case. Attachments cannot be in the folders of files that the program makes (api, assets, data and so on).",
    ),
    bad: "formerly: [about.html]",
    good: "",
};

pub static BROKEN_LINK: Code = Code {
    id: "MB0502",
    severity: Severity::Error,
    title: ("站内链接无效", "broken internal link"),
    why: (
        "链接指向的页面不存在。",
        "The page that the link points to does not exist.",
    ),
    bad: "[名单](/pilots/shanxi.html)",
    good: "[名单](/pilots/shanxi-2020-remote.html)",
};

pub static BROKEN_ANCHOR: Code = Code {
    id: "MB0503",
    severity: Severity::Error,
    title: ("链接的位置不存在", "broken anchor"),
    why: (
        "页面存在，但没有链接所指的位置。",
        "The page exists but has no such anchor.",
    ),
    bad: "[要点](/about.html#nowhere)",
    good: "[要点](/about.html)",
};

/// All codes, in order.
pub static ALL: &[&Code] = &[
    &YAML_SYNTAX,
    &YAML_TAB,
    &YAML_FULL_WIDTH,
    &YAML_DUPLICATE_KEY,
    &FRONT_MATTER,
    &UNREADABLE,
    &YAML_ALIAS,
    &TOO_DEEP,
    &MISPLACED,
    &VALUE_CUT,
    &NOT_PLAIN,
    &BAD_NAME,
    &KIND,
    &CONTROL,
    &LIMIT,
    &MORE,
    &CUT,
    &UNKNOWN_KEY,
    &MISSING_KEY,
    &WRONG_TYPE,
    &NOT_IN_LIST,
    &BAD_DATE,
    &BAD_ID,
    &DUPLICATE_ID,
    &UNKNOWN_REGION,
    &WRONG_PREFECTURE,
    &COUNTY_TWICE,
    &TOTAL_DIFFERS,
    &RATE_DIFFERS,
    &DATE_ORDER,
    &WINDOW_ORDER,
    &UNKNOWN_DOCUMENT,
    &UNKNOWN_CLAUSE,
    &QUOTE_NOT_FOUND,
    &BAD_NUMBER,
    &NO_RELEASE,
    &PERSONAL_DATA,
    &NO_ATTACHMENT,
    &SLIP_NOT_FOUND,
    &LIST_DIFFERS,
    &CLAUSE_NUMBER,
    &UNKNOWN_TOPIC,
    &NO_EDITION,
    &QUOTA_SUM,
    &DATE_NOT_IN_QUOTE,
    &BAD_REGIONS,
    &BAD_NUMERAL,
    &NUMBER_TWICE,
    &LIFE_ORDER,
    &LIFE_CYCLE,
    &WITHDRAWN_CITED,
    &SECRECY,
    &NOT_APPROVED,
    &UNKNOWN_NAME,
    &UNKNOWN_OPTION,
    &BAD_CONDITION,
    &BAD_VALUE,
    &CONDITION_CYCLE,
    &NAME_TAKEN,
    &NO_OTHERWISE,
    &NEVER_REACHED,
    &OVERLAP,
    &REDUNDANT,
    &ALWAYS,
    &NEVER_MATTERS,
    &SHARED_FACT,
    &TOO_LARGE,
    &EXAMPLE_FAILS,
    &NO_PERIOD,
    &UNTESTED,
    &BAD_FORMULA,
    &UNIT_MISMATCH,
    &NOT_WHOLE,
    &OUT_OF_BOUNDS,
    &INEXACT,
    &BAD_TABLE,
    &RAW_HTML,
    &UNSAFE_LINK,
    &TEMPLATE_SYNTAX,
    &TEMPLATE_FIELD,
    &TEMPLATE_MISSING,
    &HIDDEN_PARAGRAPHS,
    &OPEN_COMMENT,
    &PATH_COLLISION,
    &BROKEN_LINK,
    &BROKEN_ANCHOR,
    &UNDECLARED,
    &MARKUP,
    &METADATA,
    &WORD_NOWHERE,
    &BAD_READING,
    &EMPTY_PHRASE,
    &LONG_SENTENCE,
    &TANGLED_SENTENCE,
    &NO_SUMMARY,
    &JARGON,
    &WINDOW_ENDING,
    &WINDOWS_OVER,
    &EXPIRED_SOURCE,
    &NO_PHONE,
    &TABLE_UNNAMED,
    &IMAGE_WITHOUT_WORDS,
    &UNCONFIRMED,
    &EMPTY_LINK_WORDS,
    &WIDE_CLAUSE,
    &UNDECIDED,
    &QUOTED_ELSEWHERE,
    &ISSUED_AHEAD,
    &REPEALS_UNSAID,
    &UNFINISHED,
    &DRAFT,
    &NOT_LOOKED_INTO,
    &APPROVED,
    &DAY_DIFFERS,
    &NUMBER_DIFFERS,
    &NAME_DIFFERS,
    &SENTENCE_ADDS,
    &YEAR_DIFFERS,
    &NEEDLESS_DERIVED,
    &DIVISION_DIFFERS,
    &END_DIFFERS,
];
