//! The elements of a web page.
//!
//! Comes in: the text of a page. Goes out: [`Page`], a tree without scripts, and the element that has most of its words. Elements that
//! are never closed end where browsers end them, as far as official pages need it.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

use crate::words::bare;

/// What an element contains, in order.
#[derive(Debug, Clone)]
pub(super) enum Child {
    Text(String),
    Element(usize),
}

/// Which part of a page an element seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Document,
    /// Its name is that of the head of a page, or of a document.
    Perhaps,
    Around,
}

/// An element.
#[derive(Debug, Clone, Default)]
pub(super) struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Child>,
}

impl Element {
    /// The value of an attribute; empty if it has none.
    pub fn attribute(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value)
    }

    /// Whether a browser does not show it.
    pub fn is_hidden(&self) -> bool {
        let style: String = bare(self.attribute("style"))
            .collect::<String>()
            .to_ascii_lowercase();
        style.contains("display:none")
            || style.contains("visibility:hidden")
            || self.attributes.iter().any(|(key, _)| key == "hidden")
    }

    /// What its class or id says of it, if that is a part of a page around a document.
    pub fn part(&self) -> Part {
        const AROUND: [&str; 26] = [
            "nav",
            "navbar",
            "menu",
            "submenu",
            "footer",
            "crumb",
            "crumbs",
            "breadcrumb",
            "position",
            "location",
            "dqwz",
            "weizhi",
            "related",
            "xgxx",
            "xgwz",
            "xgnr",
            "share",
            "bshare",
            "bdshare",
            "copyright",
            "sidebar",
            "friendlink",
            "yqlj",
            "toolbar",
            "search",
            "pagination",
        ];
        const PERHAPS: [&str; 7] = ["header", "head", "top", "foot", "bottom", "banner", "side"];
        let mut part = Part::Document;
        for value in [self.attribute("class"), self.attribute("id")] {
            let lower = value.to_ascii_lowercase();
            for word in lower.split(|c: char| !c.is_ascii_alphanumeric()) {
                if AROUND.contains(&word) || word.ends_with("footer") || word.ends_with("nav") {
                    return Part::Around;
                }
                if PERHAPS.contains(&word) {
                    part = Part::Perhaps;
                }
            }
        }
        part
    }

    /// Whether programs of government sites write documents into it.
    fn is_of_document(&self) -> bool {
        const NAMES: [&str; 12] = [
            "trs_editor",
            "trs_ueditor",
            "ucap-content",
            "v_news_content",
            "wp_articlecontent",
            "pages_content",
            "article-content",
            "article_content",
            "articlecontent",
            "news_content",
            "articlebody",
            "zoom",
        ];
        let value = ["class", "id", "itemprop"].map(|key| self.attribute(key).to_ascii_lowercase());
        let mut names = value
            .iter()
            .flat_map(|value| value.split_ascii_whitespace());
        names.any(|name| NAMES.contains(&name))
    }

    /// Whether it has no words of a document.
    pub fn is_machinery(&self) -> bool {
        matches!(
            self.name.as_str(),
            "script"
                | "style"
                | "noscript"
                | "template"
                | "iframe"
                | "select"
                | "svg"
                | "object"
                | "head"
                | "textarea"
        )
    }
}

/// A page: its elements, the root first.
#[derive(Debug)]
pub(super) struct Page {
    pub elements: Vec<Element>,
}

/// Deeper elements belong to the one at this depth.
const DEEPEST: usize = 200;

impl Page {
    /// Reads a page.
    pub fn parse(text: &str) -> Self {
        let mut page = Self {
            elements: vec![Element::default()],
        };
        let mut open: Vec<usize> = vec![0];
        let mut emitter = DefaultEmitter::<()>::default();
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(text, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => {
                    let name = words(&tag.name);
                    page.close_before(&mut open, &name);
                    let attributes = tag.attributes.iter();
                    let attributes =
                        attributes.map(|(key, value)| (words(key), words(&value.value)));
                    let attributes = attributes.collect();
                    let is_void = tag.self_closing || is_void(&name);
                    let at = page.push(&open, name, attributes);
                    if !is_void && open.len() < DEEPEST {
                        open.push(at);
                    }
                }
                Token::EndTag(tag) => {
                    let name = words(&tag.name);
                    let found = open.iter().rposition(|&i| page.elements[i].name == name);
                    if let Some(found) = found.filter(|found| *found > 0) {
                        open.truncate(found);
                    }
                }
                Token::String(text) => {
                    if let Some(&last) = open.last() {
                        page.elements[last].children.push(Child::Text(words(&text)));
                    }
                }
                _ => {}
            }
        }
        page
    }

    fn push(&mut self, open: &[usize], name: String, attributes: Vec<(String, String)>) -> usize {
        let at = self.elements.len();
        self.elements.push(Element {
            name,
            attributes,
            children: Vec::new(),
        });
        if let Some(&last) = open.last() {
            self.elements[last].children.push(Child::Element(at));
        }
        at
    }

    /// Ends the elements that this one cannot be in.
    fn close_before(&self, open: &mut Vec<usize>, name: &str) {
        let (ends, within): (&[&str], &[&str]) = match name {
            "li" => (&["li", "p"], &["ul", "ol"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr", "td", "th"], &["table"]),
            "option" => (&["option"], &["select"]),
            "p" | "div" | "table" | "ul" | "ol" | "h1" | "h2" | "h3" | "h4" | "blockquote"
            | "section" | "article" => (&["p"], &["td", "th", "li", "div", "table"]),
            _ => return,
        };
        let names = open.iter().map(|&i| self.elements[i].name.as_str());
        let limit = names.clone().rposition(|name| within.contains(&name));
        let first = names
            .enumerate()
            .skip(limit.map_or(0, |limit| limit + 1))
            .find(|(_, name)| ends.contains(name));
        if let Some((first, _)) = first {
            open.truncate(first);
        }
    }

    /// All words of an element that a reader sees; those of links only if `links`.
    pub fn text(&self, at: usize, links: bool, out: &mut String) {
        let element = &self.elements[at];
        if element.is_machinery() || element.is_hidden() || element.name == "a" && !links {
            return;
        }
        for child in &element.children {
            match child {
                Child::Text(text) => out.push_str(text),
                Child::Element(child) => {
                    self.text(*child, links, out);
                    out.push(' ');
                }
            }
        }
    }

    /// The innermost element that has at least three quarters of the words of the one around it, without links and what is around
    /// documents; the one that programs name, if that element has more than twice its words.
    pub fn main_part(&self) -> usize {
        // An element comes after the one that it is in.
        let mut counts = vec![0usize; self.elements.len()];
        for (at, element) in self.elements.iter().enumerate().rev() {
            // The title may be outside, and lists of links are navigation.
            let is_aside = matches!(
                element.name.as_str(),
                "a" | "h1" | "nav" | "footer" | "aside"
            );
            let is_aside = is_aside || element.part() != Part::Document;
            if element.is_machinery() || element.is_hidden() || is_aside {
                continue;
            }
            counts[at] = element
                .children
                .iter()
                .map(|child| match child {
                    Child::Text(text) => bare(text).count(),
                    Child::Element(child) => counts[*child],
                })
                .sum();
        }
        let mut at = 0;
        loop {
            let children = self.elements[at].children.iter();
            let children = children.filter_map(|child| match child {
                Child::Element(child) => Some((counts[*child], *child)),
                Child::Text(_) => None,
            });
            match children.max() {
                Some((most, child)) if most > 0 && most * 4 >= counts[at] * 3 => at = child,
                _ => break,
            }
        }
        let named = (0..self.elements.len()).filter(|&at| self.elements[at].is_of_document());
        let named = named.max_by_key(|&at| counts[at]);
        match named.filter(|&named| counts[named] > 0 && counts[named] * 2 < counts[at]) {
            Some(named) => named,
            None => at,
        }
    }

    /// The first element with a name, in the order of the page.
    pub fn first(&self, name: &str) -> Option<usize> {
        self.elements
            .iter()
            .position(|element| element.name == name && !element.is_hidden())
    }

    /// What a `meta` element says.
    pub fn meta(&self, name: &str) -> Option<&str> {
        let mut metas = self
            .elements
            .iter()
            .filter(|element| element.name == "meta");
        let found = metas.find(|meta| meta.attribute("name").eq_ignore_ascii_case(name))?;
        Some(found.attribute("content")).filter(|content| !content.trim().is_empty())
    }
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}
