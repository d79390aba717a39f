//! Help and the errors of the command line, in the language of the run.
//!
//! Definitions carry their words as `中文 / English`; here each is cut to the language, and what clap itself says in
//! English (headings, defaults, errors) gets Chinese words. Completions and the manual come from the same command.

use clap::builder::{PossibleValue, StyledStr};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, Error};

use crate::text::{Bilingual, Lang, nearest};

/// Headings: Chinese, English, both.
const COMMANDS: [&str; 3] = ["命令", "Commands", "命令 Commands"];
const ARGUMENTS: [&str; 3] = ["参数", "Arguments", "参数 Arguments"];
const OPTIONS: [&str; 3] = ["选项", "Options", "选项 Options"];

fn pick(lang: Lang, words: [&'static str; 3]) -> &'static str {
    match lang {
        Lang::Zh => words[0],
        Lang::En => words[1],
        Lang::Both => words[2],
    }
}

/// The command with all its words in one language (or both).
pub(super) fn localised(command: Command, lang: Lang) -> Command {
    let usage = lang.line("用法", "Usage");
    let commands = pick(lang, COMMANDS);
    let template = format!("{{about}}\n\n{usage}: {{usage}}\n\n{{all-args}}{{after-help}}\n");
    words_of(command, lang, &template, commands).disable_help_subcommand(true)
}

fn words_of(command: Command, lang: Lang, template: &str, commands: &'static str) -> Command {
    let about = command.get_about().map(StyledStr::to_string);
    let mut command = command
        .help_template(template.to_owned())
        .subcommand_help_heading(commands)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .mut_args(|arg| argument(arg, lang))
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help(lang.line("显示帮助", "print help"))
                .help_heading(pick(lang, OPTIONS)),
        )
        .mut_subcommands(|sub| words_of(sub, lang, template, commands));
    if command.get_version().is_some() {
        command = command.arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(lang.line("显示版本", "print version"))
                .help_heading(pick(lang, OPTIONS)),
        );
    }
    match about {
        Some(about) => command.about(lang.part(&about).to_owned()),
        None => command,
    }
}

/// The words of one argument; its defaults and possible values in words of ours, because clap's are English.
fn argument(arg: Arg, lang: Lang) -> Arg {
    let help = arg.get_help().map(StyledStr::to_string).unwrap_or_default();
    let mut words = lang.part(&help).to_owned();
    let values: Vec<String> = if arg.get_action().takes_values() {
        arg.get_possible_values()
            .iter()
            .filter(|value| !value.is_hide_set())
            .map(|value| PossibleValue::get_name(value).to_owned())
            .collect()
    } else {
        Vec::new()
    };
    if !values.is_empty() {
        let values = values.join("|");
        words.push_str(&format!(" [{values}]"));
    }
    let defaults: Vec<String> = arg
        .get_default_values()
        .iter()
        .map(|value| value.to_string_lossy().into_owned())
        .collect();
    if arg.get_action().takes_values() && !defaults.is_empty() {
        let default = lang.line("默认", "default");
        words.push_str(&format!(" ({default}: {})", defaults.join(" ")));
    }
    let heading = if arg.is_positional() {
        pick(lang, ARGUMENTS)
    } else {
        pick(lang, OPTIONS)
    };
    let takes_value = arg.get_action().takes_values();
    arg.help(words)
        .help_heading(heading)
        .hide_default_value(takes_value)
        .hide_possible_values(takes_value)
}

/// What was perhaps meant: of several the nearest.
fn suggested(error: &Error) -> Option<String> {
    let (meant, written) = match error.kind() {
        ErrorKind::InvalidSubcommand => (
            ContextKind::SuggestedSubcommand,
            ContextKind::InvalidSubcommand,
        ),
        _ => (ContextKind::SuggestedArg, ContextKind::InvalidArg),
    };
    match (error.get(meant)?, error.get(written)?) {
        (ContextValue::String(near), _) => Some(near.clone()),
        (ContextValue::Strings(near), ContextValue::String(word)) => {
            nearest(word, near.iter().map(String::as_str)).map(str::to_owned)
        }
        _ => None,
    }
}

/// What clap found wrong, in words; nothing where it has no words of ours (then clap's own are printed).
pub(super) fn words_of_error(error: &Error) -> Option<Bilingual> {
    let get = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(list)) => Some(list.join(", ")),
        _ => None,
    };
    let argument = get(ContextKind::InvalidArg);
    let value = get(ContextKind::InvalidValue);
    let mut words = match error.kind() {
        ErrorKind::UnknownArgument => Bilingual::new(
            format!("不认识“{}”", argument?),
            format!("unknown argument \"{}\"", get(ContextKind::InvalidArg)?),
        ),
        ErrorKind::InvalidSubcommand => {
            let command = get(ContextKind::InvalidSubcommand)?;
            Bilingual::new(
                format!("没有命令“{command}”"),
                format!("there is no command \"{command}\""),
            )
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = argument?;
            Bilingual::new(format!("还缺：{missing}"), format!("{missing} is missing"))
        }
        ErrorKind::InvalidValue => {
            let (argument, value) = (argument?, value?);
            let valid = get(ContextKind::ValidValue).unwrap_or_default();
            if value.is_empty() {
                Bilingual::new(
                    format!("{argument} 后面要写一个值：{valid}"),
                    format!("{argument} needs a value: {valid}"),
                )
            } else {
                Bilingual::new(
                    format!("{argument} 不能是“{value}”，可写：{valid}"),
                    format!("{argument} cannot be \"{value}\"; use one of: {valid}"),
                )
            }
        }
        ErrorKind::ValueValidation => {
            let (argument, value) = (argument?, value?);
            Bilingual::new(
                format!("{argument} 不能是“{value}”"),
                format!("{argument} cannot be \"{value}\""),
            )
        }
        ErrorKind::ArgumentConflict => {
            let (argument, prior) = (argument?, get(ContextKind::PriorArg)?);
            Bilingual::new(
                format!("{argument} 不能与 {prior} 同用"),
                format!("{argument} cannot be used with {prior}"),
            )
        }
        _ => return None,
    };
    if let Some(near) = suggested(error) {
        words.zh.push_str(&format!("；是否应为“{near}”？"));
        words.en.push_str(&format!("; did you mean \"{near}\"?"));
    }
    Some(words)
}
