//! How a command speaks: language and colours, decided once at the start of the run.
//!
//! Comes in: finished words. Goes out: bytes on stdout and stderr, which nothing else in the program writes to, and at the end
//! an exit code that says whether they arrived. It does not decide what is said. Words may have names of files and pieces
//! of sources in them: control characters are written out, and never reach a terminal or a log as they are.

use std::io::{self, IsTerminal, Write};
use std::sync::OnceLock;

use clap::builder::StyledStr;

use super::{PROBLEMS, TROUBLE};
use crate::diag::{Diagnostic, Format, Sink, SourceMap, render_all, shorten};
use crate::output::{Holder, Written};
use crate::sources::Sources;
use crate::text::{Bilingual, Lang, visible};
use mingbai_forms::limits::Limit;

/// The first failure to write. The two streams belong to the process, and so does this.
static LOST: OnceLock<io::Error> = OnceLock::new();

/// Writes and flushes: `> ` must be on the screen before an answer is read. A failure is kept for [`Voice::finish`].
fn write(stream: &mut impl Write, text: &str) {
    let written = stream.write_all(text.as_bytes());
    if let Err(error) = written.and_then(|()| stream.flush()) {
        // Only the first failure matters; the others follow from it.
        LOST.get_or_init(|| error);
    }
}

/// Language and colours of a run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voice {
    /// Language of all words.
    pub lang: Lang,
    /// Colours on stderr.
    pub colour: bool,
    /// Colours on stdout.
    colour_out: bool,
}

impl Voice {
    /// `--lang`, else the locale; colours on a terminal unless NO_COLOR is set and not empty.
    pub fn new(asked: Option<Lang>) -> Self {
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(variable);
        let coloured = variable("NO_COLOR").is_none();
        Self {
            lang: asked.unwrap_or_else(|| Lang::of_locale(&locale.unwrap_or_default())),
            colour: io::stderr().is_terminal() && coloured,
            colour_out: io::stdout().is_terminal() && coloured,
        }
    }

    /// The name of whoever runs the program, if the system tells.
    pub fn user(self) -> String {
        let names = ["USER", "LOGNAME", "USERNAME"].into_iter();
        names
            .filter_map(|name| std::env::var(name).ok())
            .next()
            .unwrap_or_default()
    }

    /// The file of this program, if the system tells.
    pub fn program(self) -> Option<std::path::PathBuf> {
        std::env::current_exe().ok()
    }

    /// `SOURCE_DATE_EPOCH`, if it is set: the time in seconds that a build that can be repeated takes for now.
    pub fn source_date(self) -> Option<String> {
        std::env::var("SOURCE_DATE_EPOCH")
            .ok()
            .filter(|value| !value.is_empty())
    }

    /// What the environment says for `publish`: credentials have names there.
    #[cfg(feature = "stores")]
    pub fn credential(self, name: &str) -> Option<String> {
        std::env::var(name).ok().filter(|value| !value.is_empty())
    }

    /// Whether somebody can be asked: keys come from a terminal, and questions (on stderr) go to one.
    pub fn can_ask(self) -> bool {
        io::stdin().is_terminal() && self.can_draw()
    }

    /// Whether a line on stderr can be drawn over: it goes to a terminal.
    pub fn can_draw(self) -> bool {
        io::stderr().is_terminal()
    }

    /// To stdout.
    pub fn print(self, text: &str) {
        write(&mut io::stdout().lock(), &visible(text));
    }

    /// To stderr.
    pub fn print_error(self, text: &str) {
        write(&mut io::stderr().lock(), &visible(text));
    }

    /// Text that a renderer of ours made, with its colours and movements, to stderr as it is.
    pub fn print_rendered(self, text: &str) {
        write(&mut io::stderr().lock(), text);
    }

    /// Help to stdout, with its bold print where that is a terminal.
    pub fn print_help(self, help: &StyledStr) {
        write(&mut io::stdout().lock(), &styled(help, self.colour_out));
    }

    /// An error of the argument parser to stderr, in its own words.
    pub fn print_usage(self, error: &StyledStr) {
        write(&mut io::stderr().lock(), &styled(error, self.colour));
    }

    /// Diagnostics to stderr, for people.
    pub fn print_problems(self, list: &[Diagnostic], sources: &dyn SourceMap) {
        self.print_rendered(&render_all(list, sources, self.format()));
    }

    /// Diagnostics on a terminal.
    pub fn format(self) -> Format {
        Format::Text {
            colour: self.colour,
            lang: self.lang,
        }
    }

    /// The exit code of a run that would end with `code`: [`TROUBLE`] if some output was lost. Whoever
    /// closes a pipe (`| head`) wants no more words, and gets the code of the run.
    pub fn finish(self, code: u8) -> u8 {
        match LOST.get() {
            Some(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                let why = Bilingual::of_io(error);
                self.trouble(&Bilingual::new(
                    format!("结果没有全部输出：{}", why.zh),
                    format!("the output is incomplete: {}", why.en),
                ))
            }
            _ => code,
        }
    }

    /// A line of words to stdout: both languages on lines of their own.
    pub fn say(self, zh: &str, en: &str) {
        self.print(&format!("{}\n", self.lang.lines(zh, en)));
    }

    /// A line of words to stderr.
    pub fn note(self, zh: &str, en: &str) {
        self.print_error(&format!("{}\n", self.lang.lines(zh, en)));
    }

    /// Says who is waited for.
    pub fn waits_for(self, holder: &Holder) {
        let words = holder.words();
        self.note(
            &format!("{}；等它写完", words.zh),
            &format!("{}; waiting for it", words.en),
        );
    }

    /// Says what could not be tidied up after a site was written.
    pub fn note_left(self, written: &Written) {
        if let Some(words) = &written.left {
            self.note(
                &format!("网站已换好，但旧的一版没有收好：{}", words.zh),
                &format!(
                    "the new site is in its place, but the old one could not be put away: {}",
                    words.en
                ),
            );
        }
    }

    /// Says that the signature of a site is that of the one before.
    pub fn note_signature(self, written: &Written) {
        if written.was_signed {
            self.note(
                "原来的网站有签名，新的还没有；运行 mingbai sign",
                "the site before was signed, and this one is not yet; run mingbai sign",
            );
        }
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
        let lost = sink.lost();
        let mut list = sink.into_sorted(sources);
        shorten(&mut list, sources.limits.most(Limit::Diagnostics), lost);
        self.print_problems(&list, sources);
        PROBLEMS
    }
}

fn styled(text: &StyledStr, colour: bool) -> String {
    if colour {
        text.ansi().to_string()
    } else {
        text.to_string()
    }
}
