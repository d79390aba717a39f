//! A value of YAML as one paragraph.
//!
//! Comes in: the value, which may be quoted or folded in its file. Goes out: its HTML and its links, with what was found reported at the whole of it.

use super::{Context, InternalLink, inline};
use crate::diag::{Sink, Span};
use crate::model::clause::report_comments;
use crate::text::Comments;

/// Renders a value that was written at `span`.
pub fn value(
    span: Span,
    context: &Context,
    links: &mut Vec<InternalLink>,
    sink: &mut Sink,
) -> String {
    let text = context.text;
    let mut own = Sink::default();
    let comments = Comments::of(text, false);
    report_comments(&comments, text, false, |_| span, &mut own);
    let rendered = inline(0..text.len(), false, context, &mut own);
    for mut diagnostic in own.into_reported() {
        diagnostic.span = span;
        sink.push(diagnostic);
    }
    let at = |link: InternalLink| InternalLink { span, ..link };
    links.extend(rendered.links.into_iter().map(at));
    rendered.html
}
