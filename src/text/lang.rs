//! The language of a message.

use super::Bilingual;

/// What a reader is spoken to in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    Zh,
    En,
    /// Chinese first, then English: where nothing says which is wanted.
    #[default]
    Both,
}

impl Lang {
    /// The language of a locale's name (`zh_CN.UTF-8`, `en_GB`); both for `C`, `POSIX` and everything else.
    pub fn of_locale(locale: &str) -> Self {
        let language = locale.split(['_', '.', '-', '@']).next().unwrap_or("");
        match language.to_ascii_lowercase().as_str() {
            "zh" => Self::Zh,
            "en" => Self::En,
            _ => Self::Both,
        }
    }

    /// One sentence on one line: `中文 / English` where both are shown.
    pub fn line(self, zh: &str, en: &str) -> String {
        match self {
            Self::Zh => zh.to_owned(),
            Self::En => en.to_owned(),
            Self::Both => format!("{zh} / {en}"),
        }
    }

    /// Longer words, each language on lines of its own.
    pub fn lines(self, zh: &str, en: &str) -> String {
        match self {
            Self::Zh => zh.to_owned(),
            Self::En => en.to_owned(),
            Self::Both => format!("{zh}\n{en}"),
        }
    }

    /// The part for this language of words written as `中文 / English`.
    pub fn part(self, words: &str) -> &str {
        match (self, words.split_once(" / ")) {
            (Self::Zh, Some((zh, _))) => zh,
            (Self::En, Some((_, en))) => en,
            _ => words,
        }
    }

    /// Whether Chinese is among what is shown.
    pub fn has_zh(self) -> bool {
        self != Self::En
    }

    /// Whether English is among what is shown.
    pub fn has_en(self) -> bool {
        self != Self::Zh
    }
}

impl Bilingual {
    /// The sentence on one line.
    pub fn line(&self, lang: Lang) -> String {
        lang.line(&self.zh, &self.en)
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
    fn words_are_divided_at_the_first_stroke_between_spaces() {
        assert_eq!(Lang::Zh.part("生成网站 / build the site"), "生成网站");
        assert_eq!(Lang::En.part("生成网站 / build the site"), "build the site");
        assert_eq!(Lang::Zh.part("content/notices"), "content/notices");
    }
}
