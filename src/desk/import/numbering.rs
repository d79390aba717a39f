//! Automatic numbers of a Word document: what the reader sees in front of a paragraph.
//!
//! Comes in: the parts `numbering.xml` and `styles.xml`, then the properties of each paragraph in order. Goes out: the
//! label of the paragraph (`一、`, `（二）`, `1.`), if it has one. A list counts on through the whole document; a level
//! restarts below the next number of a higher level.

use std::collections::{HashMap, HashSet};

use super::xml::Element;
use crate::text::ideographs;

/// Levels of a list.
const LEVELS: usize = 9;

#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    text: String,
    start: u32,
    /// Whether there is a space between label and words.
    spaced: bool,
    /// 0: never restarts; n: restarts below level n.
    restart: Option<usize>,
    /// All numbers of the label are decimal.
    legal: bool,
    /// The paragraph style that has this level.
    style: Option<String>,
}

/// The number of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Number {
    None,
    /// What the reader sees; whether its format is known.
    Label {
        text: String,
        known: bool,
    },
    /// The document does not define the list with this id.
    Undefined(String),
}

#[derive(Debug, Default)]
struct List {
    /// The list that it counts with.
    counter: String,
    levels: Vec<Level>,
    /// Levels that restart where this list is first used.
    starts: HashMap<usize, u32>,
}

#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: HashMap<String, List>,
    /// Style -> (list, level).
    styles: HashMap<String, (Option<String>, Option<usize>)>,
    based_on: HashMap<String, String>,
    default_style: Option<String>,
    counters: HashMap<String, [Option<u32>; LEVELS]>,
    used: HashSet<String>,
}

fn value<'a>(element: Option<&'a Element>, name: &str) -> Option<&'a str> {
    element?.child(name)?.attribute("val")
}

impl Numbering {
    /// Reads the definitions of lists and styles of a document.
    pub fn new(numbers: Option<&Element>, styles: Option<&Element>) -> Self {
        let mut numbering = Self::default();
        for style in styles.iter().flat_map(|s| s.children()) {
            let Some(id) = style.attribute("styleId") else {
                continue;
            };
            if let Some(base) = value(Some(style), "basedOn") {
                numbering.based_on.insert(id.to_owned(), base.to_owned());
            }
            if style.attribute("type") == Some("paragraph") && style.attribute("default").is_some()
            {
                numbering.default_style = Some(id.to_owned());
            }
            if let Some(own) = style.child("pPr").and_then(|p| p.child("numPr")) {
                numbering.styles.insert(id.to_owned(), list_and_level(own));
            }
        }
        if let Some(numbers) = numbers {
            numbering.read_lists(numbers);
        }
        numbering
    }

    fn read_lists(&mut self, numbers: &Element) {
        let mut drawn: HashMap<&str, Vec<Level>> = HashMap::new();
        // A list may be drawn by a style, whose own list has the levels.
        let mut of_style: HashMap<&str, &str> = HashMap::new();
        let mut linked: HashMap<&str, &str> = HashMap::new();
        for list in numbers.children().filter(|e| e.name == "abstractNum") {
            let Some(id) = list.attribute("abstractNumId") else {
                continue;
            };
            if let Some(style) = value(Some(list), "styleLink") {
                of_style.insert(style, id);
            }
            if let Some(style) = value(Some(list), "numStyleLink") {
                linked.insert(id, style);
            }
            let mut levels = vec![Level::default(); LEVELS];
            for level in list.children().filter(|e| e.name == "lvl") {
                if let Some(at) = index(level) {
                    levels[at] = read_level(level);
                }
            }
            drawn.insert(id, levels);
        }
        // Or the style names a list in `styles.xml`.
        let of_list: HashMap<&str, &str> = numbers
            .children()
            .filter(|e| e.name == "num")
            .filter_map(|num| Some((num.attribute("numId")?, value(Some(num), "abstractNumId")?)))
            .collect();
        let by_number = |style: &str| {
            let (list, _) = self.styles.get(style)?;
            of_list.get(list.as_deref()?).copied()
        };
        for list in numbers.children().filter(|e| e.name == "num") {
            let (Some(id), Some(counter)) =
                (list.attribute("numId"), value(Some(list), "abstractNumId"))
            else {
                continue;
            };
            let counter: &str = linked
                .get(counter)
                .and_then(|style| of_style.get(style).copied().or_else(|| by_number(style)))
                .unwrap_or(counter);
            let mut made = List {
                counter: counter.to_owned(),
                levels: drawn.get(counter).cloned().unwrap_or_default(),
                starts: HashMap::new(),
            };
            for change in list.children().filter(|e| e.name == "lvlOverride") {
                let Some(at) = index(change) else { continue };
                if let Some(level) = change.child("lvl")
                    && let Some(place) = made.levels.get_mut(at)
                {
                    *place = read_level(level);
                }
                if let Some(start) =
                    value(Some(change), "startOverride").and_then(|n| n.parse().ok())
                {
                    made.starts.insert(at, start);
                }
            }
            self.lists.insert(id.to_owned(), made);
        }
    }

    /// The number of the next paragraph.
    pub fn next(&mut self, properties: Option<&Element>) -> Number {
        let Some((list, level)) = self.list_of(properties) else {
            return Number::None;
        };
        if !self.lists.contains_key(&list) {
            return Number::Undefined(list);
        }
        self.label(list, level).unwrap_or(Number::None)
    }

    fn label(&mut self, list: String, level: usize) -> Option<Number> {
        let made = self.lists.get(&list)?;
        let counts = self.counters.entry(made.counter.clone()).or_default();
        if self.used.insert(list) {
            for (&at, &start) in &made.starts {
                counts[at] = start.checked_sub(1);
                if start == 0 {
                    counts[at] = None;
                }
            }
        }
        let drawn = made.levels.get(level)?;
        counts[level] = Some(match counts[level] {
            Some(count) => count.saturating_add(1),
            None => made.starts.get(&level).copied().unwrap_or(drawn.start),
        });
        for (deeper, count) in counts.iter_mut().enumerate().skip(level + 1) {
            let restarts = match made.levels.get(deeper).and_then(|l| l.restart) {
                Some(0) => false,
                Some(below) => level < below,
                None => true,
            };
            if restarts {
                *count = None;
            }
        }
        let mut label = String::new();
        let mut known = true;
        let mut signs = drawn.text.chars().peekable();
        while let Some(c) = signs.next() {
            let digit = signs.peek().and_then(|d| d.to_digit(10));
            match digit.filter(|d| c == '%' && *d > 0) {
                Some(at) => {
                    signs.next();
                    let at = at as usize - 1;
                    let level = made.levels.get(at)?;
                    let format = match level.format.as_str() {
                        "none" => "none",
                        _ if drawn.legal => "decimal",
                        format => format,
                    };
                    known &= is_known(format);
                    label.push_str(&text_of_number(format, counts[at].unwrap_or(level.start)));
                }
                None if drawn.format == "bullet" => label.push('•'),
                None => label.push(c),
            }
        }
        if label.trim().is_empty() {
            return None;
        }
        if drawn.spaced && label.is_ascii() {
            label.push(' ');
        }
        Some(Number::Label { text: label, known })
    }

    /// List and level of a paragraph: its own, else its style's.
    fn list_of(&self, properties: Option<&Element>) -> Option<(String, usize)> {
        let own = properties
            .and_then(|p| p.child("numPr"))
            .map(list_and_level)
            .unwrap_or_default();
        let (mut list, mut level) = own;
        let own_level = level;
        let mut style = value(properties, "pStyle")
            .map(str::to_owned)
            .or_else(|| self.default_style.clone());
        let direct = style.clone();
        let mut own_style = style.clone();
        // Styles that are based on each other in a circle end here.
        for _ in 0..16 {
            let Some(name) = style else { break };
            if let Some((of_style, at)) = self.styles.get(&name) {
                if list.is_none() && of_style.is_some() {
                    own_style = Some(name.clone());
                }
                list = list.or_else(|| of_style.clone());
                level = level.or(*at);
            }
            style = self.based_on.get(&name).cloned();
        }
        let list = list.filter(|list| list != "0")?;
        // A level that names the style of the paragraph comes before the one of a style that it is based on.
        let level = own_level
            .or_else(|| self.level_of_style(&list, direct.as_deref()))
            .or(level)
            .or_else(|| self.level_of_style(&list, own_style.as_deref()));
        Some((list, level.unwrap_or(0)))
    }
}

impl Numbering {
    /// The level of a list that names a paragraph style.
    fn level_of_style(&self, list: &str, style: Option<&str>) -> Option<usize> {
        let levels = &self.lists.get(list)?.levels;
        levels
            .iter()
            .position(|level| level.style.is_some() && level.style.as_deref() == style)
    }
}

fn list_and_level(properties: &Element) -> (Option<String>, Option<usize>) {
    (
        value(Some(properties), "numId").map(str::to_owned),
        value(Some(properties), "ilvl")
            .and_then(|n| n.parse().ok())
            .filter(|at| *at < LEVELS),
    )
}

fn index(element: &Element) -> Option<usize> {
    element
        .attribute("ilvl")?
        .parse()
        .ok()
        .filter(|at| *at < LEVELS)
}

fn read_level(level: &Element) -> Level {
    // A newer format has one for older programs next to it.
    let format = value(Some(level), "numFmt").or_else(|| {
        let either = level.child("AlternateContent")?;
        value(
            either.child("Fallback").or(either.child("Choice")),
            "numFmt",
        )
    });
    Level {
        format: format.unwrap_or("decimal").to_owned(),
        text: value(Some(level), "lvlText").unwrap_or_default().to_owned(),
        start: value(Some(level), "start")
            .and_then(|n| n.parse().ok())
            .unwrap_or(1),
        spaced: value(Some(level), "suff") != Some("nothing"),
        restart: value(Some(level), "lvlRestart").and_then(|n| n.parse().ok()),
        legal: level
            .child("isLgl")
            .is_some_and(|legal| !matches!(legal.attribute("val"), Some("0" | "false" | "off"))),
        style: value(Some(level), "pStyle").map(str::to_owned),
    }
}

/// Formats that are written as Word writes them.
fn is_known(format: &str) -> bool {
    const FORMATS: [&str; 31] = [
        "decimal",
        "none",
        "bullet",
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographDigital",
        "japaneseDigitalTenThousand",
        "taiwaneseDigital",
        "koreanDigital2",
        "chineseLegalSimplified",
        "ideographLegalTraditional",
        "decimalFullWidth",
        "decimalFullWidth2",
        "decimalHalfWidth",
        "decimalZero",
        "upperLetter",
        "lowerLetter",
        "upperRoman",
        "lowerRoman",
        "decimalEnclosedCircle",
        "decimalEnclosedCircleChinese",
        "decimalEnclosedParen",
        "decimalEnclosedFullstop",
        "ideographEnclosedCircle",
        "ideographTraditional",
        "ideographZodiac",
        "ideographZodiacTraditional",
        "numberInDash",
    ];
    FORMATS.contains(&format)
}

/// A number as a format of Word's writes it.
fn text_of_number(format: &str, number: u32) -> String {
    let sign = |first: char, count: u32| {
        (1..=count)
            .contains(&number)
            .then(|| char::from_u32(first as u32 + number - 1))
            .flatten()
    };
    let row = |signs: &str| {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        signs.chars().nth(index)
    };
    let one = match format {
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => sign('①', 20),
        "decimalEnclosedParen" => sign('⑴', 20),
        "decimalEnclosedFullstop" => sign('⒈', 20),
        "ideographEnclosedCircle" => sign('㊀', 10),
        "ideographTraditional" => row("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => row("子丑寅卯辰巳午未申酉戌亥"),
        _ => None,
    };
    if let Some(one) = one {
        return one.to_string();
    }
    match format {
        "none" => String::new(),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
            if (1..1000).contains(&number) =>
        {
            ideographs(number)
        }
        "ideographDigital"
        | "japaneseDigitalTenThousand"
        | "taiwaneseDigital"
        | "koreanDigital2" => {
            let zero = if format == "taiwaneseDigital" {
                '○'
            } else {
                '〇'
            };
            digits(number, zero)
        }
        "chineseLegalSimplified" | "ideographLegalTraditional" if (1..1000).contains(&number) => {
            let formal = if format == "chineseLegalSimplified" {
                "零壹贰叁肆伍陆柒捌玖拾佰"
            } else {
                "零壹貳參肆伍陸柒捌玖拾佰"
            };
            legal(number, formal)
        }
        "numberInDash" => format!("- {number} -"),
        "ideographZodiacTraditional" if number > 0 => {
            let sign = |signs: &str| {
                let index = (number as usize - 1) % signs.chars().count();
                signs.chars().nth(index)
            };
            [
                sign("甲乙丙丁戊己庚辛壬癸"),
                sign("子丑寅卯辰巳午未申酉戌亥"),
            ]
            .into_iter()
            .flatten()
            .collect()
        }
        "decimalFullWidth" | "decimalFullWidth2" => number
            .to_string()
            .chars()
            .map(|c| char::from_u32(c as u32 + 0xFEE0).unwrap_or(c))
            .collect(),
        "decimalZero" => format!("{number:02}"),
        "upperLetter" => letters(number).to_uppercase(),
        "lowerLetter" => letters(number),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        _ => number.to_string(),
    }
}

/// Digit by digit.
fn digits(number: u32, zero: char) -> String {
    const DIGITS: &str = "〇一二三四五六七八九";
    number
        .to_string()
        .chars()
        .filter_map(|c| match c {
            '0' => Some(zero),
            c => DIGITS.chars().nth(c.to_digit(10)? as usize),
        })
        .collect()
}

/// As on a cheque; a one is written before ten.
fn legal(number: u32, formal: &str) -> String {
    const PLAIN: &str = "零一二三四五六七八九十百";
    let mut words = ideographs(number);
    if (10..20).contains(&number) {
        words.insert(0, '一');
    }
    words
        .chars()
        .filter_map(|c| {
            formal
                .chars()
                .nth(PLAIN.chars().position(|plain| plain == c)?)
        })
        .collect()
}

/// a, b, … z, aa, bb: as Word counts.
fn letters(number: u32) -> String {
    if number == 0 {
        return String::new();
    }
    let letter = b'a' + u8::try_from((number - 1) % 26).unwrap_or(0);
    let times = ((number - 1) / 26 + 1).min(8) as usize;
    char::from(letter).to_string().repeat(times)
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number >= 4000 {
        return number.to_string();
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        for (format, number, text) in [
            ("chineseCounting", 1, "一"),
            ("chineseCountingThousand", 12, "十二"),
            ("japaneseCounting", 103, "一百零三"),
            ("ideographTraditional", 3, "丙"),
            ("decimal", 7, "7"),
            ("decimalFullWidth", 12, "１２"),
            ("decimalEnclosedCircle", 20, "⑳"),
            ("decimalEnclosedCircle", 21, "21"),
            ("decimalEnclosedParen", 2, "⑵"),
            ("upperLetter", 27, "AA"),
            ("lowerRoman", 14, "xiv"),
            ("chineseLegalSimplified", 2, "贰"),
            ("chineseLegalSimplified", 11, "壹拾壹"),
            ("ideographDigital", 10, "一〇"),
            ("ideographDigital", 21, "二一"),
            ("japaneseDigitalTenThousand", 105, "一〇五"),
            ("taiwaneseDigital", 20, "二○"),
            ("ideographZodiacTraditional", 11, "甲戌"),
            ("none", 2, ""),
        ] {
            assert_eq!(text_of_number(format, number), text, "{format} {number}");
        }
    }
}
