//! Radicals and compatibility ideographs, which look like the ideographs that people write.
//!
//! Programs that print pages and documents write a radical where its font draws both alike: ⽣ for 生. Two texts that look
//! the same are then not equal. Source: Unicode, EquivalentUnifiedIdeograph.txt, and the compatibility decompositions.

use unicode_normalization::UnicodeNormalization;

/// Radicals without a decomposition, each before its ideograph.
const RADICALS: &str = "⺁厂⺇几⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺛旡⺝月⺞歹⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺯糹⺰纟\
    ⺱罒⺲罒⺶羊⺷羊⺸羊⺹耂⺺肀⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨\
    ⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻡食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟";

/// The ideograph that is meant: 月 for the radical U+2F49. Every other character is its own.
pub fn usual_ideograph(c: char) -> char {
    match c {
        // Its compatibility character is 戶, and fonts of mainland China draw 户.
        '⼾' => '户',
        '\u{2F00}'..='\u{2FD5}' | '\u{F900}'..='\u{FAFF}' => {
            let mut usual = std::iter::once(c).nfkc();
            usual.next().filter(|_| usual.next().is_none()).unwrap_or(c)
        }
        '\u{2E80}'..='\u{2EF3}' => {
            let mut pairs = RADICALS.chars().filter(|c| !c.is_whitespace());
            while let (Some(radical), Some(meant)) = (pairs.next(), pairs.next()) {
                if radical == c {
                    return meant;
                }
            }
            c
        }
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_have_their_ideographs() {
        let usual = |text: &str| text.chars().map(usual_ideograph).collect::<String>();
        assert_eq!(
            usual("⼀⽉⼆⼗五⽇，⻓治市⻄⻔，⼾口，﨑"),
            "一月二十五日，长治市西门，户口，﨑"
        );
        assert_eq!(usual("⼭⻄省⽣源地⻓⻚⺠⻰⼾"), "山西省生源地长页民龙户");
        assert_eq!(usual("月经过U+2F49，ﬁ"), "月经过U+2F49，ﬁ");
    }
}
