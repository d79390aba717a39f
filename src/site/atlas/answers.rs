//! The answers to what was asked, as keys.
//!
//! Comes in: facts, and the keys of their sources. Goes out: [`Answers`], a [`Key`] for the answer to each question. A page whose questions
//! have the same answers as before is the same page. Keys are made of texts and names, never of the numbers of a run; a question of
//! an earlier run is asked again by the names of its time ([`Named`]).

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Facts;
use super::asked::Question;
use crate::diag::SourceId;
use crate::memo::{Key, Keyed, Texts};
use crate::model::{Audience, Document, DocumentId, Ending, Kind, TextPageId, UnitId};

/// The sources of everything that was asked for, ascending.
pub fn sources_of(questions: &[Question], facts: &Facts) -> Vec<SourceId> {
    let mut all: Vec<SourceId> = Vec::new();
    for question in questions {
        match *question {
            Question::Document(id) | Question::Body(id) => {
                all.push(facts.model.documents[id].source);
            }
            Question::Everything => all.extend(facts.model.documents.iter().map(|one| one.source)),
            Question::Check(number) => all.push(facts.checks[number].check.source),
            Question::TextPage(id) => all.push(facts.model.pages[id].source),
            Question::Glossary => {
                let file = facts.sources.find("data/glossary.yaml");
                all.extend(file.map(|(id, _)| id));
            }
            _ => {}
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// The keys of the answers of a run.
pub struct Answers<'a> {
    facts: Facts<'a>,
    texts: &'a Texts,
    documents: Vec<Key>,
    others: Mutex<HashMap<Question, Key>>,
}

impl<'a> Answers<'a> {
    /// The answers of these facts. `texts` are the keys of their sources.
    pub fn new(facts: &Facts<'a>, texts: &'a Texts) -> Self {
        let mut answers = Self {
            facts: *facts,
            texts,
            documents: Vec::new(),
            others: Mutex::default(),
        };
        let ids: Vec<DocumentId> = facts.model.documents.keys().collect();
        answers.documents = ids.par_iter().map(|id| answers.of_document(*id)).collect();
        answers
    }

    /// What a document says but for the words of its text, and what the names in it stand for where a text does not tell whether they stand
    /// for anything.
    fn of_document(&self, id: DocumentId) -> Key {
        let document = &self.facts.model.documents[id];
        let own = self.life(Keyed::new().key(document.head), document);
        let Kind::Notice(notice) = &document.kind else {
            return own.done();
        };
        let cited = notice.cites.iter().map(|cited| cited.notice.as_ref());
        let keyed = cited.fold(own, |keyed, notice| match notice {
            Some(notice) => keyed.text(&self.facts.model.documents[notice.value].id),
            None => keyed.text(""),
        });
        keyed.done()
    }

    /// What other documents say of the life of one: since when it, what it is based on and what it cites no longer hold.
    fn life(&self, keyed: Keyed, document: &Document) -> Keyed {
        let windows = document.windows.iter().map(|window| window.ending);
        let deadlines = document.deadlines.iter().map(|deadline| deadline.ending);
        let endings = std::iter::once(document.ending)
            .chain(windows)
            .chain(deadlines);
        let mut endings: Vec<Ending> = endings.flatten().collect();
        endings.dedup();
        endings.into_iter().fold(keyed, |keyed, ending| {
            let id = &self.facts.model.documents[ending.notice].id;
            keyed
                .text(id)
                .text(&format!("{:?} {}", ending.end, ending.since))
        })
    }

    /// The key of the answer to a question.
    pub fn of(&self, question: Question) -> Key {
        if let Question::Document(_) | Question::Body(_) = question {
            return self.make(question);
        }
        let known = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = known.get(&question) {
            return *key;
        }
        // Made without the lock: answers may be made of others.
        drop(known);
        let key = self.make(question);
        let mut known = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(question, key);
        key
    }

    fn names(&self, keyed: Keyed, ids: impl IntoIterator<Item = DocumentId>) -> Keyed {
        let mut keyed = keyed.text("documents");
        for id in ids {
            keyed.add(self.facts.model.documents[id].id.as_bytes());
        }
        keyed
    }

    fn numbered<'i>(&self, ids: impl IntoIterator<Item = &'i (DocumentId, usize)>) -> Keyed {
        ids.into_iter().fold(Keyed::new(), |keyed, (id, number)| {
            let document = &self.facts.model.documents[*id];
            keyed.text(&document.id).number(*number)
        })
    }

    fn make(&self, question: Question) -> Key {
        let facts = &self.facts;
        let new = Keyed::new;
        let keyed = match question {
            Question::Document(id) => return self.documents[id.index()],
            Question::Body(id) => return self.texts.of_file(facts.model.documents[id].source),
            Question::Everything => {
                let documents = self.documents.iter();
                documents.fold(new(), |keyed, key| keyed.key(*key))
            }
            Question::Documents => self.names(new(), facts.documents()),
            Question::OfKind(kind) => self.names(new(), facts.of_kind(kind).iter().copied()),
            Question::At(place) => self.names(new(), facts.at(place).iter().copied()),
            Question::OfTopic(topic) => self.names(new(), facts.of_topic(topic).iter().copied()),
            Question::MadeFrom(notice) => {
                self.names(new(), facts.made_from(notice).iter().copied())
            }
            Question::CitedBy(notice) => self.numbered(facts.cited_by(notice)),
            Question::EndedBy(notice) => self.names(new(), facts.ended_by(notice).iter().copied()),
            Question::Unit(unit) => self.unit(new(), unit),
            Question::HasUnit(unit) => new().number(usize::from(facts.has_unit(unit))),
            Question::Units => {
                let units = facts.units().keys();
                units.fold(new(), |keyed, unit| {
                    self.unit(keyed.text(&facts.regions().units[*unit].id), *unit)
                })
            }
            Question::Prefectures => {
                let all = facts.prefectures().iter();
                all.fold(new(), |keyed, one| {
                    keyed.text(&facts.regions().prefectures[*one].code)
                })
            }
            Question::Provinces => {
                let all = facts.provinces().iter();
                all.fold(new(), |keyed, one| {
                    keyed.text(&facts.regions().provinces[*one].code)
                })
            }
            Question::Windows => self.numbered(facts.windows()),
            Question::Corrected => self.numbered(facts.corrected()),
            Question::Deadlines => self.numbered(facts.deadlines()),
            Question::Calendar(scope) => {
                let sides = [Audience::Students, Audience::Offices];
                let counts = sides.map(|side| facts.agenda().of(scope, side).len());
                counts.into_iter().fold(new(), Keyed::number)
            }
            Question::Check(number) => self.check(number),
            Question::Checks => {
                let all = 0..facts.checks.len();
                all.fold(new(), |keyed, number| {
                    keyed.key(self.of(Question::Check(number)))
                })
            }
            Question::TextPage(page) => {
                new().key(self.texts.of_file(facts.model.pages[page].source))
            }
            Question::Glossary => {
                let file = facts.sources.find("data/glossary.yaml");
                let defined = facts
                    .model
                    .glossary
                    .iter()
                    .filter_map(|term| term.defined.as_ref());
                let sources = defined.map(|defined| defined.source.value);
                let own = file.map_or(new(), |(id, _)| new().key(self.texts.of_file(id)));
                self.names(own, sources)
            }
        };
        keyed.done()
    }

    fn unit(&self, keyed: Keyed, unit: UnitId) -> Keyed {
        let Some(here) = self.facts.unit(unit) else {
            return keyed.text("none");
        };
        let keyed = self.names(keyed, here.schedules.iter().copied());
        let keyed = self.names(keyed, here.notices.iter().copied());
        let keyed = keyed.key(self.numbered(&here.pilots).done());
        here.grades.iter().fold(keyed, |keyed, (id, grade, row)| {
            let document = &self.facts.model.documents[*id];
            keyed.text(&document.id).number(*grade).number(*row)
        })
    }

    /// A self-check: its file, and everything that it cites.
    fn check(&self, number: usize) -> Keyed {
        let check = &self.facts.checks[number];
        let cited: BTreeSet<DocumentId> = check.cites().map(|cite| cite.document).collect();
        let own = Keyed::new().number(number);
        let own = own.key(self.texts.of_file(check.check.source));
        let documents = std::iter::once(check.notice).chain(cited);
        documents.fold(own, |keyed, id| keyed.key(self.documents[id.index()]))
    }
}

/// The names of what had a number in a run, so that its questions can be asked again in another.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Named {
    documents: Vec<String>,
    checks: Vec<String>,
    pages: Vec<String>,
}

impl Named {
    /// The names of these facts.
    pub fn of(facts: &Facts) -> Self {
        let documents = facts.model.documents.iter();
        let checks = facts.checks.iter().map(|check| check.check.id.clone());
        Self {
            documents: documents.map(|document| document.id.clone()).collect(),
            checks: checks.collect(),
            pages: facts
                .model
                .pages
                .iter()
                .map(|page| page.id.clone())
                .collect(),
        }
    }

    /// How questions with these names are asked of other facts.
    pub fn again(&self, facts: &Facts) -> Again {
        let now = Self::of(facts);
        Again {
            documents: numbers(&self.documents, &now.documents),
            checks: numbers(&self.checks, &now.checks),
            pages: numbers(&self.pages, &now.pages),
        }
    }
}

/// The number of each name in another list.
fn numbers(names: &[String], now: &[String]) -> Vec<Option<usize>> {
    if names == now {
        return (0..now.len()).map(Some).collect();
    }
    let by_name = now.iter().enumerate().map(|(at, name)| (name.as_str(), at));
    let by_name: HashMap<&str, usize> = by_name.collect();
    let numbers = names.iter().map(|name| by_name.get(name.as_str()).copied());
    numbers.collect()
}

/// The numbers of this run for those of an earlier one.
#[derive(Debug)]
pub struct Again {
    documents: Vec<Option<usize>>,
    checks: Vec<Option<usize>>,
    pages: Vec<Option<usize>>,
}

impl Again {
    /// A question of the earlier run, asked of these facts. Nothing if it is about something that is not there any more.
    pub fn question(&self, question: Question) -> Option<Question> {
        let document = |id: DocumentId| {
            let number = self.documents.get(id.index()).copied().flatten();
            number.map(DocumentId::new)
        };
        Some(match question {
            Question::Document(id) => Question::Document(document(id)?),
            Question::Body(id) => Question::Body(document(id)?),
            Question::MadeFrom(id) => Question::MadeFrom(document(id)?),
            Question::CitedBy(id) => Question::CitedBy(document(id)?),
            Question::EndedBy(id) => Question::EndedBy(document(id)?),
            Question::Check(number) => Question::Check(self.checks.get(number).copied().flatten()?),
            Question::TextPage(id) => {
                let number = self.pages.get(usize::from(id)).copied().flatten()?;
                Question::TextPage(TextPageId::from(number))
            }
            other => other,
        })
    }
}

/// Something that was made, and what it was made from.
#[derive(Debug, Serialize, Deserialize)]
pub struct Made<T> {
    asked: Box<[Question]>,
    /// The key of its name and of the answers.
    key: Key,
    rest: T,
}

impl<T> Made<T> {
    /// What was made when these questions were asked; what else it was made from is in its name.
    pub fn new(name: Key, asked: Box<[Question]>, answers: &Answers, rest: T) -> Self {
        Self {
            key: key(name, &asked, answers),
            asked,
            rest,
        }
    }

    /// What was made, if nobody will ask whether it would be the same.
    pub fn unasked(rest: T) -> Self {
        Self {
            asked: Box::default(),
            key: Key::default(),
            rest,
        }
    }

    /// What stays of it.
    pub fn rest(&self) -> &T {
        &self.rest
    }

    /// The questions as they are asked now, if all answers are the same.
    pub fn asked_now(
        &self,
        name: Key,
        again: &Again,
        answers: &Answers,
    ) -> Option<Box<[Question]>> {
        let asked = self.asked.iter().map(|one| again.question(*one));
        let asked: Option<Box<[Question]>> = asked.collect();
        asked.filter(|asked| key(name, asked, answers) == self.key)
    }
}

impl<T: Clone> Made<T> {
    /// The same, made of the facts of this run, if all answers are the same.
    pub fn again(&self, name: Key, again: &Again, answers: &Answers) -> Option<Self> {
        Some(Self {
            asked: self.asked_now(name, again, answers)?,
            key: self.key,
            rest: self.rest.clone(),
        })
    }
}

/// The key of a name and of the answers to some questions.
fn key(name: Key, asked: &[Question], answers: &Answers) -> Key {
    let keys = asked.iter().map(|question| answers.of(*question));
    keys.fold(Keyed::new().key(name), Keyed::key).done()
}
