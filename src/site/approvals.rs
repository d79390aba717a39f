//! Approvals: what looks as if it must not be published, and may be (`data/approvals.yaml`).
//!
//! Comes in: sources. Goes out: [`Approvals`]. An approval is for exactly one text in one file: the same number in another
//! file is not approved. What was not used is reported at the end of a run.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::diag::{Diagnostic, Sink, Spanned, codes};
use crate::sources::{Sources, yaml};
use crate::text::Bilingual;
use mingbai_forms::decode::{self, Fields};
use mingbai_forms::shape;

/// Where approvals are.
pub const FILE: &str = "data/approvals.yaml";

/// One approval.
#[derive(Debug, Clone)]
pub struct Approval {
    /// The words, as a reader gets them.
    key: String,
    /// The source, attachment or published file that has them.
    pub file: Spanned<String>,
    /// The person who approved it.
    pub by: String,
    /// The day of the approval.
    pub on: Date,
    /// The reason.
    pub basis: String,
}

/// The approvals of a site.
#[derive(Debug, Default, Clone)]
pub struct Approvals {
    list: Vec<Approval>,
}

/// Which approvals were used.
pub type Used = BTreeSet<usize>;

impl Approvals {
    /// Loads `data/approvals.yaml`, if there is one.
    ///
    /// # Diagnostics
    /// Those of decoding; MB0233 for a day after `today`.
    pub fn load(sources: &Sources, today: Date, sink: &mut Sink) -> Self {
        let found = sources.find(FILE);
        let Some((id, file)) = found.filter(|(id, _)| sources.is_readable(*id)) else {
            return Self::default();
        };
        let node = yaml::parse_parts(id, &file.text, 0..file.text.len(), sink);
        let items = match &node.kind {
            yaml::Kind::List(items) => items.as_slice(),
            // The file contains only comments.
            yaml::Kind::Map(map) if map.is_empty() => &[],
            _ => {
                sink.push(decode::wrong_type(
                    &node,
                    "列表（每项一行，以“- ”开头）",
                    "a list",
                ));
                return Self::default();
            }
        };
        Self {
            list: items
                .iter()
                .filter_map(|item| approval(item, today, sink))
                .collect(),
        }
    }

    /// The approval of this text in one of these files. A text is compared as a reader gets it (the key of a finding).
    pub fn find(&self, key: &str, files: &[&str]) -> Option<usize> {
        self.list
            .iter()
            .position(|one| one.key == key && files.contains(&one.file.value.as_str()))
    }

    /// The approvals that were used, in the order of the file.
    pub fn used<'a>(&'a self, used: &'a Used) -> impl Iterator<Item = &'a Approval> {
        used.iter().filter_map(|at| self.list.get(*at))
    }

    /// Reports approvals that were not used, and lists the others.
    ///
    /// # Diagnostics
    /// MB0233, MB0719.
    pub fn report(&self, used: &Used, sources: &Sources, sink: &mut Sink) {
        for (at, one) in self.list.iter().enumerate() {
            sink.push(if used.contains(&at) {
                one.listed()
            } else {
                one.unused(sources)
            });
        }
    }
}

impl Approval {
    /// It approves nothing.
    fn unused(&self, sources: &Sources) -> Diagnostic {
        let file = &self.file.value;
        let names = sources.files.iter().map(|file| file.path.as_str());
        let is_there = names.clone().any(|name| name == file);
        let diagnostic = Diagnostic::new(
            &codes::NOT_APPROVED,
            self.file.span,
            format!("{file} 里没有要批准的这几个字"),
            format!("{file} does not have the words that are approved"),
        );
        let near = crate::text::nearest(file, names).filter(|_| !is_there);
        diagnostic.did_you_mean_or(
            near,
            "what 照抄那几个字，file 写它所在的来源文件、附件（content/…）或网站上的文件；用不着了就删去这一条",
            "copy the words into `what` and name the source, the attachment (content/…) or the published file in `file`; remove the entry if it is no longer needed",
        )
    }

    /// What was approved, without the words.
    pub fn line(&self) -> Bilingual {
        let Self {
            file,
            by,
            on,
            basis,
            ..
        } = self;
        let file = &file.value;
        Bilingual::new(
            format!("{file}：一处内容由{by}于 {on} 批准公开（{basis}）"),
            format!("{file}: something was approved by {by} on {on} ({basis})"),
        )
    }

    /// It is listed.
    fn listed(&self) -> Diagnostic {
        let Bilingual { zh, en } = self.line();
        Diagnostic::new(&codes::APPROVED, self.file.span, zh, en).hint(
            "不该再公开的，从原处和这里一起删去",
            "if it should not be published any more, remove it from the file and from here",
        )
    }
}

fn approval(item: &yaml::Node, today: Date, sink: &mut Sink) -> Option<Approval> {
    let fields = Fields::open(item, &shape::APPROVAL, sink)?;
    let what = fields.required_text("what", sink);
    let file = fields.required_text("file", sink);
    let by = fields.required_text("by", sink);
    let basis = fields.required_text("basis", sink);
    fields.require("on", sink);
    let on = fields.day("on", sink)?;
    if on.value > today {
        sink.push(
            Diagnostic::new(
                &codes::NOT_APPROVED,
                on.span,
                format!("批准的日期 {} 还没有到", on.value),
                format!("the day of the approval, {}, is in the future", on.value),
            )
            .hint("写批准的那一天", "write the day on which it was approved"),
        );
    }
    Some(Approval {
        key: key(&what?.value),
        file: file?,
        by: by?.value,
        on: on.value,
        basis: basis?.value,
    })
}

/// The words as a reader gets them.
fn key(what: &str) -> String {
    let found = mingbai_privacy::find(what);
    match found.as_slice() {
        [one] => one.key.clone(),
        // A name.
        _ => mingbai_privacy::bare(what),
    }
}
