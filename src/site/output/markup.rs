//! The second look at finished pages: nothing on them runs, loads from elsewhere, or is there although the theme does not have it.
//!
//! Comes in: the start tags of a page, and the elements of the theme. Goes out: what does not belong there. The first line
//! of defence is that every text is escaped where it is printed; if that fails anywhere, this does not let the page out.

use std::collections::BTreeSet;

use super::attributes::Tag;
use crate::diag::{Diagnostic, SourceId, Span, codes};
use crate::sources::Sources;

/// Elements that are made outside templates: by Markdown, by charts and pictures, by marks in texts.
const MADE: [&str; 48] = [
    "a",
    "aside",
    "blockquote",
    "br",
    "caption",
    "circle",
    "code",
    "defs",
    "del",
    "desc",
    "div",
    "em",
    "g",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "ins",
    "li",
    "line",
    "ol",
    "p",
    "path",
    "pattern",
    "pre",
    "rect",
    "span",
    "strong",
    "sub",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "text",
    "th",
    "thead",
    "title",
    "tr",
    "tspan",
    "ul",
    "use",
    "rt",
    "ruby",
];
/// Attributes that a browser runs or that send something, besides those that begin with `on`.
const ACTIVE: [&str; 5] = ["style", "srcdoc", "formaction", "ping", "srcset"];
/// Attributes that hold an address to go to.
const LEADS: [&str; 5] = ["href", "action", "cite", "longdesc", "xlink:href"];
/// Attributes that hold an address to load from.
const LOADS: [&str; 5] = ["src", "data", "poster", "background", "manifest"];
/// Words of `rel` with which a link in the head loads something.
const LOADING: [&str; 5] = ["stylesheet", "icon", "preload", "modulepreload", "manifest"];
/// Schemes of addresses to go to.
const SCHEMES: [&str; 5] = ["https", "http", "mailto", "tel", "webcal"];

/// The elements that pages of a theme may have.
pub struct Elements<'a> {
    names: BTreeSet<String>,
    /// The templates, to find the place of a fault.
    templates: Vec<(SourceId, &'a str)>,
}

/// What does not belong on a page.
#[derive(Debug)]
pub struct Fault {
    what: String,
    /// How it begins in a template.
    written: String,
}

impl<'a> Elements<'a> {
    /// Reads the templates of a theme.
    pub fn of(sources: &'a Sources, theme: &str) -> Self {
        let mut names: BTreeSet<String> = MADE.iter().map(|name| (*name).to_owned()).collect();
        let folder = format!("themes/{theme}/");
        let files = sources.numbered();
        let templates: Vec<(SourceId, &str)> = files
            .filter(|(_, file)| file.path.starts_with(&folder) && file.path.ends_with(".html"))
            .map(|(id, file)| (id, file.text.as_str()))
            .collect();
        for (_, text) in &templates {
            for tag in text.split('<').skip(1) {
                let name = tag
                    .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
                    .next();
                names.extend(
                    name.filter(|name| !name.is_empty())
                        .map(str::to_ascii_lowercase),
                );
            }
        }
        Self { names, templates }
    }

    /// What does not belong on a page, if this tag does not.
    pub fn fault(&self, tag: &Tag) -> Option<Fault> {
        let element = || Fault {
            what: format!("<{}>", tag.name),
            written: format!("<{}", tag.name),
        };
        if !self.names.contains(tag.name) {
            return Some(element());
        }
        if tag.name == "script" && tag.get("src").is_none() && !is_data(tag.get("type")) {
            return Some(element());
        }
        let active = tag
            .attributes()
            .find(|(name, value)| is_active(tag, name, value));
        active.map(|(name, value)| {
            let value: String = value.chars().take(60).collect();
            Fault {
                what: format!("<{} {name}=\"{value}\">", tag.name),
                written: format!("{name}=\"{value}"),
            }
        })
    }

    /// The diagnostic for a page: at the template that has the same words, else at the source of the page.
    ///
    /// # Diagnostics
    /// MB0505.
    pub fn report(&self, path: &str, fault: &Fault, origin: Span) -> Diagnostic {
        let what = &fault.what;
        let in_template = self.templates.iter().find_map(|(id, text)| {
            let at = text.find(&fault.written)?;
            Some(Span::new(*id, at..at + fault.written.len()))
        });
        Diagnostic::new(
            &codes::MARKUP,
            in_template.unwrap_or(origin),
            format!("网页 {path} 上有不该有的标记：{what}"),
            format!("the page {path} has markup that does not belong there: {what}"),
        )
        .hint(
            "检查 themes/ 里改过的模板：文字印成 {{ 字段 }}，不加 | safe，不写 onclick 之类的属性",
            "check the templates that you changed in themes/: print texts as {{ field }} without | safe, and write no attributes such as onclick",
        )
    }
}

/// Whether a script is data: JSON for a script of ours, or for search engines.
fn is_data(kind: Option<&str>) -> bool {
    matches!(kind, Some("application/json" | "application/ld+json"))
}

fn is_active(tag: &Tag, name: &str, value: &str) -> bool {
    if name.starts_with("on") || ACTIVE.contains(&name) {
        return true;
    }
    // A style sheet or an icon is loaded, whatever the attribute is called; other links of a head only name something.
    let rel = tag
        .get("rel")
        .filter(|_| tag.name == "link")
        .unwrap_or_default();
    let mut words = rel.split_ascii_whitespace().map(str::to_ascii_lowercase);
    let loads = LOADS.contains(&name)
        || name == "href"
            && (words.any(|word| LOADING.contains(&word.as_str()))
                || matches!(tag.name, "use" | "image" | "base"));
    if loads {
        return leaves(value);
    }
    if LEADS.contains(&name) {
        return leaves(value)
            && scheme(value).is_none_or(|scheme| !SCHEMES.contains(&scheme.as_str()));
    }
    let refreshes = tag.name == "meta"
        && name == "content"
        && tag
            .get("http-equiv")
            .is_some_and(|what| what.eq_ignore_ascii_case("refresh"));
    refreshes
        && value
            .split_once('=')
            .is_some_and(|(_, address)| leaves(address))
}

/// Whether an address is not one of this site: it has a scheme, or names a host.
fn leaves(address: &str) -> bool {
    let bare = bare(address);
    bare.starts_with("//")
        || bare.starts_with("/\\")
        || bare.starts_with('\\')
        || scheme(&bare).is_some()
}

/// What a browser reads: it skips white space and control characters.
fn bare(address: &str) -> String {
    address
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect()
}

/// The scheme of an address, in lower case.
fn scheme(address: &str) -> Option<String> {
    let bare = bare(address);
    let first = bare.split(['/', '?', '#']).next()?;
    first
        .split_once(':')
        .map(|(scheme, _)| scheme.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::super::attributes::tags;
    use super::*;

    fn faults(html: &str) -> usize {
        let sources = Sources::from_archive(
            "-- themes/x/a.html --\n<link><script><meta><form><input><button><iframe-no>\n",
        );
        let elements = Elements::of(&sources, "x");
        let mut count = 0;
        tags(html, |tag| {
            count += usize::from(elements.fault(tag).is_some())
        });
        count
    }

    #[test]
    fn what_pages_have_passes() {
        for html in [
            "<a href=../a.html#b title=\"onload=x\">甲</a>",
            "<a href=https://gov.example/ rel=external>甲</a><a href=mailto:a@b>乙</a><a href=tel:1>丙</a><a href=webcal://x/a.ics>",
            "<img src=../a.png alt='<script>'>",
            "<script src=assets/site.js defer></script><script type=application/ld+json>{\"a\":\"<iframe>\"}</script>",
            "<link rel=canonical href=https://x/><link rel=stylesheet href=a.css>",
            "<meta http-equiv=refresh content='0; url=../a.html'><meta content='https://x/'>",
            "<form action=search/index.html><input name=q></form>",
        ] {
            assert_eq!(faults(html), 0, "{html}");
        }
    }

    #[test]
    fn what_runs_or_loads_from_elsewhere_does_not() {
        for html in [
            "<img src=a.png onload=hit()>",
            "<p ONCLICK=x>",
            "<a href=javascript:x>",
            "<a href=' java\nscript:x'>",
            "<a href='&#106;avascript:x'>",
            "<a href=data:text/html,x>",
            "<a href=//evil.example/>",
            "<a href='/\\evil.example/'>",
            "<img src=https://evil.example/a.png>",
            "<img src=//evil.example/a.png>",
            "<script>x</script>",
            "<script type=module>x</script>",
            "<script src=https://evil.example/x.js></script>",
            "<link rel=stylesheet href=https://evil.example/x.css>",
            "<meta http-equiv=refresh content='0; url=https://evil.example/'>",
            "<meta http-equiv=Refresh content='0; url=javascript:x'>",
            "<p style='background:url(x)'>",
            "<button formaction=javascript:x>",
            "<form action=javascript:x>",
            "<iframe src=a.html>",
            "<object data=a.html>",
            "<base href=a>",
            "<svg><animate>",
            "<math>",
        ] {
            assert_eq!(faults(html), 1, "{html}");
        }
    }
}
