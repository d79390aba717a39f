//! Codes of files: what may be in a site folder, and what of it is published. Parts of the blocks 01 and 05.

use super::Code;
use crate::diag::Severity;

pub static NOT_PLAIN: Code = Code {
    id: "MB0111",
    severity: Severity::Error,
    title: ("不是普通文件", "not a plain file"),
    why: (
        "链接、硬链接、管道、套接字和设备一律不读：它们能把网站文件夹以外的东西带上网站，或者让程序一直等下去。",
        "Links, hard links, pipes, sockets and devices are never read: they can bring something from outside the site folder onto the site, or let the program wait forever.",
    ),
    bad: "content/notices/list.pdf -> ../../../private/list.pdf",
    good: "content/notices/list.pdf",
};

pub static BAD_NAME: Code = Code {
    id: "MB0112",
    severity: Severity::Error,
    title: ("文件名不能用", "file name that cannot be used"),
    why: (
        "文件名在每种系统上都要是同一个名字，看上去是什么就是什么。含看不见的字符、首尾有空格、以“.”结尾、Windows 留作设备的名字（con、lpt9），换一台机器就变了，或者打不开。",
        "A name must be the same name on every system and look like what it is. A name with invisible characters, with a blank at an end, with a dot at the end, or of a Windows device (con, lpt9) changes on another machine or cannot be opened there.",
    ),
    bad: "content/notices/con.md",
    good: "content/notices/consent.md",
};

pub static KIND: Code = Code {
    id: "MB0113",
    severity: Severity::Error,
    title: ("这种文件不能公开", "kind of file that is not published"),
    why: (
        "content 下只放公文、网页和机关公开的几种文件：图片、PDF、OFD、文字、表格、演示、纯文本。网页、脚本、程序会在网站上运行；压缩包里是什么，读者和检查都看不见；其他文件多半是误放的。",
        "content/ is for documents, pages and the kinds of files that offices publish: images, PDF, OFD, texts, tables, slides, plain text. Web pages, scripts and programs would run on the site. Neither readers nor our checks see what is inside an archive. Other files are mostly there by mistake.",
    ),
    bad: "content/notices/backup.sql.gz",
    good: "content/notices/list.xlsx",
};

pub static CONTROL: Code = Code {
    id: "MB0114",
    severity: Severity::Error,
    title: ("文字里有控制字符", "control character in a text"),
    why: (
        "控制字符看不见，却会让订阅、日历和数据文件读不出来。直接写在文件里、用 YAML 转义（\\x1e）或用 HTML 实体（&#x1e;）写的都算。",
        "Control characters cannot be seen, but feeds, calendars and data files that contain one cannot be read. They count as they are in a file, as an escape in YAML (\\x1e) and as an entity of HTML (&#x1e;).",
    ),
    bad: "title: \"续贷\\x1e通知\"",
    good: "title: 续贷通知",
};

pub static LIMIT: Code = Code {
    id: "MB0115",
    severity: Severity::Error,
    title: ("超过限额", "over a limit"),
    why: (
        "文件大小、条款数、行数、项数等都有上限，免得一个误放的文件让生成跑上几个小时、占满内存。上限都能改：data/site.yaml 的 limits。上限以内，生成只要几秒。",
        "File sizes, clauses, rows, entries and others have limits, so that one file put there by mistake cannot make a build run for hours or fill the memory. Every limit can be changed: `limits` in data/site.yaml. A site within the limits is built in seconds.",
    ),
    bad: "content/notices/law.md（30,000 条）",
    good: "limits:\n  max_clauses: 30000",
};

pub static MORE: Code = Code {
    id: "MB0116",
    severity: Severity::Warning,
    title: ("还有问题没有列出", "more problems than are listed"),
    why: (
        "一次最多列出一定个数的问题，先列错误。改正以后再运行一次，就会看到其余的。个数能改：data/site.yaml 的 limits 里的 max_diagnostics。",
        "At most a certain number of problems is listed at once, errors first. Correct these and run again to see the others. The number can be changed: `max_diagnostics` under `limits` in data/site.yaml.",
    ),
    bad: "",
    good: "limits:\n  max_diagnostics: 1000",
};

pub static CUT: Code = Code {
    id: "MB0117",
    severity: Severity::Warning,
    title: ("文件可能不完整", "file that may be cut off"),
    why: (
        "保存到一半、复制中断、磁盘满的文件，开头都是好的，只是少了后面。文件停在一句话、一个表格行或者一个键的中间，或者只剩上一版网站所用文件的开头部分，就提醒一次。",
        "A file that was saved half, or copied half, begins as it should: only its end is missing. A file that ends within a sentence, a row of a table or a key, or that is only the beginning of what the last edition of the site was built from, is reported once.",
    ),
    bad: "一、时间\n\n自2023年7月17日至",
    good: "一、时间\n\n自2023年7月17日至9月25日。",
};

pub static MARKUP: Code = Code {
    id: "MB0505",
    severity: Severity::Error,
    title: (
        "网页里有不该有的标记",
        "markup that does not belong on a page",
    ),
    why: (
        "生成好的网页最后再查一遍：不能有事件属性（onclick 等）、内嵌脚本和样式、站外脚本和图片、javascript: 之类的网址，也不能有外观里没有的元素。这些在浏览器里会运行，或者向别处泄露读者在看什么。",
        "Finished pages are looked at once more: no event attributes (onclick and others), no inline scripts or styles, no scripts or images from other sites, no addresses such as javascript:, no elements that the theme does not have. A browser would run them, or tell others what is read.",
    ),
    bad: "<a href=\"/\" onclick=\"go()\">",
    good: "<a href=\"/\">",
};

pub static UNDECLARED: Code = Code {
    id: "MB0504",
    severity: Severity::Error,
    title: ("没有提到的文件", "file that nothing refers to"),
    why: (
        "只公开来源里写明的文件：公文的 attachments、正文里的图片和链接。没有写明的文件（底稿、备份、误放的）一旦放上网站，谁都能下载。",
        "Only files that a source names are published: those under attachments, and those that a text shows or links to. Any other file (a draft, a backup, a mistake) could be downloaded by anybody once it is on the site.",
    ),
    bad: "content/notices/名单底稿.xlsx",
    good: "attachments:\n  - title: 名单\n    file: notices/名单.xlsx",
};
