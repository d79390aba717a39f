//! The gallery: one page that shows every component of a theme with its examples.
//!
//! Comes in: the theme, and the file `examples.yaml` in the folder of each component. Goes out: `index.html` and the
//! assets of the theme. Components and page are rendered by `Theme`, as every page is. The gallery is not part of a
//! site: no build makes it, and it reads no content.
//!
//! ```yaml
//! group: 时间
//! examples:
//! - name: 受理中
//!   args: {…}      # what the component takes
//!   page: {…}      # fields of `page` that it reads; the others are those of the gallery
//!   body: …        # HTML, for a component with a body
//!   wrap: ul       # the element that a list item stands in
//! ```

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::assets::{self, Asset, style};
use crate::diag::{Diagnostic, Sink, SourceId, Span, codes};
use crate::model::Site;
use crate::output::page_bytes;
use crate::pages::day_view;
use crate::pages::theme::{Component, Theme};
use crate::pages::view::{PageView, SiteView, SubscribeView};
use crate::policy;
use crate::sources::Sources;
use crate::sources::yaml::{self, Kind, Node};

/// Where the components belong, in the order of the page.
pub const GROUPS: [&str; 8] = [
    "框架", "文字", "时间", "地点", "文件", "办理", "数据", "自查",
];

const TEMPLATE: &str = "gallery.html";
const SHEET: &str = "gallery.css";

/// A component as the gallery shows it.
#[derive(Debug, Serialize)]
struct Shown {
    name: String,
    anchor: String,
    /// What its template says first: what it is and what it takes.
    about: String,
    examples: Vec<ShownExample>,
}

#[derive(Debug, Serialize)]
struct ShownExample {
    name: String,
    light_html: String,
    dark_html: String,
}

#[derive(Debug, Serialize)]
struct Group {
    name: &'static str,
    components: Vec<Shown>,
}

/// What `examples.yaml` holds.
struct Examples {
    group: &'static str,
    list: Vec<Example>,
}

struct Example {
    name: String,
    span: Span,
    args: Map<String, Value>,
    page: Map<String, Value>,
    body: Option<String>,
    wrap: Option<String>,
}

/// Builds the gallery of the theme that a site uses. Nothing, if the theme or an example has an error.
///
/// # Diagnostics
/// MB0403 examples that are missing or cannot be read, MB0404 an example or template that lacks a field, MB0405 a theme
/// without the template of the gallery; those of `Theme::load`.
pub fn build(sources: &Sources, site: &Site, today: Date, sink: &mut Sink) -> Option<Vec<Asset>> {
    let theme = Theme::load(sources, site, sink)?;
    if !theme.has(TEMPLATE) {
        sink.push(without_template(site));
        return None;
    }
    let mut files = assets::theme_files(sources, &site.theme);
    files.add_text(SHEET, &sheet(sources, &site.theme));
    let frame = Frame {
        site: site_view(site, today, &files.names),
        page: page_view(site),
    };
    let groups = groups(&theme, sources, &frame, sink);
    let view = json!({ "groups": groups });
    let html = theme.render(
        TEMPLATE,
        &tera::Value::from_serializable(&frame.site),
        &tera::Value::from_serializable(&frame.page),
        &tera::Value::from_serializable(&view),
        sources,
        sink,
    )?;
    if sink.has_errors() {
        return None;
    }
    files.files.push(Asset {
        path: "index.html".to_owned(),
        bytes: page_bytes("index.html", html),
    });
    Some(files.files)
}

fn without_template(site: &Site) -> Diagnostic {
    let name = &site.theme;
    let file = site.source.unwrap_or(SourceId(0));
    Diagnostic::new(
        &codes::TEMPLATE_MISSING,
        site.theme_span.unwrap_or_else(|| Span::new(file, 0..0)),
        format!("外观“{name}”没有展示组件的模板"),
        format!("theme \"{name}\" has no template that shows its components"),
    )
    .hint(
        format!("把程序自带的 gallery 文件夹取出来，放到 themes/{name}/ 下"),
        format!("copy the folder gallery of the built-in theme to themes/{name}/"),
    )
}

/// What all examples and the page itself share.
struct Frame {
    site: SiteView,
    page: PageView,
}

fn groups(theme: &Theme, sources: &Sources, frame: &Frame, sink: &mut Sink) -> Vec<Group> {
    let mut groups: Vec<Group> = GROUPS
        .iter()
        .map(|name| Group {
            name,
            components: Vec::new(),
        })
        .collect();
    let mut count = 0;
    for component in theme.components() {
        let Some(examples) = read(sources, &component, sink) else {
            continue;
        };
        let mut shown = Shown {
            anchor: component.name.replace('_', "-"),
            about: about(&sources.file(component.file).text),
            name: component.name.clone(),
            examples: Vec::new(),
        };
        for example in examples.list {
            count += 1;
            if let Some(html) = render(theme, sources, frame, &component, &example, sink) {
                shown.examples.push(ShownExample {
                    light_html: with_own_ids(&html, &format!("l{count}-")),
                    dark_html: with_own_ids(&html, &format!("d{count}-")),
                    name: example.name,
                });
            }
        }
        if let Some(group) = groups.iter_mut().find(|g| g.name == examples.group) {
            group.components.push(shown);
        }
    }
    groups.retain(|group| !group.components.is_empty());
    groups
}

fn render(
    theme: &Theme,
    sources: &Sources,
    frame: &Frame,
    component: &Component,
    example: &Example,
    sink: &mut Sink,
) -> Option<String> {
    let mut page = serde_json::to_value(&frame.page).unwrap_or_default();
    if let Some(fields) = page.as_object_mut() {
        fields.extend(example.page.clone());
    }
    let body = example.body.as_deref();
    let html = match theme.render_component(component, &example.args, &page, body, sources) {
        Ok(html) => html,
        Err(fault) => {
            sink.push(fault.also(example.span, "这个例子", "this example"));
            return None;
        }
    };
    Some(match &example.wrap {
        Some(element) => format!("<{element}>{html}</{element}>"),
        None => html,
    })
}

/// The same HTML with a prefix before every id and everything that names one, so that an example can be on a page
/// more than once.
fn with_own_ids(html: &str, prefix: &str) -> String {
    let names = [" id=\"", " aria-labelledby=\"", " for=\"", " href=\"#"];
    names.iter().fold(html.to_owned(), |html, name| {
        html.replace(name, &format!("{name}{prefix}"))
    })
}

/// The comment that a template begins with.
fn about(template: &str) -> String {
    let comment = template.split_once("{#").and_then(|(before, rest)| {
        let (comment, _) = rest.split_once("#}")?;
        before.trim().is_empty().then_some(comment)
    });
    let comment = comment.unwrap_or_default();
    comment.trim_matches(['-', ' ', '\n']).to_owned()
}

/// Reads the examples of a component.
fn read(sources: &Sources, component: &Component, sink: &mut Sink) -> Option<Examples> {
    let path = &sources.file(component.file).path;
    let path = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = format!("{path}/examples.yaml");
    let Some((id, file)) = sources.find(&path) else {
        sink.push(
            fault(
                Span::new(component.file, 0..0),
                format!("组件 {} 没有例子", component.name),
                format!("the component {} has no examples", component.name),
            )
            .hint(format!("写在 {path} 里"), format!("write them into {path}")),
        );
        return None;
    };
    let node = yaml::parse(id, &file.text, 0..file.text.len(), sink)?;
    let examples = examples(&node);
    if examples.is_none() {
        sink.push(
            fault(
                Span::new(id, 0..0),
                "例子写法有误",
                "these examples cannot be read",
            )
            .hint(
                format!("group 写 {} 之一；examples 下每个例子有 name，可有 args、page、body、wrap", GROUPS.join("、")),
                "write group, and examples, each with a name and, where it needs them, args, page, body, wrap",
            ),
        );
    }
    examples
}

fn fault(span: Span, zh: impl Into<String>, en: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&codes::TEMPLATE_SYNTAX, span, zh, en)
}

fn examples(node: &Node) -> Option<Examples> {
    let group = text(entry(node, "group")?)?;
    let group = GROUPS.into_iter().find(|known| *known == group)?;
    let Kind::List(items) = &entry(node, "examples")?.kind else {
        return None;
    };
    let list: Option<Vec<Example>> = items.iter().map(example).collect();
    let list = list.filter(|list| !list.is_empty())?;
    Some(Examples { group, list })
}

fn example(node: &Node) -> Option<Example> {
    Some(Example {
        name: text(entry(node, "name")?)?.to_owned(),
        span: node.span,
        args: fields(entry(node, "args")),
        page: fields(entry(node, "page")),
        body: entry(node, "body").and_then(text).map(str::to_owned),
        wrap: entry(node, "wrap").and_then(text).map(str::to_owned),
    })
}

fn entry<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    let Kind::Map(entries) = &node.kind else {
        return None;
    };
    let found = entries.iter().find(|(name, _)| name.value == key);
    found.map(|(_, value)| value)
}

fn text(node: &Node) -> Option<&str> {
    match &node.kind {
        Kind::Text(text) => Some(text),
        _ => None,
    }
}

fn fields(node: Option<&Node>) -> Map<String, Value> {
    match node.map(value) {
        Some(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

/// A value as a view would have it: `true`, `false`, `null` and whole numbers are what they look like.
fn value(node: &Node) -> Value {
    match &node.kind {
        Kind::Empty | Kind::Broken => Value::Null,
        Kind::Text(text) => match text.parse::<i64>() {
            Ok(number) if number.to_string() == *text => number.into(),
            _ if text == "null" => Value::Null,
            _ if text == "true" || text == "false" => (text == "true").into(),
            _ => text.as_str().into(),
        },
        Kind::List(items) => items.iter().map(value).collect(),
        Kind::Map(entries) => entries
            .iter()
            .map(|(name, node)| (name.value.clone(), value(node)))
            .collect::<Map<String, Value>>()
            .into(),
    }
}

/// The sheet of the gallery: its own rules, and the colours of the theme for a light and a dark example, whatever the
/// reader's own setting is.
fn sheet(sources: &Sources, theme: &str) -> String {
    let base = format!("themes/{theme}/");
    let all: Vec<&str> = sources
        .below(&base)
        .filter(|(_, file)| file.path.ends_with(".css"))
        .map(|(_, file)| file.text.as_str())
        .collect();
    let own = sources.find(&format!("{base}gallery/{SHEET}"));
    let mut css = own.map_or_else(String::new, |(_, file)| file.text.clone());
    let blocks = |after: &str| -> String {
        let found = all.iter().filter_map(|text| root_block(text, after));
        found.collect::<Vec<&str>>().join(" ")
    };
    css.push_str(&format!(
        ".show-light {{ {} color-scheme: light; }}\n",
        blocks("")
    ));
    css.push_str(&format!(
        ".show-dark {{ {} color-scheme: dark; }}\n",
        blocks(style::DARK)
    ));
    css
}

/// What is in the first `:root { … }` after some words; for no words, in one outside of all media queries.
fn root_block<'a>(css: &'a str, after: &str) -> Option<&'a str> {
    let (_, rest) = css.split_at(css.find(after)? + after.len());
    let (before, rest) = rest.split_once(":root {")?;
    let is_inside = after.is_empty() && before.contains("@media");
    let (block, _) = rest.split_once('}')?;
    (!is_inside).then_some(block.trim())
}

fn site_view(site: &Site, today: Date, names: &BTreeMap<String, String>) -> SiteView {
    SiteView {
        title: site.title.clone(),
        short: site.short.clone(),
        tagline: site.tagline.clone(),
        operator: None,
        site_code: None,
        icp: None,
        contact: None,
        base_url: site.base_url.to_string(),
        assets: names.clone(),
        today: day_view(today),
        footer: Vec::new(),
    }
}

fn page_view(site: &Site) -> PageView {
    PageView {
        title: format!("外观 {} 的组件", site.theme),
        description: "外观的全部组件和它们的例子；内容都是编造的。".to_owned(),
        url: "index.html".to_owned(),
        root: String::new(),
        canonical: format!("{}index.html", site.base_url),
        policy: policy::page(false),
        crumbs: Vec::new(),
        nav: Vec::new(),
        column: String::new(),
        lang: "zh-CN",
        kind: "gallery",
        subscribe: SubscribeView::default(),
        linked_html: String::new(),
    }
}
