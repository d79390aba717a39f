//! Heads and feet of pages.
//!
//! Comes in: the lines of all pages. Goes out: the lines without numbers of pages and without what is repeated at the edge of several pages; each
//! is named.

#![allow(clippy::disallowed_types)] // Places on a page.

use std::collections::HashMap;

use super::Row;
use crate::import::furniture::is_page_number;
use crate::remark::{Remark, RemarkKind};
use crate::text::strip_width;
use crate::words::squeeze;

/// The share of a page, from above and from below, in which heads and feet are.
const EDGE: f64 = 0.13;
/// Lines from above and from below of which a head or foot consists at most.
const LINES: usize = 2;

/// Takes heads and feet out.
pub(super) fn take_out(rows: Vec<Row>, heights: &[f64], remarks: &mut Vec<Remark>) -> Vec<Row> {
    let at_edge = edges(&rows, heights);
    let plain: Vec<String> = rows
        .iter()
        .map(|row| strip_width(&squeeze(&row.text)))
        .collect();
    let mut pages: HashMap<String, usize> = HashMap::new();
    for (text, _) in plain.iter().zip(&at_edge).filter(|(_, is)| **is) {
        *pages.entry(without_digits(text)).or_default() += 1;
    }
    let mut kept = Vec::new();
    for ((row, text), is_edge) in rows.into_iter().zip(plain).zip(at_edge) {
        let is_number =
            is_page_number(&text) || text.len() <= 3 && text.parse() == Ok(row.page + 1);
        let often = pages.get(&without_digits(&text)).copied().unwrap_or(0);
        // On two of two pages, on three of more.
        let is_repeated = often >= heights.len().clamp(2, 3) && !text.is_empty();
        let words = match (is_edge && row.table.is_none(), is_number, is_repeated) {
            (true, true, _) => ("页码", "page number"),
            (true, false, true) => (
                "每页重复的页眉、页脚",
                "header or footer repeated on each page",
            ),
            _ => {
                kept.push(row);
                continue;
            }
        };
        remarks.push(Remark::new(row.place(), RemarkKind::Removed, words).about(row.text.trim()));
    }
    kept
}

/// Which lines are among the first or last of their page, and near its edge.
fn edges(rows: &[Row], heights: &[f64]) -> Vec<bool> {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for row in rows {
        *counts.entry(row.page).or_default() += 1;
    }
    rows.iter()
        .map(|row| {
            let (height, count) = (heights[row.page], counts[&row.page]);
            let is_high = row.number <= LINES && row.y < height * EDGE;
            let is_low = row.number + LINES > count && row.y > height * (1.0 - EDGE);
            is_high || is_low
        })
        .collect()
}

fn without_digits(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit()).collect()
}
