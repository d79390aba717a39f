//! Lists of counties: `data/pilots/<id>.yaml` and `data/assessments/<id>.yaml`, with the names read from the notice.

use std::fmt::Write;

use super::file::{NewFile, topics_line};
use crate::model::DocumentKind;
use crate::schema;
use crate::template::fill;
use crate::text::Lang;
use crate::written::scalar;

/// Names as printed, by heading.
pub type Names = Vec<(String, Vec<String>)>;

/// What is known of a pilot list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PilotAnswers {
    pub id: String,
    pub title: String,
    pub programme: String,
    pub year: i16,
    pub region: String,
    pub source: String,
    /// The clause that contains the list.
    pub clause: String,
    pub topics: Vec<String>,
    pub counties: Names,
}

/// A grade, and the clause that contains its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeAnswer {
    pub grade: String,
    pub list: String,
    pub counties: Names,
}

/// What is known of an assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentAnswers {
    pub id: String,
    pub title: String,
    pub programme: String,
    pub year: i16,
    pub region: String,
    pub source: String,
    pub clause: String,
    pub topics: Vec<String>,
    pub grades: Vec<GradeAnswer>,
}

impl PilotAnswers {
    pub fn file(&self, lang: Lang) -> NewFile {
        let text = fill(
            include_str!("pilots.yaml"),
            lang,
            &[
                ("modeline", &schema::modeline("pilot-list")),
                ("title", &scalar(&self.title)),
                ("programme", &scalar(&self.programme)),
                ("year", &self.year.to_string()),
                ("region", &scalar(&self.region)),
                ("source", &self.source),
                ("clause", &scalar(&self.clause)),
                ("topics", &topics_line(&self.topics)),
                ("corrections", &corrections(&[&self.counties])),
                ("counties", &names("counties:", &self.counties, "  ")),
            ],
        );
        NewFile {
            path: format!("{}/{}.yaml", DocumentKind::Pilots.sources(), self.id),
            text,
        }
    }
}

impl AssessmentAnswers {
    pub fn file(&self, lang: Lang) -> NewFile {
        let mut grades = String::from("grades:");
        for grade in &self.grades {
            let (name, list) = (scalar(&grade.grade), scalar(&grade.list));
            let counties = names("    counties:", &grade.counties, "      ");
            // Writing into a string cannot fail.
            write!(grades, "\n  - grade: {name}\n    list: {list}\n{counties}").unwrap_or_default();
        }
        let lists: Vec<&Names> = self.grades.iter().map(|grade| &grade.counties).collect();
        let text = fill(
            include_str!("assessment.yaml"),
            lang,
            &[
                ("modeline", &schema::modeline("assessment")),
                ("title", &scalar(&self.title)),
                ("programme", &scalar(&self.programme)),
                ("year", &self.year.to_string()),
                ("region", &scalar(&self.region)),
                ("source", &self.source),
                ("clause", &scalar(&self.clause)),
                ("topics", &topics_line(&self.topics)),
                ("corrections", &corrections(&lists)),
                ("grades", &grades),
            ],
        );
        NewFile {
            path: format!("{}/{}.yaml", DocumentKind::Assessment.sources(), self.id),
            text,
        }
    }
}

/// `counties:` and the names below it; 无 where there are none. A heading that occurs twice in the text is one here.
fn names(key: &str, names: &Names, indent: &str) -> String {
    if names.is_empty() {
        return format!("{key} 无");
    }
    let mut out = key.to_owned();
    for (heading, names) in names {
        let (heading, names) = (scalar(heading), scalar(&names.join("、")));
        write!(out, "\n{indent}{heading}: {names}").unwrap_or_default();
    }
    out
}

/// White space within a printed name is layout; a correction says so, and the name stays as printed.
fn corrections(lists: &[&Names]) -> String {
    let mut out = String::new();
    for name in lists
        .iter()
        .flat_map(|list| list.iter())
        .flat_map(|(_, names)| names)
    {
        if name.contains(char::is_whitespace) {
            let (printed, right) = (
                scalar(name),
                scalar(&name.split_whitespace().collect::<String>()),
            );
            if out.contains(&format!("printed: {printed}\n")) {
                continue;
            }
            write!(
                out,
                "\n  - printed: {printed}\n    right: {right}\n    why: 原文在名称中间留了空格。"
            )
            .unwrap_or_default();
        }
    }
    if out.is_empty() {
        "# corrections:\n#   - printed: 临颖县\n#     right: 临颍县\n#     why: 原文印错一个字"
            .to_owned()
    } else {
        format!("corrections:{out}")
    }
}
