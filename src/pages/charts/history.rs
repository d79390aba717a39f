//! Grades of one unit over the years: a point a year, the best grade on top.

use super::Picture;

/// The grade of a year: its place in the list of grades.
#[derive(Debug, Clone)]
pub struct Step {
    pub year: i16,
    pub grade: usize,
}

const LEVEL: i64 = 24;

/// Draws the points from the oldest year to the newest. `grades` from the best.
pub fn steps(id: &str, title: &str, grades: &[String], points: &[Step]) -> String {
    let mut picture = Picture::new();
    let level = |grade: usize| grade as i64 * LEVEL + 18;
    for (i, grade) in grades.iter().enumerate() {
        picture.words("key", 0, level(i) - 3, "start", grade);
        picture.line("grid", (0, level(i)), (10_000, level(i)));
    }
    picture.height = grades.len() as i64 * LEVEL;
    // The names of the grades need the left end.
    let count = points.len() as i64;
    let at = |i: usize| 2_500 + i as i64 * 6_500 / (count - 1).max(1);
    for (i, pair) in points.windows(2).enumerate() {
        picture.line(
            "step",
            (at(i), level(pair[0].grade)),
            (at(i + 1), level(pair[1].grade)),
        );
    }
    for (i, point) in points.iter().enumerate() {
        picture.out.push_str(&format!(
            "<circle class=\"point\" cx=\"{}\" cy=\"{}\" r=\"5\"/>",
            super::across(at(i)),
            super::down(level(point.grade))
        ));
        picture.words(
            "axis",
            at(i),
            picture.height + 13,
            "middle",
            &point.year.to_string(),
        );
    }
    picture.height += 20;
    let desc = "每个点是一个年度的等次，越高越好。同样的内容在“历年记录”表里。";
    picture.finish("chart-steps", id, title, desc, "")
}
