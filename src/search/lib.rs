//! Search without a server: an index of small files, asked where the reader is.
//!
//! Comes in: texts, a vocabulary ([`Words`]), the words that somebody typed. Goes out: the terms of a text, the form of the
//! index, ranked results. Does not know a site, its documents or its pages; what makes entries of them and writes the
//! index is with the site.
//!
//! ```text
//! text ---fold---> characters --tokens, sound--> keys --> (the index of the site, in the form of format and records)
//! words typed --fold, question--> Question --engine--> Answer
//! ```
//!
//! Every number of the ranking is in [`ranking`], every record in [`records`]; [`script`] writes both down for the
//! theme's `search.js`, which ranks exactly as [`engine`] does.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod format;
pub mod ranking;
pub mod records;

pub mod fold;
pub mod sound;
pub mod tokens;
pub mod words;

pub mod question;
mod similar;

pub mod engine;
pub mod script;

pub use words::Words;
