//! The site itself: its name, address and operator, its topics, and its plain pages.
//!
//! Comes in: `data/site.yaml`, `data/topics.yaml`, `content/pages/`. Goes out: typed values.

use std::collections::HashSet;

use mingbai_forms::limits;
use typed_index_collections::TiVec;

use super::clause::{Body, Mode};
use super::decode::{Fields, one_of, text, wrong_type};
use crate::config::BaseUrl;
use crate::diag::{Code, Diagnostic, Sink, SourceId, Span, Spanned, codes};
use crate::model::shape;
use crate::sources::names::is_device;
use crate::sources::{Sources, split, yaml};

mingbai_forms::ids! {
    /// A [`Topic`].
    TopicId,
    /// A [`TextPage`].
    TextPageId,
}

/// `data/site.yaml`
#[derive(Debug, Default)]
pub struct Site {
    pub source: Option<SourceId>,
    pub title: String,
    pub short: String,
    pub tagline: String,
    pub base_url: BaseUrl,
    pub theme: String,
    /// Where the theme is named.
    pub theme_span: Option<Span>,
    pub operator: Option<String>,
    pub site_code: Option<String>,
    pub icp: Option<String>,
    pub contact: Option<String>,
    /// Whom readers of self-checks ask.
    pub office: Option<String>,
    /// The licence of the data.
    pub licence: Option<String>,
    pub lead: Option<Spanned<String>>,
    pub hosting: Hosting,
    /// Addresses of pages that were moved or withdrawn, as written.
    pub redirects: Vec<Moved>,
    /// Where `mingbai publish` sends the site. It is not published.
    pub publish_to: Option<String>,
}

impl Site {
    /// Whom readers of self-checks ask: the office by name, if the site says which it is.
    pub fn office(&self) -> &str {
        self.office.as_deref().unwrap_or("受理机构")
    }
}

/// What is published for the web server, in addition to the site.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hosting {
    /// Hashes of style sheets and scripts in pages. Browsers check them only on pages from a server: on pages that are opened
    /// from disk they refuse every file that has one.
    pub integrity: bool,
    /// Compressed copies of files (`.gz`, `.br`).
    pub compressed: bool,
    /// `_headers` and `_redirects`, which hosts of static sites read.
    pub rules: bool,
}

/// A former address, and where its page is now.
#[derive(Debug, Clone)]
pub struct Moved {
    pub from: Spanned<String>,
    /// The new address, or [`WITHDRAWN`].
    pub to: Spanned<String>,
}

/// The word for a page that was withdrawn.
pub const WITHDRAWN: &str = "撤下";

/// The words of `hosting`.
pub const HOSTING: &[&str] = &["校验码", "压缩副本", "托管规则"];

/// A topic of documents.
#[derive(Debug)]
pub struct Topic {
    pub id: String,
    pub name: String,
    pub aliases: Vec<String>,
    pub about: Option<String>,
}

/// A page of ordinary Markdown (`content/pages/`).
#[derive(Debug)]
pub struct TextPage {
    pub id: String,
    pub source: SourceId,
    pub title: String,
    pub description: Option<String>,
    /// The language tag of the text, unless it is the language of the site (Chinese).
    pub lang: Option<&'static str>,
    pub body: Body,
}

/// The languages of a plain page, with the tags (BCP 47) of those that are not the language of the site.
pub const LANGUAGES: &[(&str, Option<&str>)] = &[("中文", None), ("English", Some("en"))];

/// Loads `data/site.yaml`. Every key has a default.
pub fn load_site(sources: &Sources, sink: &mut Sink) -> Site {
    let mut site = Site {
        title: "明白".into(),
        short: "明白".into(),
        theme: "mingbai".into(),
        ..Site::default()
    };
    let Some((id, file)) = sources.find("data/site.yaml") else {
        return site;
    };
    site.source = Some(id);
    if !sources.is_readable(id) {
        return site;
    }
    let node = yaml::parse_parts(id, &file.text, 0..file.text.len(), sink);
    let Some(fields) = Fields::open(&node, &shape::SITE, sink) else {
        return site;
    };
    let mut get = |key: &str| fields.stated_text(key, sink);
    if let Some(title) = get("title") {
        site.short.clone_from(&title.value);
        site.title = title.value;
    }
    if let Some(short) = get("short") {
        site.short = short.value;
    }
    site.tagline = get("tagline").map_or_else(String::new, |t| t.value);
    if let Some(theme) = get("theme") {
        site.theme = theme.value;
        site.theme_span = Some(theme.span);
    }
    site.operator = get("operator").map(|t| t.value);
    site.site_code = get("site_code").map(|t| t.value);
    site.icp = get("icp").map(|t| t.value);
    site.contact = get("contact").map(|t| t.value);
    site.office = get("office").map(|t| t.value);
    site.licence = get("licence").map(|t| t.value);
    site.lead = get("lead");
    site.publish_to = get("publish_to").map(|t| t.value);
    site.hosting = hosting(&fields, sink);
    site.redirects = redirects(&fields, sink);
    let mut get = |key: &str| fields.stated_text(key, sink);
    if let Some(url) = get("base_url") {
        match BaseUrl::parse(&url.value) {
            Some(base) => site.base_url = base,
            None => sink.push(
                Diagnostic::new(
                    &codes::NOT_IN_LIST,
                    url.span,
                    "网址须以 https:// 或 http:// 开头",
                    "the address must begin with https:// or http://",
                )
                .hint(
                    "例如 https://example.gov.cn/zizhu/",
                    "for example https://example.gov.cn/zizhu/",
                ),
            ),
        }
    }
    if let Some(limits) = fields.get("limits") {
        check_limits(limits, sink);
    }
    site
}

/// Checks the limits that a site sets: what is not a number in its bounds does not hold.
///
/// # Diagnostics
/// MB0230.
fn check_limits(node: &yaml::Node, sink: &mut Sink) {
    let Some(fields) = Fields::open(node, &shape::LIMITS, sink) else {
        return;
    };
    for row in &limits::TABLE {
        let Some(most) = fields.number::<usize>(row.key, sink) else {
            continue;
        };
        if most.value > row.largest {
            sink.push(
                Diagnostic::new(
                    &codes::BAD_NUMERAL,
                    most.span,
                    format!("“{}”只能是 0 到 {}", row.key, row.largest),
                    format!("`{}` must be from 0 to {}", row.key, row.largest),
                )
                .hint(
                    format!("不写的话是 {}", row.default),
                    format!("the default is {}", row.default),
                ),
            );
        }
    }
}

/// What the web server gets.
///
/// # Diagnostics
/// MB0204.
fn hosting(fields: &Fields, sink: &mut Sink) -> Hosting {
    let mut hosting = Hosting::default();
    let allowed: Vec<(&str, usize)> = HOSTING.iter().copied().zip(0..).collect();
    let words = fields.list("hosting", sink, |node, sink| {
        one_of(&text(node, sink)?, &allowed, sink)
    });
    for word in words {
        match word {
            0 => hosting.integrity = true,
            1 => hosting.compressed = true,
            _ => hosting.rules = true,
        }
    }
    hosting
}

/// Pages that were moved or withdrawn.
///
/// # Diagnostics
/// MB0203.
fn redirects(fields: &Fields, sink: &mut Sink) -> Vec<Moved> {
    let Some(node) = fields.get("redirects") else {
        return Vec::new();
    };
    let yaml::Kind::Map(map) = &node.kind else {
        sink.push(wrong_type(
            node,
            "分项（旧网址: 新网址）",
            "a mapping (former address: new address)",
        ));
        return Vec::new();
    };
    map.iter()
        .filter_map(|(from, to)| {
            Some(Moved {
                from: from.clone(),
                to: text(to, sink)?,
            })
        })
        .collect()
}

/// Loads `data/topics.yaml`.
pub fn load_topics(sources: &Sources, sink: &mut Sink) -> TiVec<TopicId, Topic> {
    let Some((id, file)) = sources
        .find("data/topics.yaml")
        .filter(|(id, _)| sources.is_readable(*id))
    else {
        return TiVec::new();
    };
    let node = yaml::parse_parts(id, &file.text, 0..file.text.len(), sink);
    let yaml::Kind::List(items) = &node.kind else {
        sink.push(wrong_type(&node, "列表（每项一行，以“- ”开头）", "a list"));
        return TiVec::new();
    };
    if !sources.limits.allow_values(&node, sink) {
        return TiVec::new();
    }
    let mut topics: TiVec<TopicId, Topic> = TiVec::new();
    let mut known: HashSet<String> = HashSet::new();
    for item in items {
        let Some(fields) = Fields::open(item, &shape::TOPIC, sink) else {
            continue;
        };
        let (Some(id), Some(name)) = (
            fields.required_text("id", sink),
            fields.required_text("name", sink),
        ) else {
            continue;
        };
        if !is_id(&id.value) {
            sink.push(bad_id("编号", "id", id.span, &id.value));
            continue;
        }
        let twice = [&id, &name]
            .into_iter()
            .find(|word| known.contains(&word.value));
        if let Some(word) = twice {
            sink.push(
                Diagnostic::new(
                    &codes::DUPLICATE_ID,
                    word.span,
                    format!("主题“{}”登记了两次", word.value),
                    format!("the topic \"{}\" is registered twice", word.value),
                )
                .hint(
                    "同一个主题的删去一个，不同的主题换一个编号",
                    "remove one of them, or give the other topic a different id",
                ),
            );
            continue;
        }
        let aliases = fields
            .texts("aliases", sink)
            .into_iter()
            .map(|a| a.value)
            .collect();
        let about = fields.text("about", sink).map(|a| a.value);
        known.extend([id.value.clone(), name.value.clone()]);
        topics.push(Topic {
            id: id.value,
            name: name.value,
            aliases,
            about,
        });
    }
    topics
}

/// Whether a word can be used in an address: lower-case ASCII letters, digits and hyphens, and not a name that Windows
/// keeps for itself.
pub fn is_id(id: &str) -> bool {
    !is_device(id)
        && !id.is_empty()
        && id.len() <= 80
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// The diagnostic (MB0206) for a file name that cannot be used in an address.
pub fn bad_file_name(span: Span, stem: &str) -> Diagnostic {
    bad_id("文件名", "file name", span, stem)
}

pub(super) fn bad_id(zh: &str, en: &str, span: Span, id: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &codes::BAD_ID,
        span,
        format!("{zh}“{id}”不能作网址"),
        format!("the {en} \"{id}\" cannot be used in an address"),
    );
    if is_device(id) {
        return diagnostic.hint(
            format!("Windows 留着这个名字作设备，换一个，例如 {id}-1"),
            format!("Windows reserves this name for a device; use another, such as {id}-1"),
        );
    }
    diagnostic.hint(
        "只用小写英文字母、数字和连字符，例如 youyu-2023",
        "use only lower-case letters, digits and hyphens, such as youyu-2023",
    )
}

/// Loads `content/pages/*.md`.
pub fn load_pages(sources: &Sources, sink: &mut Sink) -> TiVec<TextPageId, TextPage> {
    let mut pages = TiVec::new();
    for (source, file) in sources.below("content/pages/") {
        if !sources.is_readable(source) {
            continue;
        }
        let Some(id) = file
            .path
            .strip_prefix("content/pages/")
            .and_then(|p| p.strip_suffix(".md"))
        else {
            continue;
        };
        let start = Span::new(source, 0..0);
        if !is_id(id) {
            sink.push(bad_file_name(start, id));
            continue;
        }
        let Some(parts) = split(&file.text) else {
            sink.push(no_front_matter(source, &file.text));
            continue;
        };
        let node = yaml::parse_parts(source, &file.text, parts.yaml, sink);
        let Some(fields) = Fields::open(&node, &shape::PAGE, sink) else {
            continue;
        };
        let Some(title) = fields.required_text("title", sink) else {
            continue;
        };
        let description = fields.text("description", sink).map(|d| d.value);
        let lang = fields
            .one_of("lang", LANGUAGES, sink)
            .and_then(|lang| lang.value);
        let limits = &sources.limits;
        let parsed = Body::parse_within(source, &file.text, parts.body, Mode::Free, limits, sink);
        let Some(body) = parsed else {
            continue;
        };
        pages.push(TextPage {
            id: id.to_owned(),
            source,
            title: title.value,
            description,
            lang,
            body,
        });
    }
    pages
}

/// The diagnostic for a file without any text.
pub fn empty(code: &'static Code, source: SourceId) -> Diagnostic {
    Diagnostic::new(
        code,
        Span::new(source, 0..0),
        "这个文件是空的，里面什么也没有",
        "this file is empty",
    )
    .hint(
        "多半没有保存成功，或者没有复制完：重新保存一次；不要的文件删去",
        "it was probably not saved or copied completely: save it again, or delete it if nobody needs it",
    )
}

/// The diagnostic (MB0105) for a Markdown file that cannot be split into front matter and text.
pub fn no_front_matter(source: SourceId, text: &str) -> Diagnostic {
    if text.trim().is_empty() {
        return empty(&codes::FRONT_MATTER, source);
    }
    let first = text.lines().next().unwrap_or_default();
    // A fence of other dashes: the first line, or the line that should close what the first line opens.
    let fence = if first.trim_end() == "---" {
        text.lines().skip(1).find(|line| yaml::is_wide_fence(line))
    } else {
        Some(first).filter(|line| yaml::is_wide_fence(line))
    };
    if let Some(fence) = fence {
        let at = text.find(fence).unwrap_or(0);
        return Diagnostic::new(
            &codes::FRONT_MATTER,
            Span::new(source, at..at + fence.trim_end().len()),
            format!("“{}”不是半角短横，不能作文件头的分界", fence.trim()),
            format!(
                "\"{}\" is not made of half-width hyphens, so it does not delimit the front matter",
                fence.trim()
            ),
        )
        .hint(
            "这一行改为三个半角短横“---”",
            "write three half-width hyphens on this line: \"---\"",
        );
    }
    if first.trim_end() == "---" {
        return Diagnostic::new(
            &codes::FRONT_MATTER,
            Span::new(source, 0.."---".len()),
            "文件头没有结束：只有开头这一行“---”",
            "the front matter is not closed: this is the only \"---\" line",
        )
        .hint(
            "在最后一项之后、正文之前单独写一行“---”",
            "add a line \"---\" after the last key, before the text",
        );
    }
    Diagnostic::new(
        &codes::FRONT_MATTER,
        Span::new(source, 0..first.len()),
        "缺少文件头：第一行应当是“---”",
        "no front matter: the first line must be \"---\"",
    )
    .hint(
        "文件第一行写“---”，然后是 title: 等各项，再写一行“---”",
        "begin the file with a line \"---\", then the keys such as title:, then another line \"---\"",
    )
}
