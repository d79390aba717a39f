//! Pieces of a sentence that say what the text does not say: 具体哪天截止，通知没有写.
//!
//! Comes in: a sentence and a place in it. Goes out: whether the piece around it denies that the text says something.

use std::ops::Range;

/// Words that deny that the text says something.
const DENIALS: &[&str] = &[
    "没有写",
    "没写",
    "没有说",
    "没有收到",
    "我们手里",
    "看不出来",
    "照您的回答",
    "这里没有",
];

/// Whether the piece of a sentence around a range says what the text does not say, or is what the next piece says that
/// of (具体哪天截止，通知没有写).
pub(super) fn is_denial(sentence: &str, range: &Range<usize>) -> bool {
    let piece = piece_around(sentence, range);
    let denies = |piece: &str| DENIALS.iter().any(|words| piece.contains(words));
    if denies(&sentence[piece.clone()]) {
        return true;
    }
    let Some(rest) = sentence[piece.end..].strip_prefix('，') else {
        return false;
    };
    let next = piece_around(rest, &(0..0));
    denies(&rest[next])
}

/// The piece of a sentence around a range: up to the next comma or stop on either side.
pub(super) fn piece_around(sentence: &str, range: &Range<usize>) -> Range<usize> {
    const STOPS: [char; 7] = ['，', '。', '；', '：', '！', '？', '\n'];
    let start = sentence[..range.start].rfind(STOPS).map_or(0, |at| {
        at + sentence[at..].chars().next().map_or(0, char::len_utf8)
    });
    let end = sentence[range.end..].find(STOPS);
    start..end.map_or(sentence.len(), |at| range.end + at)
}
