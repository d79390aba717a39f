//! How words look on the page, as far as that changes what they say: hidden, struck out, raised, in a symbol font.
//!
//! Comes in: the part `styles.xml`, then the properties of each run. Goes out: a [`Look`]. It is the one place that knows in which order
//! the defaults, a table, a paragraph, a character style and the run itself are asked.

use std::collections::HashMap;

use super::super::xml::Element;

/// Styles that are based on each other in a circle end after so many steps.
const MOST_STEPS: usize = 16;

/// Where words are on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rise {
    Level,
    Raised,
    Lowered,
}

/// What a reader sees of a run besides its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Look {
    pub hidden: bool,
    pub struck: bool,
    pub capitals: bool,
    pub underlined: bool,
    pub rise: Rise,
    /// White words on no other ground, which nobody sees on paper.
    pub white: bool,
    /// The font of letters and digits.
    pub font: Option<String>,
}

/// Properties that one place states.
#[derive(Debug, Clone, Default)]
struct Stated {
    hidden: Option<bool>,
    struck: Option<bool>,
    capitals: Option<bool>,
    underlined: Option<bool>,
    rise: Option<Rise>,
    white: Option<bool>,
    font: Option<String>,
}

impl Stated {
    fn of(properties: Option<&Element>) -> Self {
        let Some(properties) = properties else {
            return Self::default();
        };
        let either =
            |one: &str, other: &str| match (switch(properties, one), switch(properties, other)) {
                (None, other) => other,
                (one, None) => one,
                (Some(one), Some(other)) => Some(one || other),
            };
        let value = |name: &str| properties.child(name)?.attribute("val");
        let fonts = properties.child("rFonts");
        Self {
            hidden: switch(properties, "vanish"),
            struck: either("strike", "dstrike"),
            capitals: either("caps", "smallCaps"),
            underlined: value("u").map(|kind| kind != "none"),
            rise: value("vertAlign").map(|place| match place {
                "superscript" => Rise::Raised,
                "subscript" => Rise::Lowered,
                _ => Rise::Level,
            }),
            white: value("color")
                .map(|colour| colour.eq_ignore_ascii_case("FFFFFF"))
                .filter(|_| {
                    properties
                        .child("shd")
                        .or(properties.child("highlight"))
                        .is_none()
                }),
            font: fonts
                .and_then(|fonts| {
                    fonts
                        .attribute("ascii")
                        .or_else(|| fonts.attribute("hAnsi"))
                })
                .map(str::to_owned),
        }
    }

    /// What this place does not state is as in `base`.
    fn or(self, base: &Self) -> Self {
        Self {
            hidden: self.hidden.or(base.hidden),
            struck: self.struck.or(base.struck),
            capitals: self.capitals.or(base.capitals),
            underlined: self.underlined.or(base.underlined),
            rise: self.rise.or(base.rise),
            white: self.white.or(base.white),
            font: self.font.or_else(|| base.font.clone()),
        }
    }
}

/// Where small words are that a run moves up or down by itself.
fn moved(run: &Element) -> Option<Rise> {
    /// The least move, and the largest size of a small word, in half points.
    const LEAST: i32 = 4;
    const SMALL: i32 = 24;
    let number = |name: &str| -> Option<i32> { run.child(name)?.attribute("val")?.parse().ok() };
    number("sz").filter(|size| *size <= SMALL)?;
    match number("position")? {
        LEAST.. => Some(Rise::Raised),
        ..=-4 => Some(Rise::Lowered),
        _ => None,
    }
}

/// A property that is on or off.
pub(super) fn switch(properties: &Element, name: &str) -> Option<bool> {
    let value = properties.child(name)?.attribute("val");
    Some(value.is_none() || is_on(value))
}

/// Whether the value of an attribute is on.
pub(super) fn is_on(value: Option<&str>) -> bool {
    value.is_some_and(|value| !matches!(value, "0" | "false" | "off"))
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    defaults: Stated,
    default_paragraph: Option<String>,
    default_character: Option<String>,
    stated: HashMap<String, Stated>,
    based_on: HashMap<String, String>,
    /// In small letters.
    names: HashMap<String, String>,
}

impl Styles {
    /// Reads the styles of a document.
    pub fn new(part: Option<&Element>) -> Self {
        let mut styles = Self::default();
        let Some(part) = part else { return styles };
        styles.defaults = Stated::of(
            part.child("docDefaults")
                .and_then(|defaults| defaults.child("rPrDefault"))
                .and_then(|defaults| defaults.child("rPr")),
        );
        for style in part.children().filter(|child| child.name == "style") {
            let Some(id) = style.attribute("styleId").map(str::to_owned) else {
                continue;
            };
            let value = |name: &str| style.child(name)?.attribute("val");
            if let Some(base) = value("basedOn") {
                styles.based_on.insert(id.clone(), base.to_owned());
            }
            if let Some(name) = value("name") {
                styles.names.insert(id.clone(), name.to_lowercase());
            }
            if is_on(style.attribute("default")) {
                match style.attribute("type") {
                    Some("paragraph") => styles.default_paragraph = Some(id.clone()),
                    Some("character") => styles.default_character = Some(id.clone()),
                    _ => {}
                }
            }
            styles.stated.insert(id, Stated::of(style.child("rPr")));
        }
        styles
    }

    /// What a style states, with what it is based on.
    fn of_style(&self, id: Option<&str>) -> Stated {
        let mut stated = Stated::default();
        let mut next = id;
        for _ in 0..MOST_STEPS {
            let Some(id) = next else { break };
            if let Some(own) = self.stated.get(id) {
                stated = stated.or(own);
            }
            next = self.based_on.get(id).map(String::as_str);
        }
        stated
    }

    /// How a run looks in a paragraph of a style, perhaps in a table of a style.
    pub fn look(
        &self,
        table: Option<&str>,
        paragraph: Option<&str>,
        run: Option<&Element>,
    ) -> Look {
        let table = self.of_style(table);
        let paragraph = self.of_style(paragraph.or(self.default_paragraph.as_deref()));
        let character = run
            .and_then(|run| run.child("rStyle")?.attribute("val"))
            .or(self.default_character.as_deref());
        let character = self.of_style(character);
        let own = Stated::of(run);
        // A switch of a style turns that of another one round; the run's own decides.
        let switched = |own: Option<bool>, get: fn(&Stated) -> Option<bool>| {
            own.unwrap_or_else(|| {
                let turned = [&table, &paragraph, &character]
                    .into_iter()
                    .filter(|stated| get(stated) == Some(true))
                    .count()
                    % 2
                    == 1;
                turned || get(&self.defaults) == Some(true)
            })
        };
        let hidden = switched(own.hidden, |stated| stated.hidden);
        let struck = switched(own.struck, |stated| stated.struck);
        let capitals = switched(own.capitals, |stated| stated.capitals);
        let rest = own
            .or(&character)
            .or(&paragraph)
            .or(&table)
            .or(&self.defaults);
        Look {
            hidden,
            struck,
            capitals,
            underlined: rest.underlined.unwrap_or(false),
            rise: rest.rise.or_else(|| moved(run?)).unwrap_or(Rise::Level),
            white: rest.white.unwrap_or(false),
            font: rest.font,
        }
    }

    /// Whether paragraphs of a style are lines of a table of contents.
    pub fn is_contents(&self, style: Option<&str>) -> bool {
        let Some(id) = style else { return false };
        let name = self
            .names
            .get(id)
            .cloned()
            .unwrap_or_else(|| id.to_lowercase());
        let rest = ["toc", "contents", "目录", "table of figures"]
            .iter()
            .find_map(|start| name.strip_prefix(start));
        rest.is_some_and(|rest| {
            let rest = rest.trim();
            rest.is_empty() || rest == "heading" || rest == "标题" || rest.parse::<u8>().is_ok()
        })
    }
}
