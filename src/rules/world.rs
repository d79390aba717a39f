//! What the rules ask of the world outside their file.
//!
//! Comes in: names as the author wrote them. Goes out: what they name. The crate knows no document, no region and no list of
//! its own; whoever uses it answers these questions. The site answers them from its model, a test from a few lines.

use mingbai_forms::Citation;

use crate::diag::{Sink, Spanned};

/// A place, in whatever numbering the [`World`] uses. The rules keep it and hand it back; they never look into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub u32);

/// A county, as an option of a question or as a member of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct County {
    /// Its official code: two counties with the same code are the same county, in whatever year they were listed.
    pub code: String,
    pub name: String,
    pub prefecture: String,
    /// Its whole name from the province down, separated by spaces.
    pub path: String,
}

/// What a question about a place above the counties offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Province,
    Prefecture,
}

/// The questions. Each one that has no answer reports why to the sink, or does not where the reason was reported elsewhere.
pub trait World {
    /// The place of a path such as `山西省 大同市`. `year` chooses the edition of the regions; without one, only places that
    /// need no edition are known.
    fn place(&self, path: &Spanned<String>, year: Option<i16>, sink: &mut Sink) -> Option<PlaceId>;

    /// The counties of a region, in the order in which they are listed.
    fn counties(
        &self,
        region: &Spanned<String>,
        year: Option<i16>,
        sink: &mut Sink,
    ) -> Option<Vec<County>>;

    /// The names of the provinces or the prefectures of a region, in the order in which they are listed. A city that is a province is its
    /// own prefecture, and so is a county that has none.
    fn divisions(
        &self,
        region: &Spanned<String>,
        level: Level,
        year: Option<i16>,
        sink: &mut Sink,
    ) -> Option<Vec<String>>;

    /// The counties of a list, by its id.
    fn members(&self, list: &Spanned<String>, sink: &mut Sink) -> Option<Vec<County>>;

    /// Judges whether a notice of this id exists.
    fn check_notice(&self, notice: &Spanned<String>, sink: &mut Sink);

    /// Judges whether a topic of this name exists.
    fn check_topic(&self, topic: &Spanned<String>, sink: &mut Sink);

    /// Judges whether the clause exists and the words quoted are in it. A clause written without a document is one of `notice`.
    fn check_citation(&self, notice: &Spanned<String>, citation: &Citation, sink: &mut Sink);
}
