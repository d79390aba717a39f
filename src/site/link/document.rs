//! Links one document: the result has ids instead of names.
//!
//! Comes in: a document as written, and the names. Goes out: the linked document, or nothing if something that it
//! needs was not found (its year, its source, the clause of its list), and diagnostics.

use super::citations::{self, Whose};
use super::{Known, references};
use crate::diag::{Diagnostic, Sink, Spanned, codes};
use crate::model::{
    Assessment, Attachment, Citation, Cite, Cited, Contact, Deadline, Document, DocumentId, Fact,
    Grade, Kind, Notice, Omitted, PilotList, Point, Quota, Schedule, Slip, Stated, Window, Written,
};

pub(super) struct Linker<'a, 'b> {
    pub(super) known: &'a Known<'a, Written>,
    id: DocumentId,
    pub(super) written: &'a Document<Written>,
    /// The document that citations without `#` refer to.
    pub(super) source: Option<DocumentId>,
    pub(super) sink: &'b mut Sink,
}

impl<'a, 'b> Linker<'a, 'b> {
    /// Prepares linking the document `id`.
    pub fn new(known: &'a Known<'a, Written>, id: DocumentId, sink: &'b mut Sink) -> Self {
        let written = &known.names.documents[id];
        let source = match written.kind.source() {
            None => Some(id),
            Some(source) => known.names.document(&source.value),
        };
        Self {
            known,
            id,
            written,
            source,
            sink,
        }
    }

    /// Links the document. Nothing if it needs something that was not found; the clauses of its official lists.
    pub fn link(mut self) -> (Option<Document>, Vec<Option<Cite>>) {
        if self.written.life.withdrawn.is_some() {
            return (self.tombstone(), vec![]);
        }
        let written = self.written;
        let topics = written.topics.iter();
        let topics = topics.filter_map(|topic| self.known.topic(topic, self.sink));
        let topics = topics.collect();
        let summary = written.summary.iter().filter_map(|point| self.point(point));
        let summary = summary.collect();
        let windows = written.windows.iter().filter_map(|one| self.window(one));
        let windows = windows.collect();
        let deadlines = written.deadlines.iter();
        let deadlines = deadlines.filter_map(|one| self.deadline(one)).collect();
        let contacts = written.contacts.iter().map(|one| self.contact(one));
        let contacts = contacts.collect();
        let slips = written.slips.iter().map(|slip| self.slip(slip)).collect();
        let (kind, lists) = match &written.kind {
            Kind::Notice(notice) => (Some(Kind::Notice(Box::new(self.notice(notice)))), vec![]),
            Kind::Pilots(list) => self.pilots(list),
            Kind::Schedule(schedule) => (self.schedule(schedule), vec![]),
            Kind::Assessment(assessment) => self.assessment(assessment),
        };
        let document = kind.map(|kind| Document {
            topics,
            summary,
            windows,
            deadlines,
            contacts,
            body: written.body.clone(),
            slips,
            checked: written.checked.clone(),
            entries: written.entries.clone(),
            ..self.shell(kind)
        });
        (document, lists)
    }

    /// A document of this kind without its text and facts: what it is called, where it is, and what has become of it.
    pub(super) fn shell(&mut self, kind: Kind) -> Document {
        let written = self.written;
        Document {
            id: written.id.clone(),
            source: written.source,
            head: written.head,
            span: written.span,
            title: written.title.clone(),
            short: written.short.clone(),
            place: written.place,
            edition: written.edition,
            date_failed: written.date_failed,
            year_span: written.year_span,
            topics: Vec::new(),
            summary: Vec::new(),
            windows: Vec::new(),
            deadlines: Vec::new(),
            contacts: Vec::new(),
            body: None,
            slips: Vec::new(),
            formerly: written.formerly.clone(),
            checked: None,
            entries: [].into(),
            life: self.life(),
            ending: self.ending(),
            kind,
        }
    }

    /// Links a citation.
    ///
    /// # Diagnostics
    /// MB0215, MB0216, MB0217.
    fn cite(&mut self, citation: &Citation) -> Option<Cite> {
        self.cite_from(self.source, citation)
    }

    /// Links a citation; a clause that names no document is one of `source`.
    ///
    /// # Diagnostics
    /// MB0215, MB0216, MB0217, MB0236.
    pub(super) fn cite_from(
        &mut self,
        source: Option<DocumentId>,
        citation: &Citation,
    ) -> Option<Cite> {
        let whose = Whose::Document(self.id);
        citations::link(self.known, whose, source, citation, self.sink)
    }

    fn point(&mut self, point: &Point<Written>) -> Option<Point> {
        let cite = self.cite(&point.cite)?;
        Some(Point {
            text: point.text.clone(),
            audience: point.audience.clone(),
            cite,
        })
    }

    fn window(&mut self, window: &Window<Written>) -> Option<Window> {
        let cite = self.cite(&window.cite)?;
        Some(Window {
            what: window.what.clone(),
            who: window.who.clone(),
            from: window.from.clone(),
            until: window.until.clone(),
            note: window.note.clone(),
            ending: self.ending_of(cite.document),
            cite,
        })
    }

    fn deadline(&mut self, deadline: &Deadline<Written>) -> Option<Deadline> {
        let cite = self.cite(&deadline.cite)?;
        Some(Deadline {
            by: deadline.by.clone(),
            who: deadline.who.clone(),
            audience: deadline.audience,
            what: deadline.what.clone(),
            ending: self.ending_of(cite.document),
            cite,
        })
    }

    fn contact(&mut self, contact: &Contact<Written>) -> Contact {
        let cite = contact.cite.as_ref();
        let cite = cite.and_then(|cite| self.cite(cite));
        Contact {
            office: contact.office.clone(),
            duty: contact.duty.clone(),
            phone: contact.phone.clone(),
            note: contact.note.clone(),
            cite,
        }
    }

    /// Links a correction.
    ///
    /// # Diagnostics
    /// MB0216, MB0222.
    fn slip(&mut self, slip: &Slip<Written>) -> Slip {
        Slip {
            whose: slip.whose,
            what: slip.what.clone(),
            clause: self.place_of(slip),
            printed: slip.printed.clone(),
            right: slip.right.clone(),
            why: slip.why.clone(),
            on: slip.on,
        }
    }

    /// The clause of the document's own text that contains the misprint.
    fn place_of(&mut self, slip: &Slip<Written>) -> Option<crate::model::ClauseId> {
        if slip.whose == crate::model::Whose::Site {
            return None;
        }
        let body = self.written.body.as_ref()?;
        let clause = slip.clause.as_ref()?;
        let Some(found) = body.find(&clause.value) else {
            let written = self.written;
            let unknown = citations::unknown_clause(written, &clause.value, clause.span);
            self.sink.push(unknown);
            return None;
        };
        let text = &self.known.sources.file(body.source).text;
        if !body.written(found, text).contains(&slip.printed.value) {
            self.sink.push(
                Diagnostic::new(
                    &codes::SLIP_NOT_FOUND,
                    slip.printed.span,
                    format!("条款“{}”中没有“{}”", clause.value, slip.printed.value),
                    format!(
                        "clause {} does not contain \"{}\"",
                        clause.value, slip.printed.value
                    ),
                )
                .hint(
                    "照正文逐字写（空格也算）",
                    "write it exactly as in the text, including spaces",
                ),
            );
        }
        Some(found)
    }

    fn notice(&mut self, notice: &Notice<Written>) -> Notice {
        let cites = notice.cites.iter().filter_map(|one| self.cited(one));
        let cites = cites.collect();
        let omitted = notice.omitted.iter().map(|one| self.omitted(one));
        let omitted = omitted.collect();
        let attachments = notice.attachments.iter().map(|one| self.attachment(one));
        let attachments = attachments.collect();
        Notice {
            year: notice.year,
            genre: notice.genre,
            number: notice.number.clone(),
            letterhead: notice.letterhead.clone(),
            issuers: notice.issuers.clone(),
            addressees: notice.addressees.clone(),
            copies: notice.copies.clone(),
            issued: notice.issued,
            printed_on: notice.printed_on,
            published: notice.published,
            in_force: notice.in_force,
            expires: notice.expires,
            publicity: notice.publicity,
            release: notice.release.clone(),
            consents: notice.consents.clone(),
            index_number: notice.index_number.clone(),
            cites,
            attachments,
            omitted,
            provenance: notice.provenance.clone(),
        }
    }

    /// A document that the text cites. Our copy of it is found by the given id, otherwise by its number.
    fn cited(&mut self, cited: &Cited<Written>) -> Option<Cited> {
        let names = &self.known.names;
        let notice = match &cited.notice {
            Some(id) => {
                let notice = self.known.notice(id, self.sink);
                notice.map(|notice| Spanned::new(notice, id.span))
            }
            None => cited.number.as_ref().and_then(|number| {
                let notice = names.by_number(&number.value)?;
                Some(Spanned::new(notice, number.span))
            }),
        };
        let cite = self.cite(&cited.cite)?;
        Some(Cited {
            number: cited.number.clone(),
            title: cited.title.clone(),
            notice,
            note: cited.note.clone(),
            cite,
        })
    }

    fn omitted(&mut self, omitted: &Omitted<Written>) -> Omitted {
        let cite = omitted.cite.as_ref();
        let cite = cite.and_then(|cite| self.cite(cite));
        Omitted {
            what: omitted.what.clone(),
            why: omitted.why.clone(),
            cite,
        }
    }

    fn attachment(&mut self, attachment: &Attachment<Written>) -> Attachment {
        let found = references::attachment(self.known, self.written, attachment, self.sink);
        Attachment {
            title: attachment.title.clone(),
            within: attachment.within.clone(),
            part: found.part,
            data: found.data,
            file: attachment.file.clone(),
            note: attachment.note.clone(),
        }
    }

    /// The notice that a data file is based on.
    ///
    /// # Diagnostics
    /// MB0215.
    fn made_from(&mut self, source: &Spanned<String>) -> Option<Spanned<DocumentId>> {
        let notice = self.known.basis(source, self.sink)?;
        Some(Spanned::new(notice, source.span))
    }

    fn pilots(&mut self, list: &PilotList<Written>) -> (Option<Kind>, Vec<Option<Cite>>) {
        let source = self.made_from(&list.source);
        let cite = self.cite(&list.cite);
        let stated = self.stated(&list.stated);
        let lists = vec![cite.clone()];
        let linked = || {
            Some(Kind::Pilots(PilotList {
                year: list.year?,
                source: source?,
                programme: list.programme.clone(),
                cite: cite?,
                stated,
                printed: list.printed.clone(),
                rows: list.rows.clone(),
            }))
        };
        (linked(), lists)
    }

    fn schedule(&mut self, schedule: &Schedule<Written>) -> Option<Kind> {
        let source = self.made_from(&schedule.source);
        let (venues, channels) = (self.facts(&schedule.venues), self.facts(&schedule.channels));
        let (groups, forms) = (self.facts(&schedule.groups), self.facts(&schedule.forms));
        let guide = self.facts(&schedule.guide);
        let quotas = schedule.quotas.iter().filter_map(|quota| self.quota(quota));
        let quotas = quotas.collect();
        Some(Kind::Schedule(Schedule {
            year: schedule.year?,
            source: source?,
            venues,
            channels,
            quotas,
            groups,
            forms,
            guide,
            sessions: schedule.sessions.clone(),
        }))
    }

    fn assessment(
        &mut self,
        assessment: &Assessment<Written>,
    ) -> (Option<Kind>, Vec<Option<Cite>>) {
        let source = self.made_from(&assessment.source);
        let cite = self.cite(&assessment.cite);
        let period = assessment.period.as_ref();
        let period = period.and_then(|fact| self.fact(fact));
        let stages = self.facts(&assessment.stages);
        let stated = self.stated(&assessment.stated);
        let grades = assessment.grades.iter();
        let (lists, grades): (Vec<_>, Vec<_>) = grades.map(|grade| self.grade(grade)).unzip();
        let linked = || {
            Some(Kind::Assessment(Assessment {
                year: assessment.year?,
                source: source?,
                programme: assessment.programme.clone(),
                bodies: assessment.bodies.clone(),
                cite: cite?,
                period,
                stages,
                // If one of its lists is missing, nothing in an assessment can be counted.
                grades: grades.into_iter().collect::<Option<_>>()?,
                stated,
            }))
        };
        (linked(), lists)
    }

    fn grade(&mut self, grade: &Grade<Written>) -> (Option<Cite>, Option<Grade>) {
        let list = self.cite(&grade.list);
        let cite = grade.cite.as_ref();
        let cite = cite.and_then(|cite| self.cite(cite));
        let linked = list.clone().map(|list| Grade {
            grade: grade.grade.clone(),
            stated: grade.stated.clone(),
            cite,
            list,
            printed: grade.printed.clone(),
            rows: grade.rows.clone(),
        });
        (list, linked)
    }

    fn stated(&mut self, all: &[Stated<Written>]) -> Vec<Stated> {
        let linked = all.iter().filter_map(|stated| {
            let cite = self.cite(&stated.cite)?;
            Some(Stated {
                what: stated.what.clone(),
                value: stated.value.clone(),
                of: stated.of.clone(),
                of_span: stated.of_span,
                differs: stated.differs.clone(),
                cite,
            })
        });
        linked.collect()
    }

    fn facts(&mut self, all: &[Fact<Written>]) -> Vec<Fact> {
        all.iter().filter_map(|fact| self.fact(fact)).collect()
    }

    fn fact(&mut self, fact: &Fact<Written>) -> Option<Fact> {
        let cite = self.cite(&fact.cite)?;
        Some(Fact {
            who: fact.who.clone(),
            what: fact.what.clone(),
            items: fact.items.clone(),
            note: fact.note.clone(),
            cite,
        })
    }

    fn quota(&mut self, quota: &Quota<Written>) -> Option<Quota> {
        let cite = self.cite(&quota.cite)?;
        Some(Quota {
            group: quota.group.clone(),
            per_day: quota.per_day,
            morning: quota.morning,
            afternoon: quota.afternoon,
            cite,
        })
    }
}
