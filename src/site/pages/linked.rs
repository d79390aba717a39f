//! What a page tells programs: one block of JSON-LD with the vocabulary of schema.org.
//!
//! Comes in: the atlas, the head of the page, what its kind says of it. Goes out: a finished `<script type="application/ld+json">`, which is
//! data and is never run. Every page is a `WebPage` with its `BreadcrumbList`; the home page has the `WebSite` and its
//! search; a notice is `Legislation`, a schedule a `GovernmentService`, a list a `Dataset`, a window an `Event`. What the
//! text does not give is left out. The text itself is not repeated.

use serde_json::{Map, Value, json};

use super::data::Views;
use super::view::{DatasetView, Link};
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::model::{
    Bound, BoundKind, Document, DocumentId, Kind, Notice, Place, Schedule, Site, Window,
};

/// What the head of the page says already.
#[derive(Debug)]
pub struct Head<'a> {
    pub base_url: &'a str,
    pub title: &'a str,
    pub description: &'a str,
    pub canonical: &'a str,
    pub crumbs: &'a [Link],
}

impl Head<'_> {
    /// Name of the thing that the page is about.
    pub fn own(&self) -> String {
        format!("{}#main", self.canonical)
    }

    /// The whole address of a site path.
    pub fn address(&self, path: &str) -> String {
        routes::canonical(self.base_url, path)
    }

    fn breadcrumb(&self) -> Value {
        let here = Link {
            url: String::new(),
            text: self.title.to_owned(),
        };
        let items: Vec<Value> = self
            .crumbs
            .iter()
            .chain([&here])
            .enumerate()
            .map(|(i, crumb)| {
                let address = match crumb.url.as_str() {
                    "" => self.canonical.to_owned(),
                    url => self.address(url),
                };
                json!({"@type": "ListItem", "position": i + 1, "name": crumb.text, "item": address})
            })
            .collect();
        json!({"@type": "BreadcrumbList", "itemListElement": items})
    }
}

/// The block.
pub fn script(graph: Graph) -> String {
    let graph = graph.done();
    let data = json!({"@context": "https://schema.org", "@graph": graph}).to_string();
    // No text can leave the element.
    let data = data.replace('<', "\\u003c");
    format!("<script type=\"application/ld+json\">{data}</script>")
}

/// A page, and the things that it is about.
pub struct Graph {
    page: Node,
    own: String,
    things: Vec<Value>,
}

impl Graph {
    /// A page of a type of schema.org.
    pub fn page(kind: &str, head: &Head) -> Self {
        let page = Node::new(kind)
            .with("@id", head.canonical)
            .with("url", head.canonical)
            .with("name", head.title)
            .with("description", head.description)
            .with("inLanguage", "zh-CN")
            .with(
                "isPartOf",
                json!({"@id": format!("{}#website", head.base_url)}),
            );
        Self {
            page: if head.crumbs.is_empty() {
                page
            } else {
                page.with("breadcrumb", head.breadcrumb())
            },
            own: head.own(),
            things: Vec::new(),
        }
    }

    /// A property of the page.
    pub fn with(self, property: &str, value: impl Into<Value>) -> Self {
        Self {
            page: self.page.with(property, value),
            ..self
        }
    }

    /// A property of the page, if there is one.
    pub fn maybe(self, property: &str, value: Option<impl Into<Value>>) -> Self {
        Self {
            page: self.page.maybe(property, value),
            ..self
        }
    }

    /// The page is about the thing whose `@id` is [`Head::own`].
    pub fn main_entity(self) -> Self {
        let own = json!({"@id": self.own});
        self.with("mainEntity", own)
    }

    /// One thing more.
    pub fn and(mut self, thing: Value) -> Self {
        self.things.push(thing);
        self
    }

    /// One thing more, if there is one.
    pub fn maybe_and(self, thing: Option<Value>) -> Self {
        self.extend(thing)
    }

    /// More things.
    pub fn extend(mut self, things: impl IntoIterator<Item = Value>) -> Self {
        self.things.extend(things);
        self
    }

    fn done(self) -> Vec<Value> {
        [self.page.done()].into_iter().chain(self.things).collect()
    }
}

/// An object of the graph in the making.
pub struct Node(Map<String, Value>);

impl Node {
    /// A node of a type.
    pub fn new(kind: &str) -> Self {
        let mut map = Map::new();
        map.insert("@type".into(), kind.into());
        Self(map)
    }

    /// Adds a property.
    pub fn with(mut self, property: &str, value: impl Into<Value>) -> Self {
        self.0.insert(property.into(), value.into());
        self
    }

    /// Adds a property if it has a value.
    pub fn maybe(self, property: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(property, value),
            None => self,
        }
    }

    /// Nothing for none, the thing itself for one.
    pub fn list(self, property: &str, mut values: Vec<Value>) -> Self {
        match values.len() {
            0 => self,
            1 => self.with(property, values.remove(0)),
            _ => self.with(property, values),
        }
    }

    /// The node as JSON.
    pub fn done(self) -> Value {
        Value::Object(self.0)
    }
}

/// The whole site.
pub fn site(site: &Site) -> Value {
    let base = &site.base_url;
    let publisher = site
        .operator
        .as_ref()
        .map(|name| json!({"@type": "Organization", "name": name}));
    let search = json!({
        "@type": "SearchAction",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": format!("{base}search/index.html?q={{search_term_string}}"),
        },
        "query-input": "required name=search_term_string",
    });
    Node::new("WebSite")
        .with("@id", format!("{base}#website"))
        .with("url", &**base)
        .with("name", site.title.as_str())
        .with("alternateName", site.short.as_str())
        .with("description", site.tagline.as_str())
        .with("inLanguage", "zh-CN")
        .maybe("publisher", publisher)
        .with("potentialAction", search)
        .done()
}

fn address(facts: &Facts, path: &str) -> String {
    routes::canonical(&facts.site().base_url, path)
}

/// A place; `whole`: with its code and what it lies in.
pub fn area(facts: &Facts, place: Place, whole: bool) -> Value {
    let regions = &facts.regions();
    let url = facts.place_page(place).map(|page| address(facts, &page));
    let node = Node::new("AdministrativeArea")
        .with("name", facts.place_link(place).text)
        .maybe("url", url);
    if !whole {
        return node.done();
    }
    let code = match place {
        Place::Country => None,
        Place::Province(i) => Some(&regions.provinces[i].code),
        Place::Prefecture(i) => Some(&regions.prefectures[i].code),
        Place::Unit(i) => Some(&regions.units[i].id),
    }
    .filter(|code| code.bytes().all(|b| b.is_ascii_digit()));
    let within = regions
        .chain(place)
        .into_iter()
        .skip(1)
        .find(|wider| match wider {
            Place::Prefecture(i) => !regions.prefectures[*i].is_heading(),
            _ => true,
        })
        .filter(|wider| *wider != Place::Country)
        .map(|wider| area(facts, wider, true));
    node.maybe("identifier", code.map(String::as_str))
        .maybe("containedInPlace", within)
        .done()
}

/// Offices and banks alike: the text does not say of what kind an issuer is.
pub fn organizations(names: &[String]) -> Vec<Value> {
    names
        .iter()
        .map(|name| json!({"@type": "Organization", "name": name}))
        .collect()
}

/// The topics of a document, as things.
pub fn topics(facts: &Facts, document: &Document) -> Vec<Value> {
    let topics = document.topics.iter();
    topics
        .map(|&topic| facts.topic(topic).name.as_str().into())
        .collect()
}

/// The notice that a data file was made from.
fn basis<'a>(facts: &Facts<'a>, index: DocumentId) -> Option<(Value, &'a Notice)> {
    let source = facts.document(index).kind.source()?.value;
    let Kind::Notice(notice) = &facts.document(source).kind else {
        return None;
    };
    let node = Node::new("Legislation")
        .with("name", facts.document(source).title.value.as_str())
        .with("url", address(facts, &routes::document(facts, source)))
        .maybe(
            "legislationIdentifier",
            notice.number.as_ref().map(|n| n.value.as_str()),
        );
    Some((node.done(), notice))
}

/// The dataset that a list is.
pub fn list_dataset(data: &Views, head: &Head, index: DocumentId) -> Value {
    let facts = data.facts;
    let document = facts.document(index);
    let (basis, issuers) = match basis(facts, index) {
        Some((basis, notice)) => (Some(basis), organizations(&notice.issuers)),
        None => (None, Vec::new()),
    };
    Node::new("Dataset")
        .with("@id", head.own())
        .with("url", head.canonical)
        .with("name", document.title.value.as_str())
        .with("description", head.description)
        .with("inLanguage", "zh-CN")
        .with("isAccessibleForFree", true)
        .maybe("temporalCoverage", document.year().map(|y| y.to_string()))
        .maybe(
            "spatialCoverage",
            document.place.map(|place| area(facts, place, false)),
        )
        .list("creator", issuers)
        .list("keywords", topics(facts, document))
        .maybe("isBasedOn", basis)
        .list("distribution", downloads(data, head, index))
        .done()
}

/// The files of a list.
fn downloads(data: &Views, head: &Head, index: DocumentId) -> Vec<Value> {
    let set = data.tables.of_document(index);
    set.map_or_else(Vec::new, |set| files(&data.view(set), head))
}

fn files(set: &DatasetView, head: &Head) -> Vec<Value> {
    set.resources
        .iter()
        .flat_map(|table| table.files.iter().map(move |file| (table, file)))
        .map(|(table, file)| {
            json!({
                "@type": "DataDownload",
                "name": table.title,
                "encodingFormat": file.media,
                "contentUrl": head.address(&file.url),
            })
        })
        .collect()
}

/// A dataset that is made from all documents.
pub fn site_dataset(set: &DatasetView, head: &Head) -> Value {
    Node::new("Dataset")
        .with("@id", head.own())
        .with("url", head.canonical)
        .with("name", set.page.text.as_str())
        .with("description", set.about.as_str())
        .with("inLanguage", "zh-CN")
        .with("isAccessibleForFree", true)
        .list("distribution", files(set, head))
        .done()
}

/// The largest number of datasets in the catalogue: those of the site, and as many lists as the page shows.
const MOST_DATASETS: usize = routes::PER_PAGE + 7;

/// The datasets by name; what they are is said on their pages.
pub fn catalog(data: &Views, head: &Head) -> Value {
    let named = data.all().take(MOST_DATASETS);
    let sets = named.map(|set| {
        Node::new("Dataset")
            .with("name", set.page.text)
            .with("description", set.about)
            .with("url", head.address(&set.page.url))
            .done()
    });
    Node::new("DataCatalog")
        .with("@id", head.own())
        .with("url", head.canonical)
        .with("name", head.title)
        .with("description", head.description)
        .list("dataset", sets.collect())
        .done()
}

/// What a county offers by its schedule.
pub fn service(facts: &Facts, index: DocumentId) -> Option<Value> {
    let document = facts.document(index);
    let Kind::Schedule(schedule) = &document.kind else {
        return None;
    };
    let page = address(facts, &routes::document(facts, index));
    let what = document.windows.iter().map(|w| json!(w.what)).collect();
    let (basis, issuers) = match basis(facts, index) {
        Some((basis, notice)) => (Some(basis), organizations(&notice.issuers)),
        None => (None, Vec::new()),
    };
    let service = Node::new("GovernmentService")
        .with("@id", format!("{page}#main"))
        .with("url", page)
        .with("name", document.title.value.as_str())
        .list("serviceType", what)
        .maybe(
            "areaServed",
            document.place.map(|place| area(facts, place, false)),
        )
        .list("provider", issuers)
        .list("availableChannel", channels(document, schedule))
        .maybe("subjectOf", basis);
    Some(service.done())
}

/// Where, and whom to call.
fn channels(document: &Document, schedule: &Schedule) -> Vec<Value> {
    let venues = schedule.venues.iter().map(|venue| {
        let place = json!({"@type": "Place", "name": venue.what});
        json!({"@type": "ServiceChannel", "serviceLocation": place})
    });
    let phones = document.contacts.iter().filter_map(|contact| {
        let phone = contact.phone.as_ref()?;
        let point = json!({"@type": "ContactPoint", "name": contact.office, "telephone": phone});
        Some(json!({"@type": "ServiceChannel", "servicePhone": point}))
    });
    venues.chain(phones).collect()
}

/// The windows of a document.
pub fn events(facts: &Facts, index: DocumentId) -> Vec<Value> {
    let document = facts.document(index);
    let windows = document.windows.iter();
    windows
        .filter_map(|window| event(facts, document, window))
        .collect()
}

/// A window. A floor is not an end and a ceiling is not a start: such a day is left out.
fn event(facts: &Facts, document: &Document, window: &Window) -> Option<Value> {
    let exact = |bound: Option<&Bound>| {
        bound
            .filter(|bound| bound.kind == BoundKind::Exact)
            .and_then(Bound::day)
            .map(|day| day.to_string())
    };
    let from = exact(window.from.as_ref().map(|b| &b.value));
    let until = exact(window.until.as_ref().map(|b| &b.value));
    let ended = window.ending.map(|ending| ending.since.to_string());
    // Days as they are written sort as days do.
    let is_cancelled = ended.as_ref().is_some_and(|ended| {
        let first = from.as_ref().or(until.as_ref());
        first.is_some_and(|first| first >= ended)
    });
    if from.is_none() && until.is_none() {
        return None;
    }
    let place = document.place.map(|place| area(facts, place, false));
    let name = match document.place {
        Some(place) => format!("{} {}", facts.place_link(place).text, window.what),
        None => window.what.clone(),
    };
    let url = facts.cite(&window.cite).url;
    let event = Node::new("Event")
        .with("name", name)
        .maybe("startDate", from)
        .maybe("endDate", until)
        .maybe(
            "eventStatus",
            is_cancelled.then_some("https://schema.org/EventCancelled"),
        )
        .maybe("location", place)
        .maybe(
            "description",
            window.who.as_ref().map(|who| format!("适用：{who}")),
        )
        .with("url", format!("{}{url}", facts.site().base_url));
    Some(event.done())
}
