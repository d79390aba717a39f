//! Linking: replaces every name with the id of what it names.
//!
//! Comes in: a [`Model`] as [`Written`]. Goes out: [`Links`], from which the final model is made: a citation is a
//! document and a clause, topics and sources are ids. Later stages look up no names.
//!
//! A document that did not change, and of which nothing changed that it names, is taken over from an earlier run ([`Kept`]).
//!
//! What cannot be linked is reported here and left out; if a document needs it (a list needs its source), the whole
//! document is left out. Nothing is published then, but the other documents are still checked.

mod citations;
mod document;
mod life;
mod names;
mod references;

pub use names::{Found, LookedUp, Names, NotFound};

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;
use typed_index_collections::TiVec;

use self::citations::Whose;
use self::document::Linker;
use crate::config::BaseUrl;
use crate::diag::{Sink, Spanned};
use crate::model::{
    self, Citation, Cite, Document, DocumentId, Kind, Linked, Model, Phase, Term, TopicId, Written,
    glossary::Defined,
};
use crate::sources::{SourceFile, Sources};

/// The result of linking the documents of a model.
#[derive(Debug)]
pub struct Links {
    documents: TiVec<DocumentId, Arc<Document>>,
    glossary: Vec<Term>,
    /// The ids of documents that were left out.
    dropped: HashSet<String>,
    /// The clauses of the official lists of each document, in order. Their ids are those of the model as written.
    pub lists: TiVec<DocumentId, Vec<Option<Cite>>>,
    kept: Kept,
}

/// What one run leaves for the next: the documents with which nothing was wrong.
#[derive(Debug, Default)]
pub struct Kept {
    failed: HashSet<String>,
    topics_sound: bool,
    /// The topics as their file has them.
    topics: Option<Arc<SourceFile>>,
    documents: TiVec<DocumentId, KeptOne>,
}

/// A document, as written and as linked.
#[derive(Debug)]
struct KeptOne {
    written: Arc<Document<Written>>,
    linked: One,
}

/// The names of a model, and which of them must not be reported because their cause was.
pub struct Known<'a, P: Phase = Linked> {
    pub names: Names<'a, P>,
    topics_sound: bool,
    failed: &'a HashSet<String>,
    sources: &'a Sources,
}

impl<'a, P: Phase> Known<'a, P> {
    /// The names of a model.
    pub fn new(model: &'a Model<P>, sources: &'a Sources) -> Self {
        Self {
            names: Names::new(model),
            topics_sound: model.topics_sound,
            failed: &model.failed,
            sources,
        }
    }

    /// Whether a file with this id exists but could not be used, which was reported.
    pub fn has_failed(&self, id: &str) -> bool {
        self.failed.contains(id)
    }

    /// The notice with an id.
    ///
    /// # Diagnostics
    /// MB0215 if there is none, or if it is not a notice.
    pub fn notice(&self, id: &Spanned<String>, sink: &mut Sink) -> Option<DocumentId> {
        references::check(self, id, sink);
        self.names.document(&id.value)
    }

    /// The notice with an id, as what something is based on: one that was withdrawn is none.
    ///
    /// # Diagnostics
    /// MB0215; MB0236.
    pub fn basis(&self, id: &Spanned<String>, sink: &mut Sink) -> Option<DocumentId> {
        let notice = self.notice(id, sink)?;
        if let Some(withdrawn) = &self.names.documents[notice].life.withdrawn {
            sink.push(references::withdrawn(id.span, &id.value, withdrawn));
        }
        Some(notice)
    }

    /// The topic with a name, id or alias.
    ///
    /// # Diagnostics
    /// MB0225.
    pub fn topic(&self, topic: &Spanned<String>, sink: &mut Sink) -> Option<TopicId> {
        references::topic(self, topic, sink)
    }

    /// The clause of a citation outside documents. `source` is the document of a clause that names none.
    ///
    /// # Diagnostics
    /// MB0215, MB0216, MB0217.
    pub fn cite(
        &self,
        source: Option<DocumentId>,
        citation: &Citation,
        sink: &mut Sink,
    ) -> Option<Cite> {
        citations::link(self, Whose::Other, source, citation, sink)
    }
}

/// Loads and links a model for commands that do not check the site. Problems of loading are reported, problems of
/// linking are not.
pub fn load(sources: &Sources, sink: &mut Sink) -> Model {
    let written = model::load(sources, sink);
    let links = link(&written, sources, &mut Sink::default());
    links.model(written, None)
}

/// Links a model.
///
/// # Diagnostics
/// MB0215, MB0216, MB0217, MB0221, MB0222, MB0225.
pub fn link(written: &Model<Written>, sources: &Sources, sink: &mut Sink) -> Links {
    link_again(written, sources, &Kept::default(), sink)
}

/// As [`link`], after another run.
///
/// # Diagnostics
/// As for [`link`].
pub fn link_again(
    written: &Model<Written>,
    sources: &Sources,
    before: &Kept,
    sink: &mut Sink,
) -> Links {
    let known = Known::new(written, sources);
    let topics = sources.find("data/topics.yaml");
    let topics = topics.map(|(id, _)| sources.files[id.0 as usize].clone());
    let before = Some(before).filter(|before| before.has_same_names(written, topics.as_ref()));
    let linked = once(&known, before, sink);
    let lists = linked.iter().map(|one| one.lists.clone()).collect();
    let kept = linked.iter().zip(&written.documents);
    let kept = kept.map(|(one, written)| KeptOne {
        written: written.clone(),
        linked: one.clone(),
    });
    let kept = Kept {
        failed: written.failed.clone(),
        topics_sound: written.topics_sound,
        topics,
        documents: kept.collect(),
    };
    let (documents, dropped) = sound(written, sources, linked);
    let names = Names::of(&documents, &written.topics);
    let glossary = glossary(&known, &names, &written.glossary, sink);
    Links {
        documents,
        glossary,
        dropped,
        lists,
        kept,
    }
}

impl Kept {
    /// Whether every name stands for what it stood for: the ids, the document numbers, the topics.
    fn has_same_names(&self, now: &Model<Written>, topics: Option<&Arc<SourceFile>>) -> bool {
        let number = |document: &Document<Written>| match &document.kind {
            Kind::Notice(notice) => notice.number.as_ref().map(|number| number.value.clone()),
            _ => None,
        };
        self.topics.as_ref() == topics
            && self.topics_sound == now.topics_sound
            && self.failed == now.failed
            && self.documents.len() == now.documents.len()
            && self.documents.iter().zip(&now.documents).all(|(old, now)| {
                let old = &old.written;
                Arc::ptr_eq(old, now) || old.id == now.id && number(old) == number(now)
            })
    }

    /// A document that would be linked as it was.
    fn one(&self, id: DocumentId, now: &Names<'_, Written>) -> Option<One> {
        let is_same = |id: DocumentId| Arc::ptr_eq(&self.documents[id].written, &now.documents[id]);
        let one = &self.documents[id].linked;
        let asked = one.asked.as_ref()?;
        let is_same = is_same(id) && asked.iter().all(|id| is_same(*id));
        is_same.then(|| one.clone())
    }
}

/// The result of linking one document.
#[derive(Debug, Clone)]
struct One {
    /// Nothing if the document needs something that was not found.
    document: Option<Arc<Document>>,
    /// The documents that it names; nothing if something is wrong with it.
    asked: Option<Box<[DocumentId]>>,
    lists: Vec<Option<Cite>>,
}

/// Links every document, assuming that none is left out.
fn once(known: &Known<'_, Written>, before: Option<&Kept>, sink: &mut Sink) -> Vec<One> {
    let linked: Vec<(One, Sink)> = (0..known.names.documents.len())
        .into_par_iter()
        .map(|index| {
            let id = DocumentId::new(index);
            let mut sink = Sink::default();
            if let Some(one) = before.and_then(|before| before.one(id, &known.names)) {
                return (one, sink);
            }
            let looked_up = LookedUp::default();
            let noting = Known {
                names: known.names.noting(&looked_up),
                ..*known
            };
            let (document, lists) = Linker::new(&noting, id, &mut sink).link();
            let asked = looked_up.into_ids();
            let asked = asked.iter().map(|id| known.names.document(id));
            // Whether an attachment is there depends on the folder.
            let has_files = match &known.names.documents[id].kind {
                Kind::Notice(notice) => notice.attachments.iter().any(|one| one.file.is_some()),
                _ => false,
            };
            let one = One {
                // What is not there may be there in the next run.
                asked: asked
                    .collect::<Option<_>>()
                    .filter(|_| sink.is_empty() && !has_files),
                document: document.map(Arc::new),
                lists,
            };
            (one, sink)
        })
        .collect();
    linked
        .into_iter()
        .map(|(one, said)| {
            sink.extend(said);
            one
        })
        .collect()
}

/// The documents that are not left out. Their ids count only those, so the documents are linked again after one is
/// left out. What is left out as a consequence has its cause reported.
fn sound(
    written: &Model<Written>,
    sources: &Sources,
    mut linked: Vec<One>,
) -> (TiVec<DocumentId, Arc<Document>>, HashSet<String>) {
    let mut left = written.documents.clone();
    let mut dropped = HashSet::new();
    loop {
        let stays: Vec<bool> = linked.iter().map(|one| one.document.is_some()).collect();
        if stays.iter().all(|stays| *stays) {
            let documents = linked.into_iter().filter_map(|one| one.document);
            return (documents.collect(), dropped);
        }
        let mut next = TiVec::new();
        for (document, stays) in left.into_iter().zip(stays) {
            if stays {
                next.push(document);
            } else {
                dropped.insert(document.id.clone());
            }
        }
        left = next;
        let known = Known {
            names: Names::of(&left, &written.topics),
            topics_sound: written.topics_sound,
            failed: &written.failed,
            sources,
        };
        linked = once(&known, None, &mut Sink::default());
    }
}

/// Links the definitions that come from official texts. A term whose citation was not found keeps only its own words.
///
/// # Diagnostics
/// MB0215, MB0216, MB0217.
fn glossary(
    known: &Known<'_, Written>,
    names: &Names<'_, Linked>,
    terms: &[Term<Written>],
    sink: &mut Sink,
) -> Vec<Term> {
    terms
        .iter()
        .map(|term| {
            let defined = term.defined.as_ref().and_then(|defined| {
                if let Some(source) = known.basis(&defined.source, sink) {
                    known.cite(Some(source), &defined.cite, sink);
                }
                let source = names.document(&defined.source.value)?;
                let found = names.resolve(Some(source), &defined.cite).ok()?;
                let source = Spanned::new(source, defined.source.span);
                let cite = citations::cite(found, &defined.cite);
                Some(Defined { source, cite })
            });
            Term {
                id: term.id.clone(),
                name: term.name.clone(),
                pinyin: term.pinyin.clone(),
                aliases: term.aliases.clone(),
                about: term.about.clone(),
                defined,
                topic: names.topic(&term.name),
            }
        })
        .collect()
}

impl Links {
    /// What the next run may use.
    pub fn take_kept(&mut self) -> Kept {
        std::mem::take(&mut self.kept)
    }

    /// The final model, which does not change any more. `base_url`: the address given on the command line.
    pub fn model(self, written: Model<Written>, base_url: Option<&BaseUrl>) -> Model {
        let mut site = written.site;
        if let Some(base_url) = base_url {
            site.base_url.clone_from(base_url);
        }
        let mut failed = written.failed;
        failed.extend(self.dropped);
        Model {
            site,
            regions: written.regions,
            topics: written.topics,
            glossary: self.glossary,
            documents: self.documents,
            pages: written.pages,
            failed,
            topics_sound: written.topics_sound,
        }
    }
}
