//! The frame of every page: its head, navigation, foot, and what can be subscribed to.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{DateView, Link};

/// A main section in the navigation.
#[derive(Debug, Clone, Serialize, Default)]
pub struct NavItem {
    pub url: String,
    pub text: String,
    pub current: bool,
}

/// Same on all pages of a build.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    pub title: String,
    pub short: String,
    pub tagline: String,
    /// Who runs this site (主办单位), site code (网站标识码), ICP number, contact; each may be null.
    pub operator: Option<String>,
    pub site_code: Option<String>,
    pub icp: Option<String>,
    pub contact: Option<String>,
    pub base_url: String,
    /// Hashed asset paths by plain name, e.g. `assets["style.css"]` = `assets/style.1a2b3c4d.css`.
    pub assets: BTreeMap<String, String>,
    pub today: DateView,
    /// Pages about the site itself, for the foot of every page.
    pub footer: Vec<Link>,
}

/// Same fields on every page.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// Text of `<h1>` and, with the site's name, of `<title>`.
    pub title: String,
    pub description: String,
    /// Site path of this page.
    pub url: String,
    /// `""`, `"../"`, `"../../"`: put before every `url`. On 404.html: the base path, as it is served from anywhere.
    pub root: String,
    pub canonical: String,
    /// What a browser may load and run on this page.
    pub policy: String,
    /// From 首页 to the parent page (the page itself is not in it).
    pub crumbs: Vec<Link>,
    /// Which of the main sections this page belongs to.
    pub nav: Vec<NavItem>,
    /// The name of that section, otherwise the title.
    pub column: String,
    /// The language of the page and of its frame: `zh-CN`, or `en` on the pages of an English self-check.
    pub lang: &'static str,
    /// Template name without extension: `home`, `notice` ...
    pub kind: &'static str,
    pub subscribe: SubscribeView,
    /// JSON-LD: a finished `<script type="application/ld+json">`.
    pub linked_html: String,
}

/// What the page's readers can subscribe to; null where there is nothing.
#[derive(Debug, Clone, Serialize, Default)]
pub struct SubscribeView {
    /// Windows, sessions and deadlines of students and parents.
    pub students: Option<CalendarView>,
    /// Deadlines of offices.
    pub offices: Option<CalendarView>,
    pub feed: Option<Link>,
}

/// A calendar that can be subscribed to.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarView {
    /// The file.
    pub url: String,
    /// `webcal://…`: opens the calendar of a phone. Always the published address.
    pub webcal: String,
    /// The published address itself, for programs that ask for one.
    pub address: String,
    pub name: String,
    /// Which events it contains, in words.
    pub holds: &'static str,
    pub count: usize,
}

/// `redirect.html`
#[derive(Debug, Clone, Serialize)]
pub struct RedirectView {
    pub to: Link,
}
