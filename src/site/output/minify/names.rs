//! What the minifier knows of an element by its name.
//!
//! Comes in: the tables of `minify-html`, so that both read the same ones. Goes out: a [`Name`] for each element that
//! themes and our code use.

use std::sync::LazyLock;

use minify_html_common::spec::tag::ns::Namespace;
use minify_html_common::spec::tag::omission::{can_omit_as_before, can_omit_as_last_node};
use minify_html_common::spec::tag::void::VOID_TAGS;
use minify_html_common::spec::tag::whitespace::{
    WhitespaceMinification, get_whitespace_minification_for_tag,
};
use rustc_hash::FxHashMap;

/// The elements that are minified here. A page with another one is left to `minify-html`.
const NAMES: [&str; 95] = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "base",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "circle",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "defs",
    "del",
    "desc",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "g",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "legend",
    "li",
    "line",
    "link",
    "main",
    "mark",
    "meta",
    "nav",
    "noscript",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "path",
    "pattern",
    "polygon",
    "pre",
    "q",
    "rect",
    "rt",
    "ruby",
    "s",
    "script",
    "section",
    "select",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "text",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "tspan",
    "ul",
    "use",
];

/// An element by its name.
pub(super) struct Name {
    pub(super) text: &'static str,
    /// It has neither content nor an end tag.
    pub(super) is_void: bool,
    /// Its end tag may be left out, so that other tags can end it.
    pub(super) may_end_early: bool,
    number: usize,
    /// The names of the elements that end it, by their numbers.
    ended_by: Vec<bool>,
    in_html: &'static WhitespaceMinification,
    in_svg: &'static WhitespaceMinification,
}

static TABLE: LazyLock<(Vec<Name>, FxHashMap<&'static [u8], usize>)> = LazyLock::new(|| {
    let space = |ns, text: &str| get_whitespace_minification_for_tag(ns, text.as_bytes(), false);
    let row = |(number, text): (usize, &&'static str)| {
        let name = text.as_bytes();
        let ended_by: Vec<bool> = NAMES
            .iter()
            .map(|next| can_omit_as_before(name, next.as_bytes()))
            .collect();
        Name {
            text,
            is_void: VOID_TAGS.contains(name),
            may_end_early: can_omit_as_last_node(b"", name) || ended_by.contains(&true),
            number,
            ended_by,
            in_html: space(Namespace::Html, text),
            in_svg: space(Namespace::Svg, text),
        }
    };
    let names: Vec<Name> = NAMES.iter().enumerate().map(row).collect();
    let numbers = names.iter().map(|name| (name.text.as_bytes(), name.number));
    let numbers = numbers.collect();
    (names, numbers)
});

impl Name {
    /// The element of this name, in lower case.
    pub(super) fn of(text: &[u8]) -> Option<&'static Self> {
        let (names, numbers) = &*TABLE;
        numbers.get(text).map(|number| &names[*number])
    }

    /// Whether the start tag of `next` ends this element.
    pub(super) fn is_ended_by(&self, next: &Self) -> bool {
        self.ended_by[next.number]
    }

    /// What becomes of spaces directly in it.
    pub(super) fn space(&self, ns: Namespace, in_pre: bool) -> &'static WhitespaceMinification {
        match ns {
            Namespace::Html if in_pre => {
                get_whitespace_minification_for_tag(ns, self.text.as_bytes(), true)
            }
            Namespace::Html => self.in_html,
            Namespace::Svg => self.in_svg,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_once() {
        for name in NAMES {
            assert_eq!(Name::of(name.as_bytes()).map(|name| name.text), Some(name));
        }
        assert!(Name::of(b"marquee").is_none());
        assert_eq!(TABLE.1.len(), NAMES.len());
    }
}
