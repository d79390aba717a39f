//! `mingbai diff`: what changed between two sites, in facts.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use mingbai_published::facts::{self, Files};
use mingbai_published::manifest::SUMS;
use mingbai_published::{Manifest, folder};
use serde_json::{Value, json};

use super::voice::Voice;
use super::{CLEAN, beijing_today};
use crate::config::Config;
use crate::diag::Sink;
use crate::text::{Bilingual, Lang, escape, visible};
use crate::{pipeline, sources};

/// A file of a site is at most this large.
const LARGEST: u64 = 256 << 20;

#[derive(Debug, Args)]
pub(super) struct DiffArgs {
    /// 旧的：生成的网站，或网站的来源文件夹 / the old one: a built site, or the folder of its sources
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// 新的 / the new one
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// 结果的格式 / format of the result
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    format: DiffFormat,
}

/// How changes are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// 一行一处 / one change a line
    Text,
    /// 给程序 / for programs
    Json,
    /// 一个网页，可以打印给批准的人看 / a page, to be printed for whoever approves
    Html,
}

pub(super) fn run(args: &DiffArgs, voice: Voice) -> u8 {
    diff(args, voice).unwrap_or_else(|words| voice.trouble(&words))
}

fn diff(args: &DiffArgs, voice: Voice) -> Result<u8, Bilingual> {
    let (old, new) = (files(&args.old)?, files(&args.new)?);
    let changes = facts::changes(&old, &new);
    if args.format == DiffFormat::Html {
        voice.print(&page(&changes, voice));
        return Ok(CLEAN);
    }
    if args.format == DiffFormat::Json {
        let list: Vec<Value> = changes.iter().map(facts::Change::json).collect();
        voice.print(&format!("{:#}\n", json!({ "changes": list })));
        return Ok(CLEAN);
    }
    for change in &changes {
        let words = change.words();
        voice.say(&visible(&words.zh), &visible(&words.en));
    }
    let count = changes.len();
    voice.say(&format!("{count} 处变化"), &super::plural(count, "change"));
    Ok(CLEAN)
}

/// The changes as a page of their own: nothing in it is fetched from anywhere.
fn page(changes: &[facts::Change], voice: Voice) -> String {
    let english = voice.lang == Lang::En;
    let say = |zh, en| if english { en } else { zh };
    let mut rows = String::new();
    for change in changes {
        let words = change.words();
        let words = if english { &words.en } else { &words.zh };
        // Writing to a string cannot fail.
        let _ = write!(rows, "<li>{}</li>", escape(&visible(words)));
    }
    let title = say("变化", "Changes");
    let count = if english {
        super::plural(changes.len(), "change")
    } else {
        format!("{} 处变化", changes.len())
    };
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title></head><body><h1>{title}</h1><p>{count}</p><ol>{rows}</ol></body></html>\n",
        say("zh-CN", "en"),
    )
}

/// The files of a site: a built one, or one made in memory from its sources.
fn files(place: &Path) -> Result<Files, Bilingual> {
    if folder::is_there(&place.join("data/datapackage.json")) {
        let sums = place.join(SUMS);
        let manifest = match folder::is_there(&sums) {
            true => Manifest::read(&folder::text(&sums, LARGEST)?)?,
            false => folder::read(place)?.manifest,
        };
        let files = manifest.files.into_keys().map(|name| {
            let bytes = if facts::is_read(&name) {
                folder::bytes(&place.join(&name), LARGEST)?
            } else {
                Vec::new()
            };
            Ok((name, bytes))
        });
        return files.collect();
    }
    let mut sink = Sink::default();
    let sources = sources::read(place, &mut sink).map_err(|error| error.words())?;
    if sources.own_count() == 0 {
        let words = Bilingual::new(
            "既不是生成的网站，也没有来源文件",
            "is neither a built site nor a folder of sources",
        );
        return Err(words.at(place.display()));
    }
    let config = Config {
        today: beijing_today(),
        base_url: None,
        advice: false,
        draft: false,
        part: None,
    };
    let built = pipeline::build(&sources, &config, &mut sink);
    if sink.has_errors() {
        let words = Bilingual::new(
            "来源文件有错误，先运行 mingbai check",
            "the sources have errors; run mingbai check first",
        );
        return Err(words.at(place.display()));
    }
    let files = built.tree.into_iter();
    let files = files.map(|(path, file)| (path, Arc::unwrap_or_clone(file.bytes)));
    Ok(files.collect())
}
