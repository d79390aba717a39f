//! The words of a paragraph: runs, fields, links, formulas, notes.
//!
//! Comes in: a paragraph. Goes out: [`Inline`], its words as a reader sees them, and apart from them what a reader does not see (deleted, hidden) or
//! what the words do not show (struck out, raised). Nothing is left out without a note.

use super::super::xml::Element;
use super::fields::Ended;
use super::styles::{Look, Rise};
use super::{Walker, alternative, maths, symbols};
use crate::remark::RemarkKind;
use crate::words::bare;

/// What gathers while one paragraph is walked through.
#[derive(Default)]
pub(super) struct Inline {
    /// The style of the paragraph.
    pub style: Option<String>,
    pub text: String,
    pub deleted: String,
    pub hidden: String,
    /// Words of a table of contents.
    pub contents: String,
    /// All of the paragraph is in a table of contents.
    pub in_contents: bool,
    /// Blocks in text boxes of the paragraph, and words that are drawn.
    pub boxes: Vec<Drawn>,
    /// What the words alone do not show, in order.
    pub noted: Vec<Noted>,
}

/// Words outside the lines of a paragraph.
pub(super) enum Drawn {
    Box(Element),
    Words(String),
}

/// Words of which something must be said.
pub(super) struct Noted {
    pub note: Note,
    pub words: String,
    /// How long the text was after them: what follows at once belongs to the same piece.
    until: usize,
}

/// What must be said of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Note {
    Struck,
    /// Raised or lowered, written in raised or lowered signs.
    Signs,
    /// Raised or lowered, written on the line.
    Level,
    Capitals,
    /// White words.
    White,
    Formula,
    /// A sign of a symbol font that is known.
    Symbol,
    /// A sign of a symbol font that is not known.
    UnknownSymbol,
    /// A check box or the like that is not a word of the text.
    Form,
    Address,
    Today,
    UnknownField,
    Placeholder,
    /// Underlined space: a place to fill in.
    Blank,
    /// The small words next to a word that tell how to read it.
    Reading,
}

impl Note {
    /// The kind of the remark, and what it says.
    pub fn remark(self) -> (RemarkKind, (&'static str, &'static str)) {
        match self {
            Self::Struck => (
                RemarkKind::Struck,
                (
                    "划掉的字（删除线）：正文里照录，没有划线；作废的请删去",
                    "struck-through words are in the text without the line: delete them if they no longer apply",
                ),
            ),
            Self::Signs => (
                RemarkKind::Differs,
                (
                    "上标或下标，写成了小字符号",
                    "superscript or subscript, written in small signs",
                ),
            ),
            Self::Level => (
                RemarkKind::Unsure,
                (
                    "上标或下标，写成了平常的字；看意思变没变",
                    "superscript or subscript, written as ordinary text: check that it still says the same",
                ),
            ),
            Self::Capitals => (
                RemarkKind::Differs,
                (
                    "显示为大写的字母，写成了大写",
                    "letters shown as capitals, written as capitals",
                ),
            ),
            Self::White => (
                RemarkKind::Unsure,
                (
                    "白色的字，印出来看不见；照录了，不给读者看的请删去",
                    "white words, which are not seen on paper, were copied: delete them if they are not for readers",
                ),
            ),
            Self::Formula => (
                RemarkKind::Unsure,
                (
                    "公式，写成了一行；照原文核对",
                    "a formula, written on one line: compare it with the original",
                ),
            ),
            Self::Symbol => (
                RemarkKind::Differs,
                (
                    "符号字体里的符号，写成了通用的符号",
                    "a character from a symbol font, written as an ordinary sign",
                ),
            ),
            Self::UnknownSymbol => (
                RemarkKind::Unsure,
                (
                    "符号字体里的一个符号，写成了“□”；照原文改",
                    "a character from a symbol font, written as □: correct it from the original",
                ),
            ),
            Self::Form => (
                RemarkKind::Differs,
                (
                    "表单里的勾选框或选项，写成了文字",
                    "a check box or choice of a form, written as text",
                ),
            ),
            Self::Address => (
                RemarkKind::Removed,
                (
                    "链接的地址，正文里只有文字；要用的写进正文或 contacts",
                    "the address of a link; the text has only its words: add it to the text or to `contacts` if it is needed",
                ),
            ),
            Self::Today => (
                RemarkKind::Unsure,
                (
                    "自动更新的日期，每天打开都不同；照印出来的改",
                    "a date that Word updates every day: correct it from the printed document",
                ),
            ),
            Self::UnknownField => (
                RemarkKind::Left,
                (
                    "域没有存下结果，没有读到；照原文补上",
                    "a field without a stored result was not read: add it from the original",
                ),
            ),
            Self::Placeholder => (
                RemarkKind::Unsure,
                (
                    "填写框里的提示文字，照录了；看是不是还没有填",
                    "the hint of a form field, copied: check whether it was never filled in",
                ),
            ),
            Self::Blank => (
                RemarkKind::Unsure,
                (
                    "带下划线的空白（填写处），没有写进正文；要的补上 ____",
                    "underlined blank space was not copied: add ____ where something is to be filled in",
                ),
            ),
            Self::Reading => (
                RemarkKind::Removed,
                ("注音", "a reading aid next to the words"),
            ),
        }
    }
}

impl Inline {
    fn note(&mut self, note: Note, words: &str, from: usize) {
        let until = self.text.len();
        match self.noted.last_mut() {
            Some(last)
                if last.note == note
                    && !matches!(note, Note::Symbol | Note::UnknownSymbol)
                    && last.until == from
                    && until > from =>
            {
                last.words.push_str(words);
                last.until = until;
            }
            _ => self.noted.push(Noted {
                note,
                words: words.to_owned(),
                until,
            }),
        }
    }
}

impl Walker<'_> {
    pub(super) fn inline(&mut self, parent: &Element, out: &mut Inline) {
        for child in parent.children() {
            match child.name.as_str() {
                "r" => {
                    let look = self.look(out, child.child("rPr"));
                    self.run(child, &look, out);
                }
                "ins" | "moveTo" | "smartTag" | "customXml" | "sdtContent" | "dir" | "bdo" => {
                    self.inline(child, out);
                }
                "hyperlink" => self.link(child, out),
                "fldSimple" => {
                    self.fields.begin(child);
                    self.fields
                        .code(child.attribute("instr").unwrap_or_default());
                    self.fields.separate();
                    self.inline(child, out);
                    let look = self.look(out, None);
                    self.field_ends(&look, out);
                }
                "sdt" => self.form(child, out),
                "AlternateContent" => {
                    if let Some(chosen) = alternative(child) {
                        self.inline(chosen, out);
                    }
                }
                "del" | "moveFrom" => out.deleted.push_str(&child.all_words()),
                "oMathPara" | "oMath" => self.formula(child, out),
                _ => {}
            }
        }
    }

    fn look(&self, out: &Inline, properties: Option<&Element>) -> Look {
        self.styles.look(
            self.table_style.as_deref(),
            out.style.as_deref(),
            properties,
        )
    }

    fn run(&mut self, run: &Element, look: &Look, out: &mut Inline) {
        let mut own_mark = false;
        for child in run.children() {
            match child.name.as_str() {
                "t" => {
                    let text = on_one_line(self.words(child));
                    self.show(&text, look, out);
                }
                "tab" | "ptab" => self.show("\t", look, out),
                "br" | "cr" => self.show("\n", look, out),
                "noBreakHyphen" => self.show("-", look, out),
                "sym" | "symEx" => self.symbol(child, look, out),
                "fldChar" => match child.attribute("fldCharType") {
                    Some("begin") => self.fields.begin(child),
                    Some("separate") => self.fields.separate(),
                    Some("end") => self.field_ends(look, out),
                    _ => {}
                },
                "instrText" => self.fields.code(&child.text),
                "footnoteReference" | "endnoteReference" if !look.hidden => {
                    own_mark = self.reference(run, child, out) || own_mark;
                }
                "delText" => out.deleted.push_str(&child.text),
                "ruby" => self.ruby(child, out),
                "AlternateContent" => {
                    if let Some(chosen) = alternative(child) {
                        self.run(chosen, look, out);
                    }
                }
                "drawing" | "pict" | "object" if !look.hidden => self.drawing(child, out),
                _ => {}
            }
        }
    }

    /// Words of a run, as they are seen.
    fn show(&mut self, words: &str, look: &Look, out: &mut Inline) {
        if !self.fields.visible() {
            self.fields.skip(words);
            return;
        }
        if look.hidden {
            out.hidden.push_str(words);
            return;
        }
        self.fields.shown(words);
        if out.in_contents || self.fields.in_contents() {
            out.contents.push_str(words);
            return;
        }
        let from = out.text.len();
        let blank = bare(words).next().is_none();
        match &look.font {
            Some(font) if symbols::is_symbol_font(font) && words.chars().any(is_code) => {
                for c in words.chars() {
                    if is_code(c) {
                        show_sign(Some(font), c as u32, &hex(c), out);
                    } else {
                        out.text.push(c);
                    }
                }
            }
            _ if words.contains(is_private) => {
                for c in words.chars() {
                    if is_private(c) {
                        show_sign(None, c as u32, &hex(c), out);
                    } else {
                        out.text.push(c);
                    }
                }
            }
            _ if look.rise != Rise::Level && !blank => match maths::in_signs(words, look.rise) {
                Some(signs) => {
                    out.text.push_str(&signs);
                    out.note(Note::Signs, &signs, from);
                }
                None => {
                    out.text.push_str(words);
                    out.note(Note::Level, words, from);
                }
            },
            _ if look.capitals && words.contains(char::is_lowercase) => {
                let words = words.to_uppercase();
                out.text.push_str(&words);
                out.note(Note::Capitals, &words, from);
            }
            _ => out.text.push_str(words),
        }
        if look.struck && !blank {
            let struck = out.text[from..].to_owned();
            out.note(Note::Struck, &struck, from);
        }
        // In a table, the ground may be dark.
        if look.white && !blank && self.cells == 0 {
            let white = out.text[from..].to_owned();
            out.note(Note::White, &white, from);
        }
        if look.underlined && blank && words.chars().count() > 1 {
            out.note(Note::Blank, "", from);
        }
    }

    /// A character of a symbol font, or of a font with pictures: its number is the font's own.
    fn symbol(&mut self, symbol: &Element, look: &Look, out: &mut Inline) {
        if !self.fields.visible() || look.hidden {
            return;
        }
        let written = symbol.attribute("char").unwrap_or_default();
        let code = u32::from_str_radix(written, 16).ok();
        let font = symbol.attribute("font").unwrap_or_default();
        let from = out.text.len();
        match code {
            Some(code) if symbols::is_symbol_font(font) => {
                show_sign(Some(font), code, written, out);
            }
            Some(code) => match char::from_u32(code) {
                Some(c) if !('\u{E000}'..='\u{F8FF}').contains(&c) && !c.is_control() => {
                    out.text.push(c);
                    let sign = c.to_string();
                    out.note(Note::Symbol, &sign, from);
                }
                _ => show_sign(None, code, written, out),
            },
            None => show_sign(None, 0, written, out),
        }
        let sign = out.text[from..].to_owned();
        self.fields.shown(&sign);
        if look.struck {
            out.note(Note::Struck, &sign, from);
        }
    }

    fn field_ends(&mut self, look: &Look, out: &mut Inline) {
        let from = out.text.len();
        match self.fields.end() {
            Ended::Plain => {}
            Ended::Shows(words) => {
                self.show(&words, look, out);
                if out.text.len() > from {
                    out.note(Note::Form, &words, from);
                }
            }
            Ended::Link { words, address } if !look.hidden => address_of(&words, &address, out),
            Ended::Link { .. } => {}
            Ended::Today(words) => out.note(Note::Today, &words, from),
            Ended::Unknown(code) => out.note(Note::UnknownField, &code, from),
        }
    }

    /// Words that lead to an address.
    fn link(&mut self, link: &Element, out: &mut Inline) {
        let from = out.text.len();
        self.inline(link, out);
        let Some(address) = link
            .attribute("id")
            .and_then(|id| self.container.address(id))
        else {
            return;
        };
        let address = match link.attribute("anchor") {
            Some(anchor) => format!("{address}#{anchor}"),
            None => address.to_owned(),
        };
        let words = out.text[from.min(out.text.len())..].to_owned();
        address_of(&words, &address, out);
    }

    /// A place of a form in the words.
    fn form(&mut self, form: &Element, out: &mut Inline) {
        let Some(content) = form.child("sdtContent") else {
            return;
        };
        let from = out.text.len();
        self.inline(content, out);
        let words = out.text[from..].to_owned();
        if is_placeholder(form) && !words.trim().is_empty() {
            out.note(Note::Placeholder, &words, from);
        }
    }

    fn formula(&mut self, formula: &Element, out: &mut Inline) {
        self.read += bare(&formula.words()).count();
        let words = maths::linear(formula);
        if words.trim().is_empty() {
            return;
        }
        if !self.fields.visible() {
            self.fields.skip(&words);
            return;
        }
        self.fields.shown(&words);
        let from = out.text.len();
        out.text.push_str(&words);
        out.note(Note::Formula, &words, from);
    }

    /// Words with the way to read them above.
    fn ruby(&mut self, ruby: &Element, out: &mut Inline) {
        if let Some(base) = ruby.child("rubyBase") {
            self.inline(base, out);
        }
        let reading = ruby.child("rt").map_or_else(String::new, Element::words);
        self.read += bare(&reading).count();
        if !reading.trim().is_empty() {
            let from = out.text.len();
            out.note(Note::Reading, reading.trim(), from);
        }
    }

    fn drawing(&mut self, drawing: &Element, out: &mut Inline) {
        let boxes = drawing.all("txbxContent");
        let drawn: Vec<String> = drawing
            .all("textpath")
            .into_iter()
            .filter_map(|path| path.attribute("string"))
            .filter(|words| !words.trim().is_empty())
            .map(str::to_owned)
            .collect();
        let pictures = ["blip", "imagedata", "chart", "OLEObject", "relIds"];
        let has_picture = pictures.iter().any(|name| !drawing.all(name).is_empty());
        if has_picture || (boxes.is_empty() && drawn.is_empty()) {
            let program = drawing.all("OLEObject");
            let program = program
                .first()
                .and_then(|object| object.attribute("ProgID"));
            self.remark(
                RemarkKind::Left,
                (
                    "图片或图形，里面如有文字没有读；看要不要放成附件",
                    "a picture or drawing; text in it was not read: check whether it should be an attachment",
                ),
                program.unwrap_or_default(),
            );
        }
        out.boxes.extend(drawn.into_iter().map(Drawn::Words));
        out.boxes
            .extend(boxes.into_iter().map(|content| Drawn::Box(content.clone())));
    }
}

/// Whether a form shows only a hint.
pub(super) fn is_placeholder(form: &Element) -> bool {
    form.child("sdtPr")
        .and_then(|properties| super::styles::switch(properties, "showingPlcHdr"))
        == Some(true)
}

/// A line of the file is not a line of the text: its end and the white space around it are a space.
fn on_one_line(words: &str) -> String {
    let breaks = ['\n', '\r', '\t'];
    if !words.contains(breaks) {
        return words.to_owned();
    }
    let mut out = String::with_capacity(words.len());
    for (i, line) in words.split(breaks).enumerate() {
        let line = if i == 0 {
            line
        } else {
            out.truncate(out.trim_end_matches(' ').len());
            out.push(' ');
            line.trim_start_matches(' ')
        };
        out.push_str(line);
    }
    out
}

/// A character that is a number of a sign in a symbol font.
fn is_code(c: char) -> bool {
    matches!(c, '!'..='~' | '\u{A0}'..='\u{FF}') || is_private(c)
}

fn hex(c: char) -> String {
    format!("{:04X}", u32::from(c))
}

/// Where symbol fonts have their signs.
fn is_private(c: char) -> bool {
    ('\u{F020}'..='\u{F0FF}').contains(&c)
}

/// Writes a sign of a symbol font and says so; `written` is what the file has.
fn show_sign(font: Option<&str>, code: u32, written: &str, out: &mut Inline) {
    let from = out.text.len();
    let sign = font.and_then(|font| symbols::sign(font, code));
    out.text.push(sign.unwrap_or('□'));
    match sign {
        None => out.note(Note::UnknownSymbol, written, from),
        Some('□') => out.note(Note::Symbol, written, from),
        // A letter of the font that looks like the letter is not a change.
        Some(sign) if u32::from(sign) == code => {}
        Some(sign) => out.note(Note::Symbol, &format!("{written} → {sign}"), from),
    }
}

/// Says where words lead, unless the words say it.
fn address_of(words: &str, address: &str, out: &mut Inline) {
    let plain = |text: &str| -> String {
        let text = text.trim().trim_end_matches('/');
        let text = text.split_once("://").map_or(text, |(_, rest)| rest);
        text.strip_prefix("mailto:").unwrap_or(text).to_lowercase()
    };
    if plain(address).is_empty() || plain(words) == plain(address) {
        return;
    }
    let from = out.text.len();
    let words = words.trim();
    let line = if words.is_empty() {
        address.to_owned()
    } else {
        format!("{words} → {address}")
    };
    out.note(Note::Address, &line, from);
}
