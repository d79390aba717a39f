//! The site's own facts: name, address, operator; its topics; its pages of plain text.

use super::clause::{Body, Mode};
use super::decode::Fields;
use crate::diag::{Diagnostic, Sink, SourceId, Span, Spanned, codes};
use crate::sources::{Sources, split, yaml};

/// `data/site.yaml`
#[derive(Debug, Default)]
pub struct Site {
    pub source: Option<SourceId>,
    pub title: String,
    pub short: String,
    pub tagline: String,
    /// Ends with `/`.
    pub base_url: String,
    pub theme: String,
    pub operator: Option<String>,
    pub site_code: Option<String>,
    pub icp: Option<String>,
    pub contact: Option<String>,
    pub lead: Option<Spanned<String>>,
}

#[derive(Debug)]
pub struct Topic {
    pub id: String,
    pub name: String,
    pub aliases: Vec<String>,
    pub about: Option<String>,
}

/// A page of plain Markdown (`content/pages/`).
#[derive(Debug)]
pub struct TextPage {
    pub id: String,
    pub source: SourceId,
    pub title: String,
    pub description: Option<String>,
    pub body: Body,
}

/// Loads `data/site.yaml`; what it leaves out has a plain default.
pub fn load_site(sources: &Sources, sink: &mut Sink) -> Site {
    let mut site = Site {
        title: "明白".into(),
        short: "明白".into(),
        base_url: "https://example.org/".into(),
        theme: "mingbai".into(),
        ..Site::default()
    };
    let Some((id, file)) = sources.find("data/site.yaml") else {
        return site;
    };
    site.source = Some(id);
    let Some(node) = yaml::parse(id, &file.text, 0..file.text.len(), sink) else {
        return site;
    };
    let known = [
        "title",
        "short",
        "tagline",
        "base_url",
        "theme",
        "operator",
        "site_code",
        "icp",
        "contact",
        "lead",
    ];
    let Some(fields) = Fields::open(&node, &known, sink) else {
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
    }
    site.operator = get("operator").map(|t| t.value);
    site.site_code = get("site_code").map(|t| t.value);
    site.icp = get("icp").map(|t| t.value);
    site.contact = get("contact").map(|t| t.value);
    site.lead = get("lead");
    if let Some(url) = get("base_url") {
        match base_url(&url.value) {
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
    site
}

/// A base address in its one form: scheme, host, path, final slash; no query, fragment, space or quotation mark.
pub fn base_url(text: &str) -> Option<String> {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))?;
    let sound = !rest.is_empty()
        && !rest.starts_with('/')
        && !rest.contains(|c: char| c.is_whitespace() || c.is_control() || "?#\"'<>\\".contains(c));
    sound.then(|| {
        if text.ends_with('/') {
            text.to_owned()
        } else {
            format!("{text}/")
        }
    })
}

/// Loads `data/topics.yaml`.
pub fn load_topics(sources: &Sources, sink: &mut Sink) -> Vec<Topic> {
    let Some((id, file)) = sources.find("data/topics.yaml") else {
        return Vec::new();
    };
    let Some(node) = yaml::parse(id, &file.text, 0..file.text.len(), sink) else {
        return Vec::new();
    };
    let yaml::Kind::List(items) = &node.kind else {
        sink.push(super::decode::wrong_type(
            &node,
            "列表（每项一行，以“- ”开头）",
            "a list",
        ));
        return Vec::new();
    };
    let mut topics: Vec<Topic> = Vec::new();
    for item in items {
        let Some(fields) = Fields::open(item, &["id", "name", "aliases", "about"], sink) else {
            continue;
        };
        let (Some(id), Some(name)) = (
            fields.required_text("id", sink),
            fields.required_text("name", sink),
        ) else {
            continue;
        };
        if !is_id(&id.value) {
            sink.push(bad_id(id.span, &id.value));
            continue;
        }
        if topics
            .iter()
            .any(|topic| topic.id == id.value || topic.name == name.value)
        {
            sink.push(
                Diagnostic::new(
                    &codes::DUPLICATE_ID,
                    id.span,
                    format!("主题“{}”登记了两次", id.value),
                    format!("topic \"{}\" is registered twice", id.value),
                )
                .hint("删去一个", "remove one of them"),
            );
            continue;
        }
        let aliases = fields
            .texts("aliases", sink)
            .into_iter()
            .map(|a| a.value)
            .collect();
        let about = fields.text("about", sink).map(|a| a.value);
        topics.push(Topic {
            id: id.value,
            name: name.value,
            aliases,
            about,
        });
    }
    topics
}

/// Whether a word can be part of an address: lower-case ASCII letters, digits and hyphens.
pub fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 80
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

pub fn bad_id(span: Span, id: &str) -> Diagnostic {
    Diagnostic::new(
        &codes::BAD_ID,
        span,
        format!("“{id}”不能作网址"),
        format!("\"{id}\" cannot be part of an address"),
    )
    .hint(
        "只用小写英文字母、数字和连字符，例如 youyu-2023",
        "use lower-case letters, digits and hyphens only, such as youyu-2023",
    )
}

/// Loads `content/pages/*.md`.
pub fn load_pages(sources: &Sources, sink: &mut Sink) -> Vec<TextPage> {
    let mut pages = Vec::new();
    for (source, file) in sources.below("content/pages/") {
        let Some(id) = file
            .path
            .strip_prefix("content/pages/")
            .and_then(|p| p.strip_suffix(".md"))
        else {
            continue;
        };
        let start = Span::new(source, 0..0);
        if !is_id(id) {
            sink.push(bad_id(start, id));
            continue;
        }
        let Some(parts) = split(&file.text) else {
            sink.push(no_front_matter(start));
            continue;
        };
        let Some(node) = yaml::parse(source, &file.text, parts.yaml, sink) else {
            continue;
        };
        let Some(fields) = Fields::open(&node, &["title", "description"], sink) else {
            continue;
        };
        let Some(title) = fields.required_text("title", sink) else {
            continue;
        };
        let description = fields.text("description", sink).map(|d| d.value);
        let body = Body::parse(source, &file.text, parts.body, Mode::Free, sink);
        pages.push(TextPage {
            id: id.to_owned(),
            source,
            title: title.value,
            description,
            body,
        });
    }
    pages
}

pub fn no_front_matter(span: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::FRONT_MATTER,
        span,
        "文件开头没有“---”之间的文件头，或没有结束的“---”",
        "no front matter between lines of \"---\", or it is never closed",
    )
    .hint(
        "文件第一行写“---”，然后是 title: 等各项，再写一行“---”",
        "begin the file with a line \"---\", the keys, and another line \"---\"",
    )
}
