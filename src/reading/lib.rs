//! Reads official Chinese text: days, numbers, money, telephones, document numbers, names and words of obligation.
//!
//! Comes in: a text (a sentence, a clause, a whole document). Goes out: [`Reading`]s, each with its byte range in that
//! text. Nothing is looked up and nothing is resolved here: a day without a year has no year, an office is its words.
//! What can be read in more than one way has alternatives.
//!
//! Steps: the text is folded to a row of signs; at each sign where a number can begin, the grammars are tried in the order of how
//! much they ask for (document number, telephone, day, ordinal, amount); words of obligation and names are found by tables.
//! Each grammar looks a bounded number of signs ahead and back, so that the time is linear.

#![forbid(unsafe_code)]

mod clock;
mod day;
mod force;
mod lexicon;
mod modifier;
mod name;
mod number;
mod phone;
mod quantity;
mod say;
mod series;
mod signs;
mod what;
mod words;

pub use what::{
    Amount, Bound, Day, Duration, End, Force, Limit, Money, Name, NameKind, Number, Ordinal, Part,
    Reading, Share, ShareValue, TimeUnit, Vague, What, Year,
};

use signs::{BREAK, Gap, Signs};

/// Every reading of `text`, in the order of the text. Readings may lie inside one another: a year inside the title of a paper
/// does. The `60` of `每天60名` is one reading and its parts are not read again.
pub fn read(text: &str) -> Vec<Reading> {
    let signs = Signs::new(text);
    let mut out = Vec::new();
    numbers(&signs, &mut out);
    let mut words = Vec::new();
    words_and_names(&signs, &mut words);
    merge(&mut out, words);
    out
}

/// Everything that has a number in it.
fn numbers(signs: &Signs, out: &mut Vec<Reading>) {
    let mut i = 0;
    while i < signs.len() {
        let end = number_at(signs, i, out).filter(|end| *end > i);
        i = end.unwrap_or(i + 1);
    }
}

fn number_at(signs: &Signs, i: usize, out: &mut Vec<Reading>) -> Option<usize> {
    let c = signs.at(i);
    match c {
        '0'..='9' => arabic_at(signs, i, out),
        'a'..='z' | 'A'..='Z' => Some(letters(signs, i, out)),
        '第' => series::ordinals_at(signs, i, out),
        '今' | '本' | '当' | '明' | '次' | '翌' | '来' | '去' | '每' | '上' | '下' => {
            day::days_at(signs, i, out)
        }
        '元' if signs.at(i + 1) == '月' => day::days_at(signs, i, out),
        'Ⅰ'..='Ⅻ' => series::roman_at(signs, i, out),
        '半' => quantity::quantities_at(signs, i, out),
        _ if number::is_chinese_numeral(c) => chinese_at(signs, i, out),
        _ => None,
    }
}

fn arabic_at(signs: &Signs, i: usize, out: &mut Vec<Reading>) -> Option<usize> {
    let end = number::run_end(signs, i);
    let found = series::document_number_at(signs, i, out)
        .or_else(|| series::bulletin_at(signs, i, out))
        .or_else(|| phone::mailbox_at(signs, i, out))
        .or_else(|| phone::phone_at(signs, i, out))
        .or_else(|| item_mark(signs, i, end))
        .or_else(|| after_letters(signs, i, end))
        .or_else(|| day::days_at(signs, i, out))
        .or_else(|| clock::time(signs, i))
        .or_else(|| series::annex_at(signs, i, out))
        .or_else(|| series::grades_at(signs, i, out))
        .or_else(|| series::quarter_at(signs, i, out))
        .or_else(|| quantity::quantities_at(signs, i, out));
    Some(found.unwrap_or(end).max(end))
}

fn chinese_at(signs: &Signs, i: usize, out: &mut Vec<Reading>) -> Option<usize> {
    if number::is_chinese_numeral(signs.before(i)) {
        return None;
    }
    day::days_at(signs, i, out)
        .or_else(|| clock::time(signs, i))
        .or_else(|| series::annex_at(signs, i, out))
        .or_else(|| series::grades_at(signs, i, out))
        .or_else(|| series::quarter_at(signs, i, out))
        .or_else(|| quantity::quantities_at(signs, i, out))
}

/// The number of an item: `1.`, `2、`, `(3)` at the start of a paragraph or after a full stop.
fn item_mark(signs: &Signs, i: usize, end: usize) -> Option<usize> {
    let before = signs.before(i);
    let mark = signs.at(end);
    let first = matches!(before, signs::NONE | BREAK | '。' | ';' | '!' | ':');
    let marked = match mark {
        '.' => {
            !(signs.at(end + 1).is_ascii_digit() && signs.gap(end + 1) == Gap::None)
                || begins_day(signs, end + 1)
        }
        '、' => true,
        ')' => true,
        _ => false,
    };
    let bracketed = before == '(' && (mark == ')' || mark == '、' || mark == '.');
    let lone = mark == ')' && before == '(';
    (end - i <= 2 && marked && (first || bracketed || lone)).then_some(end + 1)
}

/// Whether `2024年` or `10月` begins at a place: the point before it is that of an item.
fn begins_day(signs: &Signs, i: usize) -> bool {
    let end = number::run_end(signs, i);
    matches!((end - i, signs.at(end)), (4, '年') | (1 | 2, '月'))
}

/// Digits after letters belong to them: GB/T 16180-2014, A4, QQ123456.
fn after_letters(signs: &Signs, i: usize, end: usize) -> Option<usize> {
    let near = signs.before(i).is_ascii_alphabetic() && signs.gap(i) <= Gap::Space;
    if !near {
        return None;
    }
    let mut at = end;
    while matches!(signs.at(at), '-' | '.' | '/') && signs.at(at + 1).is_ascii_digit() {
        at = number::run_end(signs, at + 1);
    }
    Some(at)
}

/// A row of letters: a mailbox, an address of the web, a word.
fn letters(signs: &Signs, i: usize, out: &mut Vec<Reading>) -> usize {
    if let Some(end) = phone::mailbox_at(signs, i, out) {
        return end;
    }
    let web = signs.starts(i, "http") || signs.starts(i, "www.");
    let mut end = i + 1;
    while signs.gap(end) == Gap::None {
        let c = signs.at(end);
        let joined = if web {
            c.is_ascii_graphic()
        } else {
            c.is_ascii_alphanumeric()
        };
        if !joined {
            break;
        }
        end += 1;
    }
    end
}

/// Words of obligation, words in the place of a day, names.
fn words_and_names(signs: &Signs, out: &mut Vec<Reading>) {
    let mut i = 0;
    let mut floor = 0;
    while i < signs.len() {
        if let Some(end) = name::name_at(signs, i, floor, out).filter(|end| *end > i) {
            floor = end;
            i = end;
            continue;
        }
        let end = force::vague_at(signs, i, out).or_else(|| force::force_at(signs, i, out));
        i = end.filter(|end| *end > i).unwrap_or(i + 1);
    }
}

/// Puts words and names between the numbers. A word inside the words of a number is part of it (不得 of 不得早于9月25日).
fn merge(numbers: &mut Vec<Reading>, words: Vec<Reading>) {
    numbers.sort_by_key(|reading| (reading.span.start, reading.span.end));
    let mut k = 0;
    let mut kept = Vec::with_capacity(words.len());
    for word in words {
        while numbers
            .get(k)
            .is_some_and(|number| number.span.end <= word.span.start)
        {
            k += 1;
        }
        let is_name = matches!(word.what, What::Name(_));
        let overlapped = numbers
            .get(k)
            .filter(|number| number.span.start < word.span.end);
        // 教基厅 of 教基厅〔2024〕11号 is not an office.
        let is_part = overlapped.is_some_and(|number| {
            !is_name
                || matches!(number.what, What::DocumentNumber(_))
                    && number.span.end >= word.span.end
        });
        if !is_part {
            kept.push(word);
        }
    }
    numbers.extend(kept);
    numbers.sort_by_key(|reading| (reading.span.start, reading.span.end));
}
