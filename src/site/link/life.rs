//! Links what has become of a document: the document that ended it, since when its facts are no longer to be followed, and what is
//! left of one that was withdrawn.
//!
//! Comes in: a document as written. Goes out: [`Life`] and [`Ending`] with ids; a document without its text and facts. A fact ends with
//! the document whose words it cites, so that a schedule ends with the plan that it is based on.

use super::document::Linker;
use super::references;
use crate::diag::Spanned;
use crate::model::{Document, DocumentId, Ended, Ending, Kind, Life, Notice, Written};

impl Linker<'_, '_> {
    /// Links the documents that ended this one.
    ///
    /// # Diagnostics
    /// MB0215, MB0216, MB0217.
    pub(super) fn life(&mut self) -> Life {
        let life = &self.written.life;
        Life {
            repealed: life.repealed.as_ref().map(|ended| self.ended(ended)),
            replaced: life.replaced.as_ref().map(|ended| self.ended(ended)),
            withdrawn: life.withdrawn.clone(),
        }
    }

    fn ended(&mut self, ended: &Ended<Written>) -> Ended {
        let by = ended.by.as_ref().and_then(|id| {
            references::check(self.known, id, self.sink);
            let found = self.known.names.document(&id.value)?;
            Some(Spanned::new(found, id.span))
        });
        let cite = ended.cite.as_ref().zip(by.as_ref());
        let cite = cite.and_then(|(cite, by)| self.cite_from(Some(by.value), cite));
        Ended {
            end: ended.end,
            by,
            title: ended.title.clone(),
            number: ended.number.clone(),
            since: ended.since.clone(),
            note: ended.note.clone(),
            cite,
        }
    }

    /// Since when this document is no longer to be followed: itself, or what it is based on.
    pub(super) fn ending(&self) -> Option<Ending> {
        self.ending_of(self.source?)
    }

    /// Since when the words of a document are no longer to be followed.
    pub(super) fn ending_of(&self, notice: DocumentId) -> Option<Ending> {
        // Looked up by its name, so that it is noted that this document depends on it.
        let id = &self.known.names.documents[notice].id;
        let notice = self.known.names.document(id)?;
        let mut ended = self.known.names.documents[notice].life.ended();
        ended.next().map(|ended| Ending {
            end: ended.end,
            since: ended.since.value,
            notice,
        })
    }

    /// A document that was withdrawn: what it is called, who issued it, and why it is not here. Nothing else goes on to later
    /// stages, so that none of them can publish its text.
    pub(super) fn tombstone(&mut self) -> Option<Document> {
        let written = self.written;
        let notice = match &written.kind {
            Kind::Notice(notice) => notice,
            // Only notices have the key.
            _ => return None,
        };
        let notice = Notice {
            year: notice.year,
            genre: notice.genre,
            number: notice.number.clone(),
            letterhead: None,
            issuers: notice.issuers.clone(),
            addressees: Vec::new(),
            copies: Vec::new(),
            issued: notice.issued,
            printed_on: None,
            published: notice.published,
            in_force: None,
            expires: None,
            publicity: notice.publicity,
            release: None,
            index_number: None,
            cites: Vec::new(),
            attachments: Vec::new(),
            omitted: Vec::new(),
            consents: Vec::new(),
            provenance: None,
        };
        let kind = Kind::Notice(Box::new(notice));
        Some(self.shell(kind))
    }
}
