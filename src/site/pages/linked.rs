//! What a page says to machines: one block of JSON-LD in the words of schema.org.
//!
//! Comes in: the atlas, the job, the head of the page. Goes out: a finished `<script type="application/ld+json">`, which is
//! data and is never run. Every page is a `WebPage` with its `BreadcrumbList`; the home page has the `WebSite` and its
//! search; a notice is `Legislation`, a schedule a `GovernmentService`, a list a `Dataset`, a window an `Event`. What the
//! text does not give is left out; the text itself is not repeated.

use serde_json::{Map, Value, json};

use super::atlas::Atlas;
use super::data::{DatasetView, Shelf};
use super::plan::JobKind;
use super::routes;
use super::view::Link;
use crate::model::{Bound, BoundKind, Document, DocumentId, Kind, Notice, Place, Schedule, Window};

/// What the head of the page says already.
#[derive(Debug)]
pub struct Head<'a> {
    pub title: &'a str,
    pub description: &'a str,
    pub canonical: &'a str,
    pub crumbs: &'a [Link],
}

/// The block; empty for pages that are to be found by nobody.
pub fn script(atlas: &Atlas, shelf: &dyn Shelf, kind: &JobKind, head: &Head) -> String {
    if !kind.is_listed() {
        return String::new();
    }
    let linked = Linked { atlas, shelf, head };
    let (page, mut graph) = linked.page(kind);
    graph.insert(0, page.done());
    let data = json!({"@context": "https://schema.org", "@graph": graph}).to_string();
    // No text can leave the element.
    let data = data.replace('<', "\\u003c");
    format!("<script type=\"application/ld+json\">{data}</script>")
}

/// An object of the graph in the making.
struct Node(Map<String, Value>);

impl Node {
    fn new(kind: &str) -> Self {
        let mut map = Map::new();
        map.insert("@type".into(), kind.into());
        Self(map)
    }

    fn with(mut self, property: &str, value: impl Into<Value>) -> Self {
        self.0.insert(property.into(), value.into());
        self
    }

    fn maybe(self, property: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(property, value),
            None => self,
        }
    }

    /// Nothing for none, the thing itself for one.
    fn list(self, property: &str, mut values: Vec<Value>) -> Self {
        match values.len() {
            0 => self,
            1 => self.with(property, values.remove(0)),
            _ => self.with(property, values),
        }
    }

    fn done(self) -> Value {
        Value::Object(self.0)
    }
}

struct Linked<'a> {
    atlas: &'a Atlas<'a>,
    shelf: &'a dyn Shelf,
    head: &'a Head<'a>,
}

impl Linked<'_> {
    /// The page, and the things that it is about.
    fn page(&self, kind: &JobKind) -> (Node, Vec<Value>) {
        let base = &self.atlas.model.site.base_url;
        let site = json!({"@id": format!("{base}#website")});
        let node = |kind| {
            let page = Node::new(kind)
                .with("@id", self.head.canonical)
                .with("url", self.head.canonical)
                .with("name", self.head.title)
                .with("description", self.head.description)
                .with("inLanguage", "zh-CN")
                .with("isPartOf", site.clone());
            if self.head.crumbs.is_empty() {
                page
            } else {
                page.with("breadcrumb", self.breadcrumb())
            }
        };
        match kind {
            JobKind::Home => (node("WebPage"), vec![self.site()]),
            JobKind::Search => (node("SearchResultsPage"), Vec::new()),
            JobKind::Document(index) => {
                let document = &self.atlas.model.documents[*index];
                let checked = document.checked.as_ref().map(|c| c.on.to_string());
                let main = json!({"@id": self.own()});
                (
                    node("WebPage")
                        .maybe("lastReviewed", checked)
                        .with("mainEntity", main),
                    self.document(*index, document),
                )
            }
            JobKind::Unit(unit) => {
                let area = self.area(Place::Unit(*unit), true);
                let mut graph = Vec::new();
                if let Some(facts) = self.atlas.units.get(unit) {
                    if let Some(&index) = facts.schedules.first() {
                        let document = &self.atlas.model.documents[index];
                        graph.extend(self.service(index, document));
                    }
                    for &index in facts.schedules.iter().chain(&facts.notices) {
                        graph.extend(self.events(index));
                    }
                }
                (node("WebPage").with("about", area), graph)
            }
            JobKind::Place(place) => (
                node("CollectionPage").with("about", self.area(*place, true)),
                Vec::new(),
            ),
            JobKind::DataIndex => {
                let main = json!({"@id": self.own()});
                (
                    node("CollectionPage").with("mainEntity", main),
                    vec![self.catalog()],
                )
            }
            JobKind::Data(_) => {
                let mut sets = self.shelf.datasets().into_iter();
                match sets.find(|set| self.address(&set.page.url) == self.head.canonical) {
                    Some(set) => {
                        let main = json!({"@id": self.own()});
                        let set = self.whole_site(&set);
                        (node("WebPage").with("mainEntity", main), vec![set])
                    }
                    // A further page of a table: rows, and nothing new to say.
                    None => (node("CollectionPage"), Vec::new()),
                }
            }
            JobKind::Check(index) => {
                let checked = &self.atlas.checks[*index].check.checked;
                let checked = checked.as_ref().map(|c| c.on.to_string());
                (node("WebPage").maybe("lastReviewed", checked), Vec::new())
            }
            JobKind::Rules(_) | JobKind::Text(_) => (node("WebPage"), Vec::new()),
            _ => (node("CollectionPage"), Vec::new()),
        }
    }

    /// Name of the thing that the page is about.
    fn own(&self) -> String {
        format!("{}#main", self.head.canonical)
    }

    fn address(&self, path: &str) -> String {
        routes::canonical(&self.atlas.model.site.base_url, path)
    }

    fn breadcrumb(&self) -> Value {
        let here = Link {
            url: String::new(),
            text: self.head.title.to_owned(),
        };
        let items: Vec<Value> = self
            .head
            .crumbs
            .iter()
            .chain([&here])
            .enumerate()
            .map(|(i, crumb)| {
                let address = match crumb.url.as_str() {
                    "" => self.head.canonical.to_owned(),
                    url => self.address(url),
                };
                json!({"@type": "ListItem", "position": i + 1, "name": crumb.text, "item": address})
            })
            .collect();
        json!({"@type": "BreadcrumbList", "itemListElement": items})
    }

    fn site(&self) -> Value {
        let site = &self.atlas.model.site;
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
            .with("url", base.as_str())
            .with("name", site.title.as_str())
            .with("alternateName", site.short.as_str())
            .with("description", site.tagline.as_str())
            .with("inLanguage", "zh-CN")
            .maybe("publisher", publisher)
            .with("potentialAction", search)
            .done()
    }

    /// A place; `whole`: with its code and what it lies in.
    fn area(&self, place: Place, whole: bool) -> Value {
        let regions = &self.atlas.model.regions;
        let link = self.atlas.place_link(place);
        let url = (!link.url.is_empty()).then(|| self.address(&link.url));
        let area = Node::new("AdministrativeArea")
            .with("name", link.text)
            .maybe("url", url);
        if !whole {
            return area.done();
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
            .map(|wider| self.area(wider, true));
        area.maybe("identifier", code.map(String::as_str))
            .maybe("containedInPlace", within)
            .done()
    }

    fn document(&self, index: DocumentId, document: &Document) -> Vec<Value> {
        match &document.kind {
            Kind::Notice(notice) => {
                let mut graph = vec![self.notice(index, document, notice)];
                graph.extend(self.events(index));
                graph
            }
            Kind::Schedule(_) => {
                let mut graph: Vec<Value> = self.service(index, document).into_iter().collect();
                graph.extend(self.events(index));
                graph
            }
            Kind::Pilots(_) | Kind::Assessment(_) => vec![self.dataset(index, document)],
        }
    }

    /// Offices and banks alike: the text does not say of what kind an issuer is.
    fn issuers(names: &[String]) -> Vec<Value> {
        names
            .iter()
            .map(|name| json!({"@type": "Organization", "name": name}))
            .collect()
    }

    fn topics(&self, document: &Document) -> Vec<Value> {
        let topics = document.topics.iter();
        topics
            .map(|&topic| self.atlas.model.topics[topic].name.as_str().into())
            .collect()
    }

    fn notice(&self, index: DocumentId, document: &Document, notice: &Notice) -> Value {
        let model = self.atlas.model;
        let place = document.place.map(|place| self.area(place, false));
        // Only what the document's own terms say; the others are not declared in force by us.
        let force = match self.atlas.document_state(document).code {
            "in-force" => Some("https://schema.org/InForce"),
            "closed" | "upcoming" => Some("https://schema.org/NotInForce"),
            _ => None,
        };
        let citations = notice.cites.iter().map(|cited| {
            let target = cited.notice.as_ref();
            let url = target.map(|target| self.address(&routes::document(model, target.value)));
            Node::new("Legislation")
                .with("name", cited.title.value.as_str())
                .maybe(
                    "legislationIdentifier",
                    cited.number.as_ref().map(|n| n.value.as_str()),
                )
                .maybe("url", url)
                .done()
        });
        let made = self.atlas.made_from.get(&index).into_iter().flatten();
        let made = made.map(|&data| json!(self.address(&routes::document(model, data))));
        Node::new("Legislation")
            .with("@id", self.own())
            .with("url", self.head.canonical)
            .with("name", document.title.value.as_str())
            .with("inLanguage", "zh-CN")
            .maybe(
                "legislationIdentifier",
                notice.number.as_ref().map(|n| n.value.as_str()),
            )
            .maybe("legislationType", notice.genre.map(|g| g.text()))
            .maybe("legislationDate", notice.issued.map(|d| d.to_string()))
            .maybe("datePublished", notice.published.map(|d| d.to_string()))
            .maybe(
                "legislationDateOfApplicability",
                notice.in_force.map(|d| d.to_string()),
            )
            .maybe("expires", notice.expires.map(|d| d.to_string()))
            .maybe("legislationLegalForce", force)
            .list("legislationPassedBy", Self::issuers(&notice.issuers))
            .maybe("legislationJurisdiction", place)
            .list("keywords", self.topics(document))
            .list("citation", citations.collect())
            .list("workExample", made.collect())
            .done()
    }

    /// The notice that a data file was made from.
    fn basis(&self, index: DocumentId) -> Option<(Value, &Notice)> {
        let model = self.atlas.model;
        let source = model.documents[index].kind.source()?.value;
        let Kind::Notice(notice) = &model.documents[source].kind else {
            return None;
        };
        let node = Node::new("Legislation")
            .with("name", model.documents[source].title.value.as_str())
            .with("url", self.address(&routes::document(model, source)))
            .maybe(
                "legislationIdentifier",
                notice.number.as_ref().map(|n| n.value.as_str()),
            );
        Some((node.done(), notice))
    }

    fn dataset(&self, index: DocumentId, document: &Document) -> Value {
        let (basis, issuers) = match self.basis(index) {
            Some((basis, notice)) => (Some(basis), Self::issuers(&notice.issuers)),
            None => (None, Vec::new()),
        };
        Node::new("Dataset")
            .with("@id", self.own())
            .with("url", self.head.canonical)
            .with("name", document.title.value.as_str())
            .with("description", self.head.description)
            .with("inLanguage", "zh-CN")
            .with("isAccessibleForFree", true)
            .maybe("temporalCoverage", document.year().map(|y| y.to_string()))
            .maybe(
                "spatialCoverage",
                document.place.map(|place| self.area(place, false)),
            )
            .list("creator", issuers)
            .list("keywords", self.topics(document))
            .maybe("isBasedOn", basis)
            .list("distribution", self.downloads(index))
            .done()
    }

    /// The files of a list.
    fn downloads(&self, index: DocumentId) -> Vec<Value> {
        let set = self.shelf.of_document(index);
        set.map_or_else(Vec::new, |set| self.files(&set))
    }

    fn files(&self, set: &DatasetView) -> Vec<Value> {
        set.resources
            .iter()
            .flat_map(|table| table.files.iter().map(move |file| (table, file)))
            .map(|(table, file)| {
                json!({
                    "@type": "DataDownload",
                    "name": table.title,
                    "encodingFormat": file.media,
                    "contentUrl": self.address(&file.url),
                })
            })
            .collect()
    }

    /// A dataset that is made from all documents.
    fn whole_site(&self, set: &DatasetView) -> Value {
        Node::new("Dataset")
            .with("@id", self.own())
            .with("url", self.head.canonical)
            .with("name", set.page.text.as_str())
            .with("description", set.about.as_str())
            .with("inLanguage", "zh-CN")
            .with("isAccessibleForFree", true)
            .list("distribution", self.files(set))
            .done()
    }

    /// All datasets by name; what they are is said on their pages.
    fn catalog(&self) -> Value {
        let sets = self.shelf.datasets().into_iter().map(|set| {
            Node::new("Dataset")
                .with("name", set.page.text)
                .with("description", set.about)
                .with("url", self.address(&set.page.url))
                .done()
        });
        Node::new("DataCatalog")
            .with("@id", self.own())
            .with("url", self.head.canonical)
            .with("name", self.head.title)
            .with("description", self.head.description)
            .list("dataset", sets.collect())
            .done()
    }

    fn service(&self, index: DocumentId, document: &Document) -> Option<Value> {
        let Kind::Schedule(schedule) = &document.kind else {
            return None;
        };
        let page = self.address(&routes::document(self.atlas.model, index));
        let what = document.windows.iter().map(|w| json!(w.what)).collect();
        let (basis, issuers) = match self.basis(index) {
            Some((basis, notice)) => (Some(basis), Self::issuers(&notice.issuers)),
            None => (None, Vec::new()),
        };
        let service = Node::new("GovernmentService")
            .with("@id", format!("{page}#main"))
            .with("url", page)
            .with("name", document.title.value.as_str())
            .list("serviceType", what)
            .maybe(
                "areaServed",
                document.place.map(|place| self.area(place, false)),
            )
            .list("provider", issuers)
            .list("availableChannel", Self::channels(document, schedule))
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
            let point =
                json!({"@type": "ContactPoint", "name": contact.office, "telephone": phone});
            Some(json!({"@type": "ServiceChannel", "servicePhone": point}))
        });
        venues.chain(phones).collect()
    }

    fn events(&self, index: DocumentId) -> Vec<Value> {
        let document = &self.atlas.model.documents[index];
        let windows = document.windows.iter();
        windows
            .filter_map(|window| self.event(document, window))
            .collect()
    }

    /// A window. A floor is no end and a ceiling no start: such a day is left out.
    fn event(&self, document: &Document, window: &Window) -> Option<Value> {
        let exact = |bound: Option<&Bound>| {
            bound
                .filter(|bound| bound.kind == BoundKind::Exact)
                .and_then(Bound::day)
                .map(|day| day.to_string())
        };
        let from = exact(window.from.as_ref().map(|b| &b.value));
        let until = exact(window.until.as_ref().map(|b| &b.value));
        if from.is_none() && until.is_none() {
            return None;
        }
        let place = document.place.map(|place| self.area(place, false));
        let name = match document.place {
            Some(place) => format!("{} {}", self.atlas.place_link(place).text, window.what),
            None => window.what.clone(),
        };
        let url = self.atlas.cite(&window.cite).url;
        let event = Node::new("Event")
            .with("name", name)
            .maybe("startDate", from)
            .maybe("endDate", until)
            .maybe("location", place)
            .maybe(
                "description",
                window.who.as_ref().map(|who| format!("适用：{who}")),
            )
            .with("url", format!("{}{url}", self.atlas.model.site.base_url));
        Some(event.done())
    }
}
