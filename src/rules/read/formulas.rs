//! Formulas: from a text such as `较小(学费 + 住宿费, 20000)` to a [`Formula`] whose units fit.
//!
//! Names, numbers, `+ - × ÷`, brackets and named operations. Everything is a fraction of whole numbers until the author says
//! how to round, so that nothing is rounded silently.

use std::ops::Range;

use mingbai_forms::date::parse_day;
use mingbai_forms::keys;

use super::parts::{Measure, Part, common_divisor, fitting, make, multiplied};
use super::{Name, Reader};
use crate::diag::{Span, Spanned};
use crate::formula::{Formula, Op, Rounding};
use crate::language::is_currency;
use crate::messages::{formulas as messages, members};
use crate::self_check::*;
use crate::text::{Bilingual, strip_width};
use crate::value::{self, Scale, Value};

/// At most this many signs and words in a formula, and brackets inside brackets.
const MOST_TOKENS: usize = 200;
const MOST_NESTED: usize = 12;

/// A sign, or a word between signs.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Sign(char),
    Word(String),
    End,
}

/// Operations with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    Least,
    Greatest,
    Round(Rounding),
    Between(Op),
    OfDay(Op),
    InYear,
    /// The sum over all members, and how many of them are such.
    Sum,
    Count,
}

impl Named {
    const ALL: [(&'static str, Self); 15] = [
        ("min", Self::Least),
        ("max", Self::Greatest),
        ("round", Self::Round(Rounding::Nearest)),
        ("down", Self::Round(Rounding::Down)),
        ("up", Self::Round(Rounding::Up)),
        ("age", Self::Between(Op::YearsBetween)),
        ("months", Self::Between(Op::MonthsBetween)),
        ("days", Self::Between(Op::DaysBetween)),
        ("year_of", Self::OfDay(Op::Year)),
        ("first_of_month", Self::OfDay(Op::FirstOfMonth)),
        ("end_of_month", Self::OfDay(Op::EndOfMonth)),
        ("end_of_year", Self::OfDay(Op::EndOfYear)),
        ("in_year", Self::InYear),
        ("sum", Self::Sum),
        ("count", Self::Count),
    ];

    fn of(word: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        let found =
            all.find(|(english, _)| *english == word || keys::chinese_word(english) == word);
        found.map(|(_, named)| named)
    }
}

/// The parser of one formula.
struct Parser<'r, 'a> {
    reader: &'r mut Reader<'a>,
    text: &'r Spanned<String>,
    tokens: Vec<(Token, Range<usize>)>,
    next: usize,
    nested: usize,
}

/// A sign of formulas in one form.
fn sign(sign: char) -> Option<char> {
    Some(match sign {
        '+' | '＋' => '+',
        '-' | '－' | '−' | '–' => '-',
        '*' | '×' | '＊' => '×',
        '/' | '÷' | '／' => '÷',
        '(' | '（' => '(',
        ')' | '）' => ')',
        ',' | '，' => ',',
        _ => return None,
    })
}

/// The length of a day such as `2020-09-01`, or of a day of a year such as `09-01`, at the start of a text.
fn day_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let fits = |form: &str| {
        let mut pairs = form.bytes().enumerate();
        bytes.len() >= form.len()
            && pairs.all(|(at, sign)| match sign {
                b'0' => bytes[at].is_ascii_digit(),
                _ => bytes[at] == sign,
            })
            && !bytes.get(form.len()).is_some_and(u8::is_ascii_digit)
    };
    ["0000-00-00", "00-00"]
        .into_iter()
        .find(|form| fits(form))
        .map(str::len)
}

fn tokens(text: &str) -> Vec<(Token, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let start = at;
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        if let Some(sign) = sign(first) {
            at += first.len_utf8();
            found.push((Token::Sign(sign), start..at));
            continue;
        }
        if first == '“' {
            let rest = &text[start + first.len_utf8()..];
            let (name, length) = match rest.find('”') {
                Some(end) => (&rest[..end], end + '”'.len_utf8()),
                None => (rest, rest.len()),
            };
            at += first.len_utf8() + length;
            found.push((Token::Word(name.to_owned()), start..at));
            continue;
        }
        let mut length = day_length(&text[start..]).unwrap_or(0);
        if length == 0 {
            let rest = text[start..].find(|c| sign(c).is_some() || c == '“');
            length = rest.unwrap_or(text.len() - start);
        }
        let word = text[start..start + length].trim_end();
        at += length;
        found.push((Token::Word(word.to_owned()), start..start + word.len()));
    }
    found.push((Token::End, text.len()..text.len()));
    found
}

impl<'a> Reader<'a> {
    /// Reads a formula whose result has this scale and unit.
    ///
    /// # Diagnostics
    /// MB0301, MB0318 to MB0320.
    pub(super) fn formula(
        &mut self,
        text: &Spanned<String>,
        scale: Scale,
        unit: &str,
    ) -> Option<Formula> {
        let tokens = tokens(&text.value);
        if tokens.len() > MOST_TOKENS {
            self.sink.push(messages::too_deep(text.span));
            return None;
        }
        let mut parser = Parser {
            reader: self,
            text,
            tokens,
            next: 0,
            nested: 0,
        };
        let part = parser.sum()?;
        if *parser.peek() != Token::End {
            return parser.unexpected();
        }
        let wanted = Measure::of(scale, unit);
        let whole = Part::new(Formula::Constant(0), wanted, 0..text.value.len());
        let part = part.adopt(&whole);
        parser.fits(&part, &whole)?;
        match scale {
            Scale::Decimal => parser.hundredths(part),
            _ => parser.whole(part),
        }
    }
}

impl Parser<'_, '_> {
    fn peek(&self) -> &Token {
        &self.tokens[self.next].0
    }

    fn place(&self) -> Range<usize> {
        self.tokens[self.next].1.clone()
    }

    fn take(&mut self, sign: char) -> bool {
        let is_next = *self.peek() == Token::Sign(sign);
        self.next += usize::from(is_next);
        is_next
    }

    fn span(&self, at: &Range<usize>) -> Span {
        self.text.part(at.clone())
    }

    fn unexpected<T>(&mut self) -> Option<T> {
        let at = self.place();
        let found = self.text.value[at.clone()].to_owned();
        let span = if found.is_empty() {
            self.text.span
        } else {
            self.span(&at)
        };
        self.reader.sink.push(messages::unexpected(span, &found));
        None
    }

    fn expect(&mut self, sign: char) -> Option<()> {
        if self.take(sign) {
            return Some(());
        }
        self.unexpected()
    }

    fn sum(&mut self) -> Option<Part> {
        let mut left = self.product()?;
        loop {
            let minus = match self.peek() {
                Token::Sign('+') => false,
                Token::Sign('-') => true,
                _ => return Some(left),
            };
            self.next += 1;
            let right = self.product()?;
            left = self.added(left, right, minus)?;
        }
    }

    fn product(&mut self) -> Option<Part> {
        let mut left = self.factor()?;
        loop {
            let divides = match self.peek() {
                Token::Sign('×') => false,
                Token::Sign('÷') => true,
                _ => return Some(left),
            };
            self.next += 1;
            let right = self.factor()?;
            left = self.multiplied(left, right, divides)?;
        }
    }

    fn factor(&mut self) -> Option<Part> {
        let at = self.place();
        match self.peek().clone() {
            Token::Sign('(') => {
                self.next += 1;
                let inner = self.inside(Self::sum)?;
                self.expect(')')?;
                Some(inner)
            }
            Token::Word(word) => {
                self.next += 1;
                match Named::of(&word) {
                    Some(named) if *self.peek() == Token::Sign('(') => {
                        self.next += 1;
                        let part = self.inside(|parser| parser.named(named, &word, at))?;
                        self.expect(')')?;
                        Some(part)
                    }
                    _ => self.word(&word, at),
                }
            }
            _ => self.unexpected(),
        }
    }

    /// What is between brackets.
    fn inside(&mut self, read: impl FnOnce(&mut Self) -> Option<Part>) -> Option<Part> {
        if self.nested >= MOST_NESTED {
            self.reader.sink.push(messages::too_deep(self.text.span));
            return None;
        }
        self.nested += 1;
        let part = read(self);
        self.nested -= 1;
        part
    }

    /// A name or a number.
    fn word(&mut self, word: &str, at: Range<usize>) -> Option<Part> {
        let name = Spanned::new(word.to_owned(), self.span(&at));
        match self.reader.meaning(word) {
            Some(Name::Question(id)) => self.question(id, &name, at),
            Some(Name::Condition(id)) => {
                let condition = self.reader.add(name.span, Test::Named(id))?;
                Some(Part::new(Formula::Holds(condition), Measure::Plain, at))
            }
            Some(Name::Parameter(id)) => {
                self.reader.used_parameters.insert(id);
                let parameter = &self.reader.parameters[id.index()];
                let unit = parameter.unit.clone();
                let unit = unit.unwrap_or_else(|| {
                    super::default_unit(self.reader.language, parameter.scale).to_owned()
                });
                let formula = Formula::Parameter {
                    by: parameter.by,
                    periods: parameter.values.clone(),
                };
                Some(Part::of(formula, parameter.scale, &unit, at))
            }
            Some(Name::Computed(id)) => {
                let (scale, unit) = &self.reader.headers[id.index()];
                Some(Part::of(Formula::Value(id), *scale, unit, at))
            }
            Some(Name::Member(condition)) => {
                Some(Part::new(Formula::Holds(condition), Measure::Plain, at))
            }
            Some(Name::Field(..)) => {
                self.reader.sink.push(members::of_a_member(&name));
                None
            }
            None => self.literal(&name, at),
        }
    }

    fn question(
        &mut self,
        id: QuestionId,
        name: &Spanned<String>,
        at: Range<usize>,
    ) -> Option<Part> {
        let domain = &self.reader[id].domain;
        if let Some(scale) = domain.scale() {
            return Some(Part::of(Formula::Ask(id), scale, domain.unit(), at));
        }
        if domain.is_yes_no() {
            let test = Test::Options {
                question: id,
                allowed: vec![false, true],
            };
            let condition = self.reader.add(name.span, test)?;
            return Some(Part::new(Formula::Holds(condition), Measure::Plain, at));
        }
        let found = Bilingual::new("选项", "an option");
        let wanted = Bilingual::new("数、金额或日期", "a number, an amount or a date");
        self.reader
            .sink
            .push(messages::other_type(name.span, &found, &wanted));
        None
    }

    /// `12000`, `80%`, `1200元`, `3年`, `6个月`, `30天`, `2020-09-01`
    fn literal(&mut self, written: &Spanned<String>, at: Range<usize>) -> Option<Part> {
        let plain = strip_width(&written.value).replace(char::is_whitespace, "");
        if let Ok(day) = parse_day(&plain, written.span) {
            let word = Value::Date(day).word();
            return Some(Part::new(Formula::Constant(word), Measure::Date, at));
        }
        let sign = plain.chars().next().filter(|c| is_currency(*c));
        let plain = match sign {
            Some(sign) => format!("{}{sign}", &plain[sign.len_utf8()..]),
            None => plain,
        };
        let end = plain
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(plain.len());
        let (digits, unit) = plain.split_at(end);
        let Some((above, below)) = decimal(digits) else {
            self.reader.unknown_name(written);
            return None;
        };
        let part = |above: i64, below: i64, measure: Measure| Part {
            below: Formula::Constant(below),
            literal: Some((above, unit.to_owned())),
            ..Part::new(Formula::Constant(above), measure, at.clone())
        };
        let is_count = below == 1;
        let part = match unit {
            "" => part(above, below, Measure::Plain),
            "%" => part(above, below.saturating_mul(100), Measure::Plain),
            "年" | "years" if is_count => {
                let months = above.saturating_mul(12);
                let mut part = part(above, 1, Measure::Months);
                part.above = Formula::Constant(months);
                part
            }
            "月" | "个月" | "months" if is_count => part(above, 1, Measure::Months),
            "日" | "天" | "days" if is_count => part(above, 1, Measure::Days),
            _ if unit.starts_with(|c: char| c == '元' || is_currency(c))
                || unit.starts_with("yuan") =>
            {
                part(
                    above.saturating_mul(100),
                    below,
                    Measure::Money(unit.to_owned()),
                )
            }
            _ if unit.starts_with(|c: char| c.is_alphabetic()) => {
                part(above, below, Measure::Number(unit.to_owned()))
            }
            _ => {
                self.reader
                    .sink
                    .push(messages::unexpected(written.span, &written.value));
                return None;
            }
        };
        Some(part.reduced())
    }

    /// # Diagnostics
    /// MB0319.
    fn fits(&mut self, a: &Part, b: &Part) -> Option<Measure> {
        let fit = match (&a.measure, &b.measure) {
            (Measure::Money(a), Measure::Money(b)) => fitting(a, b).map(Measure::Money),
            (Measure::Number(a), Measure::Number(b)) => fitting(a, b).map(Measure::Number),
            (a, b) => (a == b).then(|| a.clone()),
        };
        if fit.is_none() {
            let at = a.at.start.min(b.at.start)..a.at.end.max(b.at.end);
            let message =
                messages::other_unit(self.span(&at), &a.measure.words(), &b.measure.words());
            self.reader.sink.push(message);
        }
        fit
    }

    /// # Diagnostics
    /// MB0320.
    fn whole(&mut self, part: Part) -> Option<Formula> {
        let part = part.reduced();
        if !part.is_whole() {
            self.reader
                .sink
                .push(messages::not_whole(self.span(&part.at)));
            return None;
        }
        Some(part.above)
    }

    /// # Diagnostics
    /// MB0320.
    fn hundredths(&mut self, part: Part) -> Option<Formula> {
        let span = self.span(&part.at);
        let part = part.times(100);
        if !part.is_whole() {
            self.reader.sink.push(messages::more_decimals(span));
            return None;
        }
        Some(part.above)
    }

    fn added(&mut self, left: Part, right: Part, minus: bool) -> Option<Part> {
        let at = left.at.start..right.at.end;
        if left.measure == Measure::Date && right.measure != Measure::Date {
            return self.moved_day(left, right, minus);
        }
        let (left, right) = (left.clone().adopt(&right), right.adopt(&left));
        let measure = self.fits(&left, &right)?;
        if measure == Measure::Date {
            if !minus {
                let message =
                    messages::other_unit(self.span(&at), &measure.words(), &measure.words());
                self.reader.sink.push(message);
                return None;
            }
            let days = make(Op::DaysBetween, vec![right.above, left.above]);
            return Some(Part::new(
                days,
                Measure::Number(self.reader.language.of("天", "days").to_owned()),
                at,
            ));
        }
        let op = if minus { Op::Subtract } else { Op::Add };
        let (a, b, below) = if left.below == right.below {
            (left.above, right.above, left.below)
        } else if let (Formula::Constant(_), Formula::Constant(_)) = (&left.below, &right.below) {
            let a = make(Op::Multiply, vec![left.above, right.below.clone()]);
            let b = make(Op::Multiply, vec![right.above, left.below.clone()]);
            (a, b, make(Op::Multiply, vec![left.below, right.below]))
        } else {
            let part = if left.is_whole() { &right } else { &left };
            self.reader
                .sink
                .push(messages::not_whole(self.span(&part.at)));
            return None;
        };
        let above = make(op, vec![a, b]);
        Some(
            Part {
                below,
                ..Part::new(above, measure, at)
            }
            .reduced(),
        )
    }

    /// A day and a duration.
    fn moved_day(&mut self, day: Part, by: Part, minus: bool) -> Option<Part> {
        let at = day.at.start..by.at.end;
        let (op, times) = match &by.measure {
            Measure::Days => (Op::AddDays, 1),
            Measure::Months => (Op::AddMonths, 1),
            Measure::Number(unit) => match unit.as_str() {
                "年" | "岁" | "周岁" | "years" => (Op::AddMonths, 12),
                "月" | "个月" | "months" => (Op::AddMonths, 1),
                "日" | "天" | "days" => (Op::AddDays, 1),
                _ => return self.no_duration(&by),
            },
            _ => return self.no_duration(&by),
        };
        let number = self.whole(by)?;
        let mut number = make(Op::Multiply, vec![number, Formula::Constant(times)]);
        if minus {
            number = make(Op::Subtract, vec![Formula::Constant(0), number]);
        }
        Some(Part::new(
            make(op, vec![day.above, number]),
            Measure::Date,
            at,
        ))
    }

    fn no_duration(&mut self, part: &Part) -> Option<Part> {
        let wanted = Bilingual::new("年数、月数或天数", "a number of years, months or days");
        let message = messages::other_type(self.span(&part.at), &part.measure.words(), &wanted);
        self.reader.sink.push(message);
        None
    }

    fn multiplied(&mut self, left: Part, right: Part, divides: bool) -> Option<Part> {
        use Measure::{Money, Number, Plain};
        let at = left.at.start..right.at.end;
        let measure = match (&left.measure, &right.measure, divides) {
            (Plain, Plain, _) => Plain,
            (Money(unit), Plain, _) | (Plain, Money(unit), false) => Money(unit.clone()),
            (Number(unit), Plain, _) | (Plain, Number(unit), false) => Number(unit.clone()),
            (Money(unit), Number(by), false) | (Number(by), Money(unit), false) => {
                Money(multiplied(unit, by))
            }
            (Money(unit), Number(by), true) => {
                Money(if by.is_empty() { unit.as_str() } else { "" }.to_owned())
            }
            (Number(unit), Number(by), false) => Number(multiplied(unit, by)),
            (Money(a), Money(b), true) | (Number(a), Number(b), true)
                if fitting(a, b).is_some() =>
            {
                Plain
            }
            (Number(_), Number(_), true) => Number(String::new()),
            (a, b, _) => {
                let message = messages::other_unit(self.span(&at), &a.words(), &b.words());
                self.reader.sink.push(message);
                return None;
            }
        };
        let (above, below) = if divides {
            (right.below, right.above)
        } else {
            (right.above, right.below)
        };
        let above = make(Op::Multiply, vec![left.above, above]);
        let below = make(Op::Multiply, vec![left.below, below]);
        Some(
            Part {
                below,
                ..Part::new(above, measure, at)
            }
            .reduced(),
        )
    }

    /// The operands of an operation; the bracket before them was read.
    fn operands(&mut self) -> Option<Vec<Part>> {
        let mut list = vec![self.sum()?];
        while self.take(',') {
            list.push(self.sum()?);
        }
        Some(list)
    }

    fn named(&mut self, named: Named, word: &str, at: Range<usize>) -> Option<Part> {
        if named == Named::InYear {
            return self.in_year(word, at);
        }
        if matches!(named, Named::Sum | Named::Count) {
            return self.of_members(named, word, at);
        }
        let mut list = self.operands()?;
        let wanted = match named {
            Named::Least | Named::Greatest => (2, usize::MAX, "两个以上（2 or more）"),
            Named::Round(_) => (1, 2, "一到两（1 or 2）"),
            Named::Between(_) => (2, 2, "两（2）"),
            _ => (1, 1, "一（1）"),
        };
        let at = at.start..self.place().end;
        if !(wanted.0..=wanted.1).contains(&list.len()) {
            let message = messages::operands(self.span(&at), word, wanted.2);
            self.reader.sink.push(message);
            return None;
        }
        match named {
            Named::Least => self.extreme(Op::Least, list, at),
            Named::Greatest => self.extreme(Op::Greatest, list, at),
            Named::Round(rounding) => {
                let step = (list.len() == 2).then(|| list.pop()).flatten();
                self.rounded(rounding, list.pop()?, step, at)
            }
            Named::Between(op) => {
                for part in &list {
                    self.is_day(part)?;
                }
                let unit = match op {
                    Op::YearsBetween => self.reader.language.of("岁", "years"),
                    Op::MonthsBetween => self.reader.language.of("个月", "months"),
                    _ => self.reader.language.of("天", "days"),
                };
                let days = list.into_iter().map(|part| part.above).collect();
                Some(Part::new(
                    make(op, days),
                    Measure::Number(unit.to_owned()),
                    at,
                ))
            }
            Named::OfDay(op) => {
                let day = list.pop()?;
                self.is_day(&day)?;
                let measure = match op {
                    Op::Year => Measure::Number(self.reader.language.of("年", "year").to_owned()),
                    _ => Measure::Date,
                };
                Some(Part::new(make(op, vec![day.above]), measure, at))
            }
            Named::InYear | Named::Sum | Named::Count => None,
        }
    }

    /// `合计(月收入)`, `人数(年幼)`: what is in brackets is read for each member.
    fn of_members(&mut self, named: Named, word: &str, at: Range<usize>) -> Option<Part> {
        let names = self.tokens[self.next..]
            .iter()
            .map_while(|(token, _)| match token {
                Token::Sign(')') | Token::End => None,
                Token::Word(word) => Some(Some(word.as_str())),
                Token::Sign(_) => Some(None),
            });
        let group = self.reader.group_of(names.flatten());
        let Some(group) = group.filter(|_| self.reader.member.is_none()) else {
            if self.reader.unsure {
                return None;
            }
            let span = self.span(&at);
            self.reader.sink.push(messages::no_member(span, word));
            return None;
        };
        let first = self.next;
        let mut parts: Vec<Part> = Vec::new();
        for number in 0..self.reader.members_of(group) {
            self.next = first;
            self.reader.member = Some((group, number));
            let part = self.sum();
            self.reader.member = None;
            parts.push(part?);
        }
        let one = parts.first()?.clone();
        let at = at.start..self.place().end;
        if named == Named::Count && one.measure != Measure::Plain {
            let wanted = Bilingual::new("条件", "a condition");
            let message = messages::other_type(self.span(&one.at), &one.measure.words(), &wanted);
            self.reader.sink.push(message);
            return None;
        }
        if !matches!(one.below, Formula::Constant(_)) {
            self.reader
                .sink
                .push(messages::not_whole(self.span(&one.at)));
            return None;
        }
        let count = self.reader.groups[group].count;
        let sum = Formula::First(count, parts.into_iter().map(|part| part.above).collect());
        let part = Part {
            below: one.below,
            ..Part::new(sum, one.measure, at)
        };
        Some(part.reduced())
    }

    /// # Diagnostics
    /// MB0319.
    fn is_day(&mut self, part: &Part) -> Option<()> {
        if part.measure == Measure::Date {
            return Some(());
        }
        let message = messages::other_type(
            self.span(&part.at),
            &part.measure.words(),
            &Measure::Date.words(),
        );
        self.reader.sink.push(message);
        None
    }

    /// `当年(毕业日期, 9月1日)`
    fn in_year(&mut self, word: &str, at: Range<usize>) -> Option<Part> {
        let day = self.sum()?;
        self.is_day(&day)?;
        self.expect(',')?;
        let place = self.place();
        let found = match self.peek() {
            // In a leap year, so that 29 February can be seen and refused.
            Token::Word(written) => day_of_year(written).filter(|day| *day != 2_29),
            _ => None,
        };
        let Some(found) = found else {
            let message = messages::operands(
                self.span(&place),
                word,
                "日期和月日（a date and a day such as 09-01）两",
            );
            self.reader.sink.push(message);
            return None;
        };
        self.next += 1;
        let at = at.start..place.end;
        Some(Part::new(
            make(Op::InYear(found), vec![day.above]),
            Measure::Date,
            at,
        ))
    }

    fn extreme(&mut self, op: Op, list: Vec<Part>, at: Range<usize>) -> Option<Part> {
        // Numbers without a unit take that of the others.
        let model = list
            .iter()
            .find(|part| part.measure != Measure::Plain)
            .cloned();
        let below = common_divisor(&list);
        let mut whole = Vec::new();
        let mut measure = None;
        let mut before: Option<Part> = None;
        for part in list {
            let part = match &model {
                Some(model) => part.adopt(model),
                None => part,
            };
            measure = match &before {
                Some(before) => Some(self.fits(before, &part)?),
                None => Some(part.measure.clone()),
            };
            whole.push(self.whole(part.clone().times(below))?);
            before = Some(Part {
                measure: measure.clone()?,
                ..part
            });
        }
        let part = Part {
            below: Formula::Constant(below),
            ..Part::new(make(op, whole), measure?, at)
        };
        Some(part.reduced())
    }

    fn rounded(
        &mut self,
        rounding: Rounding,
        part: Part,
        step: Option<Part>,
        at: Range<usize>,
    ) -> Option<Part> {
        let mut measure = part.measure.clone();
        let (mut above, mut below) = (part.above.clone(), part.below.clone());
        let mut times = None;
        if let Some(step) = step {
            let step = step.adopt(&part);
            measure = self.fits(&part, &step)?;
            let place = self.span(&step.at);
            let is_written = matches!(
                (&step.above, &step.below),
                (Formula::Constant(1..), Formula::Constant(1..))
            );
            if !is_written {
                let found = Bilingual::new("要算的数", "a computed number");
                let wanted = Bilingual::new("写明的数", "a number that is written");
                self.reader
                    .sink
                    .push(messages::other_type(place, &found, &wanted));
                return None;
            }
            below = make(Op::Multiply, vec![below, step.above.clone()]);
            above = make(Op::Multiply, vec![above, step.below.clone()]);
            times = Some(step);
        }
        let mut rounded = match below {
            Formula::Constant(1) => above,
            below => make(Op::Divide(rounding), vec![above, below]),
        };
        let mut step_below = Formula::Constant(1);
        if let Some(step) = times {
            rounded = make(Op::Multiply, vec![rounded, step.above]);
            step_below = step.below;
        }
        let rounded = Part {
            below: step_below,
            ..Part::new(rounded, measure, at)
        };
        Some(rounded.reduced())
    }
}

/// A decimal number as a fraction.
fn decimal(digits: &str) -> Option<(i64, i64)> {
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(part) || part.len() > 4 {
        return None;
    }
    if digits.ends_with('.') || whole.len() > 15 {
        return None;
    }
    let below = 10_i64.pow(u32::try_from(part.len()).ok()?);
    let above: i64 = format!("{whole}{part}").parse().ok()?;
    Some((above, below))
}

/// `9月1日`, `09-01`: month × 100 + day.
fn day_of_year(written: &str) -> Option<i32> {
    let plain = strip_width(written).replace(char::is_whitespace, "");
    let (month, day) = match plain.split_once('月') {
        Some((month, day)) => (month, day.strip_suffix('日')?),
        None => plain.split_once('-')?,
    };
    let number = |text: &str| -> Option<i8> {
        let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_digits.then(|| text.parse().ok()).flatten()
    };
    let day = jiff::civil::Date::new(2000, number(month)?, number(day)?).ok()?;
    Some(i32::from(day.month()) * 100 + i32::from(day.day()))
}

/// A value as an example writes it, as the number of a module.
pub(super) fn number(scale: Scale, unit: &str, text: &str) -> Option<i64> {
    if matches!(scale, Scale::Money | Scale::Decimal) {
        let plain: String = strip_width(text)
            .chars()
            .filter(|c| !c.is_whitespace() && *c != ',' && *c != '，')
            .collect();
        let (above, below) = decimal(value::strip_unit(&plain, &[unit, "元", "yuan"]))?;
        let fen = above.checked_mul(100)?;
        return (fen % below == 0).then_some(fen / below);
    }
    value::parse(scale, unit, text).map(|value| value.word())
}
