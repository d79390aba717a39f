//! Computes what fits on one A4 page, without a browser.
//!
//! Comes in: the text of a leaflet. Goes out: the type sizes, and the parts that are left to the web
//! page. Nothing is ever cut off at the edge: heights are added up here, with a margin, from the sizes that
//! `leaflet.css` uses (the numbers here and there must agree; a browser test prints every leaflet
//! and hostile ones).
//!
//! A line is filled as in a browser: it breaks between ideographs, but not before 。 or after 《, and Latin words and
//! numbers stay together. As a margin, every character counts with its width in the widest common font, and a
//! little of each line is left empty.
//!
//! Lengths are hundredths of a millimetre, sizes of type tenths of a point, widths of text thousandths of an em.

use unicode_width::UnicodeWidthChar;

use super::super::view::{
    LeafletCite, LeafletItem, LeafletMore, LeafletSection, LeafletTime, ShownView,
};

/// Height of the page without its margins (11 mm each) and 3 mm to spare.
const SHEET: u32 = 29_700 - 2 * 1_100 - 300;
/// Width of the page without its margins (13 mm each).
const WIDE: u32 = 18_400;

/// Type of the title, in the order of its classes, and how many lines it may fill.
const TITLES: [(u32, u32); 5] = [(300, 1), (250, 1), (215, 2), (170, 3), (130, 8)];
/// Type of the sections and of their titles, in the order of their classes.
const TEXTS: [(u32, u32); 4] = [(140, 150), (127, 140), (115, 130), (105, 130)];
/// Type of the days, in the order of their classes.
const DAYS: [u32; 4] = [340, 270, 210, 160];
/// Windows and deadlines shown large; more are rows of a list.
const MOST_LARGE: usize = 2;
/// Of the room below the head, so much may be taken by times, in hundredths.
const TIMES_SHARE: u32 = 55;

/// Kept back of each line.
const SPARE: u32 = 600;

const TEXT: u32 = 115;
const SMALL: u32 = 105;

/// Length of a size of type.
const fn points(tenths: u32) -> u32 {
    tenths * 3528 / 1000
}

/// Height of `count` lines of a type, set with `leading` hundredths of its size.
const fn tall(count: u32, tenths: u32, leading: u32) -> u32 {
    (count * points(tenths) * leading).div_ceil(100)
}

fn width(c: char) -> u32 {
    match c {
        'm' | 'w' | '@' | '%' | 'A'..='Z' => 950,
        ' '..='~' => 610,
        _ => match c.width_cjk() {
            None | Some(0) => 0,
            // Scripts of single-width characters, and punctuation that Chinese fonts set in full width.
            Some(_) => 1000,
        },
    }
}

fn wide(text: &str) -> u32 {
    text.chars().map(width).sum()
}

/// Whether a line may not begin with a character, or not end with it.
fn sticks(before: char, after: char) -> bool {
    #[rustfmt::skip]
    let closes = matches!(after,
        '，' | '。' | '、' | '；' | '：' | '？' | '！' | '）' | '》' | '〉' | '」' | '』' | '】' | '〕' | '］' | '｝'
        | '”' | '’' | '…' | '—' | '·' | '％' | '%' | ',' | '.' | ';' | ':' | '?' | '!' | ')' | ']' | '}' | '>');
    #[rustfmt::skip]
    let opens = matches!(before,
        '（' | '《' | '〈' | '「' | '『' | '【' | '〔' | '［' | '｛' | '“' | '‘' | '(' | '[' | '{' | '<');
    closes || opens || before.is_ascii_graphic() && after.is_ascii_graphic()
}

/// Lines that a text fills, at most, in a column of a width.
fn lines(text: &str, tenths: u32, column: u32) -> u32 {
    let room = (column * 1000 / points(tenths))
        .saturating_sub(SPARE)
        .max(2000);
    let (mut count, mut used) = (1, 0);
    // What hangs together goes to the next line as a whole; what is longer than a line is broken.
    let mut place = |width: u32| {
        if used > 0 && used + width > room {
            count += 1;
            used = 0;
        }
        used += width;
        while used > room {
            count += 1;
            used -= room;
        }
    };
    let mut piece = 0;
    let mut last = None;
    for c in text.chars() {
        if last.is_some_and(|last| !sticks(last, c)) {
            place(std::mem::take(&mut piece));
        }
        piece += width(c);
        last = Some(c);
    }
    place(piece);
    count
}

/// A text that is at most so many lines long; a longer one visibly breaks off.
pub fn clip(text: &str, most: u32, tenths: u32, column: u32) -> String {
    if lines(text, tenths, column) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut at = text
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .collect::<Vec<_>>();
    // The longest beginning that fits, found by halves: lines only grow with the text.
    let fits = at.partition_point(|&end| {
        lines(&format!("{}……（全文见网页）", &text[..end]), tenths, column) <= most
    });
    at.truncate(fits);
    kept.push_str(&text[..at.last().copied().unwrap_or(0)]);
    kept.push_str("……（全文见网页）");
    kept
}

/// The title as it will be printed, and its class.
pub fn title(text: &str) -> (String, usize) {
    for (class, (tenths, most)) in TITLES.into_iter().enumerate() {
        if lines(text, tenths, WIDE) <= most {
            return (text.to_owned(), class + 1);
        }
    }
    let (tenths, most) = TITLES[TITLES.len() - 1];
    (clip(text, most, tenths, WIDE), TITLES.len())
}

/// Lines in which the foot says what is not on the sheet.
const MORE: u32 = 2;

// Texts that are always printed: at most a fixed number of lines each.

/// A description, clipped to two lines of its place.
pub fn about(text: &str) -> String {
    clip(text, 2, 120, WIDE - 2_500)
}

/// A sentence, clipped to four lines.
pub fn sentence(text: &str) -> String {
    clip(text, 4, TEXT, WIDE - 800)
}

/// What is open, before the sentence that says whom to ask.
pub fn clipped(text: &str) -> String {
    clip(text, 3, TEXT, WIDE - 800)
}

/// What names a source, clipped to four lines of small type.
pub fn source(text: &str) -> String {
    clip(text, 4, SMALL, WIDE - 3_900)
}

/// What is not on the sheet.
pub fn more(text: &str) -> String {
    clip(&format!("其余见网页：{text}。"), MORE, TEXT, WIDE - 3_900)
}

/// The parts of a sheet that are always printed.
#[derive(Debug)]
pub struct Fixed<'a> {
    pub about: &'a str,
    pub title: &'a str,
    pub title_size: usize,
    pub lead: Option<&'a str>,
    pub warning: Option<&'a str>,
    pub ask: &'a str,
    pub address: &'a str,
    /// Lines of small type at the foot.
    pub small: &'a [String],
}

/// What is left of a sheet for times and sections.
pub fn room(fixed: &Fixed) -> u32 {
    let (title, _) = TITLES[fixed.title_size - 1];
    let text = |words: &str, column| tall(lines(words, TEXT, column), TEXT, 145);
    let head = 600
        + tall(lines(fixed.about, 120, WIDE - 2_500), 120, 150)
        + 100
        + tall(lines(fixed.title, title, WIDE), title, 125)
        + fixed.lead.map_or(0, |words| 120 + text(words, WIDE))
        + fixed
            .warning
            .map_or(0, |words| 650 + text(words, WIDE - 800));
    let ask = 700 + text(fixed.ask, WIDE - 800);
    let column = WIDE - 3_900;
    let small = |words: &String| tall(lines(words, SMALL, column), SMALL, 142);
    let words = tall(1, 150, 135)
        + tall(MORE, TEXT, 145)
        + tall(lines(fixed.address, 120, column), 120, 145)
        + fixed.small.iter().map(small).sum::<u32>();
    let foot = 250 + 360 + words.max(3_400);
    SHEET.saturating_sub(head + ask + foot)
}

/// Times that fit, the class of their days, and the height that they take.
pub fn times(times: &mut Vec<LeafletTime>, room: u32) -> (usize, usize, u32) {
    if times.is_empty() {
        return (0, 0, 0);
    }
    let large = times.len() <= MOST_LARGE;
    let half = WIDE / 2 - 300;
    let widest = times
        .iter()
        .flat_map(|time| &time.days)
        .map(|day| wide(day.day.as_deref().unwrap_or("原文未载明")) + wide(day.sense) * 6 / 10)
        .max()
        .unwrap_or(0);
    let fitting = DAYS
        .iter()
        .position(|&tenths| widest * points(tenths) / 1000 <= half);
    if large && let Some(class) = fitting {
        let height = |time: &LeafletTime| {
            let note = time
                .note
                .as_deref()
                .map_or(0, |note| tall(lines(note, TEXT, WIDE), TEXT, 145));
            400 + tall(lines(&what(time), 150, WIDE - 800), 150, 140)
                + tall(1, 120, 135)
                + tall(1, DAYS[class], 125)
                + note
        };
        let sum: u32 = 460 + times.iter().map(height).sum::<u32>();
        if sum <= room * TIMES_SHARE / 100 {
            return (class + 1, 0, sum);
        }
    }
    let row = |time: &LeafletTime| {
        let days: String = time
            .days
            .iter()
            .map(|day| {
                let words = day.day.as_deref().unwrap_or("原文未载明");
                format!("{} {}{words}　", day.label, day.sense)
            })
            .collect();
        let left = tall(lines(&what(time), 125, 7_600), 125, 140);
        let note = time
            .note
            .as_deref()
            .map_or(0, |note| tall(lines(note, SMALL, WIDE - 8_000), SMALL, 140));
        let right = tall(lines(&days, 140, WIDE - 8_000), 140, 140) + note;
        230 + left.max(right)
    };
    let share = room * TIMES_SHARE / 100;
    let heights: Vec<u32> = times.iter().map(row).collect();
    let sum = 460 + heights.iter().sum::<u32>();
    if sum <= share {
        return (0, 0, sum);
    }
    // A line is kept for how many more there are.
    let mut left = share.saturating_sub(460 + 100 + tall(1, TEXT, 142));
    let whole = times.len();
    let mut heights = heights.into_iter();
    times.retain(|_| {
        let height = heights.next().unwrap_or(u32::MAX);
        let fits = height <= left;
        if fits {
            left -= height;
        }
        fits
    });
    (0, whole - times.len(), share - left)
}

/// The line above the days.
fn what(time: &LeafletTime) -> String {
    let who = time.who.as_deref().unwrap_or_default();
    let mut out = format!("{}　{who}　{}　　", time.what, time.state.longest);
    cite(&time.cites, &mut out);
    out
}

fn cite(cites: &[LeafletCite], out: &mut String) {
    for cite in cites {
        out.push('［');
        out.push_str(&cite.label);
        out.push('］');
    }
}

/// An item in one line, as it is printed.
fn item(item: &LeafletItem) -> String {
    let mut out = item.who.clone().unwrap_or_default();
    out.push('　');
    out.push_str(&item.text);
    for tick in &item.ticks {
        out.push_str("　　");
        out.push_str(tick);
    }
    if let Some(note) = &item.note {
        out.push('　');
        out.push_str(note);
    }
    cite(&item.cites, &mut out);
    out
}

fn item_height(words: &LeafletItem, tenths: u32) -> u32 {
    90 + tall(lines(&item(words), tenths, WIDE - 3_300), tenths, 140)
}

/// A section with items of a height: they are next to its title; below the title is the number of further items.
fn section_height(section: &LeafletSection, items: u32, more: usize, class: usize) -> u32 {
    let (text, title) = TEXTS[class];
    let title = tall(lines(&section.title, title, 3_000), title, 135);
    let more = if more > 0 {
        tall(if more < 100 { 1 } else { 2 }, SMALL, 140)
    } else {
        0
    };
    // An empty one says 原文未载明.
    230 + items.max(tall(1, text, 140)).max(title + more)
}

/// Lays out the sections: all of them as large as they fit, else at the smallest size those items that fit. Ranks come one
/// after the other; within a rank every section gets its first item before any gets its second. A section of which nothing
/// fits is taken out.
///
/// `room` is there on all days. On the days before a warning is shown there is `early` room: what fits only then is
/// marked. The size of type is the same on all days.
pub fn sections(
    sections: &mut Vec<(u8, LeafletSection)>,
    room: u32,
    early: Option<&Early>,
) -> Fitted {
    if let Some(class) = fitting(sections, room) {
        return Fitted {
            class,
            left_out: Vec::new(),
        };
    }
    let mut always: Vec<Kept> = sections
        .iter()
        .map(|(_, section)| Kept {
            items: vec![false; section.items.len()],
            ..Kept::default()
        })
        .collect();
    fill(sections, &mut always, room);
    let mut kept = always.clone();
    if let Some(early) = early {
        fill(sections, &mut kept, early.room);
    }
    let mut left_out = Vec::new();
    for ((_, section), (always, kept)) in sections.iter_mut().zip(always.iter().zip(&kept)) {
        for (item, always) in section.items.iter_mut().zip(&always.items) {
            item.shown = early
                .filter(|_| !always)
                .and_then(|early| early.before.clone());
        }
        let mut keep = kept.items.iter();
        section.items.retain(|_| keep.next() == Some(&true));
        if kept.height > 0 && always.height == 0 {
            section.shown = early.and_then(|early| early.before.clone());
        }
        let (late, soon) = (always.missing(), kept.missing());
        section.more = match early {
            Some(early) if late != soon => {
                vec![(soon, early.before.clone()), (late, early.since.clone())]
            }
            _ => vec![(late, None)],
        }
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, shown)| LeafletMore { count, shown })
        .collect();
        if late > 0 {
            left_out.push(LeftOut {
                title: section.title.clone(),
                always: late,
                early: soon,
            });
        }
    }
    let mut kept = kept.iter();
    sections.retain(|_| kept.next().is_some_and(|kept| kept.height > 0));
    Fitted {
        class: TEXTS.len(),
        left_out,
    }
}

/// The room on the days before a warning is shown, and what marks those days and the days after.
#[derive(Debug)]
pub struct Early {
    pub room: u32,
    pub before: Option<ShownView>,
    pub since: Option<ShownView>,
}

/// How the sections of a sheet were laid out.
#[derive(Debug, PartialEq, Eq)]
pub struct Fitted {
    /// The class of their type.
    pub class: usize,
    pub left_out: Vec<LeftOut>,
}

/// How many items of a section are not on the sheet.
#[derive(Debug, PartialEq, Eq)]
pub struct LeftOut {
    pub title: String,
    pub always: usize,
    /// On the days before a warning is shown.
    pub early: usize,
}

/// The class of the largest type in which everything fits.
fn fitting(sections: &[(u8, LeafletSection)], room: u32) -> Option<usize> {
    let fits = |class: &usize| {
        let whole = |(_, section): &(u8, LeafletSection)| {
            let items = section.items.iter();
            let items = items.map(|item| item_height(item, TEXTS[*class].0)).sum();
            section_height(section, items, 0, *class)
        };
        sections.iter().map(whole).sum::<u32>() <= room
    };
    (0..TEXTS.len()).find(fits).map(|class| class + 1)
}

/// Keeps further items, in turns, as long as there is room.
fn fill(sections: &[(u8, LeafletSection)], kept: &mut [Kept], room: u32) {
    let class = TEXTS.len() - 1;
    for (number, round) in turns(sections) {
        let section = &sections[number].1;
        let mut tried = kept[number].clone();
        if let Some(item) = section.items.get(round) {
            if tried.items[round] {
                continue;
            }
            tried.items[round] = true;
            tried.sum += item_height(item, TEXTS[class].0);
        }
        tried.height = section_height(section, tried.sum, tried.missing(), class);
        let others: u32 = kept.iter().map(|one| one.height).sum();
        if others - kept[number].height + tried.height <= room {
            kept[number] = tried;
        }
    }
}

/// What of a section is on the sheet; without height, nothing.
#[derive(Debug, Clone, Default)]
struct Kept {
    items: Vec<bool>,
    sum: u32,
    height: u32,
}

impl Kept {
    fn missing(&self) -> usize {
        self.items.iter().filter(|kept| !**kept).count()
    }
}

/// Sections and items in the order in which they are tried; an empty section has one turn.
fn turns(sections: &[(u8, LeafletSection)]) -> Vec<(usize, usize)> {
    let mut turns: Vec<(u8, usize, usize)> = sections
        .iter()
        .enumerate()
        .flat_map(|(number, (rank, section))| {
            (0..section.items.len().max(1)).map(move |round| (*rank, round, number))
        })
        .collect();
    turns.sort_unstable();
    turns
        .into_iter()
        .map(|(_, round, number)| (number, round))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_on_the_safe_side() {
        // 100 mm at 10 points are 28.3 characters, of which a little is kept back.
        assert_eq!(lines(&"字".repeat(27), 100, 10_000), 1);
        assert_eq!(lines(&"字".repeat(28), 100, 10_000), 2);
        // A full stop takes the character before it along.
        assert_eq!(
            lines(
                &format!("{}。{}", "字".repeat(27), "字".repeat(26)),
                100,
                10_000
            ),
            3
        );
        // A long word is broken, a short one goes to the next line.
        assert_eq!(lines(&"a".repeat(100), 100, 10_000), 3);
        assert_eq!(
            lines(&format!("{}abcdefghij", "字".repeat(24)), 100, 10_000),
            2
        );
        assert_eq!(lines("", 100, 10_000), 1);
    }

    #[test]
    fn a_long_title_is_set_smaller_and_only_a_monstrous_one_breaks_off_visibly() {
        let sized = |count: usize| title(&"题".repeat(count));
        assert_eq!(sized(10).1, 1);
        assert!((2..=4).contains(&sized(55).1));
        assert_eq!(sized(200), ("题".repeat(200), 5));
        let (text, class) = sized(2_000);
        assert_eq!(class, 5);
        assert!(
            text.ends_with("……（全文见网页）") && text.chars().count() > 250,
            "{text}"
        );
    }

    fn section(title: &str, items: usize, chars: usize) -> LeafletSection {
        LeafletSection {
            title: title.to_owned(),
            items: (0..items)
                .map(|i| LeafletItem {
                    text: format!("{i}{}", "字".repeat(chars)),
                    ..LeafletItem::default()
                })
                .collect(),
            more: Vec::new(),
            shown: None,
        }
    }

    fn more(section: &LeafletSection) -> usize {
        section.more.iter().map(|more| more.count).sum()
    }

    fn left_out(title: &str, always: usize, early: usize) -> LeftOut {
        LeftOut {
            title: title.to_owned(),
            always,
            early,
        }
    }

    #[test]
    fn every_section_gets_its_first_item_before_any_gets_its_second() {
        let mut list = vec![
            (0, section("甲", 40, 100)),
            (0, section("乙", 2, 30)),
            (1, section("丙", 1, 10)),
        ];
        let fitted = sections(&mut list, 12_000, None);
        assert_eq!(fitted.class, 4);
        // What is of a later rank waits until nothing more of this one fits.
        let missing = more(&list[0].1);
        assert_eq!(
            fitted.left_out,
            [left_out("甲", missing, missing), left_out("丙", 1, 1)]
        );
        assert_eq!(list.len(), 2);
        assert_eq!((list[1].1.items.len(), more(&list[1].1)), (2, 0));
        assert!(list[0].1.items.len() > 1);
        assert_eq!(list[0].1.items.len() + missing, 40);
        // Kept in their order, from the first.
        assert!(list[0].1.items[0].text.starts_with('0'));
        assert!(list[0].1.items[1].text.starts_with('1'));
    }

    #[test]
    fn little_text_is_set_large_and_an_item_longer_than_the_sheet_is_left_to_the_page() {
        let fitted = |class, left_out| Fitted { class, left_out };
        assert_eq!(
            sections(&mut vec![(0, section("甲", 2, 30))], 12_000, None),
            fitted(1, Vec::new())
        );
        let mut list = vec![(0, section("甲", 1, 9_000)), (0, section("乙", 1, 10))];
        assert_eq!(
            sections(&mut list, 12_000, None),
            fitted(4, vec![left_out("甲", 1, 1)])
        );
        assert_eq!(list.len(), 1);
        assert_eq!(list[0].1.title, "乙");
    }

    #[test]
    fn what_fits_until_a_warning_needs_its_room_is_marked() {
        let day = jiff::civil::date(2023, 9, 26);
        let early = Early {
            room: 15_000,
            before: ShownView::before(day, day),
            since: ShownView::since(day, day),
        };
        let shown = |list: &[(u8, LeafletSection)]| {
            let items = list.iter().flat_map(|(_, section)| &section.items);
            let (marked, always): (Vec<_>, Vec<_>) = items.partition(|item| item.shown.is_some());
            (always.len(), marked.len())
        };
        let list = || vec![(0, section("甲", 40, 100))];
        let (mut late, mut soon, mut both) = (list(), list(), list());
        sections(&mut late, 12_000, None);
        sections(&mut soon, 15_000, None);
        sections(&mut both, 12_000, Some(&early));
        assert_eq!(shown(&both).0, shown(&late).0);
        assert_eq!(shown(&both).0 + shown(&both).1, shown(&soon).0);
        assert!(shown(&both).1 > 0);
        let counts: Vec<usize> = both[0].1.more.iter().map(|more| more.count).collect();
        assert_eq!(counts, [more(&soon[0].1), more(&late[0].1)]);
    }
}
