//! Citations: the clause of the official text that a fact comes from, as written and as resolved.
//!
//! Comes in: `clause` and `quote` of a source file ([`Citation`]). Goes out, once the names are resolved: [`Cite`],
//! which holds only ids. This module does not resolve anything; only a module that knows the documents can.

use crate::diag::{Span, Spanned};

/// Declares ids. An id is an index into one table and cannot be confused with an index into another one.
#[macro_export]
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// A clause and a quotation from it, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// `一（三）`, or `national-2023-guide#一（二）`
    pub clause: Spanned<String>,
    pub quote: Option<Spanned<String>>,
}

/// A resolved citation.
#[derive(Debug, Clone)]
pub struct Cite {
    /// Where the clause is named.
    pub span: Span,
    pub document: DocumentId,
    pub clause: ClauseId,
    pub quote: Option<Spanned<String>>,
}
