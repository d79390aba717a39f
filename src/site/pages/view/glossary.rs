//! The view of the glossary.

use serde::Serialize;

use super::CiteView;

/// `glossary.html`
#[derive(Debug, Clone, Serialize)]
pub struct GlossaryView {
    /// In the order of their sounds.
    pub terms: Vec<TermView>,
}

/// A term and its explanation.
#[derive(Debug, Clone, Serialize)]
pub struct TermView {
    /// Its anchor.
    pub id: String,
    pub name: String,
    /// With tones.
    pub pinyin: String,
    pub aliases: Vec<String>,
    pub about: String,
    /// Where an official text defines it; null = this site's explanation.
    pub cite: Option<CiteView>,
}
