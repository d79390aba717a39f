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

/// What is known of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListAnswers {
    pub id: String,
    pub title: String,
    pub programme: String,
    pub year: i16,
    pub region: String,
    pub source: String,
    /// The clause that contains the list.
    pub clause: String,
    pub topics: Vec<String>,
    pub entries: Entries,
}

/// What the list holds: this makes it a pilot list or an assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entries {
    /// A pilot list.
    Counties(Names),
    /// An assessment.
    Grades(Vec<GradeAnswer>),
}

/// A grade, and the clause that contains its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeAnswer {
    pub grade: String,
    pub list: String,
    pub counties: Names,
}

impl ListAnswers {
    /// The file of these answers.
    pub fn file(&self, lang: Lang) -> NewFile {
        let (kind, schema, template) = match &self.entries {
            Entries::Counties(_) => (
                DocumentKind::Pilots,
                "pilot-list",
                include_str!("pilots.yaml"),
            ),
            Entries::Grades(_) => (
                DocumentKind::Assessment,
                "assessment",
                include_str!("assessment.yaml"),
            ),
        };
        let (entries, lists) = self.entries.written();
        let text = fill(
            template,
            lang,
            &[
                ("modeline", &schema::modeline(schema)),
                ("title", &scalar(&self.title)),
                ("programme", &scalar(&self.programme)),
                ("year", &self.year.to_string()),
                ("region", &scalar(&self.region)),
                ("source", &self.source),
                ("clause", &scalar(&self.clause)),
                ("topics", &topics_line(&self.topics)),
                ("corrections", &corrections(&lists)),
                ("entries", &entries),
            ],
        );
        NewFile {
            path: format!("{}/{}.yaml", kind.sources(), self.id),
            text,
        }
    }
}

impl Entries {
    /// As YAML, and the names in it.
    fn written(&self) -> (String, Vec<&Names>) {
        match self {
            Self::Counties(counties) => (names("counties:", counties, "  "), vec![counties]),
            Self::Grades(grades) => {
                let mut out = String::from("grades:");
                for grade in grades {
                    let (name, list) = (scalar(&grade.grade), scalar(&grade.list));
                    let counties = names("    counties:", &grade.counties, "      ");
                    // Writing into a string cannot fail.
                    write!(out, "\n  - grade: {name}\n    list: {list}\n{counties}")
                        .unwrap_or_default();
                }
                (out, grades.iter().map(|grade| &grade.counties).collect())
            }
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
