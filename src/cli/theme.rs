//! `mingbai theme`: lists the files of the built-in theme and copies them into a site.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, Subcommand};

use super::voice::Voice;
use super::{CLEAN, PROBLEMS, beijing_today};
use crate::desk::theme::{self, RECORD, State, ThemeFile};
use crate::diag::Sink;
use crate::output::OutputFile;
use crate::sources::Sources;
use crate::text::Bilingual;
use crate::{gallery, model, output, sources};

#[derive(Debug, Args)]
pub(super) struct ThemeArgs {
    #[command(subcommand)]
    command: ThemeCommand,
}

#[derive(Debug, Subcommand)]
enum ThemeCommand {
    /// 列出外观的文件，哪些被网站自己的文件代替了 / list the theme's files and show which ones the site replaces
    List {
        /// 网站文件夹 / site folder
        #[arg(default_value = ".", value_name = "DIR")]
        site: PathBuf,
    },
    /// 把外观的文件取到 themes/mingbai 下，改了就代替程序自带的 / copy theme files to themes/mingbai to change them
    Eject {
        /// 文件名，如 notice.html 或 cite.css；组件可以只写名字，如 cite / names such as notice.html or cite.css; a component may be named alone, as cite
        #[arg(value_name = "NAME", required_unless_present = "all")]
        names: Vec<String>,
        /// 全部文件 / all files
        #[arg(long, conflicts_with = "names")]
        all: bool,
        /// 网站文件夹 / site folder
        #[arg(long, default_value = ".", value_name = "DIR")]
        site: PathBuf,
    },
    /// 生成一个网页，展示外观的全部组件和它们的例子 / make one page that shows every component of the theme with its examples
    Gallery {
        /// 网站文件夹 / site folder
        #[arg(default_value = ".", value_name = "DIR")]
        site: PathBuf,
        /// 写到哪个文件夹 / folder to write
        #[arg(long, default_value = "gallery", value_name = "DIR")]
        out: PathBuf,
    },
}

pub(super) fn run(args: &ThemeArgs, voice: Voice) -> u8 {
    let done = match &args.command {
        ThemeCommand::List { site } => list(site, voice),
        ThemeCommand::Eject { names, site, .. } => eject(site, names, voice),
        ThemeCommand::Gallery { site, out } => show(site, out, voice),
    };
    done.unwrap_or_else(|words| voice.trouble(&words))
}

/// The record of what was taken, empty where nothing was.
fn record(site: &Path) -> String {
    sources::read_file(&site.join(RECORD)).unwrap_or_default()
}

fn read(site: &Path) -> Result<Sources, Bilingual> {
    sources::read(site, &mut Sink::default()).map_err(|error| error.words())
}

fn list(site: &Path, voice: Voice) -> Result<u8, Bilingual> {
    let sources = read(site)?;
    let mut lines = Vec::new();
    for file in theme::files(&sources, &record(site)) {
        let words = match file.state {
            State::BuiltIn => ("", ""),
            State::Same => (
                "  网站有一份，与程序的相同，可以删去",
                "  the site has an identical copy, which can be removed",
            ),
            State::Changed => ("  用网站自己的", "  the site's own file is used"),
            State::Outdated => (
                "  用网站自己的；取出以后，程序里的已经更新",
                "  the site's own file is used; the program's version has changed since it was copied",
            ),
        };
        lines.push((file.name, words));
    }
    let alone = (
        "  只有网站有，程序里没有这个文件",
        "  only the site has it, the program has no such file",
    );
    let strangers = theme::of_the_site_alone(&sources);
    lines.extend(strangers.into_iter().map(|name| (name, alone)));
    let mut text = String::new();
    for (name, words) in lines {
        text.push_str(name);
        text.push_str(&voice.lang.line(words.0, words.1).replace(" /   ", " / "));
        text.truncate(text.trim_end().trim_end_matches(" /").len());
        text.push('\n');
    }
    voice.print(&text);
    Ok(CLEAN)
}

/// Builds the gallery. Only the theme of the site is judged: its content may have errors.
fn show(site: &Path, out: &Path, voice: Voice) -> Result<u8, Bilingual> {
    let target = output::check_target(site, out).map_err(|error| error.words())?;
    let mut sink = Sink::default();
    let sources = read(site)?;
    let model = model::load(&sources, &mut Sink::default());
    let files = gallery::build(&sources, &model.site, beijing_today(), &mut sink);
    let list = sink.into_sorted(&sources);
    if !list.is_empty() {
        voice.print_problems(&list, &sources);
    }
    let Some(files) = files else {
        return Ok(PROBLEMS);
    };
    let tree = files.into_iter().map(|file| {
        let bytes = file.bytes;
        let inputs = Vec::new();
        (file.path, OutputFile::new(bytes, inputs))
    });
    let held = |holder: &output::Holder| voice.waits_for(holder);
    let options = output::Options {
        record: None,
        left: None,
        program: "",
        today: beijing_today(),
        keep: 0,
        grace: 0,
        wait: Duration::from_secs(60),
        user: voice.user(),
        held: &held,
        sources: None,
    };
    output::write(&target, tree.collect(), &options).map_err(|error| error.words())?;
    let page = out.join("index.html");
    let page = page.display();
    voice.say(&format!("已生成 {page}"), &format!("wrote {page}"));
    Ok(CLEAN)
}

/// Copies the files named, or all; what the site has already stays as it is.
fn eject(site: &Path, names: &[String], voice: Voice) -> Result<u8, Bilingual> {
    let files = theme::files(&read(site)?, &record(site));
    let wanted: Vec<&ThemeFile> = if names.is_empty() {
        files.iter().collect()
    } else {
        names
            .iter()
            .map(|name| theme::named(&files, name))
            .collect::<Result<_, _>>()?
    };
    let mut record = record(site);
    let mut left = 0;
    let mut taken = 0;
    for file in wanted {
        if file.state != State::BuiltIn {
            left += 1;
            let path = file.file.path;
            voice.note(
                &format!("{path} 网站已经有了，没有改动它"),
                &format!("{path} already exists in the site and was not changed"),
            );
            continue;
        }
        output::write_new(&site.join(file.file.path), file.file.bytes).map_err(|e| e.words())?;
        record.push_str(&theme::record_line(file));
        taken += 1;
        if names.len() == 1 {
            let path = file.file.path;
            voice.say(&format!("已取到 {path}"), &format!("copied to {path}"));
        }
    }
    if taken > 0 {
        output::replace(&site.join(RECORD), record.as_bytes()).map_err(|error| error.words())?;
    }
    if names.len() != 1 {
        voice.say(
            &format!("取了 {taken} 个文件，{left} 个网站已经有"),
            &format!("{taken} files copied, {left} already existed"),
        );
    }
    Ok(if taken == 0 && left > 0 {
        PROBLEMS
    } else {
        CLEAN
    })
}
