//! Markdown to HTML that is safe to print and correct for Chinese.
//!
//! Comes in: a range of a source file. Goes out: [`Rendered`] HTML, its internal links, and whether it contains code.
//! Steps: guard what is text -> events (`read`) -> clean the events (no unsafe links, no images of other sites, no line breaks between
//! ideographs) -> mark misprints, omissions, terms and addresses -> HTML.
//!
//! HTML is not a language of sources: what looks like a tag is printed as typed, with a warning. Cleaning works on parsed events, after
//! entities are decoded, so that no spelling of a URL scheme gets through. The tests try an independent list of payloads in a real browser.

mod labels;
mod plain;
mod read;
mod value;

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Tag, TagEnd};

use super::addresses;
use super::found::{Marks, TermLinks};
use super::guard::{GUARD, Guarded, restored};
use super::highlight;
use super::notes::{Notes, printed_label};
use crate::diag::{Diagnostic, Sink, SourceId, Span, codes};
use crate::text::{attribute, escape, escape_into, is_chinese, join_soft};
use mingbai_forms::signs;

pub use super::guard::Sort;
pub use labels::labels;
pub use plain::plain;
pub use value::value;

/// The properties of the page that rendering needs.
#[derive(Debug)]
pub struct Context<'a> {
    pub source: SourceId,
    pub text: &'a str,
    /// The prefix of internal links.
    pub root: &'a str,
    /// The misprints of the text; none where nothing is official text.
    pub marks: Option<&'a Marks>,
    /// The number of the block that is rendered, which decides which misprints are marked.
    pub block: usize,
    /// The most levels of block quotes and lists. Deeper nesting is a mistake (and would overflow the stack of a minifier).
    pub deepest: usize,
    /// The caption for a table, which Markdown cannot express.
    pub caption: &'a str,
    /// Terms to link; none in official text.
    pub terms: Option<&'a TermLinks<'a>>,
    /// The notes of the text; none where marks do not lead to notes.
    pub notes: Option<&'a Notes>,
}

/// Rendered Markdown.
#[derive(Debug, Default)]
pub struct Rendered {
    pub html: String,
    pub links: Vec<InternalLink>,
    pub has_code: bool,
}

/// A link to another page of the site, as written.
#[derive(Debug, Clone)]
pub struct InternalLink {
    /// The site path without leading slash, with fragment.
    pub target: String,
    pub span: Span,
}

/// Renders one paragraph, without `<p>`.
pub fn inline(
    range: Range<usize>,
    keep_breaks: bool,
    context: &Context,
    sink: &mut Sink,
) -> Rendered {
    let sort = if context.marks.is_some() {
        Sort::Printed
    } else {
        Sort::Words
    };
    let mut renderer = Renderer::new(sort, context, sink);
    renderer.keep_breaks = keep_breaks;
    renderer.run(range)
}

/// Renders blocks: tables, lists, block quotes, code.
pub fn blocks(range: Range<usize>, context: &Context, sink: &mut Sink) -> Rendered {
    let sort = if context.marks.is_some() {
        Sort::PrintedBlocks
    } else {
        Sort::Page
    };
    Renderer::new(sort, context, sink).run(range)
}

/// Without one of these signs, the words of a paragraph are what is printed.
const MARKS: [char; 10] = ['*', '_', '[', '<', '`', '\\', '&', '~', '!', '\n'];

/// What a link to another site says of it.
const EXTERNAL: &str = "noopener noreferrer external";

/// What is printed where a link ends.
enum LinkEnd {
    Tag,
    /// The rest of the link as typed.
    Typed,
    Nothing,
}

/// An image whose alternative text is being read: words only, whatever else is in its brackets.
struct Image {
    target: String,
    words: String,
    /// Whether a line of its words has just ended.
    is_broken: bool,
    /// Images within its words that are not closed yet.
    inner: usize,
}

impl Image {
    /// Takes one event of its words. Whether it was the end of the image.
    fn take(&mut self, event: &Event, in_chinese: bool) -> bool {
        match event {
            Event::Text(words) | Event::Code(words) | Event::InlineHtml(words) => {
                let words = restored(words);
                let (before, after) = (self.words.chars().next_back(), words.chars().next());
                if std::mem::take(&mut self.is_broken) && !join_soft(before, after, in_chinese) {
                    self.words.push(' ');
                }
                self.words.push_str(&words);
            }
            Event::FootnoteReference(label) => {
                self.words.push_str(&format!("[{}]", restored(label)));
            }
            Event::SoftBreak | Event::HardBreak => self.is_broken = true,
            Event::Start(Tag::Image { .. }) => self.inner += 1,
            Event::End(TagEnd::Image) if self.inner == 0 => return true,
            Event::End(TagEnd::Image) => self.inner -= 1,
            _ => {}
        }
        false
    }
}

struct Renderer<'a, 'b> {
    context: &'a Context<'a>,
    sink: &'b mut Sink,
    sort: Sort,
    keep_breaks: bool,
    /// Whether the text is Chinese, in which a line may end next to any ideograph.
    in_chinese: bool,
    /// The number of links and images around it; inside one, no other link is added.
    closed: usize,
    /// The image whose words are being gathered.
    image: Option<Image>,
    /// The label of the note whose first words follow.
    note: Option<String>,
    out: Rendered,
}

impl<'a, 'b> Renderer<'a, 'b> {
    fn new(sort: Sort, context: &'a Context<'a>, sink: &'b mut Sink) -> Self {
        Self {
            context,
            sink,
            sort,
            keep_breaks: false,
            in_chinese: false,
            closed: 0,
            image: None,
            note: None,
            out: Rendered::default(),
        }
    }

    fn run(mut self, range: Range<usize>) -> Rendered {
        let source = &self.context.text[range.clone()];
        let inline = self.sort.is_words();
        // Nothing to parse: most paragraphs of official texts.
        if inline && !source.contains(MARKS) {
            self.text(source);
            return self.out;
        }
        self.in_chinese = source.contains('\n') && is_chinese(source);
        let guarded = Guarded::new(source, self.sort);
        let place = |at: usize| range.start + guarded.place(at);
        let Ok(events) = read::read(&guarded, self.context.deepest) else {
            self.too_deep(range);
            return self.out;
        };
        let span_of =
            |at: &Range<usize>| Span::new(self.context.source, place(at.start)..place(at.end));
        let spans: Vec<Span> = events.iter().map(|(_, at)| span_of(at)).collect();
        let mut code: Option<(String, String)> = None;
        let mut header = false;
        let mut aligned: Vec<Alignment> = Vec::new();
        let mut column = 0;
        let mut ends: Vec<LinkEnd> = Vec::new();
        let mut opened: BTreeSet<String> = BTreeSet::new();
        for i in 0..events.len() {
            let (event, span) = (&events[i].0, spans[i]);
            if let Event::Text(words) | Event::Code(words) = event {
                self.sink.push(signs::check(words, span));
            }
            if let Event::InlineHtml(html) = event {
                self.tag(html, span, &mut opened);
            }
            if let Some(image) = &mut self.image {
                if image.take(event, self.in_chinese) {
                    self.end_image();
                }
                continue;
            }
            match event {
                Event::Text(text) => match &mut code {
                    Some((_, body)) => body.push_str(&text.replace(GUARD, "")),
                    None if self.sort == Sort::Page => self.with_notes(&restored(text)),
                    None => self.text(&restored(text)),
                },
                Event::FootnoteReference(label) => self.note_mark(&restored(label)),
                Event::TaskListMarker(is_done) => {
                    self.out.html.push_str(if *is_done { "☑ " } else { "☐ " });
                }
                Event::Code(text) => {
                    self.out.html.push_str("<code>");
                    escape_into(&restored(text), &mut self.out.html);
                    self.out.html.push_str("</code>");
                }
                Event::SoftBreak if self.keep_breaks => self.out.html.push_str("<br>"),
                Event::SoftBreak => {
                    let before = self.out.html.chars().next_back().filter(|c| *c != '>');
                    let before = before.or_else(|| last_sign(&events[..i]));
                    let after = first_sign(&events[i + 1..]);
                    if !join_soft(before, after, self.in_chinese) {
                        self.out.html.push(' ');
                    }
                }
                Event::HardBreak => self.out.html.push_str("<br>"),
                Event::Rule => self.out.html.push_str("<hr>"),
                Event::Html(block) => self.html_block(block, span),
                Event::InlineHtml(tag) => escape_into(&restored(tag), &mut self.out.html),
                Event::Start(tag) => match tag {
                    Tag::CodeBlock(kind) => {
                        let language = match kind {
                            CodeBlockKind::Fenced(info) => info
                                .split_whitespace()
                                .next()
                                .unwrap_or_default()
                                .to_owned(),
                            CodeBlockKind::Indented => String::new(),
                        };
                        code = Some((language, String::new()));
                    }
                    Tag::Paragraph if inline => {}
                    Tag::Link { dest_url, .. } => {
                        self.closed += 1;
                        let html = self.link(dest_url, span);
                        ends.push(match html {
                            Some(html) => {
                                self.out.html.push_str(&html);
                                LinkEnd::Tag
                            }
                            // In official text, a link that leads nowhere is not one.
                            None if self.sort.is_printed() => {
                                let start = spans[i].range().start;
                                let words = match &events[i + 1].0 {
                                    Event::End(_) => spans[i].range().end,
                                    _ => spans[i + 1].range().start,
                                };
                                self.typed(start..words);
                                LinkEnd::Typed
                            }
                            None => LinkEnd::Nothing,
                        });
                    }
                    Tag::Image { dest_url, .. } => {
                        if dest_url.starts_with('/') && !dest_url.starts_with("//") {
                            let target = dest_url.trim_start_matches('/').to_owned();
                            self.out.links.push(InternalLink {
                                target: target.clone(),
                                span,
                            });
                            self.image = Some(Image {
                                target,
                                words: String::new(),
                                is_broken: false,
                                inner: 0,
                            });
                        } else {
                            // Its words stay as text.
                            self.closed += 1;
                            self.foreign_image(span);
                        }
                    }
                    Tag::TableHead => {
                        header = true;
                        column = 0;
                        self.out.html.push_str("<thead><tr>");
                    }
                    Tag::TableRow => {
                        column = 0;
                        self.open(tag);
                    }
                    Tag::Table(alignments) => {
                        aligned.clone_from(alignments);
                        let caption = escape(self.context.caption);
                        self.out.html.push_str(&format!(
                            "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{caption}\"><table><caption>{caption}</caption>"
                        ));
                    }
                    Tag::TableCell => {
                        let alone = events
                            .get(i + 2)
                            .is_some_and(|(next, _)| matches!(next, Event::End(_)));
                        let whole = match events.get(i + 1) {
                            Some((Event::Text(words), _)) => alone && is_whole(words),
                            _ => false,
                        };
                        self.cell(header, whole, aligned.get(column).copied());
                        column += 1;
                    }
                    Tag::FootnoteDefinition(label) => {
                        if matches!(events.get(i + 1), Some((Event::Start(Tag::Paragraph), _))) {
                            self.note = Some(restored(label));
                        } else {
                            self.out.html.push_str("<p>");
                            self.note_start(&restored(label));
                            self.out.html.push_str("</p>");
                        }
                    }
                    Tag::Item
                        if matches!(events.get(i + 1), Some((Event::TaskListMarker(_), _))) =>
                    {
                        self.out.html.push_str("<li class=\"task\">");
                    }
                    tag => self.open(tag),
                },
                Event::End(tag) => match tag {
                    TagEnd::CodeBlock => {
                        if let Some((language, body)) = code.take() {
                            self.out.has_code = true;
                            self.out.html.push_str(&highlight::block(&language, &body));
                        }
                    }
                    TagEnd::Paragraph if inline => {}
                    TagEnd::Link => {
                        self.closed = self.closed.saturating_sub(1);
                        match ends.pop() {
                            Some(LinkEnd::Tag) => self.out.html.push_str("</a>"),
                            Some(LinkEnd::Typed) if !matches!(events[i - 1].0, Event::Start(_)) => {
                                let words = spans[i - 1].range().end..span.range().end;
                                self.typed(words);
                            }
                            _ => {}
                        }
                    }
                    TagEnd::Image => self.closed = self.closed.saturating_sub(1),
                    TagEnd::TableHead => {
                        header = false;
                        self.out.html.push_str("</tr></thead><tbody>");
                    }
                    TagEnd::Table => self.out.html.push_str("</tbody></table></div>"),
                    TagEnd::TableCell => {
                        self.out
                            .html
                            .push_str(if header { "</th>" } else { "</td>" })
                    }
                    tag => self.close(*tag),
                },
                _ => {}
            }
        }
        self.out
    }

    /// Prints a piece of the source as typed.
    fn typed(&mut self, range: Range<usize>) {
        let words = self.context.text.get(range).unwrap_or_default();
        escape_into(&read::without_comments(words), &mut self.out.html);
    }

    fn too_deep(&mut self, range: Range<usize>) {
        let span = Span::new(self.context.source, range);
        self.sink.push(
            Diagnostic::new(
                &codes::TOO_DEEP,
                span,
                "列表或引用嵌套过深",
                "lists or block quotes are nested too deeply",
            )
            .hint("减少“>”或缩进", "use fewer > marks or less indentation"),
        );
    }

    /// Reports a tag, which is text. An end tag is not reported again if its start tag was.
    fn tag(&mut self, html: &str, span: Span, opened: &mut BTreeSet<String>) {
        let name: String = html
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        if !(html.starts_with("</") && opened.contains(&name)) {
            self.raw_html(
                span,
                "正文中的 HTML 标签不起作用，照原样显示",
                "an HTML tag has no effect and is shown as typed",
            );
            opened.insert(name);
        }
    }

    /// Prints a block of HTML as typed, line by line.
    fn html_block(&mut self, block: &str, span: Span) {
        if !block.contains("<!--") {
            self.raw_html(
                span,
                "这一段是 HTML，不起作用，照原样显示",
                "this block of HTML has no effect and is shown as typed",
            );
        }
        let block = restored(block);
        let lines = block.trim_end().lines().map(escape);
        let lines: Vec<String> = lines.collect();
        self.out
            .html
            .push_str(&format!("<p>{}</p>", lines.join("<br>")));
    }

    /// Prints the start of a cell.
    fn cell(&mut self, header: bool, whole: bool, aligned: Option<Alignment>) {
        let mut classes: Vec<&str> = Vec::new();
        if whole && !header {
            classes.push("whole");
        }
        match aligned {
            Some(Alignment::Center) => classes.push("middle"),
            Some(Alignment::Right) => classes.push("num"),
            Some(Alignment::Left | Alignment::None) | None => {}
        }
        let html = &mut self.out.html;
        html.push_str(if header { "<th scope=\"col\"" } else { "<td" });
        if !classes.is_empty() {
            attribute("class", &classes.join(" "), html);
        }
        html.push('>');
    }

    /// Prints the image whose words have been gathered.
    fn end_image(&mut self) {
        let Some(image) = self.image.take() else {
            return;
        };
        let address = format!("{}{}", self.context.root, image.target);
        let html = &mut self.out.html;
        html.push_str("<img");
        attribute("src", &address, html);
        attribute("alt", &image.words, html);
        html.push('>');
    }

    fn open(&mut self, tag: &Tag) {
        let html = match tag {
            Tag::Paragraph => {
                self.out.html.push_str("<p>");
                if let Some(label) = self.note.take() {
                    self.note_start(&label);
                    self.out.html.push(' ');
                }
                return;
            }
            // Headings inside a Markdown block are not part of the outline of the page.
            Tag::Heading { .. } => "<p><strong>",
            Tag::BlockQuote(_) => "<blockquote>",
            Tag::List(None) => "<ul>",
            Tag::List(Some(1)) => "<ol>",
            Tag::List(Some(start)) => {
                self.out.html.push_str(&format!("<ol start=\"{start}\">"));
                return;
            }
            Tag::Item => "<li>",
            Tag::TableRow => "<tr>",
            Tag::Emphasis => "<em>",
            Tag::Strong => "<strong>",
            Tag::Strikethrough => "<del>",
            _ => "",
        };
        self.out.html.push_str(html);
    }

    fn close(&mut self, tag: TagEnd) {
        self.out.html.push_str(match tag {
            TagEnd::Paragraph => "</p>",
            TagEnd::Heading(_) => "</strong></p>",
            TagEnd::BlockQuote(_) => "</blockquote>",
            TagEnd::List(true) => "</ol>",
            TagEnd::List(false) => "</ul>",
            TagEnd::Item => "</li>",
            TagEnd::TableRow => "</tr>",
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            _ => "",
        });
    }

    /// The opening tag of a link; nothing if the link is unsafe.
    fn link(&mut self, dest: &str, span: Span) -> Option<String> {
        // Browsers ignore control characters and white space in a scheme.
        let bare: String = dest
            .chars()
            .filter(|c| !c.is_control() && !c.is_whitespace() && *c != GUARD)
            .collect();
        let lower = bare.to_ascii_lowercase();
        if bare.starts_with('/') && !bare.starts_with("//") && !bare.starts_with("/\\") {
            // A file may have blanks in its name.
            let signs = dest.trim().chars().skip(1);
            let signs = signs.filter(|c| !c.is_control() && *c != GUARD);
            let path = signs.collect::<String>().replace(' ', "%20");
            let tag = link_tag(&format!("{}{path}", self.context.root), None);
            self.out.links.push(InternalLink { target: path, span });
            return Some(tag);
        }
        if bare.starts_with('#') {
            self.out.links.push(InternalLink {
                target: bare.clone(),
                span,
            });
            return Some(link_tag(&bare, None));
        }
        if lower.starts_with("https://") || lower.starts_with("http://") {
            return Some(link_tag(&bare, Some(EXTERNAL)));
        }
        if lower.starts_with("mailto:") || lower.starts_with("tel:") {
            return Some(link_tag(&bare, None));
        }
        self.unsafe_link(span);
        None
    }

    fn unsafe_link(&mut self, span: Span) {
        let (zh, en) = if self.sort.is_printed() {
            (
                "这个链接的网址不能用，照原样显示",
                "the address of this link is not allowed; the link is shown as typed",
            )
        } else {
            (
                "这个链接的网址不能用，链接已去除，文字保留",
                "the address of this link is not allowed; the link was removed and its text is kept",
            )
        };
        self.sink.push(
            Diagnostic::new(&codes::UNSAFE_LINK, span, zh, en).hint(
                "站内网址以“/”开头，如 /notices/index.html；站外网址以 https:// 开头",
                "begin addresses on this site with \"/\", such as /notices/index.html, and addresses of other sites with https://",
            ),
        );
    }

    fn foreign_image(&mut self, span: Span) {
        self.sink.push(
            Diagnostic::new(
                &codes::UNSAFE_LINK,
                span,
                "图片不在本站，已去除",
                "the image is not on this site and was removed",
            )
            .hint(
                "把图片放到 content/images/，网址写 /images/文件名",
                "put the image into content/images/ and use the address /images/NAME",
            ),
        );
    }

    fn raw_html(&mut self, span: Span, zh: &str, en: &str) {
        self.sink
            .push(Diagnostic::new(&codes::RAW_HTML, span, zh, en).hint(
                "改用 Markdown 写法；要显示“<”本身时写 &lt;",
                "use Markdown instead; to show the character \"<\", write &lt;",
            ));
    }

    /// Prints the mark of a note.
    fn note_mark(&mut self, label: &str) {
        let notes = self.context.notes.filter(|_| self.closed == 0);
        let link = notes.and_then(|notes| notes.mark(label, self.context.block));
        self.label(link, label);
    }

    /// Prints the label at the start of a note.
    fn note_start(&mut self, label: &str) {
        let notes = self.context.notes.filter(|_| self.closed == 0);
        let link = notes.and_then(|notes| notes.start(label, self.context.block));
        self.label(link, label);
    }

    fn label(&mut self, link: Option<String>, label: &str) {
        let html = link.unwrap_or_else(|| format!("[{}]", escape(label)));
        self.out.html.push_str(&format!("<sup>{html}</sup>"));
    }

    /// Prints text of a page, in which `[^1]` is the mark of a note; `[^1]:` begins the note.
    fn with_notes(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find("[^") {
            let Some((label, after)) = labels::mark(&rest[at..]) else {
                break;
            };
            self.text(&rest[..at]);
            let begins = at == 0 && rest.len() == text.len();
            let note = after.strip_prefix([':', '：']).filter(|_| begins);
            if note.is_some() {
                self.note_start(label);
            } else {
                self.note_mark(label);
            }
            rest = note.unwrap_or(after);
        }
        self.text(rest);
    }

    /// Prints official text in which the marks of its notes are links, as typed.
    fn with_printed_notes(&mut self, text: &str) {
        let notes = self
            .context
            .notes
            .filter(|_| self.closed == 0 && self.sort.is_printed() && text.contains('['));
        let Some(notes) = notes else {
            return self.words(text);
        };
        let block = self.context.block;
        let (mut done, mut at) = (0, 0);
        while let Some(start) = text[at..].find('[').map(|start| at + start) {
            at = start + 1;
            let Some(label) = printed_label(&text[start..]) else {
                continue;
            };
            let begins = start == 0 && self.out.html.is_empty() && notes.begins(label, block);
            let link = if begins {
                notes.start(label, block)
            } else {
                notes.mark(label, block)
            };
            if let Some(link) = link {
                self.words(&text[done..start]);
                self.out.html.push_str(&link);
                at = start + label.len() + "[]".len();
                done = at;
            }
        }
        self.words(&text[done..]);
    }

    /// Prints text with misprints and omissions marked.
    fn text(&mut self, text: &str) {
        let context = self.context;
        let marks = context.marks;
        let slips = marks.map_or_else(Vec::new, |marks| marks.within(text, context.block));
        let mut slips = slips.into_iter().peekable();
        let mut omissions = omissions(text).into_iter().peekable();
        let mut done = 0;
        loop {
            // What begins within something that was printed is part of it.
            while slips.next_if(|(at, _)| *at < done).is_some() {}
            while omissions.next_if(|range| range.start < done).is_some() {}
            let omission = omissions.peek().map(|range| range.start);
            let slip = slips.next_if(|(at, _)| omission.is_none_or(|start| *at < start));
            if let Some((at, mark)) = slip {
                self.with_printed_notes(&text[done..at]);
                let number = mark.number;
                // The list of misprints links to the first mark of each.
                let id = if mark.named.replace(true) {
                    String::new()
                } else {
                    format!(" id=\"slip-{number}\"")
                };
                self.out.html.push_str(&format!(
                    "<span class=\"slip\"{id}>{}<a class=\"slip-note\" href=\"#slip-note-{number}\">原文如此，应为“{}”</a></span>",
                    escape(&mark.printed),
                    escape(&mark.right)
                ));
                done = at + mark.printed.len();
            } else if let Some(range) = omissions.next() {
                self.with_printed_notes(&text[done..range.start]);
                self.out.html.push_str("<span class=\"withheld\">");
                escape_into(&text[range.clone()], &mut self.out.html);
                self.out.html.push_str("</span>");
                done = range.end;
            } else {
                self.with_printed_notes(&text[done..]);
                return;
            }
        }
    }

    /// Prints text in which each address is a link.
    fn words(&mut self, text: &str) {
        let mut done = 0;
        if self.closed == 0 {
            for range in addresses::within(text) {
                self.terms(&text[done..range.start]);
                let written = &text[range.clone()];
                let tag = link_tag(&addresses::target(written), Some(EXTERNAL));
                self.out.html.push_str(&tag);
                escape_into(written, &mut self.out.html);
                self.out.html.push_str("</a>");
                done = range.end;
            }
        }
        self.terms(&text[done..]);
    }

    /// Prints text in which the first occurrence of each glossary term is a link to its entry.
    fn terms(&mut self, text: &str) {
        let mut done = 0;
        if let Some(terms) = self.context.terms.filter(|_| self.closed == 0) {
            for (range, address) in terms.within(text) {
                escape_into(&text[done..range.start], &mut self.out.html);
                let word = escape(&text[range.clone()]);
                match address {
                    None => self.out.html.push_str(&word),
                    Some(address) => self.out.html.push_str(&format!(
                        "<a class=\"term\" href=\"{}{}\">{word}</a>",
                        self.context.root,
                        escape(&address),
                    )),
                }
                done = range.end;
            }
        }
        escape_into(&text[done..], &mut self.out.html);
    }
}

/// The first sign that some events show; nothing if they begin with something else than words.
fn first_sign(events: &[read::Placed]) -> Option<char> {
    let shown = |event: &Event| match event {
        Event::Start(_) => false,
        Event::Text(text) => text.chars().any(|c| c != GUARD),
        _ => true,
    };
    match events.iter().find(|(event, _)| shown(event))? {
        (Event::Text(text) | Event::Code(text), _) => text.chars().find(|c| *c != GUARD),
        _ => None,
    }
}

/// The last sign that some events show; nothing if they end with something else than words.
fn last_sign(events: &[read::Placed]) -> Option<char> {
    let shown = |event: &Event| !matches!(event, Event::End(_));
    match events.iter().rev().find(|(event, _)| shown(event))? {
        (Event::Text(text) | Event::Code(text), _) => text.chars().next_back(),
        _ => None,
    }
}

/// Where a text says that something was left out: `〔此处略去……〕`.
fn omissions(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("〔此处略去").map(|start| at + start) {
        let Some(length) = text[start..].find('〕') else {
            break;
        };
        at = start + length + '〕'.len_utf8();
        found.push(start..at);
    }
    found
}

/// Whether a cell is a day, a telephone number or the like, which a line must not break at its hyphens.
fn is_whole(words: &str) -> bool {
    let signs = |c: char| matches!(c, '-' | '/' | '~' | ':' | '.' | ',' | ' ');
    (4..=24).contains(&words.len())
        && words.contains(['-', '/', '~', ' '])
        && words.contains(|c: char| c.is_ascii_digit())
        && words.chars().all(|c| c.is_ascii_digit() || signs(c))
}

/// The start tag of a link.
fn link_tag(address: &str, rel: Option<&str>) -> String {
    let mut html = String::from("<a");
    attribute("href", address, &mut html);
    if let Some(rel) = rel {
        attribute("rel", rel, &mut html);
    }
    html.push('>');
    html
}

#[cfg(test)]
mod tests {
    use super::super::found::Mark;
    use super::*;
    use crate::atlas::Words;

    /// A text of its own, without marks, terms and notes.
    fn bare(text: &str) -> Context<'_> {
        Context {
            source: SourceId(0),
            text,
            root: "../",
            marks: None,
            block: 0,
            deepest: 24,
            caption: "",
            terms: None,
            notes: None,
        }
    }

    fn render(text: &str, marks: &[&Mark], as_inline: bool) -> (Rendered, Sink) {
        let mut sink = Sink::default();
        let marks = marks.iter().map(|mark| (0..1, (*mark).clone()));
        let marks = Marks::new(marks.collect());
        let context = Context {
            marks: as_inline.then_some(&marks),
            caption: "表",
            ..bare(text)
        };
        let out = if as_inline {
            inline(0..text.len(), false, &context, &mut sink)
        } else {
            blocks(0..text.len(), &context, &mut sink)
        };
        (out, sink)
    }

    fn html(text: &str) -> String {
        render(text, &[], true).0.html
    }

    #[test]
    fn a_word_of_the_glossary_is_linked_once_and_never_within_a_link_or_a_name() {
        let words = [("贷款", "loan"), ("国家贷款", "national")];
        let words = words.map(|(word, id)| (vec![word], id.to_owned()));
        let words = Words::of(words.into_iter());
        let text = "国家贷款，![贷款](/a.png)[贷款](/b.html)`贷款`，国家贷款和**贷款**、贷款";
        let context = Context {
            terms: Some(&TermLinks::new(&words)),
            ..bare(text)
        };
        let out = inline(0..text.len(), false, &context, &mut Sink::default());
        assert_eq!(
            out.html,
            "<a class=\"term\" href=\"../glossary/index.html#national\">国家贷款</a>，\
             <img src=\"../a.png\" alt=\"贷款\"><a href=\"../b.html\">贷款</a><code>贷款</code>，\
             国家贷款和<strong><a class=\"term\" href=\"../glossary/index.html#loan\">贷款</a></strong>、贷款"
        );
    }

    #[test]
    fn emphasis_works_next_to_full_width_punctuation() {
        for (markdown, expected) in [
            ("**注意：**请带", "<strong>注意：</strong>请带"),
            ("文**（甲）**、丙", "文<strong>（甲）</strong>、丙"),
            ("**（乙）**文", "<strong>（乙）</strong>文"),
            ("**“应贷尽贷”**的原则", "<strong>“应贷尽贷”</strong>的原则"),
            ("请**《办法》**执行", "请<strong>《办法》</strong>执行"),
            ("*重要*的", "<em>重要</em>的"),
            ("`**甲：**乙`", "<code>**甲：**乙</code>"),
            ("138\\*\\*\\*\\*1234", "138****1234"),
            (
                "按~~《旧办法》~~执行，~~（一）~~保留",
                "按<del>《旧办法》</del>执行，<del>（一）</del>保留",
            ),
            ("~~“甲”~~乙", "<del>“甲”</del>乙"),
        ] {
            assert_eq!(html(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn blanks_and_ranges_stay_as_typed() {
        for text in [
            "姓名：____，年龄：____",
            "姓名：__，年龄：__，电话：__。",
            "____年__月__日",
            "编号_，姓名_。",
            "（__）和（__）",
            "138****1234，139****5678",
            "138***1234，139***5678和7**8**9",
            "张**、李**、王某",
            "面积3*4*5米",
            "8:00~11:00，14:00~17:00",
            "7月1日~8月1日，9月1日~10月1日",
            "a_b_c",
        ] {
            assert_eq!(html(text), text, "{text}");
            assert_eq!(render(text, &[], false).0.html, format!("<p>{text}</p>"));
            assert_eq!(plain(text, Sort::Printed), text);
        }
        assert_eq!(
            html("a _word_ and __two words__"),
            "a <em>word</em> and <strong>two words</strong>"
        );
        assert_eq!(
            html("[点](/a__b__c.html)"),
            "<a href=\"../a__b__c.html\">点</a>"
        );
        assert_eq!(html("`____`"), "<code>____</code>");
    }

    #[test]
    fn signs_at_the_start_of_a_line_of_a_paragraph_are_text() {
        for (text, lines) in [
            ("下列内容\n---\n以下略", "下列内容---以下略"),
            ("甲\n===\n乙", "甲===乙"),
            ("甲\n- 乙", "甲- 乙"),
            ("甲\n1. 乙", "甲 1. 乙"),
            ("甲\n> 乙", "甲&gt; 乙"),
        ] {
            let bare = |text: &str| text.replace(' ', "");
            assert_eq!(bare(&html(text)), bare(lines), "{text}");
        }
    }

    #[test]
    fn an_indented_paragraph_is_a_paragraph() {
        let page = |text: &str| render(text, &[], false).0.html;
        assert_eq!(page("    四个空格。\n"), "<p>四个空格。</p>");
        assert_eq!(page("    2026年起。\n"), "<p>2026年起。</p>");
        assert_eq!(
            page("甲\n\n\t制表符。\n    乙\n"),
            "<p>甲</p><p>制表符。乙</p>"
        );
        assert!(page("    let a = 1;\n").contains("<pre"));
        assert!(page("- 甲\n\n    乙\n").contains("<li>"));
    }

    #[test]
    fn notes_of_a_page_stay() {
        let (out, sink) = render(
            "时间[^1]见表。\n\n[^1]: 以当地公布为准。\n\n[注]: 另有规定的除外。\n",
            &[],
            false,
        );
        assert_eq!(
            out.html,
            "<p>时间<sup>[1]</sup>见表。</p><p><sup>[1]</sup> 以当地公布为准。</p><p>[注]: 另有规定的除外。</p>"
        );
        assert!(sink.is_empty());
        let (out, _) = render("[甲][a]\n\n[a]: /b.html\n", &[], false);
        assert_eq!(out.html, "<p><a href=\"../b.html\">甲</a></p>");
    }

    #[test]
    fn a_note_is_kept_wherever_it_is() {
        let page = |text: &str| render(text, &[], false).0.html;
        assert_eq!(
            page("> 甲[^注]\n>\n> [^注]: <https://example.org/>\n"),
            "<blockquote><p>甲<sup>[注]</sup></p><p><sup>[注]</sup> \
             <a href=\"https://example.org/\" rel=\"noopener noreferrer external\">https://example.org/</a></p></blockquote>"
        );
        assert_eq!(
            page("甲[^1]乙[^2]\n\n[^1]: 丙\n[^2]:\n    - 丁\n"),
            "<p>甲<sup>[1]</sup>乙<sup>[2]</sup></p><p><sup>[1]</sup> 丙</p><p><sup>[2]</sup></p><ul><li>丁</li></ul>"
        );
        for text in [
            "> [注]: 另有规定的除外。",
            "- [注]: 另有规定的除外。",
            "甲\n\n    [注]: 另有规定的除外。",
            "[注\n解]: 除外",
        ] {
            let words: String = page(text)
                .split(['<', '>'])
                .filter(|piece| piece.contains(']'))
                .collect();
            assert!(words.contains("]: "), "{text}: {words}");
        }
    }

    #[test]
    fn what_looks_like_html_is_shown_and_comments_are_not() {
        for (text, expected) in [
            (
                "<div class=\"red\">\n请注意\n</div>\n",
                "<p>&lt;div class=&quot;red&quot;&gt;<br>请注意<br>&lt;/div&gt;</p>",
            ),
            ("10<sup>4</sup>元", "<p>10&lt;sup&gt;4&lt;/sup&gt;元</p>"),
            ("甲<?php 乙 ?>丙", "<p>甲&lt;?php 乙 ?&gt;丙</p>"),
            ("<!-- 甲\n\n乙 -->*丙*\n\n丁", "<p>*丙*</p><p>丁</p>"),
            ("甲<!-- 乙 -->丙", "<p>甲丙</p>"),
            ("甲<!-- 乙", "<p>甲&lt;!-- 乙</p>"),
            ("<!-- 甲\n\n乙\n", "<p>&lt;!-- 甲<br><br>乙</p>"),
        ] {
            let (out, sink) = render(text, &[], false);
            assert_eq!(out.html, expected);
            let has_comment = text.contains("<!--");
            assert_eq!(
                sink.is_empty(),
                has_comment && !text.contains('*'),
                "{text}"
            );
        }
        let (out, sink) = render("甲\\<!-- 乙", &[], true);
        assert_eq!((out.html.as_str(), sink.is_empty()), ("甲&lt;!-- 乙", true));
    }

    #[test]
    fn comments_over_paragraphs_are_not_shown_whatever_is_in_them() {
        for (text, expected) in [
            ("甲<!-- 乙\n\n丙 -->丁", "甲丁"),
            ("甲<!-- `乙 | **丙\n\n[丁](/a.html) -->戊", "甲戊"),
            ("甲<!-- 乙*丙 -->*丁", "甲*丁"),
        ] {
            assert_eq!(html(text), expected);
            assert_eq!(plain(text, Sort::Printed), expected);
        }
        let page = |text: &str| render(text, &[], false).0.html;
        assert_eq!(page("甲<!-- 乙\n\n丙 -->丁"), "<p>甲丁</p>");
        assert_eq!(
            page("- 甲<!-- 乙\n\n# 丙 -->丁\n- 戊"),
            "<ul><li>甲丁</li><li>戊</li></ul>"
        );
        assert!(page("| 甲 |\n| --- |\n| 乙<!-- 丙 | 丁 -->戊 |").contains("<td>乙戊</td>"));
        assert_eq!(page("`<!-- a -->`"), "<p><code>&lt;!-- a --&gt;</code></p>");
    }

    #[test]
    fn marks_and_notes_of_a_page_lead_to_each_other() {
        let text = "甲[^b]乙[^B]\n\n[^b]: 丙";
        let notes = Notes::new(labels(text, 24).into_iter().map(|label| (label, 0)), true);
        let context = Context {
            notes: Some(&notes),
            ..bare(text)
        };
        let out = blocks(0..text.len(), &context, &mut Sink::default());
        assert_eq!(
            out.html,
            "<p>甲<sup><a id=\"note-mark-1\" href=\"#note-1\" role=\"doc-noteref\" aria-label=\"Note [b]\">[b]</a></sup>\
             乙<sup><a href=\"#note-1\" role=\"doc-noteref\" aria-label=\"Note [B]\">[B]</a></sup></p>\
             <p><sup><a id=\"note-1\" href=\"#note-mark-1\" role=\"doc-backlink\" aria-label=\"Back to the text [b]\">[b]</a></sup> 丙</p>"
        );
    }

    #[test]
    fn in_official_text_a_link_that_leads_nowhere_is_words() {
        assert_eq!(html("[甲<!-- 内部 -->](乙)"), "[甲](乙)");
        for text in [
            "按照[1](见附表)执行",
            "[](见附表)",
            "[甲](附件.docx)、[*乙*](丙)。",
        ] {
            let (out, sink) = render(text, &[], true);
            assert_eq!(out.html.replace("<em>乙</em>", "*乙*"), text);
            assert!(!sink.is_empty());
        }
    }

    #[test]
    fn addresses_are_links_and_stay_as_typed() {
        let link = |address: &str, words: &str| {
            format!("<a href=\"{address}\" rel=\"noopener noreferrer external\">{words}</a>")
        };
        assert_eq!(
            html("登录https://example.org/_a_/b*c*d，或www.example.org。"),
            format!(
                "登录{}，或{}。",
                link(
                    "https://example.org/_a_/b*c*d",
                    "https://example.org/_a_/b*c*d"
                ),
                link("http://www.example.org", "www.example.org")
            )
        );
        assert_eq!(
            html("[https://example.org](/a.html)"),
            "<a href=\"../a.html\">https://example.org</a>"
        );
        assert_eq!(
            html("`https://example.org`"),
            "<code>https://example.org</code>"
        );
    }

    #[test]
    fn in_official_text_a_star_is_a_star() {
        for text in [
            "面积=长*宽*高",
            "姓名*、地址*为必填",
            "*为必填，*为选填",
            "带*号的、带*号的",
            "*号为必填，带*的为选填",
        ] {
            assert_eq!(html(text), text);
            assert_eq!(plain(text, Sort::Printed), text);
        }
        assert_eq!(html("按*甲*、*（一）*"), "按*甲*、<em>（一）</em>");
        let page = |text: &str| render(text, &[], false).0.html;
        assert_eq!(page("请*务必*带"), "<p>请<em>务必</em>带</p>");
        assert_eq!(
            page("**甲*乙*丙**"),
            "<p><strong>甲<em>乙</em>丙</strong></p>"
        );
    }

    #[test]
    fn boxes_to_tick_are_boxes() {
        let (out, _) = render("- [x] 甲\n- [ ] 乙\n", &[], false);
        assert_eq!(
            out.html,
            "<ul><li class=\"task\">☑ 甲</li><li class=\"task\">☐ 乙</li></ul>"
        );
    }

    #[test]
    fn line_breaks_between_ideographs_vanish() {
        assert_eq!(html("学生资助管理机\n构要主动"), "学生资助管理机构要主动");
        assert_eq!(html("use\nPDF"), "use PDF");
        for (text, expected) in [
            ("从7月1日起到\n9月", "从7月1日起到9月"),
            ("登录\nPDF\n文件", "登录PDF文件"),
            ("收到**3\n份**", "收到<strong>3份</strong>"),
            ("the term 公文\nis used", "the term 公文 is used"),
        ] {
            assert_eq!(html(text), expected);
        }
        assert_eq!(plain("到\n9月", Sort::Printed), "到9月");
    }

    #[test]
    fn numbers_at_the_start_are_no_lists() {
        assert_eq!(html("2020. 年\n*甲*"), "2020. 年<em>甲</em>");
        assert_eq!(html("# 甲\n乙"), "# 甲乙");
    }

    #[test]
    fn html_and_scripts_are_words() {
        for text in [
            "甲<script>alert(1)</script>乙",
            "<img src=x onerror=alert(1)>",
            "[点](javascript:alert(1))",
            "[点](JaVaScRiPt:alert(1))",
            "[点](java&#115;cript:alert(1))",
            "[点](<javascript:alert(1)>)",
            "[点](data:text/html,x)",
            "[点](//evil.example/)",
            "![图](https://evil.example/x.png)",
            "[点](vbscript:x)",
            "[点](java\tscript:alert(1))",
            "[点][r]\n\n[r]: javascript:alert(1)",
            "<a href=\"javascript:alert(1)\">点</a>",
        ] {
            let (out, sink) = render(text, &[], false);
            let mut tags = out.html.split('<').skip(1);
            let own = ["p>", "/p>", "br>"];
            assert!(
                tags.all(|tag| own.iter().any(|own| tag.starts_with(own))),
                "{text} -> {}",
                out.html
            );
            assert!(
                !sink.is_empty() || text.contains('\t'),
                "{text} is not reported"
            );
        }
    }

    #[test]
    fn the_words_of_an_image_are_words() {
        let mark = Mark {
            printed: "郟县".into(),
            right: "郏县".into(),
            number: 1,
            named: false.into(),
        };
        for (inside, alt) in [
            ("[y](https://x/onload=hit()//)", "y"),
            ("<https://x/onload=hit()//>", "https://x/onload=hit()//"),
            ("<a@b.example>", "a@b.example"),
            ("[y](tel:1)", "y"),
            ("[y](mailto:a@b.example 'onload=hit()')", "y"),
            ("![z](/b.png)", "z"),
            ("![z](//x/onload=hit())", "z"),
            ("**粗**和`码`", "粗和码"),
            ("\" onload=\"hit()", "&quot; onload=&quot;hit()"),
            (
                "<b onload=hit()>字</b>",
                "&lt;b onload=hit()&gt;字&lt;/b&gt;",
            ),
            ("郟县", "郟县"),
        ] {
            let (out, _) = render(&format!("![{inside}](/images/x.png)"), &[&mark], true);
            let expected = format!("<img src=\"../images/x.png\" alt=\"{alt}\">");
            assert_eq!(out.html, expected, "{inside}");
        }
        let (out, _) = render("![图\n文](/a.png)字", &[], true);
        assert_eq!(out.html, "<img src=\"../a.png\" alt=\"图文\">字");
    }

    #[test]
    fn slips_are_marked_as_printed() {
        let mark = Mark {
            printed: "郟县".into(),
            right: "郏县".into(),
            number: 1,
            named: false.into(),
        };
        let (out, _) = render("鲁山县、郟县、叶县", &[&mark], true);
        assert!(
            out.html
                .contains("<span class=\"slip\" id=\"slip-1\">郟县<a"),
            "{}",
            out.html
        );
        assert!(out.html.contains("应为“郏县”"));
    }

    #[test]
    fn omissions_are_marked() {
        assert!(
            html("联系人：〔此处略去两名〕。")
                .contains("<span class=\"withheld\">〔此处略去两名〕</span>。")
        );
    }

    #[test]
    fn the_address_of_a_file_may_have_blanks() {
        let (out, _) = render("[表](</files/表 (1).docx>)", &[], true);
        assert_eq!(out.html, "<a href=\"../files/表%20(1).docx\">表</a>");
        assert_eq!(out.links[0].target, "files/表%20(1).docx");
        assert!(
            !render("[点](</ /evil.example>)", &[], true)
                .0
                .html
                .contains("<a")
        );
    }

    #[test]
    fn internal_links_lead_from_the_page_and_are_listed() {
        let (out, _) = render("[方法](/about.html#a)", &[], true);
        assert_eq!(out.html, "<a href=\"../about.html#a\">方法</a>");
        assert_eq!(out.links[0].target, "about.html#a");
        assert_eq!(out.links[0].span.range(), 0.."[方法](/about.html#a)".len());
    }

    #[test]
    fn words_are_had_without_marks_and_without_what_the_page_does_not_show() {
        for (markdown, words) in [
            ("**甲：**乙", "甲：乙"),
            ("甲<!-- 不要 -->乙<b>丙</b>", "甲乙<b>丙</b>"),
            ("2020. 年\n月", "2020. 年月"),
            ("[点](/a.html)`b`", "点b"),
        ] {
            assert_eq!(plain(markdown, Sort::Words), words, "{markdown}");
        }
        assert_eq!(plain("<!-- 不要 -->\n", Sort::Page), "");
        assert_eq!(
            plain(
                "| 序号 | 县 |\n| --- | --- |\n| 1 | 应 县 |\n",
                Sort::PrintedBlocks
            ),
            "序号\t县\n1\t应 县"
        );
        assert_eq!(plain("- 甲\n- 乙\n", Sort::PrintedBlocks), "甲\n乙");
    }

    #[test]
    fn deep_nesting_is_refused() {
        let (_, sink) = render(&format!("{}甲", "> ".repeat(3000)), &[], false);
        assert!(sink.has_errors());
    }

    #[test]
    fn tables_have_caption_and_scope() {
        let (out, _) = render("| 序号 | 县 |\n| --- | --- |\n| 1 | 应 县 |\n", &[], false);
        assert!(
            out.html
                .contains("<caption>表</caption><thead><tr><th scope=\"col\">序号</th>"),
            "{}",
            out.html
        );
        assert!(out.html.contains("<td>应 县</td>"));
        let (out, _) = render(
            "| 日 | 量 |\n| --- | --- |\n| 2026-07-15 | 1,600 |\n",
            &[],
            false,
        );
        assert!(
            out.html
                .contains("<td class=\"whole\">2026-07-15</td><td>1,600</td>"),
            "{}",
            out.html
        );
        let (out, _) = render(
            "| 县 | 日 | 量 |\n| :-- | :-: | --: |\n| 甲县 | 2026-07-15 | 1,600 |\n",
            &[],
            false,
        );
        assert!(
            out.html.contains(
                "<tr><td>甲县</td><td class=\"whole middle\">2026-07-15</td><td class=\"num\">1,600</td></tr>"
            ),
            "{}",
            out.html
        );
    }
}
