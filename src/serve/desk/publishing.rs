//! Publishing from the desk: what changed in facts since the last time, who approves it, and the two commands that do it.
//!
//! Comes in: the site folder and its built site. Goes out: a page with the changes, and the site at its place. Building and sending are those of
//! `mingbai build` and `mingbai publish`, run as programs of their own, so that the desk does nothing that the command line does not.

use std::process::{Command, Output, Stdio};

use axum::http::StatusCode;
use mingbai_published::last;
use mingbai_published::target::Target;
use serde_json::json;

use super::orders::Done;
use super::{Desk, ROOT, Sent};
use crate::desk::init::Leftovers;
use crate::diag::Sink;
use crate::model::load_site;
use crate::output;
use crate::sources::{Touched, read_file};

/// The most changes that are listed.
const MOST: usize = 300;
/// The record that `mingbai publish` keeps.
const RECORD: &str = "publications.csv";

impl Desk {
    /// What would be published, and where to.
    pub(super) fn publishing(&self) -> Option<String> {
        let site = self.preview.site();
        // What was sent last; else what was built last.
        let built = last::site(site).unwrap_or_else(|| site.join("public"));
        let problems = self.preview.latest();
        let listed: Option<Vec<String>> = if output::exists(&built.join("data/datapackage.json")) {
            let made = self.run(&["diff", &built.to_string_lossy(), &site.to_string_lossy()]);
            let made = made.ok().filter(|made| made.status.success());
            made.map(|made| {
                let text = String::from_utf8_lossy(&made.stdout);
                let lines: Vec<String> = text.lines().map(str::to_owned).collect();
                // The last line counts them.
                lines[..lines.len().saturating_sub(1)].to_vec()
            })
        } else {
            None
        };
        let configured = self.configured();
        let record = read_file(&site.join(RECORD)).ok();
        let last: Vec<String> = record
            .iter()
            .flat_map(|text| text.lines().skip(1).last())
            .map(str::to_owned)
            .collect();
        let cells: Vec<String> = last.first().map(|line| cells(line)).unwrap_or_default();
        let left = self.leftovers();
        let marks: usize = self
            .preview
            .sources()
            .map_or(0, |sources| crate::drafts::Drafts::find(&sources).count());
        self.render(
            "publish.html",
            json!({
                "is_first": listed.is_none(),
                "changes": listed.iter().flatten().take(MOST).collect::<Vec<_>>(),
                "more": listed.as_ref().map_or(0, |all| all.len().saturating_sub(MOST)),
                "errors": problems.errors,
                "examples": left.as_ref().map(|left| &left.examples),
                "no_address": left.as_ref().is_some_and(|left| left.has_no_address),
                "marks": marks,
                "last": cells,
                "place": configured.as_ref().or(cells.get(2)),
                "configured": configured,
                "said": null,
            }),
        )
    }

    /// What the site still has of a new one. Nothing if there is no site.
    fn leftovers(&self) -> Option<Leftovers> {
        Some(Leftovers::find(&*self.preview.sources()?))
    }

    /// Takes the examples of a new site away.
    pub(super) fn remove_examples(&self) -> Done {
        let examples = self.leftovers().map(|left| left.examples);
        for path in examples.iter().flatten() {
            if !self.store.remove(path) {
                return self.back(path, "不能删去这个文件", "this file cannot be removed");
            }
        }
        self.preview.look(&Touched::default());
        Done::Go(format!("/{ROOT}publish"))
    }

    /// The place in the settings of the site.
    fn configured(&self) -> Option<String> {
        let sources = self.preview.sources()?;
        let place = load_site(&sources, &mut Sink::default()).publish_to;
        // One with a password in it is shown nowhere.
        place.filter(|text| Target::read(text).is_ok())
    }

    /// Builds the site and sends it.
    pub(super) fn publish(&self, sent: &Sent) -> Done {
        let of = |name| sent.filled(name);
        let (Some(to), Some(by)) = (of("to"), of("by")) else {
            return Done::Refused(StatusCode::BAD_REQUEST);
        };
        let is_ready = |left: Leftovers| left.examples.is_empty() && !left.has_no_address;
        if !self.leftovers().is_some_and(is_ready) {
            return Done::Page(self.publishing().unwrap_or_default());
        }
        let site = self.preview.site().to_string_lossy().into_owned();
        let mut said = String::new();
        let mut done = false;
        let mut publish = vec!["publish".to_owned(), site.clone(), format!("--by={by}")];
        // A folder in the settings is meant from the site folder.
        if self.configured().as_deref() != Some(to) {
            publish.push(format!("--to={to}"));
        }
        for arguments in [vec!["build".to_owned(), site], publish] {
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            match self.run(&arguments) {
                Ok(output) => {
                    said.push_str(&String::from_utf8_lossy(&output.stdout));
                    said.push_str(&String::from_utf8_lossy(&output.stderr));
                    done = output.status.success();
                }
                Err(error) => {
                    said.push_str(&error.to_string());
                    done = false;
                }
            }
            if !done {
                break;
            }
        }
        let view = json!({ "said": said, "done": done, "place": to, "errors": 0, "marks": 0 });
        Done::page(self.render("publish.html", view))
    }

    /// Creates a site in the folder, which must be empty.
    pub(super) fn init(&self, sent: &Sent) -> Done {
        let site = self.preview.site().to_string_lossy().into_owned();
        let mut arguments = vec!["init".to_owned(), site];
        for name in ["name", "region", "operator", "base-url"] {
            if let Some(value) = sent.filled(name) {
                arguments.push(format!("--{name}={value}"));
            }
        }
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let said = match self.run(&arguments) {
            Ok(output) if output.status.success() => {
                self.preview.look(&Touched::default());
                return Done::Go(format!("/{ROOT}"));
            }
            Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
            Err(error) => error.to_string(),
        };
        Done::page(self.new_site(sent, Some(&said)))
    }

    /// Runs this program with other arguments, in the language of the desk.
    fn run(&self, arguments: &[&str]) -> std::io::Result<Output> {
        let lang = if self.is_english() { "en" } else { "zh" };
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["--lang", lang]).args(arguments);
        command.stdin(Stdio::null()).output()
    }
}

/// The cells of a line of the record.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    for c in line.chars() {
        match (c, cells.last_mut()) {
            ('"', _) => is_quoted = !is_quoted,
            (',', _) if !is_quoted => cells.push(String::new()),
            (c, Some(cell)) => cell.push(c),
            (_, None) => {}
        }
    }
    cells
        .iter()
        .map(|cell| cell.trim_start_matches('\'').to_owned())
        .collect()
}
