//! Minifies a page in one pass, without a tree of it.
//!
//! Comes in: HTML as a theme and our code write it. Goes out: the bytes that `minify-html` writes for it, or nothing for a
//! page that has something unusual: a comment, an element that another tag ends, an unknown element. Steps, from one `<`
//! to the next: a text with its spaces -> a tag (`tags`). What a text is the last of is known only when its element ends:
//! its last space is then taken back.

use minify_html_common::spec::tag::ns::Namespace;
use minify_html_common::spec::tag::whitespace::{
    WhitespaceMinification, get_whitespace_minification_for_tag,
};

use super::super::attributes::{self, Attribute, Tag};
use super::names::Name;
use super::{Reader, is_space, reference, tags};

/// An element whose end has not been seen.
struct Open {
    /// Nothing for the page itself.
    name: Option<&'static Name>,
    ns: Namespace,
    in_pre: bool,
    space: &'static WhitespaceMinification,
    /// Whether a text or an element was seen in it.
    is_begun: bool,
    /// Where its last text begins in what is written, if no element follows it.
    last_text: Option<usize>,
}

/// How far the page is read, and what was written for it.
struct Walk<'a, 'r> {
    page: &'a str,
    at: usize,
    out: Vec<u8>,
    parts: Vec<Attribute<'a>>,
    reader: &'r mut dyn Reader,
    open: Vec<Open>,
    /// Which of `html`, `head` and `body` were seen: a second one would be ignored.
    seen: Vec<&'static str>,
}

/// The page in fewer bytes; nothing if only `minify-html` can say. Shows its start tags to `reader`: a page that is read
/// here has none that different programs read differently.
pub(super) fn html(page: &str, reader: &mut dyn Reader) -> Option<Vec<u8>> {
    // It writes some marks above characters as references.
    if page.contains('\u{20D2}') {
        return None;
    }
    let root = Open {
        name: None,
        ns: Namespace::Html,
        in_pre: false,
        space: get_whitespace_minification_for_tag(Namespace::Html, b"", false),
        is_begun: false,
        last_text: None,
    };
    let mut walk = Walk {
        page,
        at: 0,
        out: Vec::with_capacity(page.len()),
        parts: Vec::new(),
        reader,
        open: vec![root],
        seen: Vec::new(),
    };
    walk.run()?;
    Some(walk.out)
}

impl<'a> Walk<'a, '_> {
    fn run(&mut self) -> Option<()> {
        loop {
            let rest = &self.page[self.at..];
            let length = rest.find('<').unwrap_or(rest.len());
            if length > 0 {
                self.text(&rest[..length]);
                self.at += length;
            }
            match rest.as_bytes().get(length + 1) {
                Some(b'/') => self.end_tag()?,
                Some(b'!') => self.doctype()?,
                Some(_) => self.start_tag()?,
                None if length == rest.len() && self.open.len() == 1 => break,
                None => return None,
            }
        }
        self.end_content();
        Some(())
    }

    /// What of the page is not read yet.
    fn rest(&self) -> &'a str {
        &self.page[self.at..]
    }

    fn text(&mut self, text: &str) {
        let decoded;
        let mut text = text;
        if text.contains('&') {
            decoded = reference::text(text);
            text = &decoded;
        }
        let Some(parent) = self.open.last_mut() else {
            return;
        };
        let space = parent.space;
        if !parent.is_begun && space.trim {
            text = text.trim_start_matches(is_space);
        }
        parent.is_begun = true;
        parent.last_text = Some(self.out.len());
        if space.destroy_whole && text.chars().all(is_space) {
            return;
        }
        if space.collapse {
            tags::collapse(text, &mut self.out);
        } else {
            self.out.extend_from_slice(text.as_bytes());
        }
    }

    /// The innermost element ends: a space at its end goes.
    fn end_content(&mut self) {
        let Some(parent) = self.open.last() else {
            return;
        };
        let Some(from) = parent.last_text.filter(|_| parent.space.trim) else {
            return;
        };
        let is_last_space = |out: &[u8]| out.last().is_some_and(|byte| is_space(char::from(*byte)));
        while self.out.len() > from && is_last_space(&self.out) {
            self.out.pop();
        }
    }

    fn doctype(&mut self) -> Option<()> {
        const DOCTYPE: &str = "<!doctype html>";
        let rest = self.rest();
        let is_first = self.out.is_empty() && self.open.len() == 1;
        if !is_first || !rest.get(..DOCTYPE.len())?.eq_ignore_ascii_case(DOCTYPE) {
            return None;
        }
        self.out.extend_from_slice(DOCTYPE.as_bytes());
        self.at += DOCTYPE.len();
        Some(())
    }

    fn end_tag(&mut self) -> Option<()> {
        let name = self.open.last()?.name?;
        let above = self.open.get(self.open.len().checked_sub(2)?)?.name;
        // In an element of the same name, the tag would end both.
        if name.may_end_early && above.is_some_and(|above| above.text == name.text) {
            return None;
        }
        let after = self.rest().strip_prefix("</")?.strip_prefix(name.text)?;
        after.strip_prefix('>')?;
        self.end_content();
        self.open.pop();
        self.write_end(name);
        self.at += "</>".len() + name.text.len();
        Some(())
    }

    fn write_end(&mut self, name: &Name) {
        self.out.extend_from_slice(b"</");
        self.out.extend_from_slice(name.text.as_bytes());
        self.out.push(b'>');
    }

    fn start_tag(&mut self) -> Option<()> {
        let begin = self.at;
        let tag = tags::read(self.rest(), &mut self.parts)?;
        let parent = self.open.last_mut()?;
        // Readers do not agree on what is in the title of a picture.
        let is_odd = |above: &Name| above.is_ended_by(tag.name) || above.text == "title";
        if parent.name.is_some_and(is_odd) {
            return None;
        }
        if matches!(tag.name.text, "html" | "head" | "body") {
            if self.seen.contains(&tag.name.text) {
                return None;
            }
            self.seen.push(tag.name.text);
        }
        parent.is_begun = true;
        parent.last_text = None;
        let ns = match tag.name.text {
            "svg" => Namespace::Svg,
            _ => parent.ns,
        };
        let in_pre = parent.in_pre || (ns == Namespace::Html && tag.name.text == "pre");
        let is_whole = tag.is_self_closing && ns == Namespace::Svg;
        self.at += tag.length;
        if tag.is_plain {
            self.reader.see(&Tag {
                name: tag.name.text,
                all: &self.parts,
            });
            tags::write(tag.name, ns, is_whole, &mut self.parts, &mut self.out);
        } else {
            let source = &self.page[begin..self.at];
            attributes::tags(source, |tag| self.reader.see(tag));
            let is_inside = ns == Namespace::Svg && tag.name.text != "svg";
            self.out.extend(reference::start_tag(source, is_inside));
        }
        if is_whole || tag.name.is_void {
            return Some(());
        }
        match (ns, tag.name.text) {
            (_, "script") => self.raw(tag.name, tag.is_data),
            (Namespace::Html, "title") => self.raw(tag.name, true),
            _ => {
                self.open.push(Open {
                    name: Some(tag.name),
                    ns,
                    in_pre,
                    space: tag.name.space(ns, in_pre),
                    is_begun: false,
                    last_text: None,
                });
                Some(())
            }
        }
    }

    /// A script or a title: a text in which no tag begins, up to its end tag.
    fn raw(&mut self, name: &Name, is_kept: bool) -> Option<()> {
        let rest = self.rest();
        let is_end = |at: &usize| {
            let word = rest.get(at + 2..at + 2 + name.text.len());
            word.is_some_and(|word| word.eq_ignore_ascii_case(name.text))
        };
        let end = rest.match_indices("</").map(|(at, _)| at).find(is_end)?;
        let close = end + "</".len() + name.text.len();
        rest[close..].strip_prefix('>')?;
        let content = &rest[..end];
        // After a comment begins, the end tag may be another one.
        if content.contains("<!--") {
            return None;
        }
        self.at += close + 1;
        if name.text == "title" && content.contains('&') {
            self.out.extend(reference::title(content));
            return Some(());
        }
        let content = if is_kept {
            content
        } else {
            content.trim_matches(is_space)
        };
        self.out.extend_from_slice(content.as_bytes());
        self.write_end(name);
        Some(())
    }
}
