//! Editing: changes that a form makes in a source file.
//!
//! Comes in: the text of a file, and what was filled in. Goes out: the text with the changes in the bytes of their own values
//! ([`patch`]); an untouched form changes nothing. [`form`] says which fields a file has, [`posted`] which changes
//! the answers are.

mod align;
pub mod condition;
pub mod confirm;
pub mod form;
pub mod name;
pub mod next_year;
pub mod official;
pub mod patch;
pub mod posted;
pub mod value;
