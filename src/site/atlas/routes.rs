//! Addresses of all pages and files. They are stable, short and in lower-case ASCII, made from ids that authors
//! chose.
//!
//! Comes in: ids. Goes out: site paths.

use super::Facts;
use super::agenda::{ALL, Scope};
use crate::model::{Audience, DocumentId, DocumentKind, Place, TopicId, UnitId};

/// The number of documents on one page of a list.
pub const PER_PAGE: usize = 50;

/// The page of a document.
pub fn document(facts: &Facts, index: DocumentId) -> String {
    let document = facts.document(index);
    format!("{}/{}.html", document.kind.folder(), document.id)
}

/// Page `number` (from 1) of the list of all documents of a kind.
pub fn list(kind: DocumentKind, number: usize) -> String {
    if number == 1 {
        kind.index().to_owned()
    } else {
        format!("{}/page-{number}.html", kind.folder())
    }
}

/// The page of all terms.
pub const GLOSSARY: &str = "glossary/index.html";

/// The page that lists all plain pages, if they are more than a menu has room for.
pub const PAGES: &str = "pages/index.html";

/// The entry of a term.
pub fn term(id: &str) -> String {
    format!("{GLOSSARY}#{id}")
}

/// The page of a unit, which is the page of its current unit.
pub fn unit(facts: &Facts, unit: UnitId) -> String {
    format!(
        "counties/{}.html",
        facts.regions().units[facts.regions().current(unit)].id
    )
}

/// The page of a place.
pub fn place(facts: &Facts, place: Place) -> String {
    match place {
        Place::Country => "provinces/index.html".into(),
        Place::Province(i) => format!("provinces/{}.html", facts.regions().provinces[i].code),
        Place::Prefecture(i) => format!("prefectures/{}.html", facts.regions().prefectures[i].code),
        Place::Unit(i) => unit(facts, i),
    }
}

/// Page `page` (from 1) of a topic.
pub fn topic(facts: &Facts, topic: TopicId, page: usize) -> String {
    let id = &facts.topic(topic).id;
    if page == 1 {
        format!("topics/{id}.html")
    } else {
        format!("topics/{id}/page-{page}.html")
    }
}

/// The page of a scope.
pub fn scope(facts: &Facts, scope: Scope) -> String {
    match scope {
        Scope::Place(at) => place(facts, at),
        Scope::Topic(at) => topic(facts, at, 1),
    }
}

/// A calendar. Students and offices have separate calendars.
pub fn calendar(facts: &Facts, of: Scope, audience: Audience) -> String {
    let page = scope(facts, of);
    let stem = match of {
        ALL => "all",
        _ => page.trim_end_matches(".html"),
    };
    let whose = match audience {
        Audience::Students => "",
        Audience::Offices => "-offices",
    };
    format!("calendar/{stem}{whose}.ics")
}

/// A feed.
pub fn feed(facts: &Facts, of: Scope) -> String {
    match of {
        ALL => "atom.xml".into(),
        _ => format!("feeds/{}.xml", scope(facts, of).trim_end_matches(".html")),
    }
}

/// The page of a self-check.
pub fn check(id: &str) -> String {
    format!("checks/{id}.html")
}

/// The page with all rules of a self-check.
pub fn rules(id: &str) -> String {
    format!("checks/{id}/rules.html")
}

/// The page with all worked cases of a self-check.
pub fn examples(id: &str) -> String {
    format!("checks/{id}/examples.html")
}

/// The module of a self-check.
pub fn module(id: &str) -> String {
    crate::assets::module_path(id)
}

/// The leaflet of a page: `leaflets/notices/x.html` for `notices/x.html`.
pub fn leaflet(page: &str) -> String {
    format!("leaflets/{page}")
}

/// The anchor of a mistake of this site among the corrections of its document.
pub fn correction(number: usize) -> String {
    format!("correction-{}", number + 1)
}

/// The page of a source file, whether the file could be read or not.
pub fn of_source(path: &str) -> Option<String> {
    let below = path
        .strip_prefix("content/")
        .or_else(|| path.strip_prefix("data/"))?;
    let (folder, file) = below.split_once('/')?;
    let (stem, _) = file.rsplit_once('.')?;
    let stem = stem.rsplit('/').next().unwrap_or(stem);
    match folder {
        "pages" => Some(format!("{stem}.html")),
        "checks" => Some(check(stem)),
        _ => DocumentKind::of_folder(folder).map(|kind| format!("{}/{stem}.html", kind.folder())),
    }
}

/// The path from a page to the root of the site: `""`, `"../"`, `"../../"`.
pub fn root(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// The address that people see: that of the folder for `index.html`.
pub fn canonical(base_url: &str, path: &str) -> String {
    let path = match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => path,
    };
    format!("{base_url}{path}")
}

/// The Frictionless Data Package of the site.
pub const PACKAGE: &str = "data/datapackage.json";

/// The addresses of all downloads, one a line.
pub const DOWNLOADS: &str = "data/downloads.txt";

/// The folder of the API. A change that breaks programs needs a new folder.
pub const API: &str = "api/v1/";

/// The file of a dataset in the API.
pub fn api_dataset(id: &str) -> String {
    format!("{API}datasets/{id}.json")
}
