//! mingbai (明白) builds the public site of policy documents, county schedules and assessment results.
//!
//! Data flow one way, each stage a function from one named type to the next; a module imports only modules
//! above it in this list:
//!
//! ```text
//! folder --sources--> Sources --model--> Model --checks--> (diagnostics)
//!                                          +--rules--> Compiled* (self-checks as WebAssembly)
//!                                          |
//!                                          +--assets--> Assets --pages--> Page* --open, search, output--> OutputTree --> disk
//! ```
//!
//! [`pipeline`] calls the stages in order; [`cli`] alone prints. Everything between reading and writing is a
//! pure function of its arguments.

pub mod text;

pub mod diag;

pub mod config;

pub mod sources;

pub mod model;

pub mod checks;

pub mod rules;

pub mod assets;

pub mod pages;

pub mod open;

pub mod search;

pub mod output;

pub mod pipeline;

pub mod desk;

pub mod serve;

pub mod cli;
