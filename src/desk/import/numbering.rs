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
        if let Some(numbers) = numbers {
            numbering.read_lists(numbers);
        }
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
        numbering
    }

    fn read_lists(&mut self, numbers: &Element) {
        let mut drawn: HashMap<&str, Vec<Level>> = HashMap::new();
        for list in numbers.children().filter(|e| e.name == "abstractNum") {
            let Some(id) = list.attribute("abstractNumId") else {
                continue;
            };
            let mut levels = vec![Level::default(); LEVELS];
            for level in list.children().filter(|e| e.name == "lvl") {
                if let Some(at) = index(level) {
                    levels[at] = read_level(level);
                }
            }
            drawn.insert(id, levels);
        }
        for list in numbers.children().filter(|e| e.name == "num") {
            let (Some(id), Some(counter)) =
                (list.attribute("numId"), value(Some(list), "abstractNumId"))
            else {
                continue;
            };
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

    /// The label of the next paragraph.
    pub fn next(&mut self, properties: Option<&Element>) -> Option<String> {
        let (list, level) = self.list_of(properties)?;
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
        let mut signs = drawn.text.chars().peekable();
        while let Some(c) = signs.next() {
            let digit = signs.peek().and_then(|d| d.to_digit(10));
            match digit.filter(|d| c == '%' && *d > 0) {
                Some(at) => {
                    signs.next();
                    let at = at as usize - 1;
                    let level = made.levels.get(at)?;
                    label.push_str(&text_of_number(
                        &level.format,
                        counts[at].unwrap_or(level.start),
                    ));
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
        Some(label)
    }

    /// List and level of a paragraph: its own, else its style's.
    fn list_of(&self, properties: Option<&Element>) -> Option<(String, usize)> {
        let own = properties
            .and_then(|p| p.child("numPr"))
            .map(list_and_level)
            .unwrap_or_default();
        let (mut list, mut level) = own;
        let mut style = value(properties, "pStyle")
            .map(str::to_owned)
            .or_else(|| self.default_style.clone());
        // Styles that are based on each other in a circle end here.
        for _ in 0..16 {
            let Some(name) = style else { break };
            if let Some((of_style, at)) = self.styles.get(&name) {
                list = list.or_else(|| of_style.clone());
                level = level.or(*at);
            }
            style = self.based_on.get(&name).cloned();
        }
        let list = list.filter(|list| list != "0")?;
        Some((list, level.unwrap_or(0)))
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
    Level {
        format: value(Some(level), "numFmt").unwrap_or("decimal").to_owned(),
        text: value(Some(level), "lvlText").unwrap_or_default().to_owned(),
        start: value(Some(level), "start")
            .and_then(|n| n.parse().ok())
            .unwrap_or(1),
        spaced: value(Some(level), "suff") != Some("nothing"),
        restart: value(Some(level), "lvlRestart").and_then(|n| n.parse().ok()),
    }
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
        | "ideographDigital"
        | "japaneseDigitalTenThousand"
            if (1..1000).contains(&number) =>
        {
            ideographs(number)
        }
        "chineseLegalSimplified" if (1..=10).contains(&number) => {
            row("壹贰叁肆伍陆柒捌玖拾").map_or_else(String::new, String::from)
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
            ("none", 2, ""),
        ] {
            assert_eq!(text_of_number(format, number), text, "{format} {number}");
        }
    }
}
