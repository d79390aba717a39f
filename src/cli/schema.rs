//! `mingbai schema`: JSON Schemas of source files, for editors.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::CLEAN;
use super::voice::Voice;
use crate::desk::schema::{self, KINDS};
use crate::output;
use crate::sources;
use crate::text::Bilingual;

#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    /// 哪种文件（不写则全部列出） / kind of file (default: list all kinds)
    #[arg(value_name = "KIND", conflicts_with = "all")]
    kind: Option<String>,
    /// 全部写进这个文件夹（网站的 .schemas） / write all schemas to this folder (.schemas in the site)
    #[arg(long, value_name = "DIR")]
    all: Option<PathBuf>,
}

pub(super) fn run(args: &SchemaArgs, voice: Voice) -> u8 {
    if let Some(folder) = &args.all {
        return write_all(folder, voice);
    }
    let Some(name) = &args.kind else {
        for kind in KINDS {
            let (zh, en) = kind.title();
            let words = voice.lang.line(zh, en);
            voice.print(&format!("{:<11} {:<27} {words}\n", kind.name, kind.place));
        }
        return CLEAN;
    };
    match schema::find(name) {
        Some(kind) => {
            voice.print(&kind.text());
            CLEAN
        }
        None => {
            let known: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
            voice.trouble(&Bilingual::new(
                format!("没有“{name}”这种文件；有：{}", known.join("、")),
                format!(
                    "there is no kind of file \"{name}\"; available: {}",
                    known.join(", ")
                ),
            ))
        }
    }
}

/// Writes every schema; a file that is not a schema of ours is left alone, and then nothing is written.
fn write_all(folder: &Path, voice: Voice) -> u8 {
    let files: Vec<(PathBuf, String)> = schema::all()
        .into_iter()
        .map(|(name, text)| (folder.join(name), text))
        .collect();
    for (path, _) in &files {
        match sources::read_file(path) {
            Err(error) if error.error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return voice.trouble(&error.words()),
            Ok(text) if text.starts_with(schema::MARK) => {}
            Ok(_) => {
                let path = path.display();
                return voice.trouble(&Bilingual::new(
                    format!("{path} 不是 mingbai 写的，没有改动它"),
                    format!("{path} was not written by mingbai and was not changed"),
                ));
            }
        }
    }
    for (path, text) in &files {
        if let Err(error) = output::replace(path, text.as_bytes()) {
            return voice.trouble(&error.words());
        }
    }
    let count = files.len();
    voice.say(
        &format!("写好 {count} 个文件：{}", folder.display()),
        &format!("wrote {count} files: {}", folder.display()),
    );
    CLEAN
}
