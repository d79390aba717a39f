//! Charts of numbers and dates, as SVG text.
//!
//! Comes in: rows with finished words and whole numbers. Goes out: one `<svg>` per chart, to be printed inline.
//! Widths are in per cent of the available space and heights in `em`, so that nothing is scaled: text has the size of
//! the page text from 320 px to a printed page, and grows with it. Colours, line styles and fonts come from the
//! theme's `charts.css`; patterns are in the chart, because a style sheet cannot refer to them.

mod grades;
mod history;
mod timeline;

pub use grades::{Bar, grades};
pub use history::{Step, steps};
pub use timeline::{Axis, End, Mark, Row, timeline};

use crate::text::escape;

/// A chart that is being drawn, from top to bottom.
struct Picture {
    out: String,
    /// The height used so far, in tenths of an em.
    height: i64,
}

/// Hundredths of a per cent as an SVG length: 7262 is `72.62%`.
fn across(hundredths: i64) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// Tenths of an em as an SVG length.
fn down(tenths: i64) -> String {
    format!("{}.{}em", tenths / 10, tenths % 10)
}

/// A part of a whole in hundredths of a per cent.
fn share(part: usize, whole: usize) -> i64 {
    (part * 10_000)
        .checked_div(whole)
        .map_or(0, |n| i64::try_from(n).unwrap_or(0))
}

impl Picture {
    fn new() -> Self {
        Self {
            out: String::new(),
            height: 0,
        }
    }

    /// A line of text. `anchor` is `start`, `middle` or `end`.
    fn words(&mut self, class: &str, x: i64, y: i64, anchor: &str, words: &str) {
        self.out.push_str(&format!(
            "<text class=\"{class}\" x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            across(x),
            down(y),
            escape(words)
        ));
    }

    fn line(&mut self, class: &str, (x1, y1): (i64, i64), (x2, y2): (i64, i64)) {
        self.out.push_str(&format!(
            "<line class=\"{class}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>",
            across(x1),
            down(y1),
            across(x2),
            down(y2)
        ));
    }

    fn bar(&mut self, class: &str, from: i64, to: i64, y: i64, height: i64) {
        self.out.push_str(&format!(
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            across(from),
            down(y),
            across((to - from).max(0)),
            down(height)
        ));
    }

    /// The finished `<svg>`. `id` must be unique on the page; `more` are attributes for the script of the page.
    fn finish(self, class: &str, id: &str, title: &str, desc: &str, more: &str) -> String {
        format!(
            "<svg class=\"chart {class}\" width=\"100%\" height=\"{}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\"{more}><title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>{}</svg>",
            down(self.height),
            escape(title),
            escape(desc),
            self.out
        )
    }
}

/// The width in half-width characters: an ideograph counts as two.
fn width(words: &str) -> usize {
    words.chars().map(|c| 1 + usize::from(!c.is_ascii())).sum()
}

/// Splits a text into what fits into `most` half-width characters (with a sign for the rest) and the rest.
fn cut(words: &str, most: usize) -> (&str, &str) {
    if width(words) <= most {
        return (words, "");
    }
    let mut used = 0;
    let fits = words.char_indices().find(|(_, c)| {
        used += 1 + usize::from(!c.is_ascii());
        used + 2 > most
    });
    words.split_at(fits.map_or(words.len(), |(at, _)| at))
}
