//! Citations: the clause that says so, as written and as resolved.
//!
//! Comes in: `clause` and `quote` of a source file ([`Citation`]). Goes out, once the names are resolved: [`Cite`], which holds ids
//! only. Resolving is the business of whoever knows the documents.

use crate::diag::Spanned;

/// Declares an id: an index into one table, which cannot be mistaken for an index into another one.
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
            /// For a table of 2^32 entries; sources are refused long before.
            pub fn new(index: usize) -> Self {
                Self(u32::try_from(index).expect("a table has fewer than 2^32 entries"))
            }

            /// Where its entry stands in the table.
            pub fn index(self) -> usize {
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
    /// A clause of one document's text.
    ClauseId,
}

/// A clause, and the words of it that say so, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// `一（三）`, or `national-2023-guide#一（二）`
    pub clause: Spanned<String>,
    pub quote: Option<Spanned<String>>,
}

/// A citation that was resolved.
#[derive(Debug, Clone)]
pub struct Cite {
    pub document: DocumentId,
    pub clause: ClauseId,
    pub quote: Option<Spanned<String>>,
}
