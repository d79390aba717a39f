//! The questions of a self-check.

use super::{Desk, question};
use crate::cli::asks::Stop;
use crate::desk::new::{CheckAnswers, NewFile};
use crate::desk::places::Wanted;
use crate::text::Bilingual;

impl Desk<'_, '_> {
    pub(super) fn self_check(&mut self) -> Result<NewFile, Stop> {
        let args = self.args;
        let source = self.source()?;
        let year = self.year(source)?;
        let places = self.places(year);
        let region = self.place(&places, Wanted::Any, source)?;
        let title = self.title(String::new())?;
        let words = Bilingual::new("依据哪一条：", "Based on which clause:");
        let clause = self.clause("--clause", args.clause.as_deref(), source, &words)?;
        let quote = self.quote(args.quote.as_deref(), source, &clause)?;
        let asked = question(
            "问读者什么（答是或否）：",
            "Question to the reader (yes or no):",
            String::new(),
        );
        let asked = self
            .talk
            .text("--question", args.question.as_deref(), &asked)?;
        let yes = question(
            "答“是”的，告诉他：",
            "Tell those who answer yes:",
            String::new(),
        );
        let yes = self.talk.text("--if-yes", args.if_yes.as_deref(), &yes)?;
        let no = question(
            "答“否”的，告诉他：",
            "Tell those who answer no:",
            String::new(),
        );
        let no = self.talk.text("--if-no", args.if_no.as_deref(), &no)?;
        let by = question(
            "谁对照原文核对的：",
            "Who compared it with the official text:",
            String::new(),
        );
        let by = self
            .talk
            .text("--checked-by", args.checked_by.as_deref(), &by)?;
        let id = self.id(&places, &region, year, "-check", "data/checks")?;
        let topics = self.topics()?;
        self.talk.complete()?;
        let clause_words = format!("原文“{clause}”写的是这一点。");
        Ok(CheckAnswers {
            id,
            description: format!("{title}：答一个问题，看原文怎么说。"),
            title,
            source: self
                .document(source)
                .map_or_else(String::new, |d| d.id.clone()),
            year: year.unwrap_or_default(),
            region,
            topics,
            checked_on: self.today.to_string(),
            checked_by: by,
            question: asked,
            why: clause_words,
            yes,
            no,
            clause,
            quote,
        }
        .file(self.voice.lang))
    }
}
