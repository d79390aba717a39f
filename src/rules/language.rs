//! The language of a rule set: in which its questions are asked, and its values and conditions are said.
//!
//! Comes in: the word of `lang`. Goes out: [`Language`], and the few words that go around names and numbers. Diagnostics have
//! both languages and need none of this.

/// The language of a rule set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    #[default]
    Chinese,
    English,
}

impl Language {
    /// The words of `lang`, with their values.
    pub const WORDS: &[(&str, Self)] = &[
        ("zh-Hans", Self::Chinese),
        ("en", Self::English),
        ("中文", Self::Chinese),
        ("English", Self::English),
    ];

    /// The language of an element of a page.
    pub fn tag(self) -> &'static str {
        self.of("zh-Hans", "en")
    }

    /// One of two, by the language.
    pub fn of<T>(self, chinese: T, english: T) -> T {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }

    /// Words about two things, between them: `收入低于标准`, `income is below limit`.
    pub fn between(self, left: &str, words: &str, right: &str) -> String {
        let blank = self.of("", " ");
        format!("{left}{blank}{words}{blank}{right}")
    }

    /// What a name is said to be: `收入：低于3000元`, `income: below 3000 yuan`.
    pub fn is(self, name: &str, words: &str) -> String {
        format!("{name}{}{words}", self.of("：", ": "))
    }

    /// Names one after the other.
    pub fn list<T: AsRef<str>>(self, names: &[T]) -> String {
        joined(names, self.of("、", ", "))
    }

    /// Names of which one is meant.
    pub fn either<T: AsRef<str>>(self, names: &[T]) -> String {
        joined(names, self.of("或", " or "))
    }

    /// Two values with all between them.
    pub fn range(self, from: &str, to: &str) -> String {
        format!("{from}{}{to}", self.of("至", " to "))
    }

    /// A number with its unit: `3年`, `3 years`, `£300`.
    pub fn measured(self, number: &str, unit: &str) -> String {
        match (self, unit) {
            (Self::Chinese, _) | (_, "" | "%") => format!("{number}{unit}"),
            _ if unit.starts_with(is_currency) => {
                let (sign, rest) = unit.split_at(unit.chars().next().map_or(0, char::len_utf8));
                format!("{sign}{number}{rest}")
            }
            _ => format!("{number} {unit}"),
        }
    }

    /// A day: `2020年7月27日`, `27 July 2020`.
    pub fn day(self, year: i64, month: i64, day: i64) -> String {
        match self {
            Self::Chinese => format!("{year}年{month}月{day}日"),
            Self::English => {
                let month = usize::try_from(month - 1)
                    .ok()
                    .and_then(|at| MONTHS.get(at));
                format!("{day} {} {year}", month.unwrap_or(&""))
            }
        }
    }

    /// The unit of money that has none.
    pub fn money(self) -> &'static str {
        self.of("元", "yuan")
    }

    /// Nothing limits it.
    pub fn unlimited(self) -> String {
        self.of("不限", "any").to_owned()
    }
}

/// A sign of money that is written before the number.
pub fn is_currency(sign: char) -> bool {
    matches!(sign, '£' | '€' | '$' | '¥')
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn joined<T: AsRef<str>>(names: &[T], between: &str) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    names.join(between)
}

#[cfg(test)]
mod tests {
    use super::Language::{Chinese, English};

    #[test]
    fn values_are_said_in_the_language_of_the_rules() {
        assert_eq!(Chinese.measured("300", "元"), "300元");
        assert_eq!(English.measured("300", "yuan"), "300 yuan");
        assert_eq!(English.measured("300", "£"), "£300");
        assert_eq!(English.measured("30", "%"), "30%");
        assert_eq!(English.measured("30", ""), "30");
        assert_eq!(Chinese.day(2020, 7, 27), "2020年7月27日");
        assert_eq!(English.day(2020, 7, 27), "27 July 2020");
        assert_eq!(English.between("a", "is below", "b"), "a is below b");
        assert_eq!(
            English.range("1 May 2020", "2 May 2020"),
            "1 May 2020 to 2 May 2020"
        );
    }
}
