//! Cited documents: 《…》（文号）, 关于…的通知（文号）.
//!
//! Comes in: paragraphs. Goes out: entries of `cites`, each document once, at the place that prints its number.

use mingbai_reading::{NameKind, What};

use super::paragraph::Paragraph;
use super::{Candidates, Context, Entry, Field, Section};
use crate::import::signs;
use crate::link::Names;
use crate::model::Kind;
use crate::text::fold;

use super::entry::Note;

/// The documents that were found so far.
#[derive(Default)]
pub(super) struct Cites(Vec<Cited>);

struct Cited {
    at: usize,
    title: String,
    number: Option<String>,
    clause: String,
}

impl Cites {
    /// Finds the documents of a paragraph.
    pub fn find(&mut self, p: &Paragraph, context: &Context) {
        let mut taken = Vec::new();
        let mut after = 0;
        for reading in &p.readings {
            let is_title = matches!(&reading.what, What::Name(name) if name.kind == NameKind::Paper)
                && p.words[reading.span.clone()].starts_with('《')
                && reading.span.start >= after;
            if !is_title {
                continue;
            }
            after = reading.span.end;
            // The name of a paper goes on after its title: 《扶贫手册》复印件.
            let words = &p.words[reading.span.clone()];
            let Some(close) = words.rfind('》') else {
                continue;
            };
            let title = words[..close].trim_start_matches('《').replace('\n', "");
            let number = number_after(p, reading.span.start + close + '》'.len_utf8());
            taken.extend(number.clone());
            self.add(p, context, &title, number);
        }
        for reading in &p.readings {
            if let What::DocumentNumber(number) = &reading.what
                && !taken.contains(number)
            {
                self.without_marks(p, context, reading.span.start, number);
            }
        }
    }

    /// A number that is named without book-title marks: 关于…的通知（文号）.
    fn without_marks(&mut self, p: &Paragraph, context: &Context, start: usize, number: &str) {
        if self.0.iter().any(|c| c.number.as_deref() == Some(number)) {
            return;
        }
        let before = p.words[..start].trim_end_matches(['（', '(']);
        let before = before
            .rfind(['。', '；', '》'])
            .map_or(before, |at| &before[at..]);
        if let Some(at) = before.rfind("关于")
            && signs::ends_title(&before[at..])
        {
            self.add(p, context, &before[at..], Some(number.to_owned()));
        }
    }

    fn add(&mut self, p: &Paragraph, context: &Context, title: &str, number: Option<String>) {
        let known = self.0.iter_mut().find(|c| fold(&c.title) == fold(title));
        if let Some(known) = known {
            if known.number.is_none() && number.is_some() {
                known.number = number;
                known.clause.clone_from(&p.label);
                known.at = p.at;
            }
            return;
        }
        let own = fold(&context.layout.title).contains(&fold(title));
        let short = title.chars().count() < 6;
        if own || (number.is_none() && (short || !signs::ends_title(title))) {
            return;
        }
        self.0.push(Cited {
            at: p.at,
            title: title.to_owned(),
            number,
            clause: p.label.clone(),
        });
    }

    /// The entries, with the documents of this site named.
    pub fn finish(self, context: &Context, found: &mut Candidates) {
        for cited in self.0 {
            let ours = our_notice(context, &cited);
            let mut fields = vec![Field::text("title", cited.title)];
            fields.extend(cited.number.map(|number| Field::text("number", number)));
            let note = Some(Note::Hint("本站收录的这一份"));
            fields.extend(ours.map(|id| Field::text("notice", id).noted(note)));
            fields.push(Field::text("clause", cited.clause));
            let at = cited.at;
            found.push(Section::Cites, Entry { at, fields });
        }
    }
}

/// The document number in the bracket directly after a title.
fn number_after(p: &Paragraph, at: usize) -> Option<String> {
    let bare = p.words[at..].trim_start();
    let inner = bare.strip_prefix(['（', '('])?;
    let head: String = inner.chars().take(40).collect();
    let standard = head.split(['）', ')']).next().unwrap_or_default().trim();
    if standard.starts_with("GB") {
        return Some(standard.to_owned());
    }
    let start = p.words.len() - inner.trim_start().len();
    p.readings.iter().find_map(|reading| match &reading.what {
        What::DocumentNumber(number) if reading.span.start == start => Some(number.clone()),
        _ => None,
    })
}

/// The notice of this site that has the number, or else the title.
fn our_notice(context: &Context, cited: &Cited) -> Option<String> {
    let model = context.model;
    let by_number = cited
        .number
        .as_ref()
        .and_then(|number| Names::new(model).by_number(number));
    let by_title = || {
        model.documents.position(|document| {
            matches!(document.kind, Kind::Notice(_))
                && fold(&document.title.value) == fold(&cited.title)
        })
    };
    let found = by_number.or_else(by_title)?;
    Some(model.documents[found].id.clone())
}
