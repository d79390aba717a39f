//! Citations: the clause of the official text that a fact comes from, as written and as resolved.
//!
//! Comes in: `clause` and `quote` of a source file, or `unstated` ([`Citation`]). Goes out, once the names are resolved:
//! [`Cite`], which holds only ids. This module does not resolve anything; only a module that knows the documents can.

use crate::decode::Fields;
use crate::diag::{Diagnostic, Sink, Span, Spanned, codes};
use crate::shape;
use crate::yaml::Node;

/// Declares ids. An id is an index into one table and cannot be confused with an index into another one.
#[macro_export]
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]
        pub struct $name(u32);

        impl $name {
            /// The id of the entry at `index`.
            ///
            /// # Panics
            /// If the table has 2^32 entries or more. Sources that large are refused when they are read.
            pub const fn new(index: usize) -> Self {
                assert!(index <= u32::MAX as usize, "a table has fewer than 2^32 entries");
                Self(index as u32)
            }

            /// The position of the entry in its table.
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $name {
            fn from(index: usize) -> Self {
                Self::new(index)
            }
        }

        impl From<$name> for usize {
            fn from(id: $name) -> Self {
                id.index()
            }
        }
    )+};
}

ids! {
    /// A document of the site: notice, pilot list, schedule or assessment.
    DocumentId,
    /// A clause of the text of one document.
    ClauseId,
}

/// A clause and a quotation from it, as written; or the clause that was looked through, and what it does not state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// `一（三）`, or `national-2023-guide#一（二）`; `全文` for a whole document that was looked through.
    pub clause: Spanned<String>,
    pub quote: Option<Spanned<String>>,
    /// Never with a quotation.
    pub unstated: Option<Unstated>,
    /// Why the words imply a number that they do not print.
    pub derived: Option<String>,
}

/// A fact that a text does not state (原文未载明).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unstated {
    /// `咨询电话`
    pub what: String,
    pub missing: Missing,
    /// Whether the whole document was looked through and not one clause of it.
    pub whole: bool,
}

/// The kind of fact that a text does not state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    Day,
    Number,
    Money,
    Telephone,
    Office,
    Place,
    Paper,
    Channel,
    /// Anything else, such as whether something is allowed.
    Other,
}

impl Missing {
    /// The words of `fact`, with their values.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("日期", Self::Day),
        ("数目", Self::Number),
        ("金额", Self::Money),
        ("电话", Self::Telephone),
        ("机构", Self::Office),
        ("地点", Self::Place),
        ("材料", Self::Paper),
        ("方式", Self::Channel),
        ("其他", Self::Other),
    ];
}

/// The word for all of a document, where a clause is named.
pub const WHOLE: &str = "全文";

impl Citation {
    /// Reads `clause` and `quote`, or `unstated` in their place, if the shape has it.
    ///
    /// # Diagnostics
    /// MB0201 if both are written; MB0202.
    pub fn read(fields: &Fields, sink: &mut Sink) -> Option<Self> {
        let may_be_derived = fields.shape().slot("derived").is_some();
        let may_be_unstated = fields.shape().slot("unstated").is_some();
        let unstated = may_be_unstated.then(|| fields.get("unstated")).flatten();
        let Some(node) = unstated else {
            return Some(Self {
                clause: fields.required_text("clause", sink)?,
                quote: fields.text("quote", sink),
                unstated: None,
                derived: may_be_derived
                    .then(|| fields.text("derived", sink))
                    .flatten()
                    .map(|reason| reason.value),
            });
        };
        for key in ["clause", "quote"] {
            let span = fields.get(key).and_then(|_| fields.key_span(key));
            if let Some(span) = span {
                sink.push(superfluous(key, span));
            }
        }
        Self::read_unstated(node, sink)
    }

    fn read_unstated(node: &Node, sink: &mut Sink) -> Option<Self> {
        let fields = Fields::open(node, &shape::UNSTATED, sink)?;
        let clause = fields.required_text("in", sink);
        let what = fields.required_text("what", sink);
        let missing = fields.one_of("fact", Missing::ALL, sink);
        let clause = clause?;
        let name = clause.value.rsplit('#').next().unwrap_or_default();
        Some(Self {
            unstated: Some(Unstated {
                what: what?.value,
                missing: missing.map_or(Missing::Other, |missing| missing.value),
                whole: name.trim() == WHOLE,
            }),
            clause,
            quote: None,
            derived: None,
        })
    }
}

fn superfluous(key: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::UNKNOWN_KEY,
        span,
        format!("写了 unstated（原文未载明），就不再写“{key}”"),
        format!("an entry with `unstated` has no \"{key}\""),
    )
    .hint(
        format!("删去“{key}”；原文写了的，删去 unstated，引用那一句"),
        format!(
            "remove \"{key}\"; if the text does state it, remove `unstated` and quote the sentence"
        ),
    )
}

/// A resolved citation.
#[derive(Debug, Clone)]
pub struct Cite {
    /// Where the clause is named.
    pub span: Span,
    pub document: DocumentId,
    pub clause: ClauseId,
    pub quote: Option<Spanned<String>>,
    /// What the clause, or the whole document, does not state. Never with a quotation.
    pub unstated: Option<Unstated>,
    /// Why the words imply a number that they do not print.
    pub derived: Option<String>,
}

impl Cite {
    /// Whether both cite one clause, whatever they quote.
    pub fn is_same_clause(&self, other: &Self) -> bool {
        (self.document, self.clause) == (other.document, other.clause)
    }
}
