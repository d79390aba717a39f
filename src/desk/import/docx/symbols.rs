//! Signs of symbol fonts: what a reader sees where the file has a number or a letter.
//!
//! Comes in: the name of a font and a code. Goes out: the sign, if it is known. Only signs that offices use and that other fonts have.

/// The sign that a symbol font shows for a code.
pub(super) fn sign(font: &str, code: u32) -> Option<char> {
    // A symbol font has its signs at U+F020 to U+F0FF as well.
    let code = if (0xF000..=0xF0FF).contains(&code) {
        code - 0xF000
    } else {
        code
    };
    let signs = Font::named(font)?.signs();
    signs
        .iter()
        .find_map(|(first, row)| {
            row.chars()
                .nth(usize::try_from(code.checked_sub(*first)?).ok()?)
        })
        .filter(|sign| *sign != NONE)
}

/// Whether letters in a font are signs.
pub(super) fn is_symbol_font(font: &str) -> bool {
    Font::named(font).is_some()
}

#[derive(Clone, Copy)]
enum Font {
    Symbol,
    Wingdings,
    Wingdings2,
    Wingdings3,
    Webdings,
}

/// A code without a sign that we know.
const NONE: char = '·';

impl Font {
    fn named(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase().replace(' ', "");
        Some(match name.as_str() {
            "symbol" | "standardsymbolsl" | "opensymbol" => Self::Symbol,
            "wingdings" => Self::Wingdings,
            "wingdings2" => Self::Wingdings2,
            "wingdings3" => Self::Wingdings3,
            "webdings" => Self::Webdings,
            _ => return None,
        })
    }

    /// Rows of signs, each with the code of its first one.
    fn signs(self) -> &'static [(u32, &'static str)] {
        match self {
            Self::Symbol => &[
                (0x20, " !∀#∃%&∍()*+,−./0123456789:;<=>?"),
                (0x40, "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
                (0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}~"),
                (0xA2, "′≤/∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
                (0xC4, "⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"),
                (0xE5, "∑"),
                (0xF2, "∫"),
            ],
            Self::Wingdings => &[
                (0x21, "✏✂✁"),
                (0x28, "☎✆✉"),
                (0x3F, "✍"),
                (0x41, "✌··"),
                (0x45, "☜☞☝☟·☺·☹"),
                (0x52, "☼"),
                (0x6C, "●❍■□□❑❒·◆◆❖◆☒"),
                (0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
                (0x9E, "·•▪○○◎◉◎○▪□"),
                (0xAB, "★"),
                (0xB5, "✪✰"),
                (0xD8, "➢"),
                (0xDF, "←→↑↓↖↗↙↘←→↑↓↖↗↙↘⇦⇨⇧⇩"),
                (0xFB, "✗✓☒☑"),
            ],
            Self::Wingdings2 => &[
                (0x42, "☜☞"),
                (0x4F, "✗✓☒☑☒☒"),
                (0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
                (0x96, "••●○"),
                (0x9E, "⊙◉"),
                (0xA1, "■■□□□□□□▣"),
                (0xAE, "◆◇"),
                (0xF8, "※"),
            ],
            Self::Wingdings3 => &[(0x21, "←→↑↓↖↗↙↘"), (0x5E, "·"), (0x70, "▲▼△▽◀▶◁▷◣◢◤◥")],
            Self::Webdings => &[
                (0x61, "✔"),
                (0x63, "□"),
                (0x67, "■"),
                (0x6E, "●"),
                (0x73, "？"),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_check_boxes_and_numbers_are_known() {
        for (font, code, seen) in [
            ("Wingdings 2", 0x52, '☑'),
            ("Wingdings 2", 0xF0A3, '□'),
            ("Wingdings 2", 0x50, '✓'),
            ("wingdings", 0xF0FE, '☑'),
            ("Wingdings", 0xA8, '□'),
            ("Wingdings", 0xFD, '☒'),
            ("Wingdings", 0x8A, '⑩'),
            ("Symbol", 0xF0B3, '≥'),
            ("Symbol", 0x61, 'α'),
            ("Symbol", 0xDE, '⇒'),
            ("Wingdings 2", 0x73, '⑩'),
        ] {
            assert_eq!(sign(font, code), Some(seen), "{font} {code:X}");
        }
        assert_eq!(sign("Wingdings", 0x4D), None);
        assert_eq!(sign("宋体", 0x52), None);
    }
}
