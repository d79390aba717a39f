//! Stated numbers equal the numbers that can be counted, or a reason is given.
//!
//! MB0211, MB0212. All arithmetic uses whole numbers. A percentage is rounded half up to the stated number of
//! decimals.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::diag::{Diagnostic, Sink, Spanned, codes};
use crate::model::{
    Cite, Counted, DocumentId, Grade, Kind, Model, Phase, Regions, Stated, StatedValue, UnitKind,
    Written,
};

/// Part × 100 ÷ whole, scaled by 10^decimals, rounded half up.
/// Example: 122 of 168 with two decimals = 7262 (72.62 %).
pub fn rate(part: usize, whole: usize, decimals: u32) -> Option<u64> {
    let (part, whole) = (part as u64, whole as u64);
    let scale = 10u64.checked_pow(decimals)?.checked_mul(100)?;
    if whole == 0 {
        return None;
    }
    Some((part.checked_mul(scale)?.checked_mul(2)? + whole) / (whole * 2))
}

/// How many rows a list has of each kind, counted once.
#[derive(Debug, Default)]
pub struct Counts<'a> {
    all: usize,
    counties: usize,
    zones: usize,
    centres: usize,
    grades: HashMap<&'a str, usize>,
}

impl<'a> Counts<'a> {
    /// Counts the rows of a list.
    pub fn new<P: Phase>(regions: &Regions, kind: &'a Kind<P>) -> Self {
        let mut counts = Self::default();
        for (grade, row) in kind.rows() {
            counts.all += 1;
            *counts.grades.entry(grade).or_default() += 1;
            *match regions.units[row.unit].kind {
                UnitKind::County => &mut counts.counties,
                UnitKind::Zone => &mut counts.zones,
                UnitKind::CityCentre => &mut counts.centres,
            } += 1;
        }
        counts
    }

    /// The number of rows that a stated number counts.
    pub fn of(&self, of: &Counted) -> usize {
        match of {
            Counted::All => self.all,
            Counted::Counties => self.counties,
            Counted::Zones => self.zones,
            Counted::CityCentres => self.centres,
            Counted::Grade(name) => self.grades.get(name.as_str()).copied().unwrap_or_default(),
        }
    }
}

/// Compares the numbers stated in a list with its rows.
///
/// # Diagnostics
/// MB0204 for a grade that the list does not have, MB0211, MB0212.
pub fn check(model: &Model<Written>, index: DocumentId, sink: &mut Sink) {
    let kind = &model.documents[index].kind;
    let (stated, grades): (&[Stated<Written>], &[Grade<Written>]) = match kind {
        Kind::Pilots(list) => (&list.stated, &[]),
        Kind::Assessment(assessment) => (&assessment.stated, &assessment.grades),
        _ => return,
    };
    // A name that was not found has been reported; the totals of such a list are meaningless.
    if kind.rows().len() != kind.printed_names() {
        return;
    }
    for grade in grades {
        if let Some(stated) = &grade.stated
            && stated.value != grade.rows.len()
        {
            let said = stated.value.to_string();
            let computed = grade.rows.len().to_string();
            // A grade has no key `differs`.
            sink.push(
                differs(stated, &grade.grade, &said, &computed).hint(
                    "先核对名单和数字；原文确实如此的，这里不写 stated，在下面的 stated 列表中写一条并用 differs 说明",
                    "check the list and the number first; if the official text really says so, remove `stated` here and add an entry with `differs` to the `stated` list below",
                ),
            );
        }
    }
    let counts = Counts::new(&model.regions, kind);
    let whole = counts.of(&Counted::All);
    for stated in stated {
        match &stated.of {
            Counted::Grade(name) if !grades.iter().any(|g| g.grade == *name) => {
                sink.push(no_grade(stated, name, grades));
            }
            of => compare(stated, counts.of(of), whole, sink),
        }
    }
}

fn no_grade(stated: &Stated<Written>, name: &str, grades: &[Grade<Written>]) -> Diagnostic {
    let mut allowed = vec!["全部", "县级单位", "开发区", "市级中心"];
    allowed.extend(grades.iter().map(|g| g.grade.as_str()));
    Diagnostic::new(
        &codes::NOT_IN_LIST,
        stated.of_span.unwrap_or(stated.value.span),
        format!("“{name}”不是名单里的等次"),
        format!("\"{name}\" is not a grade of this list"),
    )
    .hint(
        format!("可取：{}", allowed.join("、")),
        "use one of the grades, or 全部, 县级单位, 开发区 or 市级中心",
    )
}

/// A stated number and the number computed from the rows.
#[derive(Debug)]
pub struct Compared {
    pub said: String,
    pub computed: String,
    /// How the computed number was calculated, for readers who want to check it.
    pub how: String,
    pub agrees: bool,
    /// The difference as a sentence; empty if both have the same digits.
    pub difference: String,
}

/// A number stated in the text of a list, compared with the rows of the list.
#[derive(Debug)]
pub struct Figure<'a> {
    /// 优秀率, 考核优秀单位 …
    pub what: String,
    pub compared: Compared,
    /// Why they differ, if known.
    pub differs: Option<&'a str>,
    pub cite: &'a Cite,
}

/// All numbers stated in the text of a list: those of its grades, then the others.
pub fn figures<'a>(regions: &Regions, kind: &'a Kind) -> Vec<Figure<'a>> {
    let (stated, grades): (&[Stated], &[Grade]) = match kind {
        Kind::Pilots(list) => (&list.stated, &[]),
        Kind::Assessment(assessment) => (&assessment.stated, &assessment.grades),
        _ => return Vec::new(),
    };
    let counts = Counts::new(regions, kind);
    let whole = counts.of(&Counted::All);
    let of_grades = grades.iter().filter_map(|grade| of_grade(grade, whole));
    let others = stated.iter().map(|stated| of_stated(stated, &counts));
    of_grades.chain(others).collect()
}

/// One of the numbers stated in the text of a list, by its place among [`figures`].
pub fn figure<'a>(regions: &Regions, kind: &'a Kind, number: usize) -> Option<Figure<'a>> {
    let (stated, grades): (&[Stated], &[Grade]) = match kind {
        Kind::Pilots(list) => (&list.stated, &[]),
        Kind::Assessment(assessment) => (&assessment.stated, &assessment.grades),
        _ => return None,
    };
    let counts = Counts::new(regions, kind);
    let whole = counts.of(&Counted::All);
    let of_grades = grades.iter().filter_map(|grade| of_grade(grade, whole));
    let of_grades: Vec<Figure<'a>> = of_grades.collect();
    match number.checked_sub(of_grades.len()) {
        None => of_grades.into_iter().nth(number),
        Some(other) => stated.get(other).map(|stated| of_stated(stated, &counts)),
    }
}

fn of_grade(grade: &Grade, whole: usize) -> Option<Figure<'_>> {
    Some(Figure {
        what: format!("考核{}单位", grade.grade),
        compared: compared(
            &StatedValue::Count(grade.stated.as_ref()?.value),
            grade.rows.len(),
            whole,
        ),
        differs: None,
        cite: grade.cite.as_ref()?,
    })
}

fn of_stated<'a>(stated: &'a Stated, counts: &Counts<'_>) -> Figure<'a> {
    let whole = counts.of(&Counted::All);
    Figure {
        what: stated.what.clone(),
        compared: compared(&stated.value.value, counts.of(&stated.of), whole),
        differs: stated.differs.as_ref().map(|d| d.value.as_str()),
        cite: &stated.cite,
    }
}

/// `=` if the percentage has at most `decimals` decimals, otherwise `≈`.
fn sign(part: usize, whole: usize, decimals: u32) -> &'static str {
    let exact = 10usize
        .checked_pow(decimals)
        .and_then(|scale| part.checked_mul(scale)?.checked_mul(100))
        .is_some_and(|scaled| whole > 0 && scaled % whole == 0);
    if exact { "=" } else { "≈" }
}

/// Compares a stated number with `part` rows of `whole`.
fn compared(value: &StatedValue, part: usize, whole: usize) -> Compared {
    match value {
        StatedValue::Count(count) => Compared {
            said: count.to_string(),
            computed: part.to_string(),
            how: "按名单逐一计数".into(),
            agrees: *count == part,
            difference: match count.cmp(&part) {
                Ordering::Equal => String::new(),
                Ordering::Greater => format!("原文比名单多 {} 个。", count - part),
                Ordering::Less => format!("原文比名单少 {} 个。", part - count),
            },
        },
        StatedValue::Rate {
            printed,
            scaled,
            decimals,
        } => {
            let to = |decimals| {
                rate(part, whole, decimals).map_or_else(|| "—".into(), |n| percent(n, decimals))
            };
            Compared {
                said: printed.clone(),
                computed: to(*decimals),
                how: format!(
                    "{part} ÷ {whole} {} {}",
                    sign(part, whole, *decimals + 2),
                    to(*decimals + 2)
                ),
                agrees: rate(part, whole, *decimals) == Some(*scaled),
                difference: rate_difference(*scaled, *decimals, part, whole),
            }
        }
    }
}

/// `四舍五入到两位小数是 72.62%，与原文相同。`
fn rate_difference(said: u64, decimals: u32, part: usize, whole: usize) -> String {
    let Some(computed) = rate(part, whole, decimals) else {
        return "名单是空的，没有比率可算。".into();
    };
    let rounded = if sign(part, whole, decimals) == "=" {
        String::new()
    } else {
        format!(
            "四舍五入到 {decimals} 位小数是 {}，",
            percent(computed, decimals)
        )
    };
    let points = percent(said.abs_diff(computed), decimals);
    let points = points.trim_end_matches('%');
    match said.cmp(&computed) {
        Ordering::Equal if rounded.is_empty() => String::new(),
        Ordering::Equal => format!("{rounded}与原文相同。"),
        Ordering::Greater => format!("{rounded}原文比它高 {points} 个百分点。"),
        Ordering::Less => format!("{rounded}原文比它低 {points} 个百分点。"),
    }
}

fn compare(stated: &Stated<Written>, part: usize, whole: usize, sink: &mut Sink) {
    let Compared {
        said,
        computed,
        agrees,
        ..
    } = compared(&stated.value.value, part, whole);
    match (&stated.differs, agrees) {
        (None, false) => sink.push(
            differs(&stated.value, &stated.what, &said, &computed).hint(
                "先核对名单和数字；原文确实如此的，用 differs 写明原因",
                "check the list and the number first; if the official text really says so, give the reason in `differs`",
            ),
        ),
        (Some(reason), true) => sink.push(
            Diagnostic::new(
                &codes::TOTAL_DIFFERS,
                reason.span,
                "数目相符，却写了不符的原因",
                "the numbers agree, but a reason for a difference is given",
            )
            .hint("删去 differs", "remove `differs`"),
        ),
        _ => {}
    }
}

fn differs<T>(stated: &Spanned<T>, what: &str, said: &str, computed: &str) -> Diagnostic {
    let code = if said.ends_with('%') {
        &codes::RATE_DIFFERS
    } else {
        &codes::TOTAL_DIFFERS
    };
    Diagnostic::new(
        code,
        stated.span,
        format!("“{what}”写的是 {said}，按名单算是 {computed}"),
        format!("\"{what}\" is stated as {said}, but the list gives {computed}"),
    )
}

/// 7262 with two decimals -> `72.62%`
pub fn percent(scaled: u64, decimals: u32) -> String {
    let scale = 10u64.pow(decimals);
    if decimals == 0 {
        return format!("{scaled}%");
    }
    format!(
        "{}.{:0width$}%",
        scaled / scale,
        scaled % scale,
        width = decimals as usize
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_of_the_henan_notice() {
        // 教资助函〔2019〕192号，二：考核优秀单位 122 个 … 优秀率 72.62%；122 / 168 = 0.726190…
        assert_eq!(rate(122, 168, 2), Some(7262));
        assert_eq!(percent(7262, 2), "72.62%");
    }

    #[test]
    fn halves_are_rounded_up() {
        assert_eq!(rate(1, 8, 0), Some(13));
        assert_eq!(rate(1, 3, 1), Some(333));
        assert_eq!(rate(5, 0, 2), None);
        assert_eq!(percent(5, 2), "0.05%");
    }
}
