//! Images without alternative text.
//!
//! MB0710.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::model::Body;

pub(super) fn check(body: &Body, text: &str, sink: &mut Sink) {
    for block in &body.blocks {
        let markdown = text.get(block.text.clone()).unwrap_or_default();
        if !markdown.contains("![") {
            continue;
        }
        let mut image = None;
        let mut words = false;
        for (event, at) in Parser::new(markdown).into_offset_iter() {
            match event {
                Event::Start(Tag::Image { .. }) => (image, words) = (Some(at), false),
                Event::Text(said) | Event::Code(said) => words |= !said.trim().is_empty(),
                Event::End(TagEnd::Image) => {
                    if let Some(at) = image.take().filter(|_| !words) {
                        let start = block.text.start;
                        let span = Span::new(body.source, start + at.start..start + at.end);
                        sink.push(
                            Diagnostic::new(
                                &codes::IMAGE_WITHOUT_WORDS,
                                span,
                                "这张图片没有文字说明",
                                "this image has no alternative text",
                            )
                            .hint(
                                "在“![”和“]”之间写图上有什么",
                                "describe the image between \"![\" and \"]\"",
                            ),
                        );
                    }
                }
                _ => {}
            }
        }
    }
}
