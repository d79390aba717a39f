//! What a text negates: words of substance, with the word before each.
//!
//! Comes in: a text. Goes out: its [`Polarity`], and each negation of a sentence. It compares nothing.

use std::ops::Range;

use rustc_hash::FxHashMap;

/// Characters that negate.
pub(super) const NEGATIONS: [char; 5] = ['不', '未', '无', '没', '非'];

/// Words with such a character that negate nothing.
const NO_NEGATION: &[&str] = &[
    "不良",
    "不同",
    "不过",
    "不仅",
    "不但",
    "不只",
    "不论",
    "无论",
    "未来",
    "不断",
    "不少",
    "非常",
    "不动产",
    "除非",
    "不管",
    "不准的",
    "不足",
    "不满",
    "不少于",
    "不低于",
    "不超过",
];

/// Denials that something is what it may be taken for, and negations of the verb before (办不了): they negate nothing that
/// follows.
const DENIALS: &[&str] = &["不是", "并非", "不了", "不上", "不起", "不到"];

/// Whether a character is between a word and what negates it.
fn is_between(c: char) -> bool {
    matches!(
        c,
        '用' | '再'
            | '做'
            | '法'
            | '就'
            | '需'
            | '要'
            | '进'
            | '行'
            | '必'
            | '能'
            | '得'
            | '会'
            | '可'
            | '以'
            | '应'
            | '当'
            | '是'
            | '有'
            | '该'
            | '被'
            | '把'
            | '在'
            | '按'
            | '另'
            | '作'
            | '予'
            | '给'
            | '为'
            | '曾'
            | '经'
            | '过'
            | '的'
            | '了'
            | '着'
            | '去'
            | '来'
            | '也'
            | '都'
            | '还'
            | '由'
    )
}

/// How far a negation reaches, in characters.
const REACH: usize = 14;

/// Each 不 of a sentence that negates, or asks (要不要).
pub(super) fn negations(sentence: &str) -> Vec<Range<usize>> {
    let signs: Vec<(usize, char)> = sentence.char_indices().collect();
    let own = (0..signs.len()).filter(|at| signs[*at].1 == '不' && !is_other(&signs, *at));
    own.map(|at| signs[at].0..signs[at].0 + '不'.len_utf8())
        .collect()
}

/// Whether something is negated.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Negation {
    None,
    /// By the character at this place, with nothing of substance between.
    Near(usize),
    /// Perhaps: a negation is further before it.
    Far,
}

/// Two characters of substance, the two before them, and how they are negated.
pub(super) struct Occurrence {
    object: [char; 2],
    before: Option<[char; 2]>,
    pub negation: Negation,
}

/// What is at a place; nothing if that is not a pair of letters.
pub(super) fn occurrence(text: &[(usize, char)], at: usize) -> Option<Occurrence> {
    let (a, b) = (text.get(at)?.1, text.get(at + 1)?.1);
    let is_negating = |c: char| NEGATIONS.contains(&c);
    let is_letter = |c: char| matches!(c, '\u{4E00}'..='\u{9FFF}') || c.is_alphabetic();
    let is_substance = |c: char| is_letter(c) && !is_between(c) && !is_negating(c);
    if !is_substance(a) || !is_substance(b) {
        return None;
    }
    let mut start = at;
    while start > 0 && (is_between(text[start - 1].1) || is_negating(text[start - 1].1)) {
        start -= 1;
    }
    let before = match start.checked_sub(2).map(|k| (text[k].1, text[k + 1].1)) {
        Some((x, y)) if is_substance(x) && is_substance(y) => Some([x, y]),
        _ => None,
    };
    let near = (start..at).rev().find(|i| is_negation(text, *i));
    let negation = match near {
        Some(place) if DENIALS.iter().any(|word| starts(text, place, word)) => Negation::Far,
        Some(place) => Negation::Near(place),
        None if negation_before(text, at).is_some() => Negation::Far,
        None => Negation::None,
    };
    Some(Occurrence {
        object: [a, b],
        before,
        negation,
    })
}

/// The nearest negation before a place, in the same piece of the sentence.
fn negation_before(text: &[(usize, char)], at: usize) -> Option<usize> {
    let before = (at.saturating_sub(REACH)..at).rev();
    let mut piece = before.take_while(|i| {
        !matches!(
            text[*i].1,
            '，' | '。' | '；' | '：' | '、' | ',' | '（' | '）' | '“' | '”' | '\n'
        )
    });
    piece.find(|i| is_negation(text, *i))
}

fn is_negation(text: &[(usize, char)], at: usize) -> bool {
    if !NEGATIONS.contains(&text[at].1) {
        return false;
    }
    // 要不要, 能不能: a question.
    let asks = at > 0 && text.get(at + 1).is_some_and(|(_, c)| *c == text[at - 1].1);
    !is_other(text, at) && !asks
}

/// Whether a character is in a word that negates nothing: 不动产 here, 除非 one character before.
fn is_other(text: &[(usize, char)], at: usize) -> bool {
    NO_NEGATION.iter().any(|word| {
        let before = at.checked_sub(1);
        starts(text, at, word) || before.is_some_and(|before| starts(text, before, word))
    })
}

fn starts(text: &[(usize, char)], at: usize, word: &str) -> bool {
    let mut signs = word.chars().enumerate();
    signs.all(|(i, c)| text.get(at + i).is_some_and(|(_, other)| *other == c))
}

/// What a text negates: a word after another one, and a word alone.
#[derive(Debug, Clone, Default)]
pub(super) struct Polarity {
    pairs: FxHashMap<([char; 2], [char; 2]), Seen>,
    alone: FxHashMap<[char; 2], Seen>,
}

/// How something is in a text.
#[derive(Debug, Default, Clone, Copy)]
struct Seen {
    near: bool,
    far: bool,
    plain: bool,
}

impl Seen {
    fn add(&mut self, negation: Negation) {
        match negation {
            Negation::Near(_) => self.near = true,
            Negation::Far => self.far = true,
            Negation::None => self.plain = true,
        }
    }

    /// What is in either of two texts.
    fn or(self, other: Self) -> Self {
        Self {
            near: self.near || other.near,
            far: self.far || other.far,
            plain: self.plain || other.plain,
        }
    }

    /// Whether it is always negated, or never; nothing if the text does not say.
    fn always(self) -> Option<bool> {
        match (self.near, self.far, self.plain) {
            (true, _, false) => Some(true),
            (false, false, true) => Some(false),
            _ => None,
        }
    }
}

impl Polarity {
    /// What a text negates.
    pub fn of(text: &str) -> Self {
        let mut out = Self::default();
        let text: Vec<(usize, char)> = text.char_indices().collect();
        for at in 0..text.len() {
            let Some(one) = occurrence(&text, at) else {
                continue;
            };
            out.alone.entry(one.object).or_default().add(one.negation);
            if let Some(before) = one.before {
                let pair = out.pairs.entry((before, one.object));
                pair.or_default().add(one.negation);
            }
        }
        out
    }
}

/// How several texts have something, of which each may have it or not.
fn together(seen: impl Iterator<Item = Seen>) -> Option<Seen> {
    seen.reduce(Seen::or)
}

pub(super) fn of_pair(known: &[&Polarity], one: &Occurrence) -> Option<bool> {
    let pair = (one.before?, one.object);
    let seen = known.iter().filter_map(|known| known.pairs.get(&pair));
    together(seen.copied())?.always()
}

pub(super) fn alone(known: &[&Polarity], one: &Occurrence) -> Option<bool> {
    let seen = known
        .iter()
        .filter_map(|known| known.alone.get(&one.object));
    together(seen.copied())?.always()
}
