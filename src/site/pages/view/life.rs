//! What has become of a document: repealed, replaced, withdrawn, and what this site had to correct.

use serde::Serialize;

use super::{CiteView, DateView, Link};

/// What a page says of the life of its document, above everything else.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LifeView {
    /// By what it was ended, or what it is based on.
    pub ended: Vec<EndedView>,
    /// The documents that it ended.
    pub ends: Vec<Link>,
    /// What this site had published wrongly, the newest first.
    pub corrections: Vec<CorrectionView>,
}

/// A document that is no longer to be followed, and the one that ended it.
#[derive(Debug, Clone, Serialize)]
pub struct EndedView {
    /// What is said of it: `本文件自2024年7月1日起废止`.
    pub head: String,
    /// 废止, 代替
    pub verb: &'static str,
    /// The document that was ended, on the page of another one; null on its own page.
    pub notice: Option<Link>,
    /// The document that ended it; without an address if the site does not have it.
    pub by: Link,
    pub number: Option<String>,
    pub note: Option<String>,
    pub cite: Option<CiteView>,
}

/// A mistake of this site.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectionView {
    /// The anchor.
    pub id: String,
    pub on: DateView,
    /// Where it was, in words.
    pub what: Option<String>,
    pub printed: String,
    pub right: String,
    pub why: Option<String>,
}

/// `withdrawn.html`: what is left of a document.
#[derive(Debug, Clone, Serialize)]
pub struct WithdrawnView {
    pub title: String,
    pub kind: String,
    pub number: Option<String>,
    pub issuers: Vec<String>,
    pub issued: Option<DateView>,
    pub on: DateView,
    pub by: String,
    pub why: String,
    pub contact: Option<String>,
    pub life: LifeView,
}
