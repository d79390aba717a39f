//! Pinyin without tones, for sorting and initials.
//!
//! Comes in: pinyin with tone marks. Goes out: ASCII letters. Characters are not converted to pinyin here.

/// `yòu yù xiàn` -> `you yu xian`, `lǜ` -> `lv`.
pub fn plain_pinyin(pinyin: &str) -> String {
    pinyin
        .chars()
        .map(|c| match c {
            'ā' | 'á' | 'ǎ' | 'à' => 'a',
            'ē' | 'é' | 'ě' | 'è' | 'ê' => 'e',
            'ī' | 'í' | 'ǐ' | 'ì' => 'i',
            'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
            'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
            'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'v',
            'ń' | 'ň' | 'ǹ' => 'n',
            c => c.to_ascii_lowercase(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn tones_vanish() {
        assert_eq!(super::plain_pinyin("Yòu yù xiàn"), "you yu xian");
        assert_eq!(super::plain_pinyin("lǚ shùn kǒu qū"), "lv shun kou qu");
    }
}
