//! The theme: tera templates, and their mistakes as diagnostics at their place.

use tera::{Context, ErrorKind, Tera, Value};

use crate::diag::{Diagnostic, Sink, SourceId, Span, codes};
use crate::sources::Sources;

/// Templates that every theme must have.
const REQUIRED: [&str; 16] = [
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

impl Theme {
    /// Loads `themes/<name>/templates/` and `components/`.
    ///
    /// # Diagnostics
    /// MB0403 a template that cannot be parsed, MB0405 one that is missing.
    pub fn load(sources: &Sources, name: &str, sink: &mut Sink) -> Option<Self> {
        let base = format!("themes/{name}/");
        let mut files = Vec::new();
        let mut texts = Vec::new();
        for (id, file) in sources.below(&base) {
            let relative = &file.path[base.len()..];
            let template = relative
                .strip_prefix("templates/")
                .or_else(|| relative.starts_with("components/").then_some(relative));
            if let Some(template) = template {
                files.push((template.to_owned(), id));
                texts.push((template.to_owned(), file.text.as_str()));
            }
        }
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
            let at = sources
                .find("data/site.yaml")
                .map(|(id, _)| id)
                .or(theme.files.first().map(|(_, id)| *id))
                .unwrap_or(SourceId(0));
            sink.push(
                Diagnostic::new(
                    &codes::TEMPLATE_MISSING,
                    Span::new(at, 0..0),
                    format!("主题“{name}”缺少模板：{}", missing.join("、")),
                    format!("theme \"{name}\" lacks templates: {}", missing.join(", ")),
                )
                .hint(
                    format!("放在 {base}templates/ 下"),
                    format!("put them into {base}templates/"),
                ),
            );
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
        let file = self
            .files
            .iter()
            .find(|(file, _)| *file == name)
            .or_else(|| self.files.iter().find(|(file, _)| file == template))
            .map_or(SourceId(0), |(_, id)| *id);
        let len = sources.file(file).text.len();
        let span = Span::new(file, range.start.min(len)..range.end.min(len));
        let zh = if code.id == codes::TEMPLATE_FIELD.id {
            "模板在这里出错（多半是字段名不对）"
        } else {
            "模板写法有误"
        };
        Diagnostic::new(code, span, zh, words.lines().next().unwrap_or_default()).hint(
            "页面可用的字段见 src/pages/view.rs",
            "the fields of every page are listed in src/pages/view.rs",
        )
    }
}
