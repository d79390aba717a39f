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
