//! A small tree of an XML part: names without prefixes, attributes, text.
//!
//! Comes in: the text of a part. Goes out: an `Element`. Only as deep and as large as an office document can be.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Deeper documents are refused: the tree is walked recursively.
const DEEPEST: usize = 200;
/// Elements of one part.
const MOST: usize = 500_000;

/// Why a part was not parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is not well formed.
    Damaged,
    /// It is deeper or has more elements than an office document has.
    TooLarge,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Element {
    /// Without the prefix of its namespace.
    pub name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Element>,
    /// The text right inside.
    pub text: String,
}

impl Element {
    /// The value of an attribute, by its local name.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The elements directly inside.
    pub fn children(&self) -> impl Iterator<Item = &Element> {
        self.children.iter()
    }

    /// The first element directly inside with a local name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Takes in another element.
    pub fn adopt(&mut self, child: Element) {
        self.children.push(child);
    }

    /// All elements of a name below this one, outermost only; of two forms of the same thing the first.
    pub fn all(&self, name: &str) -> Vec<&Element> {
        let mut found = Vec::new();
        for child in &self.children {
            if child.name == name {
                found.push(child);
            } else if !(child.name == "Fallback" && self.child("Choice").is_some()) {
                found.extend(child.all(name));
            }
        }
        found
    }

    /// The words inside, without deleted ones; a space between paragraphs.
    pub fn words(&self) -> String {
        let mut out = String::new();
        self.gather(false, &mut out);
        out
    }

    /// The words inside, deleted ones too.
    pub fn all_words(&self) -> String {
        let mut out = String::new();
        self.gather(true, &mut out);
        out
    }

    fn gather(&self, deleted: bool, out: &mut String) {
        match self.name.as_str() {
            "t" => out.push_str(&self.text),
            "delText" if deleted => out.push_str(&self.text),
            "del" | "moveFrom" | "delText" if !deleted => return,
            "tab" | "br" => out.push(' '),
            "Fallback" => return,
            _ => {}
        }
        for child in &self.children {
            child.gather(deleted, out);
        }
        if self.name == "p" && !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
}

/// Parses a part.
///
/// # Errors
/// If it is not well formed, too deep or too large: the caller says so in words.
pub(super) fn parse(text: &str) -> Result<Element, Refusal> {
    let mut reader = Reader::from_str(text);
    let mut stack: Vec<Element> = vec![Element::default()];
    let mut count = 0usize;
    loop {
        match reader.read_event().map_err(|_| Refusal::Damaged)? {
            Event::Start(start) => {
                count += 1;
                if stack.len() > DEEPEST || count > MOST {
                    return Err(Refusal::TooLarge);
                }
                stack.push(open(&start)?);
            }
            Event::Empty(start) => {
                count += 1;
                if count > MOST {
                    return Err(Refusal::TooLarge);
                }
                let element = open(&start)?;
                stack
                    .last_mut()
                    .ok_or(Refusal::Damaged)?
                    .children
                    .push(element);
            }
            Event::End(_) => {
                let element = stack.pop().ok_or(Refusal::Damaged)?;
                stack
                    .last_mut()
                    .ok_or(Refusal::Damaged)?
                    .children
                    .push(element);
            }
            Event::Text(text) => {
                let words = text.xml10_content();
                stack
                    .last_mut()
                    .ok_or(Refusal::Damaged)?
                    .text
                    .push_str(&words);
            }
            Event::CData(text) => {
                let words = text.xml10_content();
                stack
                    .last_mut()
                    .ok_or(Refusal::Damaged)?
                    .text
                    .push_str(&words);
            }
            Event::GeneralRef(reference) => {
                let top = stack.last_mut().ok_or(Refusal::Damaged)?;
                match reference.resolve_char_ref().map_err(|_| Refusal::Damaged)? {
                    Some(c) => top.text.push(c),
                    None => top.text.push(match &*reference.xml10_content() {
                        "lt" => '<',
                        "gt" => '>',
                        "amp" => '&',
                        "quot" => '"',
                        "apos" => '\'',
                        // Nothing else is declared in an office document.
                        _ => return Err(Refusal::Damaged),
                    }),
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let mut root = stack.pop().ok_or(Refusal::Damaged)?;
    if !stack.is_empty() || root.children.len() != 1 {
        return Err(Refusal::Damaged);
    }
    root.children.pop().ok_or(Refusal::Damaged)
}

fn open(start: &BytesStart) -> Result<Element, Refusal> {
    let mut element = Element {
        name: start.local_name().as_ref().to_owned(),
        ..Element::default()
    };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| Refusal::Damaged)?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|_| Refusal::Damaged)?;
        element.attributes.push((
            attribute.key.local_name().as_ref().to_owned(),
            value.into_owned(),
        ));
    }
    Ok(element)
}
