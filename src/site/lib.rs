//! The site: from source files to everything that is published.
//!
//! Data flow one way, each stage a function from one named type to the next; a module imports only modules
//! above it in this list:
//!
//! ```text
//! folder --sources--> Sources --model--> Model<Written> --link--> Model --rules--> SelfCheck* (as WebAssembly)
//!                                          |                      |
//!                                          +--lints--> (diagnostics)
//!                                                                 |
//!                                                                 +--assets--> Assets --pages--> Page* --open, search, output--> files --gate--> disk
//! ```
//!
//! [`pipeline`] calls the stages in order. Everything between reading and writing is a pure function of its arguments.

#![forbid(unsafe_code)]

pub mod part;

pub mod config;

pub mod policy;

pub mod watch;

pub mod sources;

pub mod memo;

pub mod drafts;

pub mod approvals;

pub mod model;

pub mod link;

pub mod evidence;

pub mod rules;

pub mod lints;

pub mod assets;

pub mod atlas;

pub mod tables;

pub mod pages;

pub mod open;

pub mod search;

pub mod output;

pub mod gate;

pub mod hosting;

pub mod exit;

pub mod again;

mod making;

pub mod gallery;

pub mod pipeline;

pub mod prove;

use mingbai_text as text;
use mingbai_text::diag;
