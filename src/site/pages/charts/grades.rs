//! A bar chart of grades by prefecture: bars of the same length, divided by grade, sorted by the best share.
//!
//! Comes in: places with the units of each grade. Goes out: an SVG.

use super::{Picture, across, cut, down, share};
use crate::lints::{percent, rate};
use crate::text::escape;

/// A place with its units by grade, best grade first.
#[derive(Debug, Clone)]
pub struct Bar {
    pub name: String,
    pub counts: Vec<usize>,
}

impl Bar {
    fn total(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// The number of styles for grades in `charts.css`. Further grades use the styles again.
const STYLES: usize = 4;
/// The height of a row and of its bar, in tenths of an em, and the number of legend entries on a line.
const ROW: i64 = 34;
const BAR: i64 = 15;
const LEGEND: usize = 3;
/// A segment at least this wide (hundredths of a per cent) has room for its number.
const ROOM: i64 = 700;
/// The maximum length of a name next to the share, in half-width characters.
const NAME: usize = 20;

/// Draws the bar of `whole` and the bars below it, sorted by the share of the first grade, then of the next.
pub fn grades(id: &str, title: &str, names: &[String], whole: &Bar, bars: &[Bar]) -> String {
    let mut picture = Picture::new();
    picture.out.push_str(&format!(
        "<defs><pattern id=\"{id}-p2\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><rect class=\"g2-0\" width=\"6\" height=\"6\"/><circle class=\"g2-1\" cx=\"3\" cy=\"3\" r=\"1.2\"/></pattern><pattern id=\"{id}-p3\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect class=\"g3-0\" width=\"6\" height=\"6\"/><rect class=\"g3-1\" width=\"2\" height=\"6\"/></pattern></defs>"
    ));
    for (i, (name, count)) in names.iter().zip(&whole.counts).enumerate() {
        let x = (i % LEGEND * 10_000 / LEGEND) as i64;
        let y = (i / LEGEND) as i64 * 18;
        part(&mut picture, id, i, (x, None), (y + 2, 11));
        picture.out.push_str(&format!(
            "<text class=\"key\" x=\"{}\" dx=\"1.6em\" y=\"{}\">{} {count}</text>",
            across(x),
            down(y + 12),
            escape(name)
        ));
    }
    picture.height = names.len().div_ceil(LEGEND) as i64 * 18 + 6;
    row(&mut picture, id, names, whole, "row all");
    picture.height += 4;
    picture.line("rule", (0, picture.height), (10_000, picture.height));
    picture.height += 6;
    for bar in sorted(bars) {
        row(&mut picture, id, names, bar, "row");
    }
    let desc = format!(
        "每条横柱是一个市，长度相同，按等次的份额分段；{}份额大的在前。数目也在“各市各等次单位数”表里。",
        names.first().map_or("", String::as_str)
    );
    picture.finish("chart-grades", id, title, &desc, "")
}

/// Sorts by the share of the first grade, then of the next, then by size; equal places keep their order.
pub fn sorted(bars: &[Bar]) -> Vec<&Bar> {
    let mut list: Vec<&Bar> = bars.iter().collect();
    list.sort_by(|a, b| {
        let (whole_a, whole_b) = (a.total(), b.total());
        a.counts
            .iter()
            .zip(&b.counts)
            .map(|(m, n)| (n * whole_a).cmp(&(m * whole_b)))
            .find(|order| order.is_ne())
            .unwrap_or_else(|| whole_b.cmp(&whole_a))
    });
    list
}

fn row(picture: &mut Picture, id: &str, names: &[String], bar: &Bar, class: &str) {
    let (top, whole) = (picture.height, bar.total());
    let (name, rest) = cut(&bar.name, NAME);
    let name = format!("{name}{}", if rest.is_empty() { "" } else { "…" });
    picture.words(class, 0, top + 12, "start", &name);
    let best = names.first().map_or("", String::as_str);
    let share_text =
        rate(bar.counts.first().copied().unwrap_or(0), whole, 2).map(|n| percent(n, 2));
    let words = format!("共{whole}，{best}{}", share_text.unwrap_or_default());
    picture.words("share", 10_000, top + 12, "end", &words);
    let mut before = 0;
    for (i, &count) in bar.counts.iter().enumerate() {
        if count == 0 {
            continue;
        }
        let (from, to) = (share(before, whole), share(before + count, whole));
        part(picture, id, i, (from, Some(to)), (top + 16, BAR));
        if to - from >= ROOM {
            let style = i % STYLES;
            let at = (from + to) / 2;
            picture.words(
                &format!("n on-g{style}"),
                at,
                top + 16 + 11,
                "middle",
                &count.to_string(),
            );
        }
        before += count;
    }
    picture.height += ROW;
}

/// A segment in the style of a grade; without an end, a sample for the legend.
fn part(
    picture: &mut Picture,
    id: &str,
    grade: usize,
    (from, to): (i64, Option<i64>),
    (y, height): (i64, i64),
) {
    let style = grade % STYLES;
    let width = to.map_or_else(|| "1.2em".to_owned(), |to| across(to - from));
    let fill = if style < 2 {
        String::new()
    } else {
        format!(" fill=\"url(#{id}-p{style})\"")
    };
    picture.out.push_str(&format!(
        "<rect class=\"g g{style}\"{fill} x=\"{}\" y=\"{}\" width=\"{width}\" height=\"{}\"/>",
        across(from),
        down(y),
        down(height)
    ));
}
