//! What an entry says that the text does not state: nothing in the text may read as such a fact.
//!
//! Telephones and amounts of money can be decided. Whether a text that gives days gives the day that is meant cannot.

use mingbai_reading::What;

use super::{Cited, Site, Value, say};
use crate::diag::Sink;
use crate::model::{Citation, ClauseId, DocumentId, MAIN, Phase};
use mingbai_forms::cite::{Missing, WHOLE};
use mingbai_forms::entries::Entry;

/// Compares `unstated` with the clause that it names, or with the whole document.
///
/// # Diagnostics
/// MB0904.
pub(super) fn compare<P: Phase>(site: &Site<'_, P>, entry: &Entry, sink: &mut Sink) {
    let value = |key: &str| entry.inner("unstated", key);
    let (Some(place), Some(fact)) = (value("in"), value("fact")) else {
        return;
    };
    let mut kinds = Missing::ALL.iter();
    let Some((_, kind)) = kinds.find(|(word, _)| *word == fact.value) else {
        return;
    };
    let is_fact = |what: &What| match kind {
        Missing::Telephone => matches!(what, What::Phone(_)),
        Missing::Money => matches!(what, What::Money(_)),
        _ => false,
    };
    let Some(Place { text, .. }) = find(site, place) else {
        return;
    };
    let words = site.words(text);
    let mut said = words.readings().iter();
    if let Some(said) = said.find(|reading| is_fact(&reading.what)) {
        sink.push(say::stated(fact, &text[said.span.clone()]));
    }
}

/// What an entry that says what the text does not state is compared with: the clause that was looked through, or the
/// whole document.
pub(super) fn cited<'a, P: Phase>(site: &Site<'a, P>, entry: &'a Entry) -> Option<Cited<'a>> {
    let place = find(site, entry.inner("unstated", "in")?)?;
    let document = &site.model.documents[place.document];
    Some(Cited {
        document: place.document,
        id: place.clause,
        label: "",
        title: &document.title.value,
        quote: None,
        clause: site.words(place.text),
        numbers: site.numbers(place.document, place.clause)?,
        years: site.years(place.document),
    })
}

/// A clause or a whole document.
struct Place<'a> {
    document: DocumentId,
    /// The first one for a whole document.
    clause: ClauseId,
    text: &'a str,
}

fn find<'a, P: Phase>(site: &Site<'a, P>, place: &Value) -> Option<Place<'a>> {
    let (document, label) = match place.value.split_once('#') {
        Some((id, label)) => (site.names.document(id.trim())?, label.trim()),
        None => (site.source?, place.value.trim()),
    };
    let body = site.model.documents[document].body.as_ref()?;
    let text = &site.sources.file(body.source).text;
    if label == WHOLE {
        // A file without a text has nothing that could be looked through.
        body.blocks.first()?;
        return Some(Place {
            document,
            clause: MAIN,
            text: body.whole(text),
        });
    }
    let citation = Citation {
        clause: place.clone(),
        quote: None,
        unstated: None,
        derived: None,
    };
    let found = site.names.resolve(site.source, &citation).ok()?;
    Some(Place {
        document: found.document,
        clause: found.clause,
        text: body.written(found.clause, text),
    })
}
