//! Ids lead somewhere: sources, topics, cited documents, attachments.
//!
//! MB0215, MB0221, MB0225.

use crate::diag::{Diagnostic, Sink, Spanned, codes};
use crate::model::{Kind, Model};
use crate::sources::Sources;
use crate::text::nearest;

pub fn check(model: &Model, sources: &Sources, index: usize, sink: &mut Sink) {
    let document = &model.documents[index];
    for topic in &document.topics {
        if model.topic(&topic.value).is_none() {
            let names = model.topics.iter().map(|t| t.name.as_str());
            let diagnostic = Diagnostic::new(
                &codes::UNKNOWN_TOPIC,
                topic.span,
                format!("没有主题“{}”", topic.value),
                format!("no topic \"{}\"", topic.value),
            );
            let near = nearest(&topic.value, names);
            sink.push(if near.is_some() {
                diagnostic.did_you_mean(near)
            } else {
                diagnostic.hint(
                    "在 data/topics.yaml 中登记",
                    "register it in data/topics.yaml",
                )
            });
        }
    }
    if let Some(source) = document.kind.source() {
        notice(model, source, sink);
    }
    let Kind::Notice(own) = &document.kind else {
        return;
    };
    for id in own.cites.iter().filter_map(|cited| cited.notice.as_ref()) {
        notice(model, id, sink);
    }
    for attachment in &own.attachments {
        let missing = |value: &Spanned<String>, zh: &str, en: &str| {
            Diagnostic::new(
                &codes::NO_ATTACHMENT,
                value.span,
                format!("附件找不到：{zh}“{}”", value.value),
                format!("attachment cannot be found: {en} \"{}\"", value.value),
            )
        };
        if let Some(part) = &attachment.part
            && document
                .body
                .as_ref()
                .is_none_or(|body| body.find(&part.value).is_none())
        {
            sink.push(missing(part, "本文没有", "this text has no").hint(
                "附件以“# 附件”一行开头；没有收录附件原文的，删去 part",
                "an annex begins with a line \"# 附件\"; if its text is not held, remove `part`",
            ));
        }
        if let Some(data) = &attachment.data
            && model.document(&data.value).is_none()
        {
            sink.push(
                missing(data, "没有数据", "no data file").did_you_mean(nearest(
                    &data.value,
                    model.documents.iter().map(|d| d.id.as_str()),
                )),
            );
        }
        if let Some(file) = &attachment.file {
            let path = format!("content/{}", file.value);
            if !sources.binaries.iter().any(|binary| binary.path == path) {
                let names = sources
                    .binaries
                    .iter()
                    .filter_map(|b| b.path.strip_prefix("content/"));
                sink.push(
                    missing(file, "content/ 下没有", "content/ has no")
                        .did_you_mean(nearest(&file.value, names)),
                );
            }
        }
    }
}

/// An id that must be a notice.
fn notice(model: &Model, id: &Spanned<String>, sink: &mut Sink) {
    let found = model
        .document(&id.value)
        .is_some_and(|i| matches!(model.documents[i].kind, Kind::Notice(_)));
    if !found {
        let notices = model
            .documents
            .iter()
            .filter(|d| matches!(d.kind, Kind::Notice(_)))
            .map(|d| d.id.as_str());
        sink.push(
            Diagnostic::new(
                &codes::UNKNOWN_DOCUMENT,
                id.span,
                format!("没有编号为“{}”的文件", id.value),
                format!("no notice has the id \"{}\"", id.value),
            )
            .did_you_mean(nearest(&id.value, notices)),
        );
    }
}
