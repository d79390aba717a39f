//! An official text: `content/notices/<id>.md`.

use super::file::{NewFile, topics_line};
use crate::model::DocumentKind;
use crate::schema;
use crate::template::fill;
use crate::text::Lang;
use crate::written::{list, scalar};

/// The decision to publish a document that is disclosed on request only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseAnswer {
    pub by: String,
    pub on: String,
    pub basis: String,
}

/// What is known of a notice. Words that the text does not give are 未载明.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeAnswers {
    pub id: String,
    pub title: String,
    pub number: String,
    /// 文种: one of `Genre::ALL`.
    pub genre: String,
    /// None: 未载明.
    pub issuers: Vec<String>,
    pub issued: String,
    pub year: Option<i16>,
    pub publicity: String,
    pub release: Option<ReleaseAnswer>,
    /// Whole name of a place, or 全国.
    pub region: String,
    pub topics: Vec<String>,
    /// The official text, if it is at hand.
    pub text: Option<String>,
}

impl NoticeAnswers {
    /// The source file of these answers.
    pub fn file(&self, lang: Lang) -> NewFile {
        let issuers = if self.issuers.is_empty() {
            "未载明".to_owned()
        } else {
            list(&self.issuers)
        };
        let year = match self.year {
            Some(year) => format!("year: {year}"),
            None => "# year: 2027".to_owned(),
        };
        let release = match &self.release {
            Some(release) => format!(
                "release:\n  by: {}\n  on: {}\n  basis: {}",
                scalar(&release.by),
                scalar(&release.on),
                scalar(&release.basis)
            ),
            None => "# release: {by: 某县教育局, on: 2027-07-01, basis: 依据}".to_owned(),
        };
        let gap = "〔待填：从这一行起照抄原文，一段一段用空行隔开〕";
        let body = self.text.as_deref().map_or(gap, str::trim);
        let text = fill(
            include_str!("notice.md"),
            lang,
            &[
                ("modeline", &schema::modeline("notice")),
                ("title", &scalar(&self.title)),
                ("number", &scalar(&self.number)),
                ("genre", &self.genre),
                ("issuers", &issuers),
                ("issued", &scalar(&self.issued)),
                ("year", &year),
                ("publicity", &self.publicity),
                ("release", &release),
                ("region", &scalar(&self.region)),
                ("topics", &topics_line(&self.topics)),
                ("body", body),
            ],
        );
        NewFile {
            path: format!("{}/{}.md", DocumentKind::Notice.sources(), self.id),
            text,
        }
    }
}
