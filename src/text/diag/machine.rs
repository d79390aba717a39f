//! Diagnostics for programs that show them in a merge request: SARIF, GitHub workflow commands, and the GitLab code
//! quality report.
//!
//! Comes in: a sorted list of diagnostics. Goes out: the text of a report. Paths are relative to the repository:
//! `root`, the site folder as given on the command line, is put before them. Columns count characters from 1.
//! Messages are in the language of the run. Hidden characters are written out, in JSON as JSON does.

use std::collections::HashMap;

use data_encoding::HEXLOWER;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::lines::Places;
use super::render::shown;
use super::{Code, Diagnostic, Severity, SourceMap, Span};
use crate::visible::{visible, visible_name};
use crate::{Bilingual, Lang};

/// The inputs of a report besides the diagnostics.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    pub sources: &'a dyn SourceMap,
    pub lang: Lang,
    /// The path of the site folder in the repository; `.` or empty for the repository itself.
    pub root: &'a str,
}

/// Lines and columns, counted from 1. The end column is the one after the last character.
struct Region {
    start: (usize, usize),
    end: (usize, usize),
}

impl Report<'_> {
    fn path(&self, span: Span) -> String {
        let path = self.sources.path(span.source);
        let root = self.root.trim_end_matches('/').trim_start_matches("./");
        if root.is_empty() || root == "." {
            path.to_owned()
        } else {
            format!("{root}/{path}")
        }
    }

    fn region(places: &Places, span: Span) -> Region {
        let range = shown(span, places.sources.text(span.source));
        Region {
            start: places.line_column(span.source, range.start),
            end: places.line_column(span.source, range.end),
        }
    }

    /// Message and hint, each on its own line.
    fn message(&self, d: &Diagnostic) -> String {
        let mut out = self.words(&d.message);
        if let Some(hint) = &d.hint {
            out.push('\n');
            out.push_str(&self.words(hint));
        }
        out
    }

    fn words(&self, words: &Bilingual) -> String {
        self.lang.lines(&words.zh, &words.en)
    }

    fn title(&self, code: &Code) -> String {
        self.lang.line(code.title.0, code.title.1)
    }

    /// The report as SARIF 2.1.0 (OASIS standard).
    pub fn sarif(&self, list: &[Diagnostic]) -> String {
        let mut codes: Vec<&'static Code> = list.iter().map(|d| d.code).collect();
        codes.sort_by_key(|code| code.id);
        codes.dedup();
        let rules: Vec<Value> = codes
            .iter()
            .map(|code| {
                json!({
                    "id": code.id,
                    "shortDescription": {"text": self.title(code)},
                    "fullDescription": {"text": self.lang.lines(code.why.0, code.why.1)},
                    "defaultConfiguration": {"level": sarif_level(code.severity)},
                })
            })
            .collect();
        let prints = self.fingerprints(list);
        let places = Places::new(self.sources);
        let results: Vec<Value> = list
            .iter()
            .zip(prints)
            .map(|(d, print)| {
                let related: Vec<Value> = d
                    .also
                    .iter()
                    .map(|(span, words)| {
                        let mut place = self.sarif_place(&places, *span);
                        place["message"] = json!({"text": self.words(words)});
                        place
                    })
                    .collect();
                json!({
                    "ruleId": d.code.id,
                    "ruleIndex": codes.iter().position(|code| code.id == d.code.id),
                    "level": sarif_level(d.code.severity),
                    "message": {"text": self.message(d)},
                    "locations": [self.sarif_place(&places, d.span)],
                    "relatedLocations": related,
                    "partialFingerprints": {"mingbai/v1": print},
                })
            })
            .collect();
        let report = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": {
                    "name": "mingbai",
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                }},
                "columnKind": "unicodeCodePoints",
                "results": results,
            }],
        });
        visible(&format!("{report:#}\n")).into_owned()
    }

    fn sarif_place(&self, places: &Places, span: Span) -> Value {
        let Region { start, end } = Self::region(places, span);
        json!({"physicalLocation": {
            "artifactLocation": {"uri": percent(&self.path(span))},
            "region": {
                "startLine": start.0,
                "startColumn": start.1,
                "endLine": end.0,
                "endColumn": end.1,
            },
        }})
    }

    /// One workflow command per diagnostic, as GitHub runners read them from the output of a job.
    pub fn github(&self, list: &[Diagnostic]) -> String {
        let places = Places::new(self.sources);
        list.iter()
            .map(|d| {
                let command = match d.code.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                    Severity::Advice => "notice",
                };
                let Region { start, end } = Self::region(&places, d.span);
                let title = format!("{} {}", d.code.id, self.title(d.code));
                format!(
                    "::{command} file={},line={},col={},endLine={},endColumn={},title={}::{}\n",
                    property(&visible_name(&self.path(d.span))),
                    start.0,
                    start.1,
                    end.0,
                    end.1,
                    property(&title),
                    data(&visible(&self.message(d)))
                )
            })
            .collect()
    }

    /// The report as GitLab's code quality artifact.
    pub fn gitlab(&self, list: &[Diagnostic]) -> String {
        let places = Places::new(self.sources);
        let issues: Vec<Value> = list
            .iter()
            .zip(self.fingerprints(list))
            .map(|(d, print)| {
                let Region { start, end } = Self::region(&places, d.span);
                json!({
                    "description": self.message(d),
                    "check_name": d.code.id,
                    "fingerprint": print,
                    "severity": match d.code.severity {
                        Severity::Error => "critical",
                        Severity::Warning => "minor",
                        Severity::Advice => "info",
                    },
                    "location": {
                        "path": self.path(d.span),
                        "lines": {"begin": start.0, "end": end.0},
                    },
                })
            })
            .collect();
        visible(&format!("{:#}\n", Value::Array(issues))).into_owned()
    }

    /// Identifies a problem while the lines before it change: a hash of its code, its file, its message, and how many
    /// problems with the same three come before it.
    fn fingerprints(&self, list: &[Diagnostic]) -> Vec<String> {
        let mut seen: HashMap<String, usize> = HashMap::new();
        list.iter()
            .map(|d| {
                let like = format!("{}\n{}\n{}", d.code.id, self.path(d.span), d.message.zh);
                let count = seen.entry(like.clone()).or_default();
                *count += 1;
                let digest = Sha256::digest(format!("{like}\n{count}"));
                HEXLOWER.encode(&digest[..16])
            })
            .collect()
    }
}

fn sarif_level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

/// The characters that are not escaped in a path (RFC 3986).
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

/// A path as a relative reference.
fn percent(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// Escapes the message of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes a property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
