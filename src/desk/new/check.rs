//! A self-check with one question: `data/checks/<id>.yaml`.

use super::file::{NewFile, topics_line};
use crate::schema;
use crate::template::fill;
use crate::text::Lang;
use crate::written::scalar;

/// What is known of a self-check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckAnswers {
    pub id: String,
    pub title: String,
    pub description: String,
    pub source: String,
    pub year: i16,
    pub region: String,
    pub topics: Vec<String>,
    pub checked_on: String,
    pub checked_by: String,
    /// What the reader is asked; answered yes or no.
    pub question: String,
    pub why: String,
    /// What to tell those who answer yes, and those who answer no.
    pub yes: String,
    pub no: String,
    /// The clause from which both follow, and its words.
    pub clause: String,
    pub quote: String,
}

impl CheckAnswers {
    /// The source file of these answers.
    pub fn file(&self, lang: Lang) -> NewFile {
        let text = fill(
            include_str!("check.yaml"),
            lang,
            &[
                ("modeline", &schema::modeline("check")),
                ("title", &scalar(&self.title)),
                ("description", &scalar(&self.description)),
                ("source", &self.source),
                ("year", &self.year.to_string()),
                ("region", &scalar(&self.region)),
                ("topics", &topics_line(&self.topics)),
                ("on", &self.checked_on),
                ("by", &scalar(&self.checked_by)),
                ("question", &scalar(&self.question)),
                ("why", &scalar(&self.why)),
                ("yes", &scalar(&self.yes)),
                ("no", &scalar(&self.no)),
                ("clause", &scalar(&self.clause)),
                ("quote", &scalar(&self.quote)),
            ],
        );
        NewFile {
            path: format!("data/checks/{}.yaml", self.id),
            text,
        }
    }
}
