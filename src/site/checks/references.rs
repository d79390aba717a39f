//! Ids lead somewhere: sources, topics, cited documents, attachments.
//!
//! MB0215, MB0221, MB0225.

use crate::diag::{Diagnostic, Sink, Spanned, codes};
use crate::model::{DocumentId, Kind, Model};
use crate::sources::Sources;
use crate::text::nearest;

pub fn check(model: &Model, sources: &Sources, index: DocumentId, sink: &mut Sink) {
    let document = &model.documents[index];
    for topic in &document.topics {
        self::topic(model, topic, sink);
    }
    if let Some(source) = document.kind.source() {
        notice(model, source, sink);
    }
    let known = |id: &str| model.failed.contains(id) || model.document(id).is_some();
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
                format!("attachment not found: {en} \"{}\"", value.value),
            )
        };
        if let Some(part) = &attachment.part
            && document
                .body
                .as_ref()
                .is_none_or(|body| body.find(&part.value).is_none())
        {
            sink.push(missing(part, "本文没有", "this text has no part").hint(
                "附件以“# 附件”一行开头；没有收录附件原文的，删去 part",
                "an annex begins with a line \"# 附件\"; if the text of the annex is not included, remove `part`",
            ));
        }
        if let Some(data) = &attachment.data
            && !known(&data.value)
        {
            let names = model
                .documents
                .iter()
                .filter(|d| !matches!(d.kind, Kind::Notice(_)))
                .map(|d| d.id.as_str());
            sink.push(
                missing(data, "data/ 下没有", "data/ has no file with the id").did_you_mean_or(
                    nearest(&data.value, names),
                    "写数据文件的编号，也就是不带 .yaml 的文件名",
                    "write the id of the data file, which is its file name without .yaml",
                ),
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
                    missing(file, "content/ 下没有", "content/ has no file").did_you_mean_or(
                        nearest(&file.value, names),
                        format!("把文件放到 {path}，或改正路径"),
                        format!("put the file at {path}, or correct the path"),
                    ),
                );
            }
        }
    }
}

/// An id that must be a notice.
pub fn notice(model: &Model, id: &Spanned<String>, sink: &mut Sink) {
    let found = model.document(&id.value).map(|i| &model.documents[i].kind);
    if model.failed.contains(&id.value) || matches!(found, Some(Kind::Notice(_))) {
        return;
    }
    let notices = model
        .documents
        .iter()
        .filter(|d| matches!(d.kind, Kind::Notice(_)))
        .map(|d| d.id.as_str());
    let (zh, en) = if found.is_some() {
        (
            format!("“{}”不是公文", id.value),
            format!("\"{}\" is not an official document", id.value),
        )
    } else {
        (
            format!("没有编号为“{}”的公文", id.value),
            format!("no official document has the id \"{}\"", id.value),
        )
    };
    sink.push(
        Diagnostic::new(&codes::UNKNOWN_DOCUMENT, id.span, zh, en).did_you_mean_or(
            nearest(&id.value, notices),
            "写 content/notices/ 下公文的编号，也就是不带 .md 的文件名",
            "write the id of a document in content/notices/, which is its file name without .md",
        ),
    );
}

/// # Diagnostics
/// MB0225.
pub fn topic(model: &Model, topic: &Spanned<String>, sink: &mut Sink) {
    if !model.topics_sound || model.topic(&topic.value).is_some() {
        return;
    }
    let names = model.topics.iter().map(|t| t.name.as_str());
    let diagnostic = Diagnostic::new(
        &codes::UNKNOWN_TOPIC,
        topic.span,
        format!("没有主题“{}”", topic.value),
        format!("there is no topic \"{}\"", topic.value),
    );
    sink.push(diagnostic.did_you_mean_or(
        nearest(&topic.value, names),
        "改用已有的主题，或在 data/topics.yaml 中登记",
        "use an existing topic, or register this one in data/topics.yaml",
    ));
}
