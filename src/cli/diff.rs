//! `mingbai diff`: what changed between two sites, in facts.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use mingbai_published::facts::{self, Files};
use mingbai_published::folder;
use serde_json::{Value, json};

use super::voice::Voice;
use super::{CLEAN, OutputFormat, beijing_today};
use crate::config::Config;
use crate::diag::Sink;
use crate::text::{Bilingual, visible};
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
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
}

pub(super) fn run(args: &DiffArgs, voice: Voice) -> u8 {
    diff(args, voice).unwrap_or_else(|words| voice.trouble(&words))
}

fn diff(args: &DiffArgs, voice: Voice) -> Result<u8, Bilingual> {
    let (old, new) = (files(&args.old)?, files(&args.new)?);
    let changes = facts::changes(&old, &new);
    if args.format == OutputFormat::Json {
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

/// The files of a site: a built one, or one made in memory from its sources.
fn files(place: &Path) -> Result<Files, Bilingual> {
    if folder::is_there(&place.join("data/datapackage.json")) {
        let names = folder::read(place)?.manifest.files.into_keys();
        let files = names.map(|name| {
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
