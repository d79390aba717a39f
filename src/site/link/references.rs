//! References to documents, topics and attachments.
//!
//! Comes in: names as written, and the known names. Goes out: ids, and MB0215, MB0221, MB0225.

use super::Known;
use crate::diag::{Diagnostic, Sink, Span, Spanned, codes};
use crate::model::{
    Attachment, ClauseId, Document, DocumentId, Kind, Phase, TopicId, Withdrawn, Written,
};
use crate::text::nearest;

/// What an attachment refers to.
pub(super) struct Attached {
    /// The annex in the document's own text.
    pub part: Option<ClauseId>,
    /// The data file made from it.
    pub data: Option<Spanned<DocumentId>>,
}

fn missing(value: &Spanned<String>, zh: &str, en: &str) -> Diagnostic {
    Diagnostic::new(
        &codes::NO_ATTACHMENT,
        value.span,
        format!("附件找不到：{zh}“{}”", value.value),
        format!("attachment not found: {en} \"{}\"", value.value),
    )
}

/// Links an attachment of a notice.
///
/// # Diagnostics
/// MB0221.
pub(super) fn attachment(
    known: &Known<'_, Written>,
    document: &Document<Written>,
    attachment: &Attachment<Written>,
    sink: &mut Sink,
) -> Attached {
    if let Some(file) = &attachment.file {
        attached_file(known, file, sink);
    }
    Attached {
        part: attachment
            .part
            .as_ref()
            .and_then(|part| annex(document, part, sink)),
        data: attachment
            .data
            .as_ref()
            .and_then(|data| data_file(known, data, sink)),
    }
}

fn annex(
    document: &Document<Written>,
    part: &Spanned<String>,
    sink: &mut Sink,
) -> Option<ClauseId> {
    let body = document.body.as_ref();
    let found = body.and_then(|body| body.find(&part.value));
    if found.is_none() {
        sink.push(missing(part, "本文没有", "this text has no part").hint(
            "附件以“# 附件”一行开头；没有收录附件原文的，删去 part",
            "an annex begins with a line \"# 附件\"; if the text of the annex is not included, remove `part`",
        ));
    }
    found
}

fn data_file(
    known: &Known<'_, Written>,
    data: &Spanned<String>,
    sink: &mut Sink,
) -> Option<Spanned<DocumentId>> {
    let found = known.names.document(&data.value);
    if found.is_none() && !known.failed.contains(&data.value) {
        let names = known
            .names
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
    Some(Spanned::new(found?, data.span))
}

fn attached_file(known: &Known<'_, Written>, file: &Spanned<String>, sink: &mut Sink) {
    let sources = known.sources;
    let path = format!("content/{}", file.value);
    // A file that is there and was refused has its own diagnostic.
    let is_there = sources
        .find(&path)
        .is_some_and(|(id, _)| sources.is_published(&path) || !sources.is_readable(id));
    if is_there {
        return;
    }
    let names = sources.published().map(|(name, ..)| name);
    sink.push(
        missing(file, "content/ 下没有", "content/ has no file").did_you_mean_or(
            nearest(&file.value, names),
            format!("把文件放到 {path}，或改正路径"),
            format!("put the file at {path}, or correct the path"),
        ),
    );
}

/// Checks that an id is the id of a notice.
///
/// # Diagnostics
/// MB0215.
pub(super) fn check<P: Phase>(known: &Known<'_, P>, id: &Spanned<String>, sink: &mut Sink) {
    let documents = known.names.documents;
    let found = known.names.document(&id.value).map(|i| &documents[i].kind);
    if known.failed.contains(&id.value) || matches!(found, Some(Kind::Notice(_))) {
        return;
    }
    let notices = documents
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

/// Something is based on a notice that was withdrawn.
pub(super) fn withdrawn(place: Span, id: &str, withdrawn: &Withdrawn) -> Diagnostic {
    Diagnostic::new(
        &codes::WITHDRAWN_CITED,
        place,
        format!("“{id}”已经撤下，不能再作依据"),
        format!("\"{id}\" was withdrawn and can no longer be cited"),
    )
    .also(withdrawn.span, "撤下", "withdrawn")
    .hint(
        "把这一处也撤下来（删去，或换成另一份文件）；页面上不能留着撤下的文件里的话",
        "remove this, or cite another document; no page may keep words of a document that was withdrawn",
    )
}

/// Links a topic.
///
/// # Diagnostics
/// MB0225, unless the topics themselves have errors.
pub(super) fn topic<P: Phase>(
    known: &Known<'_, P>,
    topic: &Spanned<String>,
    sink: &mut Sink,
) -> Option<TopicId> {
    let found = known.names.topic(&topic.value);
    if found.is_some() || !known.topics_sound {
        return found;
    }
    let names = known.names.topics.iter().map(|t| t.name.as_str());
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
    None
}
