//! Markdown as events: what pages and their plain words are made of.
//!
//! Comes in: guarded Markdown. Goes out: the parser's events, each with its place in the guarded text. Texts that meet are one text, so that words
//! which the parser has split can be found; a block of HTML is one event; what authors note for themselves (`<!-- … -->`) is gone.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::super::guard::{Guarded, Sort, with_signs};

/// Why a text has no events: its lists or block quotes are nested too deeply.
#[derive(Debug)]
pub(super) struct TooDeep;

/// An event and its place in the guarded text.
pub(super) type Placed<'a> = (Event<'a>, Range<usize>);

/// The events of a text with at most so many levels.
pub(super) fn read(guarded: &Guarded, deepest: usize) -> Result<Vec<Placed<'_>>, TooDeep> {
    let mut events: Vec<Placed> = Vec::new();
    let mut words: Option<(String, Range<usize>)> = None;
    let mut html: Option<String> = None;
    let mut depth = 0usize;
    for (event, at) in Parser::new_ext(&guarded.text, options(guarded.sort)).into_offset_iter() {
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > deepest {
            return Err(TooDeep);
        }
        let event = with_signs(event);
        if let Event::Text(more) = &event {
            match &mut words {
                Some((text, before)) => {
                    text.push_str(more);
                    before.end = at.end;
                }
                None => words = Some((more.to_string(), at)),
            }
            continue;
        }
        let before = words.take();
        events.extend(before.map(|(text, at)| (Event::Text(text.into()), at)));
        match event {
            Event::Start(Tag::HtmlBlock) => html = Some(String::new()),
            Event::Html(line) => {
                if let Some(block) = &mut html {
                    block.push_str(&line);
                }
            }
            Event::End(TagEnd::HtmlBlock) => {
                let kept = html.take().map(|block| without_comments(&block));
                let kept = kept.filter(|kept| !kept.trim().is_empty());
                events.extend(kept.map(|kept| (Event::Html(kept.into()), at)));
            }
            Event::InlineHtml(tag) if without_comments(&tag).is_empty() => {}
            event => events.push((event, at)),
        }
    }
    events.extend(words.map(|(text, at)| (Event::Text(text.into()), at)));
    Ok(events)
}

/// What is markup in a text: in official text, footnotes and boxes to tick are what was printed.
fn options(sort: Sort) -> Options {
    let both = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    match sort {
        Sort::Words | Sort::Printed | Sort::PrintedBlocks => both,
        Sort::Page => both | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS,
    }
}

/// HTML without its comments. A comment that does not end is none.
pub(super) fn without_comments(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("<!--") {
        // `<!-->` is a comment, too.
        let Some(length) = rest[at + 2..].find("-->") else {
            break;
        };
        out.push_str(&rest[..at]);
        rest = &rest[at + 2 + length + 3..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn comments_are_gone_and_what_is_around_them_stays() {
        for (html, kept) in [
            ("<!-- 甲 -->", ""),
            ("<!-->", ""),
            ("<!-- 甲\n-->乙<!-- 丙 --> 丁", "乙 丁"),
            ("<!-- 甲", "<!-- 甲"),
            ("<b>", "<b>"),
        ] {
            assert_eq!(without_comments(html), kept);
        }
    }
}
