//! Pages: from the model to HTML.
//!
//! Comes in: the model, the assets' addresses, the configuration. Goes out: [`Page`]s with their bytes, the
//! links they hold and the sources they were made from. Steps: gather who is mentioned where (`atlas`), list
//! the pages ([`plan()`]), each of a kind (`kinds`), then per page, in parallel: a view ([`view`]), a template of the theme.

mod addresses;
mod charts;
mod compared;
mod county_lists;
pub mod data;
mod documents;
pub mod found;
pub mod glossary;
mod guard;
mod guide;
mod highlight;
mod integrity;
mod kinds;
mod leaflets;
pub mod life;
mod linked;
mod lists;
pub mod markdown;
pub mod notes;
mod notices;
mod official;
mod page_kind;
pub mod parts;
mod places;
mod plan;
mod record;
mod render;
mod schedules;
mod section;
mod self_checks;
mod services;
mod subscribe;
mod texts;
pub(crate) mod theme;
pub mod view;
mod years;

pub use markdown::InternalLink;
pub(crate) use parts::day_view;
pub use plan::{Job, intended};
pub use render::{Page, Renderer, all};

use crate::atlas::Facts;
use crate::diag::Sink;
use crate::tables::Tables;

/// Lists every page of the site, in the order of their addresses.
///
/// # Diagnostics
/// Those of a plan: MB0206, MB0501.
pub fn plan(facts: &Facts, tables: &Tables, sink: &mut Sink) -> Vec<Job> {
    plan::plan(&kinds::ALL, facts, tables, sink)
}
