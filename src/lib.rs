//! mingbai (明白) builds the public site of policy documents, county schedules and assessment results.
//!
//! This package is the command: [`cli`] alone prints, [`serve`] is the preview. The work is done by the packages below it,
//! in the order of the data; each knows only those before it:
//!
//! ```text
//! mingbai-text   Chinese text, diagnostics
//! mingbai-forms  YAML read as written: shapes, keys, decoding, dates
//! mingbai-reading official text read: days, numbers, names, obligations
//! mingbai-rules  self-checks: rules, proofs, WebAssembly
//! mingbai-search search without a server: questions, the form of the index, ranking
//! mingbai-site   sources, model, lints, pages, open data, search, output
//! mingbai-desk   writes source files: init, new, import
//! ```

#![forbid(unsafe_code)]

pub use mingbai_desk as desk;
pub use mingbai_reading as reading;
pub use mingbai_site::{
    again, approvals, assets, atlas, config, drafts, evidence, gallery, hosting, link, lints,
    model, open, output, pages, part, pipeline, policy, prove, rules, search, sources, tables,
    watch,
};
pub use mingbai_text as text;
pub use mingbai_text::diag;

pub mod serve;

pub mod cli;
