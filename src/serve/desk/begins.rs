//! Files that are begun at the desk: a self-check with its first question, the glossary with its first term.
//!
//! Comes in: what was filled in on the start page, or selected words. Goes out: a new source file, and its form. What a self-check cites is
//! selected there; until then its problems say so.

use axum::http::StatusCode;

use super::orders::{Done, encoded, form_of};
use super::screens::Shown;
use super::{Desk, Sent};
use crate::desk::edit::value::{OPEN, Step};
use crate::desk::new::CheckAnswers;

/// The file of terms.
const GLOSSARY: &str = "data/glossary.yaml";
/// The most self-checks of one document that are numbered.
const MOST: usize = 99;

impl Desk {
    /// A self-check with one question.
    pub(super) fn new_check(&self, sent: &Sent) -> Done {
        let of = |name| sent.filled(name).map(str::to_owned);
        let all = (
            of("source"),
            of("title"),
            of("question"),
            of("yes"),
            of("no"),
            of("by"),
        );
        let (Some(notice), Some(title), Some(question), Some(yes), Some(no), Some(by)) = all else {
            return Done::Refused(StatusCode::BAD_REQUEST);
        };
        let source = notice
            .strip_prefix("content/notices/")
            .and_then(|name| name.strip_suffix(".md"));
        let (Some(source), Some(text)) = (source, self.source(&notice)) else {
            return Done::Refused(StatusCode::NOT_FOUND);
        };
        let head = Shown::new(&notice, &text.text).and_then(|shown| Some(shown.form()?.value));
        let words = |key: &str| {
            let value = head.as_ref()?.at(&[Step::Key(key.to_owned())])?;
            value.text().map(str::to_owned)
        };
        let issued = words("issued").unwrap_or_default();
        let year = words("year").or_else(|| issued.split('-').next().map(str::to_owned));
        let today = self.preview.today();
        let year = year
            .and_then(|year| year.parse().ok())
            .unwrap_or(today.year());
        let mut answers = CheckAnswers {
            id: String::new(),
            description: format!("{title}：答几个问题，看原文怎么说。"),
            title,
            source: source.to_owned(),
            year,
            region: words("region").unwrap_or_default(),
            topics: Vec::new(),
            checked_on: today.to_string(),
            checked_by: by,
            question,
            why: "原文写的是这一点。".to_owned(),
            yes,
            no,
            clause: OPEN.to_owned(),
            quote: OPEN.to_owned(),
        };
        let ids = std::iter::once(format!("{source}-check"))
            .chain((2..=MOST).map(|number| format!("{source}-check-{number}")));
        for id in ids {
            answers.id = id;
            let file = answers.file(self.preview.lang());
            if self.source(&file.path).is_some() {
                continue;
            }
            if self.store.create(&file.path, &file.text).is_err() {
                break;
            }
            self.look(&[&file.path]);
            return Done::Go(form_of(&file.path, "&saved=1"));
        }
        Done::Refused(StatusCode::CONFLICT)
    }

    /// A term that selected words define: an entry of the glossary that is not saved yet.
    pub(super) fn new_term(&self, sent: &Sent) -> Done {
        let of = |name| sent.filled(name).unwrap_or_default();
        if self.source(GLOSSARY).is_none() {
            let head = if self.is_english() {
                "# Terms, each with the words of an official text that say what it is."
            } else {
                "# 术语：每一个都写明官方文件里的哪一句说它是什么。"
            };
            if self.store.create(GLOSSARY, &format!("{head}\n")).is_err() {
                return Done::Refused(StatusCode::CONFLICT);
            }
            self.look(&[GLOSSARY]);
        }
        let source = of("path")
            .trim_start_matches("content/notices/")
            .trim_end_matches(".md");
        let (clause, quote) = (encoded(of("clause")), encoded(of("quote")));
        let rest = format!(
            "&add=&source={}&clause={clause}&quote={quote}",
            encoded(source)
        );
        Done::Go(form_of(GLOSSARY, &rest))
    }
}
