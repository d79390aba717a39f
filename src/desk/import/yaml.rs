//! Lines of YAML, with comments for the people who will check them.
//!
//! Comes in: keys, values, candidates. Goes out: text. What must be confirmed begins with `# 待核：`; an entry below it that is a comment
//! is valid once `# ` is taken away.

use super::candidates::{Candidates, Entry, Section};
use crate::written::{before_comment, comment, item, scalar};

/// Lines of YAML.
#[derive(Debug, Default)]
pub(super) struct Yaml {
    pub text: String,
}

impl Yaml {
    /// One line.
    pub fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Words of explanation.
    pub fn say(&mut self, words: &str) {
        self.line(&comment(words));
    }

    /// Something to confirm.
    pub fn check(&mut self, words: &str) {
        self.line(&comment(&format!("待核：{words}")));
    }

    /// A line that is valid once its mark is taken away.
    pub fn commented(&mut self, line: &str) {
        self.line(&format!("# {line}"));
    }

    /// A key with its value, and what is to be confirmed of it.
    pub fn value(&mut self, key: &str, value: &str, check: Option<&str>) {
        let Some(words) = check else {
            return self.line(&format!("{key}: {}", scalar(value)));
        };
        let mark = comment(&format!("待核：{words}"));
        self.line(&format!("{key}: {}  {mark}", before_comment(value)));
    }

    /// A key with a list; nothing if it is empty.
    pub fn list(&mut self, key: &str, values: &[String]) {
        if values.is_empty() {
            return;
        }
        self.line(&format!("{key}:"));
        for value in values {
            self.line(&format!("  - {}", item(value)));
        }
    }

    /// The candidates of a list, as comments.
    pub fn candidates(&mut self, section: Section, found: &Candidates) {
        let entries = found.of(section);
        if entries.is_empty() {
            return;
        }
        self.check(&format!(
            "像是{}的有 {} 处，一条一条核对；要用的去掉行首的“# ”",
            section.words(),
            entries.len()
        ));
        self.commented(&format!("{}:", section.key()));
        for line in entries.iter().flat_map(Entry::lines) {
            self.commented(&line);
        }
    }
}
