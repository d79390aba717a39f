//! Trying a self-check on a person before it is saved, and what the change does to everybody.
//!
//! Comes in: the form of a self-check as it was sent, with answers. Goes out: a page with the results, what is still asked, and how the
//! results differ from those of the file as it is saved. Nothing is written.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::asked::ANSWER;
use super::fields;
use super::screens::{Shown, some_of};
use super::{Desk, Sent};
use crate::desk::edit::patch::apply;
use crate::desk::edit::posted::Answers;
use crate::diag::{Sink, SourceId, Span, Spanned};
use crate::link;
use crate::rules::answer::known_of;
use crate::rules::compare::compare;
use crate::rules::self_check::{Fit, QuestionId, SelfCheck};
use crate::rules::value::Interval;
use crate::rules::wasm::Machine;
use crate::rules::{self, Compiled, certain, changes, missing, shown};
use crate::serve::Problems;
use crate::sources::{SourceFile, keys};

/// More answers, one a line: of members of a household.
const MORE: &str = "@try";

impl Desk {
    /// The results of the self-check in the form. Nothing if it is not the form of one.
    pub(super) fn try_out(&self, sent: &Sent) -> Option<String> {
        let path = sent.get("@path")?;
        let now = self.source(path)?;
        let then = match sent.get("@version")? {
            version if version == now.version => now.text.clone(),
            version => self.store.shown(version)?,
        };
        let mut view = match self.typed(sent, path, &then) {
            Some(mine) => self.results(sent, path, &now.text, mine),
            None => json!({ "refused": true }),
        };
        view["path"] = json!(path);
        self.render("tried.html", view)
    }

    /// The file with what is in the form. Nothing if that cannot be written.
    fn typed(&self, sent: &Sent, path: &str, then: &str) -> Option<String> {
        let shown = Shown::new(path, then)?;
        let form = shown.form()?;
        let answers = Answers {
            file: &form.written,
            value: &form.value,
            posted: &sent.fields,
        };
        apply(then, &shown.region, &answers.changes(&shown.kind.root)).ok()
    }

    fn results(&self, sent: &Sent, path: &str, saved: &str, mine: String) -> Json {
        let Some(sources) = self.preview.sources() else {
            return json!({ "refused": true });
        };
        // What a rule file can name: the notices and lists whose ids are in it.
        let mut few = some_of(&sources, |file| {
            let id = file
                .rsplit('/')
                .next()
                .and_then(|name| name.split('.').next());
            file == path
                || (file.starts_with("content/notices/") || file.starts_with("data/pilots/"))
                    && id.is_some_and(|id| mine.contains(id) || saved.contains(id))
        });
        let is_changed = mine != saved;
        let Some((id, _)) = few.find(path) else {
            return json!({ "refused": true });
        };
        few.files[id.0 as usize] = Arc::new(SourceFile {
            path: path.to_owned(),
            text: mine,
        });
        let model = link::load(&few, &mut Sink::default());
        let mut sink = Sink::default();
        let made = rules::check_one(&model, &few, id, &mut sink);
        let lang = self.preview.lang();
        let problems = Problems::new(&sink.sorted(&few), &few, lang);
        let problems: Vec<String> = problems
            .list
            .iter()
            .map(|one| fields::problem(&serde_json::to_value(one).unwrap_or_default()))
            .collect();
        let changed = made.as_ref().filter(|_| is_changed);
        let changes = changed.and_then(|(check, _)| {
            let before = SourceFile {
                path: path.to_owned(),
                text: saved.to_owned(),
            };
            let before = rules::read_check(&model, &few, id, &before, &mut Sink::default())?;
            let changes = compare(&before, check, &mut Sink::default())?;
            let words = changes.iter().map(|change| changes::words(change, lang));
            Some(words.collect::<Vec<_>>())
        });
        let tried = made.and_then(|(_, compiled)| tried(&compiled?, sent));
        json!({ "problems": problems, "changed": is_changed, "changes": changes, "tried": tried })
    }
}

/// Answers that were typed, those that were not understood, and their questions.
fn answers(check: &SelfCheck, sent: &Sent) -> (Vec<(QuestionId, Interval)>, Vec<String>) {
    let single = sent
        .fields
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix(ANSWER)?, value.as_str())));
    let more = sent.get(MORE).unwrap_or_default().lines();
    let more = more.filter_map(|line| line.split_once([':', '：']));
    let (mut known, mut unread) = (Vec::new(), Vec::new());
    for (name, value) in single.chain(more) {
        let (name, value) = (name.trim(), value.trim());
        if value.is_empty() || keys::word(value) == Some("unknown") {
            continue;
        }
        let written = Spanned::new(value.to_owned(), Span::new(SourceId(0), 0..0));
        let read = check.question(name).and_then(|question| {
            Some((
                question,
                known_of(&check[question], &written, &mut Sink::default())?,
            ))
        });
        match read {
            Some(answer) => known.push(answer),
            None => unread.push(format!("{name}：{value}")),
        }
    }
    (known, unread)
}

/// What the rules say of a person.
fn tried(compiled: &Compiled, sent: &Sent) -> Option<Json> {
    let check = &compiled.check;
    let (given, unread) = answers(check, sent);
    let mut machine = Machine::new(&compiled.emitted).ok()?;
    let answer = rules::ask(check, &compiled.program, &mut machine, &given).ok()?;
    let decisions = check.decision_ids().map(|id| {
        let decision = &check[id];
        let possible = answer.possible(id);
        let outcomes = decision.among(possible).map(|(_, outcome)| {
            json!({ "name": outcome.name.value, "text": outcome.text, "clause": outcome.cite.clause.value })
        });
        let sure = certain(check, id, possible).into_iter().map(|(attribute, provision)| {
            let provision = &check[provision];
            json!({
                "label": attribute.label(check.language),
                "text": provision.text,
                "clause": provision.cite.clause.value,
            })
        });
        json!({
            "ask": decision.ask,
            "fit": match decision.fit(possible) {
                Fit::Fits => "good",
                Fit::FitsNot => "bad",
                Fit::Open => "open",
            },
            "outcomes": outcomes.collect::<Vec<_>>(),
            "sure": sure.collect::<Vec<_>>(),
        })
    });
    let decisions: Vec<Json> = decisions.collect();
    let values = shown(check, &answer.possible).into_iter().filter_map(|id| {
        let (value, range) = (&check[id], answer.range(id)?);
        Some(json!({ "ask": value.ask, "range": value.show_range(check.language, range) }))
    });
    let values: Vec<Json> = values.collect();
    let is_exact = |question: QuestionId| {
        given
            .iter()
            .any(|(other, known)| *other == question && known.is_exact())
    };
    let open = missing(check, &compiled.program, answer.relevant, is_exact);
    let open: Vec<&str> = compiled
        .order
        .iter()
        .filter(|question| open.contains(question))
        .map(|question| check[*question].ask.as_str())
        .collect();
    Some(
        json!({ "decisions": decisions, "values": values, "open": open, "unread": unread, "given": given.len() }),
    )
}
