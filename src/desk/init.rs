//! A new site: a small whole one that builds at once and whose files teach their own format.
//!
//! Comes in: what the operator answered ([`Answers`]). Goes out: its files as texts. Theme and regions are not among
//! them, they are in the program. Nothing in it may be taken for policy: every example carries the mark 〔示例〕, says in
//! its own text that it is none, and has windows that are long over.

use std::collections::BTreeSet;

use super::schema;
use super::template::fill;
use super::written::scalar;
use crate::diag::Sink;
use crate::model::load_site;
use crate::sources::{Sources, built_in};
use crate::text::Lang;

/// The mark before everything that is an example (`lints::example` looks for it).
pub const EXAMPLE_MARK: &str = "〔示例〕";
/// A site that was given no address: reserved for examples by RFC 2606.
pub const NO_ADDRESS: &str = "https://example.org/";
/// The title of a file is in its first lines.
const HEAD: usize = 200;

/// What a site still has of a new one. It is not published with it: its pages would name somebody else's site, and nothing invented
/// is published as if it were policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftovers {
    /// Paths of the examples.
    pub examples: Vec<String>,
    /// Whether its address is still [`NO_ADDRESS`].
    pub has_no_address: bool,
}

impl Leftovers {
    /// Looks for them in the sources of a site.
    pub fn find(sources: &Sources) -> Self {
        let is_example = |text: &str| {
            text.lines().take(HEAD).any(|line| {
                let title = line
                    .strip_prefix("title:")
                    .or_else(|| line.strip_prefix("标题:"));
                title.is_some_and(|title| {
                    title
                        .trim_start_matches([' ', '"', '\''])
                        .starts_with(EXAMPLE_MARK)
                })
            })
        };
        let own = sources
            .numbered()
            .filter(|(id, file)| !sources.is_built_in(*id) && file.path != "data/site.yaml");
        let examples = own
            .filter(|(_, file)| is_example(&file.text))
            .map(|(_, file)| file.path.clone());
        // What is wrong with the settings, a build says.
        let site = load_site(sources, &mut Sink::default());
        Self {
            examples: examples.collect(),
            has_no_address: site.base_url.starts_with(NO_ADDRESS.trim_end_matches('/')),
        }
    }
}

/// What is known of the new site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    pub name: Option<String>,
    pub operator: Option<String>,
    pub base_url: Option<String>,
    /// A whole name (山西省 朔州市 右玉县); the examples are of the whole country without one.
    pub region: Option<String>,
    /// The year of the examples: one that is over, and in which today's names of places are valid.
    pub year: i16,
}

/// The files of the new site: path and text, in path order.
pub fn site(answers: &Answers, lang: Lang) -> Vec<(String, String)> {
    let or_example = |given: &Option<String>, example: &str| {
        given
            .clone()
            .unwrap_or_else(|| format!("{EXAMPLE_MARK}{example}"))
    };
    let title = or_example(&answers.name, "助学贷款政策");
    let base_url = answers.base_url.as_deref().unwrap_or(NO_ADDRESS);
    let operator = or_example(&answers.operator, "主办单位");
    let region = answers.region.as_deref().unwrap_or("全国");
    let (title_yaml, base_url, operator) = (scalar(&title), scalar(base_url), scalar(&operator));
    let year = answers.year.to_string();
    let made = |kind: &str, template: &str| {
        let modeline = schema::modeline(kind);
        let text = fill(
            template,
            lang,
            &[
                ("title", &title_yaml),
                ("base_url", &base_url),
                ("operator", &operator),
                ("region", region),
                ("year", &year),
                ("modeline", &modeline),
            ],
        );
        // A file's first line is the modeline unless the template places it.
        if template.contains("{{modeline}}") {
            text
        } else {
            modeline + &text
        }
    };
    let mut files = vec![
        (".gitignore", "/public/\n/draft/\n.*.mingbai-*\n".to_owned()),
        (
            "README.md",
            fill(
                include_str!("starter/README.md"),
                lang,
                &[("title", &title)],
            ),
        ),
        (
            "content/notices/example-plan.md",
            made("notice", include_str!("starter/notice.md")),
        ),
        (
            "content/pages/about.md",
            fill(include_str!("starter/about.md"), lang, &[]),
        ),
        (
            "data/schedules/example-schedule.yaml",
            made("schedule", include_str!("starter/schedule.yaml")),
        ),
        (
            "data/search.yaml",
            made("search", include_str!("starter/search.yaml")) + search_phrases(),
        ),
        (
            "data/site.yaml",
            made("site", include_str!("starter/site.yaml")),
        ),
        (
            "data/topics.yaml",
            schema::modeline("topics") + include_str!("../../data/topics.yaml"),
        ),
    ]
    .into_iter()
    .map(|(path, text)| (path.to_owned(), text))
    .collect::<Vec<_>>();
    files.extend(
        schema::all()
            .into_iter()
            .map(|(name, text)| (format!(".schemas/{name}"), text)),
    );
    files.sort();
    files
}

/// What every site's search needs of `data/search.yaml`: phrases of questions and characters that look alike. Synonyms
/// and readings go with the words of a site's own texts.
fn search_phrases() -> &'static str {
    let text = include_str!("../../data/search.yaml");
    let start = text.find("\nintents:").map_or(text.len(), |at| at + 1);
    let end = text[start..]
        .find("\n# 多音字")
        .map_or(text.len(), |at| start + at);
    &text[start..end]
}

/// The sources of a site that has nothing yet but what the program carries: for names of places before there is a site.
pub fn nothing_yet() -> Sources {
    let mut sources = Sources::default();
    for file in built_in::missing(&BTreeSet::new()) {
        if let Ok(text) = std::str::from_utf8(file.bytes) {
            sources = sources.with(file.path, text.to_owned());
        }
    }
    sources
}
