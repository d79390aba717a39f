//! A chart of the grades of one unit over the years: one point per year, with the best grade on top.
//!
//! Comes in: years with grades. Goes out: an SVG.

use std::collections::BTreeSet;

use super::{Picture, across, down};

/// The grade of a year, as an index into the list of grades.
#[derive(Debug, Clone)]
pub struct Step {
    pub year: i16,
    pub grade: usize,
}

const LEVEL: i64 = 24;

/// Draws the points from the oldest year to the newest. `grades`: best first. A year may have two points.
pub fn steps(id: &str, title: &str, grades: &[String], points: &[Step]) -> String {
    let mut picture = Picture::new();
    let level = |grade: usize| grade as i64 * LEVEL + 18;
    for (i, grade) in grades.iter().enumerate() {
        picture.words("key", 0, level(i) - 3, "start", grade);
        picture.line("grid", (0, level(i)), (10_000, level(i)));
    }
    picture.height = grades.len() as i64 * LEVEL;
    let years: Vec<i16> = {
        let set: BTreeSet<i16> = points.iter().map(|p| p.year).collect();
        set.into_iter().collect()
    };
    // The names of the grades need space on the left.
    let last = years.len().saturating_sub(1).max(1) as i64;
    let at = |i: usize| 2_500 + i as i64 * 6_500 / last;
    let of = |year: i16| points.iter().filter(move |p| p.year == year);
    for (i, pair) in years.windows(2).enumerate() {
        // A year for which sources differ has two points and no line.
        let ends: Vec<&Step> = pair.iter().flat_map(|&year| of(year)).collect();
        if let [from, to] = ends[..] {
            let (from, to) = (level(from.grade), level(to.grade));
            picture.line("step", (at(i), from), (at(i + 1), to));
        }
    }
    for (i, &year) in years.iter().enumerate() {
        for point in of(year) {
            picture.out.push_str(&format!(
                "<circle class=\"pt\" cx=\"{}\" cy=\"{}\" r=\"5\"/>",
                across(at(i)),
                down(level(point.grade))
            ));
        }
        let y = picture.height + 13;
        picture.words("axis", at(i), y, "middle", &year.to_string());
    }
    picture.height += 20;
    let desc = "每个点是一个年度的等次，越高越好。同样的内容在“历年记录”表里。";
    picture.finish("chart-steps", id, title, desc, "")
}
