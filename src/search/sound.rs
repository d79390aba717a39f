//! Sounds: how titles, counties and terms are read.
//!
//! Comes in: characters, and readings that are known (a county's own, those of `data/search.yaml`). Goes out:
//! syllables without tones. For a question in Latin letters: the ways to cut it into syllables.

use pinyin::{ToPinyin, ToPinyinMulti};

use crate::ranking::{MAX_SYLLABLE_CUTS, MAX_SYLLABLE_LETTERS};

/// Readings of words, in characters and syllables, longest words first.
#[derive(Debug, Default, Clone)]
pub struct Readings(pub Vec<(Vec<char>, Vec<String>)>);

/// Vowels of syllables, longest first; the browser holds the same list.
const FINALS: [&str; 33] = [
    "iang", "iong", "uang", "ang", "eng", "ing", "ong", "ian", "iao", "uai", "uan", "ai", "ei",
    "ao", "ou", "an", "en", "in", "un", "ia", "ie", "iu", "ua", "uo", "ui", "ue", "ve", "er", "a",
    "o", "e", "i", "u",
];
const INITIALS: [&str; 24] = [
    "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r",
    "z", "c", "s", "y", "w", "",
];

impl Readings {
    /// Readings of `words`, each with its syllables.
    pub fn new(mut words: Vec<(Vec<char>, Vec<String>)>) -> Self {
        words.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        Self(words)
    }

    /// One reading for each character; empty for what is not an ideograph.
    pub fn of(&self, text: &[char]) -> Vec<String> {
        let mut out = Vec::with_capacity(text.len());
        let mut at = 0;
        while at < text.len() {
            let word = self
                .0
                .iter()
                .find(|(word, sounds)| text[at..].starts_with(word) && sounds.len() == word.len());
            match word {
                Some((word, sounds)) => {
                    out.extend(sounds.iter().cloned());
                    at += word.len();
                }
                None => {
                    out.push(first(text[at]));
                    at += 1;
                }
            }
        }
        out
    }
}

fn plain(sound: &str) -> String {
    sound.replace('ü', "v")
}

/// The usual reading of a character.
fn first(c: char) -> String {
    c.to_pinyin().map_or_else(String::new, |p| plain(p.plain()))
}

/// Whether a character has a reading among its readings.
pub fn can_sound(c: char, sound: &str) -> bool {
    c.to_pinyin_multi()
        .is_some_and(|multi| multi.into_iter().any(|p| plain(p.plain()) == sound))
}

/// The common characters of GB 2312 (its first level) in the order of the standard: by their usual reading.
fn common_characters() -> Vec<char> {
    let mut bytes = Vec::with_capacity(2 * 3_760);
    for row in 0xB0..=0xD7u8 {
        let last = if row == 0xD7 { 0xF9 } else { 0xFE };
        for cell in 0xA1..=last {
            bytes.extend([row, cell]);
        }
    }
    encoding_rs::GBK
        .decode_without_bom_handling(&bytes)
        .0
        .chars()
        .collect()
}

/// Runs of the same reading in the common characters of GB 2312: `a2ai13an9…`, syllable and count. A browser has the characters
/// (its decoder of GBK), so that these 400 runs give it 3,755 readings.
pub fn common_readings() -> String {
    let mut out = String::new();
    let (mut now, mut count) = (String::new(), 0usize);
    for c in common_characters() {
        if count > 0 && can_sound(c, &now) {
            count += 1;
            continue;
        }
        if count > 0 {
            out.push_str(&format!("{now}{count}"));
        }
        let next = c
            .to_pinyin_multi()
            .into_iter()
            .flatten()
            .map(|p| plain(p.plain()))
            .filter(|sound| *sound > now)
            .min();
        now = next.unwrap_or_else(|| first(c));
        count = 1;
    }
    out.push_str(&format!("{now}{count}"));
    out
}

/// The readings that [`common_readings`] writes down.
pub fn read_common(runs: &str) -> rustc_hash::FxHashMap<char, String> {
    let mut readings = rustc_hash::FxHashMap::default();
    let mut characters = common_characters().into_iter();
    let mut rest = runs;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (sound, after) = rest.split_at(at);
        let end = after
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(after.len());
        let count: usize = after[..end].parse().unwrap_or_default();
        for c in characters.by_ref().take(count) {
            readings.insert(c, sound.to_owned());
        }
        rest = &after[end..];
    }
    readings
}

/// Cuts Latin letters into syllables: the ways with the fewest, a rest that begins a syllable is left out.
/// Apostrophes divide.
pub fn cuts(letters: &str) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = vec![Vec::new()];
    for piece in letters.split('\'') {
        let ways = cuts_of(piece);
        if ways.is_empty() {
            return Vec::new();
        }
        all = product(&all, &ways);
    }
    all
}

/// Every way of the first with every way of the second after it, at most [`MAX_SYLLABLE_CUTS`].
pub fn product(before: &[Vec<String>], ways: &[Vec<String>]) -> Vec<Vec<String>> {
    before
        .iter()
        .flat_map(|before| {
            ways.iter()
                .map(move |way| before.iter().chain(way).cloned().collect())
        })
        .take(MAX_SYLLABLE_CUTS)
        .collect()
}

fn cuts_of(word: &str) -> Vec<Vec<String>> {
    if word.is_empty()
        || word.len() > MAX_SYLLABLE_LETTERS
        || !word.bytes().all(|b| b.is_ascii_lowercase())
    {
        return Vec::new();
    }
    // best[i]: the ways to read the letters from i on, with how many letters each leaves at the end.
    let mut best: Vec<Vec<(usize, Vec<String>)>> = vec![Vec::new(); word.len() + 1];
    best[word.len()].push((0, Vec::new()));
    for at in (0..word.len()).rev() {
        let mut ways: Vec<(usize, Vec<String>)> = Vec::new();
        for length in syllables(&word[at..]) {
            for (left, rest) in &best[at + length] {
                let mut way = vec![word[at..at + length].to_owned()];
                way.extend(rest.iter().cloned());
                ways.push((*left, way));
            }
        }
        // One or two letters that begin a syllable are still being typed.
        let left = word.len() - at;
        if at > 0 && left <= 2 && INITIALS.contains(&&word[at..]) {
            ways.push((left, Vec::new()));
        }
        let fewest = ways.iter().map(|(left, way)| (*left, way.len())).min();
        ways.retain(|(left, way)| Some((*left, way.len())) == fewest);
        ways.truncate(MAX_SYLLABLE_CUTS);
        best[at] = ways;
    }
    best.swap_remove(0).into_iter().map(|way| way.1).collect()
}

/// Lengths of the syllables that `letters` may begin with, longest first.
fn syllables(letters: &str) -> Vec<usize> {
    let mut lengths = Vec::new();
    for initial in INITIALS {
        let Some(rest) = letters.strip_prefix(initial) else {
            continue;
        };
        // z, c, s are not initials where zh, ch, sh are: "h" begins no final.
        for last in FINALS {
            let whole = initial.len() + last.len();
            // Without an initial, i, u and v begin no syllable.
            let sound = !initial.is_empty() || !matches!(last.as_bytes()[0], b'i' | b'u' | b'v');
            if sound && rest.starts_with(last) && !lengths.contains(&whole) {
                lengths.push(whole);
            }
        }
        if rest.starts_with('v') && matches!(initial, "n" | "l") && !lengths.contains(&2) {
            lengths.push(2);
        }
    }
    lengths.sort_unstable_by(|a, b| b.cmp(a));
    lengths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(letters: &str) -> Vec<String> {
        cuts(letters).into_iter().map(|way| way.join(" ")).collect()
    }

    #[test]
    fn letters_are_cut_into_syllables() {
        assert_eq!(cut("hongtongxian"), ["hong tong xian"]);
        assert_eq!(cut("huankuanjiuzhu"), ["huan kuan jiu zhu"]);
        assert_eq!(cut("xi'an"), ["xi an"]);
        assert_eq!(cut("fangan"), ["fang an", "fan gan"]);
        assert_eq!(cut("lvliang"), ["lv liang"]);
        // still being typed
        assert_eq!(cut("youyux"), ["you yu"]);
        assert!(cut("yyx").is_empty());
        assert!(cut("qq").is_empty());
    }

    #[test]
    fn known_words_are_read_as_they_are() {
        let readings = Readings::new(vec![(vec!['还', '款'], vec!["huan".into(), "kuan".into()])]);
        let text: Vec<char> = "还款救助".chars().collect();
        assert_eq!(readings.of(&text), ["huan", "kuan", "jiu", "zhu"]);
    }
}
