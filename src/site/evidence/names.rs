//! Names: venues, papers, groups and document numbers against the words.

use std::ops::Range;

use mingbai_reading::{Name, NameKind, What, read};

use super::denial::is_denial;
use super::words::Words;
use super::{Case, Value, rewords, say};
use crate::diag::Sink;
use crate::text::fold;

/// Compares a name that is copied from the text: every piece of it must be in the words.
///
/// # Diagnostics
/// MB0903.
pub(super) fn compare(case: &Case<'_>, value: &Value, sink: &mut Sink) {
    if pieces(&value.value).all(|piece| case.words.contain(piece)) {
        return;
    }
    sink.push(say::name(case, value, &[]));
}

/// Compares the number of a document.
///
/// # Diagnostics
/// MB0903.
pub(super) fn compare_number(case: &Case<'_>, value: &Value, sink: &mut Sink) {
    if case.words.contain(&value.value) {
        return;
    }
    let wanted = number_of(&value.value).unwrap_or_else(|| value.value.clone());
    let wanted = fold(&wanted);
    let mut said = case.words.meanings();
    let has = said
        .any(|(_, what)| matches!(what, What::DocumentNumber(number) if fold(number) == wanted));
    if has {
        return;
    }
    let words = case
        .words
        .that_say(|what| matches!(what, What::DocumentNumber(_)));
    sink.push(say::name(case, value, &words));
}

/// Compares the name of a grade: 合格 is not said by 不合格.
///
/// # Diagnostics
/// MB0903.
pub(super) fn compare_grade(case: &Case<'_>, value: &Value, sink: &mut Sink) {
    if !case.words.affirm(&value.value) {
        sink.push(say::name(case, value, &[]));
    }
}

/// Compares an office: the text may use a shorter name (省学生助学贷款管理中心 for 山西省学生助学贷款管理中心).
///
/// # Diagnostics
/// MB0903.
pub(super) fn compare_office(case: &Case<'_>, value: &Value, sink: &mut Sink) {
    let name = Name {
        kind: NameKind::Office,
        words: value.value.clone(),
    };
    fn offices<'a>(words: &'a Words<'_>) -> Vec<&'a str> {
        words.that_say(|what| matches!(what, What::Name(name) if name.kind == NameKind::Office))
    }
    // A quotation that names no office belongs to the one that its clause names.
    let words = [case.words, case.clauses[0]];
    let Some(words) = words.into_iter().find(|words| !offices(words).is_empty()) else {
        if !rewords::covers(case.entry, value, &(0..value.value.len())) {
            sink.push(say::undecided(case, value, 0..value.value.len()));
        }
        return;
    };
    if !is_said(case, &name, words) {
        sink.push(say::name(case, value, &offices(words)));
    }
}

/// Compares the provinces, prefectures and counties of a sentence: the words, the title or the file's own region name them.
///
/// # Diagnostics
/// MB0903.
pub(super) fn compare_places(case: &Case<'_>, value: &Value, sink: &mut Sink) {
    for range in places(case, &value.value) {
        let name = &value.value[range.clone()];
        let is_said = case.here.places.iter().any(|place| place.contains(name))
            || case.title.contains(name)
            || case.all_words().any(|words| words.contain(name))
            || case.clauses.iter().any(|clause| clause.contain(name));
        if !is_said && !is_denial(&value.value, &range) {
            sink.push(say::part(case, value, range));
        }
    }
}

/// The names of places in a sentence, of three characters or more.
fn places(case: &Case<'_>, sentence: &str) -> Vec<Range<usize>> {
    const LEAST: usize = 3;
    const MOST: usize = 10;
    let signs: Vec<(usize, char)> = sentence.char_indices().collect();
    let ends = (0..signs.len())
        .filter(|at| matches!(signs[*at].1, '省' | '市' | '县' | '区' | '旗' | '州' | '盟'));
    let found = ends.filter_map(|at| {
        let end = signs[at].0 + signs[at].1.len_utf8();
        let lengths = (LEAST..=MOST.min(at + 1)).rev();
        lengths
            .map(|length| signs[at + 1 - length].0..end)
            .find(|range| case.here.regions.has_name(&sentence[range.clone()]))
    });
    found.collect()
}

/// Whether the words name what a sentence names: whole, by a shorter or a longer form of the name, or without words that
/// everyday speech puts in front of it. A title in 《》 is only named whole.
pub(super) fn is_said(case: &Case<'_>, name: &Name, words: &Words<'_>) -> bool {
    let wanted = fold(&name.words);
    if words.folded().contains(&wanted) {
        return true;
    }
    if wanted.contains('《') {
        return false;
    }
    is_tail_said(case, &wanted, words)
        || words.meanings().any(|(_, said)| match said {
            What::Name(other) if other.kind == name.kind => {
                is_form_of(&wanted, &fold(&other.words))
            }
            _ => false,
        })
}

/// Whether the end of a name is in the words; what is left out in front must not be another place.
fn is_tail_said(case: &Case<'_>, wanted: &str, words: &Words<'_>) -> bool {
    // Half of a name, or four characters of a long one.
    const LEAST: usize = 3;
    const ENOUGH: usize = 4;
    let signs: Vec<(usize, char)> = wanted.char_indices().collect();
    let keep = (signs.len() - signs.len() / 2).clamp(LEAST, ENOUGH);
    let most = signs.len().saturating_sub(keep);
    signs.iter().take(most + 1).skip(1).any(|(at, _)| {
        let (left, tail) = wanted.split_at(*at);
        let is_place = left.ends_with(['省', '市', '县', '区', '州', '旗']);
        words.folded().contains(tail) && (!is_place || case.title.contains(left))
    })
}

/// Whether one name is a short form of the other: its characters in the same order, with the same end
/// (湖南分行 of 国家开发银行湖南省分行, 法院 of 人民法院).
fn is_form_of(one: &str, other: &str) -> bool {
    const LEAST: usize = 2;
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let end: String = short
        .chars()
        .skip(short.chars().count().saturating_sub(LEAST))
        .collect();
    short.chars().count() > LEAST && long.ends_with(&end) && is_subsequence(short, long)
}

/// Whether the characters of `short` are in `long` in the same order.
pub(super) fn is_subsequence(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c))
}

fn number_of(text: &str) -> Option<String> {
    read(text)
        .into_iter()
        .find_map(|reading| match reading.what {
            What::DocumentNumber(number) => Some(number),
            _ => None,
        })
}

/// The pieces of a name between punctuation.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split(|c: char| !(c.is_alphanumeric() || c == '《' || c == '》'));
    pieces.filter(|piece| !piece.is_empty())
}
