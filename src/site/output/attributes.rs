//! The start tags of a finished page, read as a browser reads them.
//!
//! Comes in: HTML. Goes out: its start tags with the names and values of their attributes, in order. What is in a text, a script, a
//! style, a title or a comment is not an attribute; neither is what follows the name of an end tag.

use std::borrow::Cow;

use html5gum::{Emitter, Error, State, Tokenizer, naive_next_state};

/// An attribute: its name in lower case, its value with its entities decoded.
pub struct Attribute<'a> {
    pub name: Cow<'a, str>,
    pub value: Cow<'a, str>,
}

/// A start tag. Its name is in lower case.
pub struct Tag<'a> {
    pub name: &'a str,
    pub all: &'a [Attribute<'a>],
}

impl Tag<'_> {
    /// Its attributes, in order.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.all.iter();
        all.map(|one| (one.name.as_ref(), one.value.as_ref()))
    }

    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes()
            .find(|(other, _)| *other == name)
            .map(|(_, value)| value)
    }
}

/// Pages are UTF-8, and so is every piece of them.
fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

fn owned(bytes: &mut Vec<u8>) -> Cow<'static, str> {
    Cow::Owned(String::from_utf8(std::mem::take(bytes)).unwrap_or_default())
}

/// Calls `each` with the name and the value of every attribute of every start tag.
pub fn attributes(html: &str, mut each: impl FnMut(&[u8], &str)) {
    tags(html, |tag| {
        for (name, value) in tag.attributes() {
            each(name.as_bytes(), value);
        }
    });
}

/// Calls `each` with every start tag.
pub fn tags(html: &str, each: impl FnMut(&Tag)) {
    let reader = Reader {
        each,
        attributes: Vec::new(),
        is_start: false,
        tag: Vec::new(),
        last_start_tag: Vec::new(),
        name: Vec::new(),
        value: Vec::new(),
    };
    // Nothing is handed out: the loop only runs the tokenizer.
    for _ in Tokenizer::new_with_emitter(html, reader) {}
}

/// Receives what the tokenizer finds. Texts and comments are dropped where they are found, which is most of a page.
struct Reader<F> {
    each: F,
    attributes: Vec<Attribute<'static>>,
    is_start: bool,
    tag: Vec<u8>,
    last_start_tag: Vec<u8>,
    name: Vec<u8>,
    value: Vec<u8>,
}

impl<F: FnMut(&Tag)> Reader<F> {
    fn end_attribute(&mut self) {
        let (name, value) = (owned(&mut self.name), owned(&mut self.value));
        if self.is_start && !name.is_empty() {
            self.attributes.push(Attribute { name, value });
        }
    }

    fn begin_tag(&mut self, is_start: bool) {
        self.is_start = is_start;
        self.tag.clear();
        self.attributes.clear();
        self.name.clear();
        self.value.clear();
    }
}

impl<F: FnMut(&Tag)> Emitter for Reader<F> {
    type Token = ();

    fn set_last_start_tag(&mut self, last_start_tag: Option<&[u8]>) {
        self.last_start_tag.clear();
        self.last_start_tag
            .extend_from_slice(last_start_tag.unwrap_or_default());
    }

    fn init_start_tag(&mut self) {
        self.begin_tag(true);
    }

    fn init_end_tag(&mut self) {
        self.begin_tag(false);
    }

    fn push_tag_name(&mut self, s: &[u8]) {
        self.tag.extend_from_slice(s);
    }

    fn init_attribute(&mut self) {
        self.end_attribute();
    }

    fn push_attribute_name(&mut self, s: &[u8]) {
        self.name.extend_from_slice(s);
    }

    fn push_attribute_value(&mut self, s: &[u8]) {
        self.value.extend_from_slice(s);
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_attribute();
        if !self.is_start {
            return None;
        }
        (self.each)(&Tag {
            name: text(&self.tag),
            all: &self.attributes,
        });
        std::mem::swap(&mut self.tag, &mut self.last_start_tag);
        // Scripts, styles, titles and text areas contain text, not tags.
        naive_next_state(&self.last_start_tag)
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        !self.is_start && !self.tag.is_empty() && self.tag == self.last_start_tag
    }

    /// Errors are not our concern here. If they were, every character would be validated, which takes twice the time.
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<()> {
        None
    }

    fn emit_eof(&mut self) {}
    fn emit_error(&mut self, _: Error) {}
    fn emit_string(&mut self, _: &[u8]) {}
    fn init_comment(&mut self) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn emit_current_comment(&mut self) {}
    fn init_doctype(&mut self) {}
    fn emit_current_doctype(&mut self) {}
    fn set_self_closing(&mut self) {}
    fn set_force_quirks(&mut self) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(html: &str) -> Vec<String> {
        let mut out = Vec::new();
        attributes(html, |name, value| {
            out.push(format!("{}={value}", String::from_utf8_lossy(name)));
        });
        out
    }

    #[test]
    fn attributes_are_read_with_and_without_quotes() {
        assert_eq!(
            all(
                "<a href=\"x.html\" id='a'>甲</a><p id=c1 class=\"href=no\"><br/><img\nSRC=a.png/>"
            ),
            [
                "href=x.html",
                "id=a",
                "id=c1",
                "class=href=no",
                "src=a.png/"
            ]
        );
    }

    #[test]
    fn values_are_what_a_browser_makes_of_them() {
        assert_eq!(
            all("<a href=\"a.html?x=1&amp;y=2#&#x4E8C;\" title=\"&lt;img src=abc&gt;\">"),
            ["href=a.html?x=1&y=2#二", "title=<img src=abc>"]
        );
    }

    #[test]
    fn text_scripts_styles_titles_and_comments_hold_no_attributes() {
        for html in [
            "<p>写作 id=c9 的、 src=abc 的",
            "<title>标题 <img src=abc></title>",
            "<textarea><a href=x></textarea>",
            "<script>const a = \"<img src=abc id=x>\";</script>",
            "<script type=application/ld+json>{\"name\": \"<a href=x>\"}</script>",
            "<style>a::after{content:\"<b id=x>\"}</style>",
            "<!-- <a href=\"x\" id=y> -->",
            "<p>a</p id=no>",
        ] {
            let found: Vec<String> = all(html)
                .into_iter()
                .filter(|attribute| !attribute.starts_with("type="))
                .collect();
            assert!(found.is_empty(), "{html}: {found:?}");
        }
        assert_eq!(all("<script>\"</b>\"</script><a href=x>"), ["href=x"]);
    }

    #[test]
    fn a_slash_greater_than_in_a_value_does_not_end_the_tag() {
        assert_eq!(all("<p title=\"a > b\" id=c>"), ["title=a > b", "id=c"]);
    }
}
