//! Asking on a terminal: questions in the language of the run, one at a time.
//!
//! Comes in: questions. Goes out: answers that passed their check, or why there is none. What is asked, and in which
//! order, is the commands' own business.

use inquire::error::CustomUserError;
use inquire::ui::{RenderConfig, Styled};
use inquire::validator::{ErrorMessage, Validation};
use inquire::{Confirm, InquireError, Select, Text};

use super::PROBLEMS;
use super::voice::Voice;
use crate::text::Bilingual;

/// A shell's code for a program that was ended by Ctrl-C.
const INTERRUPTED: u8 = 130;

/// Whole names for what was typed so far.
pub(super) type Suggest<'q> = &'q dyn Fn(&str) -> Vec<String>;
/// The answer in the form that is kept, or what is wrong with it.
pub(super) type Judge<'q> = &'q dyn Fn(&str) -> Result<String, Bilingual>;

/// A question that is answered with words.
pub(super) struct Question<'q> {
    pub words: Bilingual,
    pub help: Bilingual,
    /// Taken where nothing is typed; empty if there is no proposal.
    pub proposal: String,
    pub suggest: Option<Suggest<'q>>,
    pub judge: Judge<'q>,
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Stop {
    /// Esc, or no to the last question.
    Cancelled,
    /// Ctrl-C.
    Interrupted,
    /// There is no person to ask, and these flags are missing.
    Missing(Vec<&'static str>),
    Trouble(Bilingual),
    /// Everything was reported already.
    Said(u8),
}

impl Stop {
    /// Says why, and that nothing was written: the exit code.
    pub fn say(self, voice: Voice) -> u8 {
        match self {
            Self::Cancelled => {
                voice.note("已取消，没有写任何文件", "cancelled; nothing was written");
                PROBLEMS
            }
            Self::Interrupted => {
                voice.note("已中断，没有写任何文件", "interrupted; nothing was written");
                INTERRUPTED
            }
            Self::Missing(flags) => {
                let code = voice.trouble(&Bilingual::new(
                    format!("缺少 {}", flags.join("、")),
                    format!("missing: {}", flags.join(", ")),
                ));
                voice.note(
                    "不在终端里运行时不能提问，请用参数写全；加上 --help 可以看用法",
                    "questions can be asked only in a terminal: use flags instead, and add --help to see the usage",
                );
                code
            }
            Self::Trouble(words) => voice.trouble(&words),
            Self::Said(code) => code,
        }
    }
}

/// Somebody who answers.
pub(super) trait Asks {
    fn text(&mut self, question: &Question) -> Result<String, Stop>;
    /// The index of the option chosen.
    fn choose(&mut self, words: &Bilingual, options: &[String]) -> Result<usize, Stop>;
    fn confirm(&mut self, words: &Bilingual, proposal: bool) -> Result<bool, Stop>;
    /// Something to read before the next question.
    fn show(&mut self, text: &str);
}

/// The person at the terminal. Questions go to stderr.
pub(super) struct Terminal {
    voice: Voice,
    look: RenderConfig<'static>,
}

impl Terminal {
    /// Nobody, unless both ends are a terminal.
    pub fn of(voice: Voice) -> Option<Self> {
        if !voice.can_ask() {
            return None;
        }
        let look = if voice.colour {
            RenderConfig::default_colored()
        } else {
            RenderConfig::empty()
        };
        let cancelled = if voice.lang.has_zh() {
            "（已取消）"
        } else {
            "(cancelled)"
        };
        Some(Self {
            voice,
            look: look.with_canceled_prompt_indicator(Styled::new(cancelled)),
        })
    }

    fn line(&self, words: &Bilingual) -> String {
        words.line(self.voice.lang)
    }
}

impl From<InquireError> for Stop {
    fn from(error: InquireError) -> Self {
        match error {
            InquireError::OperationCanceled => Self::Cancelled,
            InquireError::OperationInterrupted => Self::Interrupted,
            InquireError::IO(error) => Self::Trouble(Bilingual::of_io(&error)),
            error => Self::Trouble(Bilingual::new(error.to_string(), error.to_string())),
        }
    }
}

impl Asks for Terminal {
    fn text(&mut self, question: &Question) -> Result<String, Stop> {
        let (words, help) = (self.line(&question.words), self.line(&question.help));
        let judge = |typed: &str| -> Result<Validation, CustomUserError> {
            Ok(match (question.judge)(typed.trim()) {
                Ok(_) => Validation::Valid,
                Err(why) => Validation::Invalid(ErrorMessage::Custom(self.line(&why))),
            })
        };
        let mut prompt = Text::new(&words)
            .with_render_config(self.look)
            .with_validator(judge);
        if !help.is_empty() {
            prompt = prompt.with_help_message(&help);
        }
        if !question.proposal.is_empty() {
            prompt = prompt.with_default(&question.proposal);
        }
        if let Some(suggest) = question.suggest {
            let suggest = move |typed: &str| -> Result<Vec<String>, CustomUserError> {
                let typed = typed.trim();
                Ok(if typed.is_empty() {
                    Vec::new()
                } else {
                    suggest(typed)
                })
            };
            prompt = prompt.with_autocomplete(FirstOnTab(suggest));
        }
        let typed = prompt.prompt()?;
        (question.judge)(typed.trim()).map_err(Stop::Trouble)
    }

    fn choose(&mut self, words: &Bilingual, options: &[String]) -> Result<usize, Stop> {
        const PAGE: usize = 12;
        let words = self.line(words);
        let help = self.voice.lang.line(
            "上下键选，回车定，输入文字可筛选",
            "arrow keys move, Enter selects, typing filters",
        );
        let chosen = Select::new(&words, options.to_vec())
            .with_help_message(&help)
            .with_page_size(PAGE)
            .with_render_config(self.look)
            .raw_prompt()?;
        Ok(chosen.index)
    }

    fn confirm(&mut self, words: &Bilingual, proposal: bool) -> Result<bool, Stop> {
        let words = self.line(words);
        let chinese = self.voice.lang.has_zh();
        let wrong = self
            .voice
            .lang
            .line("请答 是 或 否（y 或 n）", "please answer y or n");
        let shown = move |yes: bool| match (chinese, yes) {
            (true, true) => "是".to_owned(),
            (true, false) => "否".to_owned(),
            (false, true) => "yes".to_owned(),
            (false, false) => "no".to_owned(),
        };
        let proposed = move |yes: bool| match (chinese, yes) {
            (true, true) => "是 y/否 n，回车为是".to_owned(),
            (true, false) => "是 y/否 n，回车为否".to_owned(),
            (false, true) => "Y/n".to_owned(),
            (false, false) => "y/N".to_owned(),
        };
        let parser = |typed: &str| match typed.trim().to_lowercase().as_str() {
            "y" | "yes" | "是" | "好" => Ok(true),
            "n" | "no" | "否" | "不" => Ok(false),
            _ => Err(()),
        };
        Ok(Confirm::new(&words)
            .with_default(proposal)
            .with_parser(&parser)
            .with_formatter(&shown)
            .with_default_value_formatter(&proposed)
            .with_error_message(&wrong)
            .with_render_config(self.look)
            .prompt()?)
    }

    fn show(&mut self, text: &str) {
        self.voice.print_rendered(text);
    }
}

/// Tab takes the suggestion under the cursor, or the first one where none is.
#[derive(Clone)]
struct FirstOnTab<F>(F);

impl<F> inquire::Autocomplete for FirstOnTab<F>
where
    F: Fn(&str) -> Result<Vec<String>, CustomUserError> + Clone,
{
    fn get_suggestions(&mut self, typed: &str) -> Result<Vec<String>, CustomUserError> {
        (self.0)(typed)
    }

    fn get_completion(
        &mut self,
        typed: &str,
        highlighted: Option<String>,
    ) -> Result<Option<String>, CustomUserError> {
        match highlighted {
            Some(chosen) => Ok(Some(chosen)),
            None => Ok((self.0)(typed)?.into_iter().next()),
        }
    }
}

/// Asks, or takes what flags say; keeps in mind whether anything was asked and what is missing.
pub(super) struct Interview<'a> {
    who: Option<&'a mut dyn Asks>,
    voice: Voice,
    /// Whether a person was asked anything.
    pub asked: bool,
    missing: Vec<&'static str>,
}

impl<'a> Interview<'a> {
    /// An interview with whoever answers; with nobody, every question is an error that names the flag.
    pub fn new(who: Option<&'a mut dyn Asks>, voice: Voice) -> Self {
        Self {
            who,
            voice,
            asked: false,
            missing: Vec::new(),
        }
    }

    /// The answer of a flag, else of the person. A wrong flag is reported, and asked for again if there is a person to ask.
    /// Without an answer it is empty, and [`Self::complete`] reports the flag at the end.
    pub fn text(
        &mut self,
        flag: &'static str,
        given: Option<&str>,
        question: &Question,
    ) -> Result<String, Stop> {
        if let Some(answer) = self.of_flag(flag, given, question.judge)? {
            return Ok(answer);
        }
        let answer = self.of_person(flag, |who| who.text(question))?;
        Ok(answer.unwrap_or_default())
    }

    /// What a flag says, judged. A wrong flag is reported, and nothing is returned if there is a person to ask.
    fn of_flag<T>(
        &self,
        flag: &'static str,
        given: Option<&str>,
        judge: &dyn Fn(&str) -> Result<T, Bilingual>,
    ) -> Result<Option<T>, Stop> {
        match given.map(|given| judge(given.trim())) {
            None => Ok(None),
            Some(Ok(answer)) => Ok(Some(answer)),
            Some(Err(words)) if self.who.is_none() => Err(Stop::Trouble(words.at(flag))),
            Some(Err(words)) => {
                self.voice.trouble(&words.at(flag));
                Ok(None)
            }
        }
    }

    /// What a person answers; without one, the flag is missing.
    fn of_person<T>(
        &mut self,
        flag: &'static str,
        ask: impl FnOnce(&mut dyn Asks) -> Result<T, Stop>,
    ) -> Result<Option<T>, Stop> {
        match self.who.as_deref_mut() {
            Some(who) => {
                self.asked = true;
                ask(who).map(Some)
            }
            None => {
                self.missing.push(flag);
                Ok(None)
            }
        }
    }

    /// As [`Self::text`], for what has an answer without asking: asked only if a person is being asked anyway.
    pub fn text_or(
        &mut self,
        flag: &'static str,
        given: Option<&str>,
        question: &Question,
    ) -> Result<String, Stop> {
        if given.is_none() && !self.asked {
            return Ok(question.proposal.clone());
        }
        self.text(flag, given, question)
    }

    /// The option that a flag names (`judge` finds it), else the one that the person chooses.
    pub fn choose(
        &mut self,
        flag: &'static str,
        given: Option<&str>,
        judge: &dyn Fn(&str) -> Result<usize, Bilingual>,
        words: &Bilingual,
        options: &[String],
    ) -> Result<Option<usize>, Stop> {
        match self.of_flag(flag, given, judge)? {
            Some(index) => Ok(Some(index)),
            None => self.of_person(flag, |who| who.choose(words, options)),
        }
    }

    /// Whether a person says yes; no where nobody is being asked.
    pub fn confirm(&mut self, words: &Bilingual, proposal: bool) -> Result<bool, Stop> {
        match &mut self.who {
            Some(who) if self.asked => who.confirm(words, proposal),
            _ => Ok(false),
        }
    }

    /// Whether a required answer is missing: what follows from it is then not required, too.
    pub fn lacks(&self) -> bool {
        !self.missing.is_empty()
    }

    /// Shows a text to whoever answers.
    pub fn show(&mut self, text: &str) {
        if let Some(who) = &mut self.who {
            who.show(text);
        }
    }

    /// Ends the questions.
    ///
    /// # Errors
    /// [`Stop::Missing`] with the flags that nobody gave.
    pub fn complete(&self) -> Result<(), Stop> {
        if self.missing.is_empty() {
            Ok(())
        } else {
            Err(Stop::Missing(self.missing.clone()))
        }
    }
}
