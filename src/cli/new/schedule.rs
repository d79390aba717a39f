//! The questions of a schedule.

use super::{Desk, own_name, question};
use crate::cli::asks::{Question, Stop};
use crate::desk::new::answers::{date_words, pairs};
use crate::desk::new::{NewFile, ScheduleAnswers, WindowAnswer};
use crate::desk::places::Wanted;
use crate::evidence::gives_day;
use crate::model::{DocumentId, DocumentKind};
use crate::text::Bilingual;

const WINDOW_KEYS: [&str; 6] = ["what", "who", "from", "until", "clause", "quote"];

impl Desk<'_, '_> {
    pub(super) fn schedule(&mut self) -> Result<NewFile, Stop> {
        let source = self.source()?;
        let year = self.year(source)?;
        let places = self.places(year);
        let county = self.place(&places, Wanted::Counties, source)?;
        let proposal = match year {
            Some(year) => format!("{}{year}年生源地信用助学贷款受理安排", own_name(&county)),
            None => String::new(),
        };
        let title = self.title(proposal)?;
        let id = self.id(&places, &county, year, "", DocumentKind::Schedule.sources())?;
        let topics = self.topics()?;
        self.talk.complete()?;
        let windows = self.windows(source, year)?;
        let entries = self.entries(source, year)?;
        Ok(ScheduleAnswers {
            id,
            title,
            county,
            year: year.unwrap_or_default(),
            source: self
                .document(source)
                .map_or_else(String::new, |d| d.id.clone()),
            topics,
            windows,
            entries,
        }
        .file(self.voice.lang))
    }

    fn windows(
        &mut self,
        source: Option<DocumentId>,
        year: Option<i16>,
    ) -> Result<Vec<WindowAnswer>, Stop> {
        let mut windows = Vec::new();
        for given in &self.args.windows {
            windows
                .push(window_of(given, year).map_err(|words| Stop::Trouble(words.at("--window")))?);
        }
        if !windows.is_empty() {
            return Ok(windows);
        }
        loop {
            let words = if windows.is_empty() {
                Bilingual::new(
                    "原文写了受理时间吗？",
                    "Does the text state an application period?",
                )
            } else {
                Bilingual::new("还有别的受理时间吗？", "Is there another period?")
            };
            if !self.talk.confirm(&words, windows.is_empty())? {
                return Ok(windows);
            }
            windows.push(self.window(source, year)?);
        }
    }

    fn window(
        &mut self,
        source: Option<DocumentId>,
        year: Option<i16>,
    ) -> Result<WindowAnswer, Stop> {
        let what = question("办什么：", "What can be done in it:", "贷款受理".to_owned());
        let what = self.talk.text("--window", None, &what)?;
        let words = Bilingual::new("哪一条写的：", "Which clause states it:");
        let clause = self.clause("--window", None, source, &words)?;
        let quote = self.quote(None, source, &clause)?;
        let (first, last) = Self::days(&quote, year);
        let judge = |typed: &str| {
            let words = date_words(typed, year)?;
            stands_in(&words, &quote)?;
            Ok(words)
        };
        let help = Bilingual::new(
            "2023-07-17、2023年7月17日、7月17日都行；原文写“不早于”“不晚于”的照写；没有写的，写“未载明”",
            "2023-07-17, 2023年7月17日 or 7月17日; keep 不早于 or 不晚于 if the text says so; write 未载明 if it states no date",
        );
        let mut date = |zh, en, proposal: String| {
            let proposal = if proposal.is_empty() {
                "未载明".to_owned()
            } else {
                proposal
            };
            let asked = Question {
                help: help.clone(),
                judge: &judge,
                ..question(zh, en, proposal)
            };
            self.talk.text("--window", None, &asked)
        };
        Ok(WindowAnswer {
            what,
            who: None,
            from: date("哪天开始：", "From:", first)?,
            until: date("哪天截止（当天还办）：", "Until (the last day):", last)?,
            clause,
            quote,
        })
    }
}

/// The quotation must contain the date.
fn stands_in(words: &str, quote: &str) -> Result<(), Bilingual> {
    use crate::diag::{SourceId, Span};
    let nowhere = Span::new(SourceId(0), 0..0);
    match crate::model::date::parse_bound(words, nowhere) {
        Ok(bound) if !gives_day(quote, &bound) => Err(Bilingual::new(
            format!("照抄的话里没有这个日期（{}）：{quote}", bound.text()),
            format!("the quoted sentence does not contain this date ({words}): {quote}"),
        )),
        _ => Ok(()),
    }
}

/// `what=贷款受理 from=2023-07-17 until=2023-09-25 clause=九1 quote=…`
fn window_of(given: &str, year: Option<i16>) -> Result<WindowAnswer, Bilingual> {
    let pairs = pairs(given, &WINDOW_KEYS)?;
    let get = |key: &str| {
        pairs
            .iter()
            .find(|(k, _)| *k == key)
            .map(|(_, value)| (*value).to_owned())
    };
    let must = |key: &'static str| {
        get(key)
            .filter(|value| !value.is_empty())
            .ok_or_else(|| Bilingual::new(format!("缺少 {key}="), format!("{key}= is missing")))
    };
    let date = |key: &'static str| match get(key) {
        Some(typed) => date_words(&typed, year).map_err(|words| words.at(key)),
        None => Ok("未载明".to_owned()),
    };
    Ok(WindowAnswer {
        what: must("what")?,
        who: get("who"),
        from: date("from")?,
        until: date("until")?,
        clause: must("clause")?,
        quote: must("quote")?,
    })
}
