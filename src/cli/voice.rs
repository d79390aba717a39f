//! How a command speaks: language and colours, decided once at the start of the run.

use std::io::{IsTerminal, Write};

use super::{PROBLEMS, TROUBLE};
use crate::diag::{Format, Sink, render_all};
use crate::sources::Sources;
use crate::text::{Bilingual, Lang};

/// Language and colours of a run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voice {
    pub lang: Lang,
    /// Colours on stderr.
    pub colour: bool,
}

impl Voice {
    /// `--lang`, else the locale; colours on a terminal unless NO_COLOR is set and not empty.
    pub fn new(asked: Option<Lang>) -> Self {
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(variable);
        Self {
            lang: asked.unwrap_or_else(|| Lang::of_locale(&locale.unwrap_or_default())),
            colour: std::io::stderr().is_terminal() && variable("NO_COLOR").is_none(),
        }
    }

    /// Whether somebody can be asked: keys come from a terminal, and questions (on stderr) go to one.
    pub fn can_ask(self) -> bool {
        std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
    }

    /// To stdout, as it is.
    pub fn print(self, text: &str) {
        std::io::stdout()
            .write_all(text.as_bytes())
            .unwrap_or_default();
    }

    /// To stderr, as it is.
    pub fn print_error(self, text: &str) {
        std::io::stderr()
            .write_all(text.as_bytes())
            .unwrap_or_default();
    }

    /// A line of words to stdout: both languages on lines of their own.
    pub fn say(self, zh: &str, en: &str) {
        self.print(&format!("{}\n", self.lang.lines(zh, en)));
    }

    /// A line of words to stderr.
    pub fn note(self, zh: &str, en: &str) {
        self.print_error(&format!("{}\n", self.lang.lines(zh, en)));
    }

    /// The operator's trouble, to stderr: the exit code.
    pub fn trouble(self, words: &Bilingual) -> u8 {
        self.print_error(&format!("mingbai: {}\n", words.line(self.lang)));
        TROUBLE
    }

    /// The operator's trouble in words that are the same in both languages: the exit code.
    pub fn raw_trouble(self, words: &str) -> u8 {
        self.print_error(&format!("mingbai: {words}\n"));
        TROUBLE
    }

    /// A run's problems, to stderr: the exit code.
    pub fn refuse(self, sink: Sink, sources: &Sources) -> u8 {
        let list = sink.into_sorted(sources);
        self.print_error(&render_all(&list, sources, self.format()));
        PROBLEMS
    }

    /// Diagnostics on a terminal.
    pub fn format(self) -> Format {
        Format::Text {
            colour: self.colour,
            lang: self.lang,
        }
    }
}
