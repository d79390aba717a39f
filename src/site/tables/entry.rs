//! Rows that are the entries of a list in a document: its windows, quotas, contacts.
//!
//! Comes in: a type of entry, which says where a document has its list. Goes out: a row for each entry.

use std::marker::PhantomData;

use super::table::{At, Clause, Record};
use crate::atlas::Facts;
use crate::model::{
    Attachment, Cite, Cited, Contact, Deadline, Document, DocumentId, Kind, Quota, Session, Slip,
    Whose, Window,
};

/// What documents have lists of.
pub trait Listed: Sized + Send + Sync + 'static {
    /// Tells rows of this kind from others of the same document: `q` in `youyu-2023.q1`.
    const SIGN: char;

    /// The list of a document; documents of kinds that have none have an empty one.
    fn list(document: &Document) -> &[Self];

    /// The clause that says it.
    fn citation(&self) -> Option<&Cite> {
        None
    }

    /// The cited clause, with the quotation.
    fn clause<'a>(row: Entry<Self>, facts: &Facts<'a>) -> Option<Clause<'a>> {
        Clause::cited(facts, row.get(facts).citation()?)
    }
}

/// Entry `number` (from 0) of the list of a document.
#[derive(Debug)]
pub struct Entry<T> {
    pub document: DocumentId,
    pub number: usize,
    of: PhantomData<fn() -> T>,
}

// Derived, these would ask that `T` can be copied.
impl<T> Clone for Entry<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Entry<T> {}

impl<T: Listed> Entry<T> {
    /// A row for entry `number` of a document, which must have so many.
    pub fn new(document: DocumentId, number: usize) -> Self {
        Self {
            document,
            number,
            of: PhantomData,
        }
    }

    /// The entry.
    pub fn get<'a>(self, facts: &Facts<'a>) -> &'a T {
        &T::list(facts.document(self.document))[self.number]
    }
}

impl<T: Listed> Record for Entry<T> {
    fn id(self, facts: &Facts) -> String {
        super::columns::row_id(facts, self.document, T::SIGN, self.number)
    }

    fn document(self) -> Option<DocumentId> {
        Some(self.document)
    }

    fn citation<'a>(self, facts: &Facts<'a>) -> Option<&'a Cite> {
        self.get(facts).citation()
    }

    fn clause<'a>(self, facts: &Facts<'a>) -> Option<Clause<'a>> {
        T::clause(self, facts)
    }
}

impl<'a, T: Listed> At<'a, Entry<T>> {
    /// The entry of the row.
    pub fn entry(&self) -> &'a T {
        self.row.get(self.facts)
    }
}

/// The entries of some documents, in their order.
pub fn entries<T: Listed>(
    facts: &Facts,
    documents: impl Iterator<Item = DocumentId>,
) -> Vec<Entry<T>> {
    documents
        .flat_map(|document| {
            let count = T::list(facts.document(document)).len();
            (0..count).map(move |number| Entry::new(document, number))
        })
        .collect()
}

impl Listed for Window {
    const SIGN: char = 'w';

    fn list(document: &Document) -> &[Self] {
        &document.windows
    }

    fn citation(&self) -> Option<&Cite> {
        Some(&self.cite)
    }
}

impl Listed for Deadline {
    const SIGN: char = 'd';

    fn list(document: &Document) -> &[Self] {
        &document.deadlines
    }

    fn citation(&self) -> Option<&Cite> {
        Some(&self.cite)
    }
}

impl Listed for Quota {
    const SIGN: char = 'q';

    fn list(document: &Document) -> &[Self] {
        match &document.kind {
            Kind::Schedule(schedule) => &schedule.quotas,
            _ => &[],
        }
    }

    fn citation(&self) -> Option<&Cite> {
        Some(&self.cite)
    }
}

impl Listed for Session {
    const SIGN: char = 's';

    fn list(document: &Document) -> &[Self] {
        match &document.kind {
            Kind::Schedule(schedule) => &schedule.sessions,
            _ => &[],
        }
    }
}

impl Listed for Contact {
    const SIGN: char = 'p';

    fn list(document: &Document) -> &[Self] {
        &document.contacts
    }

    fn citation(&self) -> Option<&Cite> {
        self.cite.as_ref()
    }
}

impl Listed for Cited {
    const SIGN: char = 'c';

    fn list(document: &Document) -> &[Self] {
        match &document.kind {
            Kind::Notice(notice) => &notice.cites,
            _ => &[],
        }
    }

    fn citation(&self) -> Option<&Cite> {
        Some(&self.cite)
    }
}

impl Listed for Attachment {
    const SIGN: char = 'a';

    fn list(document: &Document) -> &[Self] {
        match &document.kind {
            Kind::Notice(notice) => &notice.attachments,
            _ => &[],
        }
    }
}

impl Listed for Slip {
    const SIGN: char = 'e';

    fn list(document: &Document) -> &[Self] {
        &document.slips
    }

    /// The clause that contains a misprint: for a text, the clause that the correction names; for a list, the clause
    /// of the row.
    fn clause<'a>(row: Entry<Self>, facts: &Facts<'a>) -> Option<Clause<'a>> {
        let document = facts.document(row.document);
        let slip = row.get(facts);
        // A mistake of this site is in no clause.
        if slip.whose == Whose::Site {
            return None;
        }
        let (document, clause) = match (&document.kind, slip.clause) {
            (Kind::Notice(_), Some(clause)) => (row.document, clause),
            (Kind::Pilots(list), _) => (list.cite.document, list.cite.clause),
            (Kind::Assessment(assessment), _) => {
                let mut rows = assessment.rows();
                let (grade, _) = rows.find(|(_, one)| one.corrected == Some(row.number))?;
                (grade.list.document, grade.list.clause)
            }
            _ => return None,
        };
        Clause::new(facts, document, clause, Some(&slip.printed.value))
    }
}
