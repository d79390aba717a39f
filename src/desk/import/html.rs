//! A page saved from a web site of a government, as lines of a document.
//!
//! Comes in: the text of the page. Goes out: lines and tables of the part that has the document, and remarks on what is around it, hidden,
//! crossed out, drawn or linked. What a browser shows at another height (10<sup>4</sup>) keeps its meaning.

mod tree;

use self::tree::{Child, Page, Part};
use super::docx::at_height;
use super::parts::{Cells, Line};
use crate::model::clause::paragraph_number;
use crate::remark::{Place, Remark, RemarkKind};
use crate::text::is_cjk;
use crate::words::{bare, one_line, squeeze};

const AROUND: (&str, &str) = (
    "网页上正文以外的文字（栏目、导航、页脚），没有收",
    "words of the page around the document (navigation, footer) were left out",
);

/// Whether a file is a web page.
pub(super) fn is_page(bytes: &[u8]) -> bool {
    /// Comments of the program that saved the page may be before it.
    const HEAD: usize = 2048;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let begins = head
        .trim_start_matches(|c: char| !c.is_ascii_graphic())
        .starts_with('<');
    begins && (head.contains("<!doctype html") || head.contains("<html"))
}

/// Reads a page.
pub(super) fn read(text: &str) -> (Vec<Line>, Vec<Remark>) {
    let page = Page::parse(text);
    let main = page.main_part();
    let mut reader = Reader {
        page: &page,
        main,
        lines: Vec::new(),
        remarks: Vec::new(),
        words: String::new(),
    };
    let title = title(&page, main);
    if let Some(title) = &title {
        reader.words.push_str(title);
        reader.end_line();
    }
    reader.element(main);
    reader.end_line();
    let around = around(&page, main, title.as_deref().unwrap_or_default());
    if !around.is_empty() {
        let remark = Remark::new(Place::Whole, RemarkKind::Removed, AROUND).about(&around);
        reader.remarks.push(remark);
    }
    (reader.lines, reader.remarks)
}

/// The title of the document, if it is outside its part of the page.
fn title(page: &Page, main: usize) -> Option<String> {
    let mut inside = String::new();
    page.text(main, true, &mut inside);
    let mut heading = String::new();
    if let Some(at) = page.first("h1") {
        page.text(at, true, &mut heading);
    }
    let named = page.meta("ArticleTitle").unwrap_or_default();
    let mut of_page = String::new();
    if let Some(at) = page.first("title") {
        for child in &page.elements[at].children {
            if let Child::Text(text) = child {
                of_page.push_str(text);
            }
        }
    }
    // The name of the site follows the title; the page must show it, too.
    let of_page = of_page.split(['_', '|', '-']).next().unwrap_or_default();
    let is_shown = squeeze(&around(page, main, "")).contains(&squeeze(of_page));
    let of_page = if is_shown { of_page } else { "" };
    let title = [heading.as_str(), named, of_page]
        .into_iter()
        .map(one_line)
        .find(|title| !title.is_empty())?;
    (!squeeze(&inside).contains(&squeeze(&title))).then_some(title)
}

/// The words of the page outside its main part, without the title.
fn around(page: &Page, main: usize, title: &str) -> String {
    fn walk(page: &Page, at: usize, main: usize, out: &mut Vec<String>) {
        let element = &page.elements[at];
        if at == main || element.is_machinery() || element.is_hidden() {
            return;
        }
        for child in &element.children {
            match child {
                Child::Text(text) => out.push(one_line(text)),
                Child::Element(child) => walk(page, *child, main, out),
            }
        }
    }
    let mut pieces = Vec::new();
    walk(page, 0, main, &mut pieces);
    pieces.retain(|piece| !piece.is_empty() && squeeze(piece) != squeeze(title));
    pieces.join(" ")
}

/// Elements that are on lines of their own.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "li"
            | "table"
            | "tbody"
            | "thead"
            | "tr"
            | "td"
            | "th"
            | "caption"
            | "blockquote"
            | "pre"
            | "center"
            | "dl"
            | "dt"
            | "dd"
            | "form"
            | "figure"
            | "br"
            | "hr"
    )
}

struct Reader<'a> {
    page: &'a Page,
    /// The part of the page that is read.
    main: usize,
    lines: Vec<Line>,
    remarks: Vec<Remark>,
    /// The words of the line that is not ended yet.
    words: String,
}

impl Reader<'_> {
    fn place(&self) -> Place {
        Place::Paragraph(self.lines.len() + 1)
    }

    fn end_line(&mut self) {
        let words = std::mem::take(&mut self.words);
        if bare(&words).next().is_none() {
            return;
        }
        self.lines.push(Line {
            place: self.place(),
            text: words.trim().to_owned(),
            gap: true,
            table: None,
        });
    }

    fn remark(&mut self, kind: RemarkKind, said: (&'static str, &'static str), words: &str) {
        let remark = Remark::new(self.place(), kind, said).about(&one_line(words));
        self.remarks.push(remark);
    }

    fn element(&mut self, at: usize) {
        let element = &self.page.elements[at];
        if element.is_machinery() {
            return;
        }
        if element.is_hidden() {
            self.hidden(at);
            return;
        }
        let is_around = element.part() == Part::Around && at != self.main;
        if is_around || matches!(element.name.as_str(), "nav" | "footer" | "aside") {
            let words = self.text(at);
            self.remark(RemarkKind::Removed, AROUND, &words);
            return;
        }
        let is_block = is_block(&element.name);
        if is_block {
            self.end_line();
        }
        match element.name.as_str() {
            "table" => match self.cells(at) {
                Some(cells) => self.lines.push(Line::of_table(self.place(), cells)),
                None => self.children(at),
            },
            "sup" | "sub" => self.raised(at),
            "del" | "s" | "strike" => {
                let said = (
                    "划掉的字（删除线）：正文里照录，没有划线；作废的请删去",
                    "struck-through words are in the text without the line: delete them if they no longer apply",
                );
                let words = self.text(at);
                self.remark(RemarkKind::Struck, said, &words);
                self.children(at);
            }
            "img" => {
                let said = ("网页里的图片，没有收", "a picture of the page was left out");
                let words = [element.attribute("alt"), element.attribute("src")].join(" ");
                self.remark(RemarkKind::Left, said, &words);
            }
            "a" => self.link(at),
            "ol" => self.numbered(at),
            _ => self.children(at),
        }
        if is_block {
            self.end_line();
        }
    }

    fn children(&mut self, at: usize) {
        for child in &self.page.elements[at].children {
            match child {
                Child::Text(text) => self.add(text),
                Child::Element(child) => self.element(*child),
            }
        }
    }

    /// Adds words; the end of a line in the file is a space, or nothing between Chinese characters.
    fn add(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let is_space = |c: char| c.is_ascii_whitespace();
            let words = rest.find(is_space).unwrap_or(rest.len());
            self.words.push_str(&rest[..words]);
            rest = &rest[words..];
            let end = rest.find(|c: char| !is_space(c)).unwrap_or(rest.len());
            let (space, next) = rest.split_at(end);
            rest = next;
            let before = self.words.chars().next_back();
            let is_layout = space.contains('\n')
                && before.is_some_and(is_cjk)
                && next.chars().next().is_none_or(is_cjk);
            if !space.is_empty() && !is_layout && before.is_some_and(|c| c != ' ') {
                self.words.push(' ');
            }
        }
    }

    fn text(&self, at: usize) -> String {
        let mut text = String::new();
        self.page.text(at, true, &mut text);
        text
    }

    fn hidden(&mut self, at: usize) {
        let mut words = String::new();
        for child in &self.page.elements[at].children {
            match child {
                Child::Text(text) => words.push_str(text),
                Child::Element(child) => self.page.text(*child, true, &mut words),
            }
        }
        if bare(&words).next().is_some() {
            let said = (
                "网页上看不见的字，没有收",
                "words that the page does not show were left out",
            );
            self.remark(RemarkKind::Removed, said, &words);
        }
    }

    fn raised(&mut self, at: usize) {
        let words = self.text(at);
        let is_raised = self.page.elements[at].name == "sup";
        let written = at_height(&squeeze(&words), is_raised);
        let said = (
            "上标或下标，写成了小字符号",
            "superscript or subscript, written in small signs",
        );
        self.remark(RemarkKind::Differs, said, &words);
        self.words.push_str(&written);
    }

    fn link(&mut self, at: usize) {
        let address = self.page.elements[at].attribute("href").trim().to_owned();
        let is_own = address.is_empty()
            || address.starts_with('#')
            || address.to_ascii_lowercase().starts_with("javascript:");
        if !is_own {
            let said = (
                "链接的地址，没有写进正文",
                "the address of a link is not in the text",
            );
            let words = format!("{} {address}", self.text(at));
            self.remark(RemarkKind::Left, said, &words);
        }
        self.children(at);
    }

    /// The numbers that a browser puts before the items of a list.
    fn numbered(&mut self, at: usize) {
        let list = &self.page.elements[at];
        let mut number: i64 = list.attribute("start").trim().parse().unwrap_or(1);
        for child in &list.children {
            let Child::Element(item) = child else {
                continue;
            };
            self.end_line();
            let words = self.text(*item);
            if self.page.elements[*item].name == "li" && paragraph_number(words.trim()).is_none() {
                let said = (
                    "网页自动编的号，写成了字",
                    "an automatic number of the page, written as text",
                );
                self.remark(RemarkKind::Differs, said, &format!("{number}."));
                self.words.push_str(&format!("{number}. "));
            }
            number = number.saturating_add(1);
            self.children(*item);
            self.end_line();
        }
    }

    /// The cells of a table of data; nothing for a table that only arranges the page.
    fn cells(&mut self, at: usize) -> Option<Cells> {
        const LONGEST_CELL: usize = 500;
        let mut rows: Vec<usize> = Vec::new();
        let mut has_table = false;
        self.rows(at, &mut rows, &mut has_table);
        let mut cells: Cells = Vec::new();
        // For each column, in how many further rows the cell above goes on.
        let mut below: Vec<usize> = Vec::new();
        for row in rows {
            let mut line: Vec<String> = Vec::new();
            for child in &self.page.elements[row].children {
                let Child::Element(cell) = child else {
                    continue;
                };
                let element = &self.page.elements[*cell];
                if !matches!(element.name.as_str(), "td" | "th") {
                    continue;
                }
                fill(&mut line, &mut below);
                let span = |name: &str| {
                    element
                        .attribute(name)
                        .trim()
                        .parse()
                        .unwrap_or(1)
                        .clamp(1, 100usize)
                };
                let text = one_line(&self.text(*cell));
                if text.chars().count() > LONGEST_CELL {
                    return None;
                }
                for k in 0..span("colspan") {
                    below.resize(below.len().max(line.len() + 1), 0);
                    below[line.len()] = span("rowspan") - 1;
                    line.push(if k == 0 { text.clone() } else { String::new() });
                }
            }
            fill(&mut line, &mut below);
            cells.push(line);
        }
        let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
        (!has_table && cells.len() > 1 && columns > 1).then_some(cells)
    }

    /// The rows of a table, and whether a table is in it.
    fn rows(&self, at: usize, rows: &mut Vec<usize>, has_table: &mut bool) {
        for child in &self.page.elements[at].children {
            let Child::Element(child) = child else {
                continue;
            };
            match self.page.elements[*child].name.as_str() {
                "table" => *has_table = true,
                "tr" => {
                    rows.push(*child);
                    self.rows(*child, &mut Vec::new(), has_table);
                }
                _ => self.rows(*child, rows, has_table),
            }
        }
    }
}

/// Leaves blank what cells of the rows above cover.
fn fill(line: &mut Vec<String>, below: &mut [usize]) {
    while let Some(left) = below.get_mut(line.len()).filter(|left| **left > 0) {
        *left -= 1;
        line.push(String::new());
    }
}
