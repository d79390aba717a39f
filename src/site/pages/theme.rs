//! The theme: tera templates, and their errors as diagnostics.

use std::collections::BTreeSet;

use tera::{ComponentArgType, Context, ErrorKind, Tera, Value};

use crate::assets::style;
use crate::diag::{Diagnostic, Sink, SourceId, Span, codes};
use crate::model::Site;
use crate::sources::Sources;
use crate::text::nearest;

/// Templates that every theme must have.
const REQUIRED: [&str; 17] = [
    "home.html",
    "notice.html",
    "pilot.html",
    "schedule.html",
    "assessment.html",
    "county.html",
    "area.html",
    "counties.html",
    "list.html",
    "topics.html",
    "deadlines.html",
    "page.html",
    "leaflet.html",
    "404.html",
    "redirect.html",
    "atom.xml",
    "base.html",
];

/// A loaded theme. Rendering needs no lock: pages share it between threads.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    /// (template name, file) in the order of the files
    files: Vec<(String, SourceId)>,
}

/// The name of a template among the files of a theme: those of pages without their folder, those of components with it.
fn template_name(relative: &str) -> Option<&str> {
    relative.strip_prefix("templates/").or_else(|| {
        let is_component = relative.starts_with("components/") && relative.ends_with(".html");
        let gallery = relative.strip_prefix("gallery/");
        let gallery = gallery.filter(|name| name.ends_with(".html"));
        is_component.then_some(relative).or(gallery)
    })
}

/// Components at their former place, `components/cite.html`, where `components/cite/cite.html` is there too: two files
/// would define one component.
fn moved(files: &[(String, SourceId)], base: &str) -> Vec<Diagnostic> {
    let old = files.iter().filter_map(|(file, id)| {
        let stem = file.strip_prefix("components/")?.strip_suffix(".html")?;
        let new = format!("components/{stem}/{stem}.html");
        let is_twice = !stem.contains('/') && files.iter().any(|(file, _)| *file == new);
        is_twice.then_some((file, *id, new))
    });
    old.map(|(file, id, new)| {
        Diagnostic::new(
            &codes::TEMPLATE_SYNTAX,
            Span::new(id, 0..0),
            format!("组件现在各有一个文件夹，{file} 不再从这里读取"),
            format!("every component has a folder of its own now: {file} is not read from here"),
        )
        .hint(
            format!("把它移到 {base}{new}"),
            format!("move it to {base}{new}"),
        )
    })
    .collect()
}

/// A component of a theme.
#[derive(Debug)]
pub struct Component {
    /// `check_cite`
    pub name: String,
    pub file: SourceId,
    /// `components/check-cite/check-cite.html`
    template: String,
}

impl Theme {
    /// Loads `themes/<name>/templates/` and `components/`, and sees whether the parts of its style sheet are there.
    ///
    /// # Diagnostics
    /// MB0403 a template that cannot be parsed or is where components were before they were folders, MB0405 a
    /// template or a style sheet that is missing.
    pub fn load(sources: &Sources, site: &Site, sink: &mut Sink) -> Option<Self> {
        let name = &site.theme;
        let base = format!("themes/{name}/");
        let mut files = Vec::new();
        let mut texts = Vec::new();
        for (id, file) in sources.below(&base) {
            let relative = &file.path[base.len()..];
            if let Some(template) = template_name(relative) {
                // That it cannot be read was reported.
                if !sources.is_readable(id) {
                    return None;
                }
                files.push((template.to_owned(), id));
                texts.push((template.to_owned(), file.text.as_str()));
            }
        }
        let moved = moved(&files, &base);
        if !moved.is_empty() {
            moved.into_iter().for_each(|one| sink.push(one));
            return None;
        }
        style::assemble(sources, name, sink);
        let mut theme = Self {
            tera: Tera::new(),
            files,
        };
        let missing: Vec<&str> = REQUIRED
            .into_iter()
            .filter(|name| !theme.files.iter().any(|(file, _)| file == name))
            .collect();
        if !missing.is_empty() {
            // The theme is named in site.yaml; a theme that exists is missed at its first file.
            let at = site.theme_span.unwrap_or_else(|| {
                let file = theme.files.first().map(|(_, id)| *id).or(site.source);
                Span::new(file.unwrap_or(SourceId(0)), 0..0)
            });
            sink.push(if theme.files.is_empty() {
                let themes: BTreeSet<&str> = sources
                    .below("themes/")
                    .filter_map(|(_, file)| file.path.split('/').nth(1))
                    .collect();
                let known: Vec<&str> = themes.iter().copied().collect();
                Diagnostic::new(
                    &codes::TEMPLATE_MISSING,
                    at,
                    format!("没有外观“{name}”"),
                    format!("there is no theme \"{name}\""),
                )
                .did_you_mean_or(
                    nearest(name, themes.iter().copied()),
                    format!("themes/ 下有：{}", known.join("、")),
                    format!("themes/ has: {}", known.join(", ")),
                )
            } else {
                Diagnostic::new(
                    &codes::TEMPLATE_MISSING,
                    at,
                    format!("外观“{name}”缺少模板：{}", missing.join("、")),
                    format!(
                        "the theme \"{name}\" is missing templates: {}",
                        missing.join(", ")
                    ),
                )
                .hint(
                    format!("放在 {base}templates/ 下"),
                    format!("put them in {base}templates/"),
                )
            });
            return None;
        }
        match theme
            .tera
            .add_raw_templates(texts.iter().map(|(name, text)| (name.as_str(), *text)))
        {
            Ok(()) => Some(theme),
            Err(error) => {
                sink.push(theme.explain(&error, sources, "base.html"));
                None
            }
        }
    }

    /// Renders a template with what all pages share and the page's own view.
    pub fn render(
        &self,
        template: &str,
        site: &Value,
        page: &Value,
        view: &Value,
        sources: &Sources,
        sink: &mut Sink,
    ) -> Option<String> {
        let mut context = Context::new();
        context.insert_value("site", site.clone());
        context.insert_value("page", page.clone());
        context.insert_value("view", view.clone());
        match self.tera.render(template, &context) {
            Ok(html) => Some(html),
            Err(error) => {
                sink.push(self.explain(&error, sources, template));
                None
            }
        }
    }

    /// Whether the theme has this template.
    pub fn has(&self, template: &str) -> bool {
        self.files.iter().any(|(file, _)| file == template)
    }

    /// The components that have a folder of their own, in path order.
    pub fn components(&self) -> Vec<Component> {
        let found = self.files.iter().filter_map(|(file, id)| {
            let (folder, name) = file.strip_prefix("components/")?.split_once('/')?;
            (name.strip_suffix(".html")? == folder).then(|| Component {
                name: folder.replace('-', "_"),
                file: *id,
                template: file.clone(),
            })
        });
        found.collect()
    }

    /// Renders one component by itself, with its arguments and the page that it may read.
    ///
    /// # Errors
    /// What the component lacks, as a diagnostic at its place in the template.
    pub fn render_component(
        &self,
        component: &Component,
        args: &serde_json::Map<String, serde_json::Value>,
        page: &serde_json::Value,
        body: Option<&str>,
        sources: &Sources,
    ) -> Result<String, Box<Diagnostic>> {
        let name = component.name.as_str();
        let definition = self.tera.get_component_definition(name);
        let is_text = |arg: &str| {
            let known = definition.as_ref().and_then(|info| {
                let arg = info.args().iter().find(|known| known.name() == arg)?;
                arg.arg_type()
            });
            known == Some(ComponentArgType::String)
        };
        let mut context = Context::new();
        for (arg, value) in args {
            let value = match value {
                serde_json::Value::Number(number) if is_text(arg) => number.to_string().into(),
                other => other.clone(),
            };
            context.insert_value(arg.clone(), Value::from_serializable(&value));
        }
        let mut implicits = Context::new();
        implicits.insert_value("page", Value::from_serializable(page));
        self.tera
            .render_component_with_implicits(name, &context, &implicits, body, true)
            .map_err(|error| Box::new(self.explain(&error, sources, &component.template)))
    }

    fn explain(&self, error: &tera::Error, sources: &Sources, template: &str) -> Diagnostic {
        let (code, report) = match error.kind() {
            ErrorKind::SyntaxError(report) => (&codes::TEMPLATE_SYNTAX, Some(report)),
            ErrorKind::RenderingError(report) => (&codes::TEMPLATE_FIELD, Some(report)),
            _ => (&codes::TEMPLATE_SYNTAX, None),
        };
        let (name, range, words) = match report {
            Some(report) => (
                report.filename().to_owned(),
                report.span().range.clone(),
                report.message().to_owned(),
            ),
            None => (template.to_owned(), 0..0, error.to_string()),
        };
        let by_name = |name: &str| {
            self.files
                .iter()
                .find(|(file, _)| file == name)
                .map(|(_, id)| *id)
        };
        let mut file = by_name(&name)
            .or_else(|| by_name(template))
            .unwrap_or(SourceId(0));
        let mut range = range;
        if report.is_none() {
            // Names of templates that are not there are only in the words: where were they written?
            for missing in words.split(['\'', '`']).skip(1).step_by(2) {
                let written = self.files.iter().find_map(|(_, id)| {
                    let at = sources.file(*id).text.find(missing)?;
                    Some((*id, at..at + missing.len()))
                });
                if let Some((id, place)) = written.filter(|_| by_name(missing).is_none()) {
                    (file, range) = (id, place);
                }
            }
        }
        let text = &sources.file(file).text;
        let border = |at: usize| {
            let mut at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let span = Span::new(file, border(range.start)..border(range.end));
        let words = words.lines().next().unwrap_or_default();
        let words = words.strip_prefix("error: ").unwrap_or(words);
        if sources.is_built_in(file) {
            return Diagnostic::new(code, span, "程序自带的模板在这里出错", words).hint(
                "这个文件不在网站文件夹里；多半是网站自己改过的模板与它不配，运行 mingbai theme list 看改了哪些",
                "this file is built into the program, not part of the site; usually a template that the site has changed does not match it. Run mingbai theme list to see which files were changed",
            );
        }
        if code == &codes::TEMPLATE_FIELD {
            return Diagnostic::new(code, span, "模板在这里出错，多半是字段名不对", words).hint(
                "页面可用的字段见 src/site/pages/view.rs",
                "src/site/pages/view.rs lists the fields of every page",
            );
        }
        Diagnostic::new(code, span, "模板在这里读不通", words).hint(
            "看“{{ }}”“{% %}”是否配对，if、for、block 是否都有结尾，extends、include 的名字是否写对",
            "check that every {{ }} and {% %} is closed, that every if, for and block has an end, and that the names after extends and include are correct",
        )
    }
}
