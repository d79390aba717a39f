//! New source files: from answers to the text of a file that passes the check at once.
//!
//! Comes in: answers that somebody gave, each already judged where it was given (places by [`super::places`], dates by
//! [`answers::date_words`], clauses by [`clauses`]). Goes out: [`NewFile`], commented, with what is optional as comments. What is
//! not known is written 未载明 where a file may say so, else it is left out or marked 〔待填〕; nothing is made up.

pub mod answers;
mod check;
pub mod clauses;
mod file;
mod lists;
mod notice;
mod schedule;

pub use check::CheckAnswers;
pub use file::NewFile;
pub use lists::{Entries, GradeAnswer, ListAnswers};
pub use notice::{NoticeAnswers, ReleaseAnswer};
pub use schedule::{EntriesAnswer, ScheduleAnswers, WindowAnswer};

use crate::approvals::Approvals;
use crate::diag::{Diagnostic, Sink};
use crate::sources::Sources;
use crate::{link, lints, model, rules};

/// The file among the site's sources, and what the check says of the file.
pub fn judge(sources: Sources, file: &NewFile) -> (Sources, Vec<Diagnostic>) {
    let sources = sources.with(&file.path, file.text.clone());
    let mut sink = Sink::default();
    let written = model::load(&sources, &mut sink);
    let links = link::link(&written, &sources, &mut sink);
    lints::run(&written, &links, &sources, &mut sink);
    lints::private(&written, &sources, &Approvals::default(), &mut sink);
    let model = links.model(written, None);
    lints::example(&model.site.base_url, &sources, &mut sink);
    rules::compile(&model, &sources, &mut sink);
    let own = sources.find(&file.path).map(|(id, _)| id);
    let mut said = sink.into_sorted(&sources);
    said.retain(|diagnostic| Some(diagnostic.span.source) == own);
    (sources, said)
}
