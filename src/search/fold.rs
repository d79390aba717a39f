//! Folding: two spellings that a person takes for the same become equal, character by character.
//!
//! Comes in: text of a page or of a question. Goes out: its characters, with half-width signs, lower-case letters
//! without tone marks, one kind of bracket, simplified characters, and Arabic digits for Chinese numerals that count
//! something (`二〇二〇年`, `三十个`). The browser does the same (`fold` in the theme's `search.js`).

use std::sync::LazyLock;

use mingbai_text::strip_width;

/// Folds text for searching. `variants` replaces characters of place names (郟 → 郏).
#[derive(Debug, Default, Clone)]
pub struct Folder {
    /// Characters beyond those known to be traditional, sorted.
    variants: Vec<(char, char)>,
}

/// Signs after which a Chinese numeral is a number.
const COUNTED: &str = "年月日号个名";

/// Whether a character belongs to GB 2312, the common simplified characters. Only others are ever replaced, so that a
/// browser knows without a table which questions need one.
pub fn is_common(c: char) -> bool {
    static COMMON: LazyLock<Vec<bool>> = LazyLock::new(|| {
        let mut common = vec![false; 0x1_0000];
        for c in ('\u{4E00}'..='\u{9FFF}').chain(['〇']) {
            let mut text = [0; 4];
            let (bytes, _, failed) = encoding_rs::GBK.encode(c.encode_utf8(&mut text));
            common[c as usize] = !failed && matches!(*bytes, [0xB0..=0xF7, 0xA1..=0xFE]);
        }
        common
    });
    COMMON.get(c as usize).is_some_and(|common| *common)
}

/// Whether a character is an ideograph.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '〇' | '\u{20000}'..='\u{3134F}')
}

impl Folder {
    /// A folder that also knows `variants`, each with its usual form.
    pub fn new(variants: impl IntoIterator<Item = (char, char)>) -> Self {
        let mut variants: Vec<(char, char)> = variants.into_iter().collect();
        variants.sort_unstable();
        Self { variants }
    }

    /// The simplified character of a traditional or variant one.
    pub fn simple(&self, c: char) -> char {
        if !is_han(c) || is_common(c) {
            return c;
        }
        if let Ok(at) = self.variants.binary_search_by_key(&c, |v| v.0) {
            return self.variants[at].1;
        }
        hanconv::t2s(c.to_string()).chars().next().unwrap_or(c)
    }

    /// The folded characters of `text`.
    pub fn fold(&self, text: &str) -> Vec<char> {
        let out: Vec<char> = text.chars().map(|c| self.simple(sign_of(c))).collect();
        digits(&out)
    }
}

/// Folds signs, letters and numerals and leaves ideographs as they are: for texts of the site, which are simplified.
pub fn fold_signs(text: &str) -> Vec<char> {
    let out: Vec<char> = text.chars().map(sign_of).collect();
    digits(&out)
}

/// Folds signs and letters one by one: the character at each place is that at the same place of the text.
pub fn fold_each(text: &str) -> Vec<char> {
    text.chars().map(sign_of).collect()
}

/// A letter or sign in its folded form.
fn sign_of(c: char) -> char {
    match c {
        'a'..='z' | '0'..='9' => c,
        'A'..='Z' => c.to_ascii_lowercase(),
        c if c.is_whitespace() || c.is_control() || matches!(c, '\u{FEFF}' | '\u{200B}') => ' ',
        '〔' | '【' | '［' | '﹝' | '（' | '(' | '[' => '[',
        '〕' | '】' | '］' | '﹞' | '）' | ')' | ']' => ']',
        '’' | '＇' | '\'' => '\'',
        '—' | '–' | '－' | '―' | '‐' | '‑' | '-' => '-',
        '\u{FF01}'..='\u{FF5E}' => strip_width(&c.to_string())
            .chars()
            .next()
            .unwrap_or(c)
            .to_ascii_lowercase(),
        'ā' | 'á' | 'ǎ' | 'à' | 'Ā' | 'Á' => 'a',
        'ē' | 'é' | 'ě' | 'è' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
        'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'v',
        c => c,
    }
}

/// The value of one numeral sign: a digit, or a power of ten.
fn sign(c: char) -> Option<(bool, u32)> {
    Some(match c {
        '〇' | '零' => (true, 0),
        '一' => (true, 1),
        '二' => (true, 2),
        '三' => (true, 3),
        '四' => (true, 4),
        '五' => (true, 5),
        '六' => (true, 6),
        '七' => (true, 7),
        '八' => (true, 8),
        '九' => (true, 9),
        '十' => (false, 10),
        '百' => (false, 100),
        _ => return None,
    })
}

/// Replaces Chinese numerals that count something by digits: two signs or more, or one before 月, 日 or 号.
fn digits(text: &[char]) -> Vec<char> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let mut end = at;
        while end < text.len() && end - at < 8 && sign(text[end]).is_some() {
            end += 1;
        }
        let next = text.get(end).copied().unwrap_or(' ');
        let many = end - at >= 2 && COUNTED.contains(next);
        let one = end - at == 1 && matches!(next, '月' | '日' | '号');
        if !many && !one {
            let stop = end.max(at + 1);
            out.extend(&text[at..stop]);
            at = stop;
            continue;
        }
        let signs: Vec<(bool, u32)> = text[at..end].iter().filter_map(|&c| sign(c)).collect();
        if signs.iter().all(|(digit, _)| *digit) {
            out.extend(
                signs
                    .iter()
                    .filter_map(|(_, value)| char::from_digit(*value, 10)),
            );
        } else {
            let (mut total, mut last) = (0, 0);
            for (digit, value) in signs {
                if digit {
                    last = value;
                } else {
                    total += last.max(1) * value;
                    last = 0;
                }
            }
            out.extend((total + last).to_string().chars());
        }
        at = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(text: &str) -> String {
        Folder::new([('巿', '市')]).fold(text).into_iter().collect()
    }

    #[test]
    fn spellings_of_one_thing_become_equal() {
        assert_eq!(fold("晋教助学〔２０２０〕７号"), "晋教助学[2020]7号");
        assert_eq!(fold("續貸還款救助"), "续贷还款救助");
        assert_eq!(fold("郟縣 澠池 朔州巿"), "郏县 渑池 朔州市");
        assert_eq!(fold("Yòu yù xiàn QQ"), "you yu xian qq");
        assert_eq!(fold("二〇二〇年九月二十五日"), "2020年9月25日");
        assert_eq!(fold("三十个县"), "30个县");
    }

    #[test]
    fn names_and_common_characters_stay() {
        // 二七 is a name, 乾 is the right character of 乾县.
        assert_eq!(fold("二七区 三门峡 乾县"), "二七区 三门峡 乾县");
        assert!(is_common('县') && is_common('乾') && !is_common('縣'));
    }
}
