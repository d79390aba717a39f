//! The messages of the crate: one function a diagnostic, so that algorithms and sentences can be read apart.
//!
//! Comes in: what is wrong and where. Goes out: a [`Diagnostic`](crate::diag::Diagnostic) in two languages. `reading` is about
//! files that cannot be read, `formulas` about computed values, `options` about answers that a question does not have, `members` about members of a household,
//! `judging` about rules that can be read and are wrong, too large or not watched by examples.

pub(crate) mod formulas;
pub(crate) mod judging;
pub(crate) mod members;
pub(crate) mod options;
pub(crate) mod reading;
