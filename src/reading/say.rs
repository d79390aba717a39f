//! What a reading says, in words of both languages: for people who compare it with the text.
//!
//! Comes in: a meaning. Goes out: its kind, as a key for programs and as a word, and its sentence.

use mingbai_text::Bilingual;

use crate::what::{
    Amount, Bound, Day, Duration, End, Force, Limit, Money, NameKind, Number, Ordinal, Part, Share,
    ShareValue, TimeUnit, Vague, What, Year,
};

impl What {
    /// The kind of the meaning: a key for programs.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Day(_) => "day",
            Self::Duration(_) => "duration",
            Self::Amount(_) => "amount",
            Self::Money(_) => "money",
            Self::Share(_) => "share",
            Self::Ordinal(_) => "ordinal",
            Self::DocumentNumber(_) => "document_number",
            Self::Phone(_) => "phone",
            Self::Mailbox(_) => "mailbox",
            Self::Name(name) => name.kind.key(),
            Self::Force(_) => "force",
            Self::NotADay(_) => "not_a_day",
        }
    }

    /// The kind of the meaning in words.
    pub fn kind(&self) -> (&'static str, &'static str) {
        match self {
            Self::Day(_) => ("日期", "date"),
            Self::Duration(_) => ("期限", "period"),
            Self::Amount(_) => ("数量", "amount"),
            Self::Money(_) => ("金额", "money"),
            Self::Share(_) => ("比例", "share"),
            Self::Ordinal(_) => ("序数", "ordinal"),
            Self::DocumentNumber(_) => ("文号", "document number"),
            Self::Phone(_) => ("电话", "telephone"),
            Self::Mailbox(_) => ("邮箱", "mailbox"),
            Self::Name(name) => name.kind.words(),
            Self::Force(_) => ("效力词", "force"),
            Self::NotADay(_) => ("不定日期", "not a date"),
        }
    }

    /// What it says.
    pub fn words(&self) -> Bilingual {
        match self {
            Self::Day(day) => day.words(),
            Self::Duration(duration) => duration.words(),
            Self::Amount(amount) => amount.words(),
            Self::Money(money) => money.words(),
            Self::Share(share) => share.words(),
            Self::Ordinal(ordinal) => ordinal.words(),
            Self::DocumentNumber(words) | Self::Phone(words) | Self::Mailbox(words) => same(words),
            Self::Name(name) => same(&name.words),
            Self::Force(force) => force.words(),
            Self::NotADay(vague) => vague.words(),
        }
    }
}

fn same(words: &str) -> Bilingual {
    Bilingual::new(words, words)
}

impl NameKind {
    fn key(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Channel => "channel",
            Self::Place => "place",
            Self::Office => "office",
        }
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Paper => ("材料", "paper"),
            Self::Channel => ("渠道", "channel"),
            Self::Place => ("地点", "place"),
            Self::Office => ("单位", "office"),
        }
    }
}

impl Day {
    fn words(&self) -> Bilingual {
        let zh = self.bound.around_zh(&self.zh());
        let en = self.bound.around_en(&self.en());
        let (end_zh, end_en) = match self.end {
            End::Alone => ("", ""),
            End::First => ("，一段时间的第一天", ", the first day of a period"),
            End::Last => ("，一段时间的最后一天", ", the last day of a period"),
        };
        let (year_zh, year_en) = match self.year {
            Year::Carried(_) => ("（年份承前）", " (year from the day before it)"),
            Year::Unsaid => ("（没有写年份）", " (no year is given)"),
            _ => ("", ""),
        };
        Bilingual::new(
            format!("{zh}{year_zh}{end_zh}"),
            format!("{en}{year_en}{end_en}"),
        )
    }

    fn zh(&self) -> String {
        let mut out = match &self.year {
            Year::Printed(year) | Year::Carried(year) => format!("{year}年"),
            Year::This => "当年".to_owned(),
            Year::Next => "次年".to_owned(),
            Year::Last => "上年".to_owned(),
            // 每月10日 has no month.
            Year::Every if self.month.is_none() && self.day.is_some() => "每月".to_owned(),
            Year::Every => "每年".to_owned(),
            Year::Of(event) => format!("{event}当年"),
            Year::Unsaid => String::new(),
        };
        if let Some(month) = self.month {
            out.push_str(&format!("{month}月"));
        }
        if let Some(day) = self.day {
            out.push_str(&format!("{day}日"));
        }
        out.push_str(self.part.map_or("", |part| part.words().0));
        out
    }

    fn en(&self) -> String {
        let date = match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{month:02}-{day:02}"),
            (Some(month), None) => format!("month {month}"),
            (None, Some(day)) => format!("day {day} of the month"),
            (None, None) => String::new(),
        };
        let date = match &self.year {
            Year::Printed(year) | Year::Carried(year) => match (self.month, self.day) {
                (Some(month), None) => format!("{year}-{month:02}"),
                (None, None) => year.to_string(),
                _ => format!("{year}-{date}"),
            },
            Year::This => of(&date, "of that year", "that year"),
            Year::Next => of(&date, "of the next year", "the next year"),
            Year::Last => of(&date, "of the year before", "the year before"),
            Year::Every if self.month.is_none() && self.day.is_some() => {
                format!("{date}, every month")
            }
            Year::Every => of(&date, "of every year", "every year"),
            Year::Of(event) => of(
                &date,
                &format!("of the year of {event}"),
                &format!("the year of {event}"),
            ),
            Year::Unsaid => date,
        };
        match self.part {
            Some(part) => format!("{} of {date}", part.words().1),
            None => date,
        }
    }
}

fn of(date: &str, with: &str, alone: &str) -> String {
    if date.is_empty() {
        alone.to_owned()
    } else {
        format!("{date} {with}")
    }
}

impl Part {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Start => ("初", "the start"),
            Self::First => ("上旬", "the first ten days"),
            Self::Second => ("中旬", "the second ten days"),
            Self::Third => ("下旬", "the last ten days"),
            Self::Middle => ("中", "the middle"),
            Self::Last => ("底", "the end"),
        }
    }
}

impl Bound {
    fn around_zh(self, day: &str) -> String {
        match self {
            Self::On => day.to_owned(),
            Self::From => format!("{day}起"),
            Self::NotBefore => format!("不早于{day}"),
            Self::Before => format!("{day}前"),
            Self::Until => format!("到{day}为止"),
            Self::NotAfter => format!("不晚于{day}"),
            Self::After => format!("{day}后"),
        }
    }

    fn around_en(self, day: &str) -> String {
        match self {
            Self::On => day.to_owned(),
            Self::From => format!("from {day}"),
            Self::NotBefore => format!("not before {day}"),
            Self::Before => format!("before {day}"),
            Self::Until => format!("until {day}"),
            Self::NotAfter => format!("not after {day}"),
            Self::After => format!("after {day}"),
        }
    }
}

impl Limit {
    /// Words before a number, each with a blank if they need one.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Exactly => ("", ""),
            Self::About => ("大约", "about "),
            Self::AtLeast => ("至少", "at least "),
            Self::AtMost => ("至多", "at most "),
            Self::MoreThan => ("多于", "more than "),
            Self::LessThan => ("少于", "less than "),
        }
    }
}

fn limited(limit: Limit, zh: &str, en: &str) -> Bilingual {
    let (limit_zh, limit_en) = limit.words();
    Bilingual::new(format!("{limit_zh}{zh}"), format!("{limit_en}{en}"))
}

/// Adds `（上午）` and the like if there is something to say.
fn noted(words: Bilingual, notes: &[(&str, &str, &str)]) -> Bilingual {
    notes
        .iter()
        .filter(|(_, _, what)| !what.is_empty())
        .fold(words, |words, (zh, en, what)| {
            Bilingual::new(
                format!("{}，{zh}“{what}”", words.zh),
                format!("{}, {en} {what}", words.en),
            )
        })
}

impl Duration {
    fn words(&self) -> Bilingual {
        let (zh, en) = match self.unit {
            TimeUnit::Minute => ("分钟", "minutes"),
            TimeUnit::Hour => ("小时", "hours"),
            TimeUnit::Day => ("天", "days"),
            TimeUnit::WorkingDay => ("个工作日", "working days"),
            TimeUnit::Week => ("周", "weeks"),
            TimeUnit::Month => ("个月", "months"),
            TimeUnit::Quarter => ("个季度", "quarters"),
            TimeUnit::Term => ("个学期", "school terms"),
            TimeUnit::Year => ("年", "years"),
        };
        let value = self.value;
        let en = if value == Number::new(1, 0) {
            en.trim_end_matches('s')
        } else {
            en
        };
        let words = limited(
            self.limit,
            &format!("{value}{zh}"),
            &format!("{value} {en}"),
        );
        noted(words, &[("起算于", "counted from", &self.from)])
    }
}

impl Amount {
    fn words(&self) -> Bilingual {
        let number = format!("{}{}", self.value, self.unit);
        noted(
            limited(self.limit, &number, &number),
            &[
                ("按", "per", &self.per),
                ("属于", "group", &self.group),
                ("数的是", "of", &self.of),
            ],
        )
    }
}

impl Money {
    fn words(&self) -> Bilingual {
        let yuan = self.yuan();
        noted(
            limited(self.limit, &format!("{yuan}元"), &format!("{yuan} yuan")),
            &[("按", "per", &self.per)],
        )
    }

    /// The amount in yuan.
    pub fn yuan(&self) -> Number {
        Number::new(self.fen, 2)
    }
}

impl Share {
    fn words(&self) -> Bilingual {
        let words = match self.value {
            ShareValue::Percent(value) => {
                limited(self.limit, &format!("{value}%"), &format!("{value}%"))
            }
            ShareValue::Fraction(numerator, denominator) => limited(
                self.limit,
                &format!("{denominator}分之{numerator}"),
                &format!("{numerator}/{denominator}"),
            ),
        };
        noted(words, &[("属于", "group", &self.group)])
    }
}

impl Ordinal {
    fn words(&self) -> Bilingual {
        let (first, last, unit) = (self.first, self.last, &self.unit);
        if first == last {
            Bilingual::new(
                format!("第{first}{unit}"),
                format!("number {first} ({unit})"),
            )
        } else {
            Bilingual::new(
                format!("第{first}至第{last}{unit}"),
                format!("numbers {first} to {last} ({unit})"),
            )
        }
    }
}

impl Force {
    /// A key for programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Part => "part",
            Self::Half => "half",
            Self::Must => "must",
            Self::May => "may",
            Self::MustNot => "must_not",
            Self::InPrinciple => "in_principle",
            Self::Only => "only",
            Self::Except => "except",
            Self::Not => "not",
        }
    }

    fn words(self) -> Bilingual {
        let (zh, en) = match self {
            Self::All => ("全部", "all"),
            Self::Part => ("一部分", "a part"),
            Self::Half => ("一半", "a half"),
            Self::Must => ("必须", "must"),
            Self::May => ("可以", "may"),
            Self::MustNot => ("不得", "must not"),
            Self::InPrinciple => ("原则上", "in principle"),
            Self::Only => ("只", "only"),
            Self::Except => ("除外", "except"),
            Self::Not => ("否定", "not"),
        };
        Bilingual::new(zh, en)
    }
}

impl Vague {
    /// A key for programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::ToBeAnnounced => "to_be_announced",
            Self::FromIssue => "from_issue",
            Self::Season => "season",
            Self::Soon => "soon",
        }
    }

    fn words(self) -> Bilingual {
        let (zh, en) = match self {
            Self::ToBeAnnounced => ("日子以后另说", "to be announced"),
            Self::FromIssue => ("从发布那天起", "from the day of issue"),
            Self::Season => ("只说了时节", "a season, not a date"),
            Self::Soon => ("只说了要快", "soon, without a date"),
        };
        Bilingual::new(zh, en)
    }
}
