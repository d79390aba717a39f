//! The language of messages.
//!
//! Comes in: the name of a locale, or a choice. Goes out: the parts of bilingual text to show. The environment is
//! read elsewhere.

use std::io;

use super::Bilingual;

/// The language or languages in which messages are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    Zh,
    En,
    /// Chinese first, then English: used if neither is chosen.
    #[default]
    Both,
}

impl Lang {
    /// The language of a locale name (`zh_CN.UTF-8`, `en_GB`); both for `C`, `POSIX` and all others.
    pub fn of_locale(locale: &str) -> Self {
        let language = locale.split(['_', '.', '-', '@']).next().unwrap_or("");
        match language.to_ascii_lowercase().as_str() {
            "zh" => Self::Zh,
            "en" => Self::En,
            _ => Self::Both,
        }
    }

    /// A sentence on one line: `中文 / English` if both languages are shown.
    pub fn line(self, zh: &str, en: &str) -> String {
        match self {
            Self::Zh => zh.to_owned(),
            Self::En => en.to_owned(),
            Self::Both => format!("{zh} / {en}"),
        }
    }

    /// Longer text, with each language on its own lines.
    pub fn lines(self, zh: &str, en: &str) -> String {
        match self {
            Self::Zh => zh.to_owned(),
            Self::En => en.to_owned(),
            Self::Both => format!("{zh}\n{en}"),
        }
    }

    /// The part in this language of text written as `中文 / English`.
    pub fn part(self, words: &str) -> &str {
        match (self, words.split_once(" / ")) {
            (Self::Zh, Some((zh, _))) => zh,
            (Self::En, Some((_, en))) => en,
            _ => words,
        }
    }

    /// Whether Chinese is shown.
    pub fn has_zh(self) -> bool {
        self != Self::En
    }

    /// Whether English is shown.
    pub fn has_en(self) -> bool {
        self != Self::Zh
    }
}

impl<Zh: Into<String>, En: Into<String>> From<(Zh, En)> for Bilingual {
    fn from((zh, en): (Zh, En)) -> Self {
        Self::new(zh, en)
    }
}

impl Bilingual {
    /// The sentence on one line.
    pub fn line(&self, lang: Lang) -> String {
        lang.line(&self.zh, &self.en)
    }

    /// The message for a system error: a Chinese explanation for common errors, otherwise the text of the system.
    pub fn of_io(error: &io::Error) -> Self {
        let zh = match error.kind() {
            io::ErrorKind::NotFound => "找不到",
            io::ErrorKind::PermissionDenied => "没有权限",
            io::ErrorKind::AlreadyExists => "已经存在",
            io::ErrorKind::StorageFull => "磁盘已满",
            io::ErrorKind::ReadOnlyFilesystem => "磁盘只读",
            io::ErrorKind::IsADirectory => "是文件夹，不是文件",
            io::ErrorKind::NotADirectory => "不是文件夹",
            io::ErrorKind::InvalidFilename => "文件名不合规定",
            io::ErrorKind::AddrInUse => "端口已被占用",
            io::ErrorKind::InvalidData => "内容读不出来",
            io::ErrorKind::FileTooLarge => "太大，读不了",
            _ => return Self::new(format!("系统报告：{error}"), error.to_string()),
        };
        Self::new(zh, error.to_string())
    }

    /// The sentence with a path or name before it.
    #[must_use]
    pub fn at(self, place: impl std::fmt::Display) -> Self {
        Self {
            zh: format!("{place}：{}", self.zh),
            en: format!("{place}: {}", self.en),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_the_language() {
        for (locale, lang) in [
            ("zh_CN.UTF-8", Lang::Zh),
            ("zh", Lang::Zh),
            ("en_GB", Lang::En),
            ("C.UTF-8", Lang::Both),
            ("POSIX", Lang::Both),
            ("", Lang::Both),
            ("enochian", Lang::Both),
        ] {
            assert_eq!(Lang::of_locale(locale), lang, "{locale}");
        }
    }

    #[test]
    fn text_is_split_at_the_first_slash_between_spaces() {
        assert_eq!(Lang::Zh.part("生成网站 / build the site"), "生成网站");
        assert_eq!(Lang::En.part("生成网站 / build the site"), "build the site");
        assert_eq!(Lang::Zh.part("content/notices"), "content/notices");
    }
}
