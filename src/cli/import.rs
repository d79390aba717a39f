//! `import`: turns an office's document or table into a source file, and reports what was done and what is doubtful.
//!
//! A table, or a text that is asked for as a list, is the business of `table`; everything else is an official document.

mod document;
mod files;
mod table;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::voice::Voice;
use super::{OutputFormat, PROBLEMS, plural};
use crate::desk::remark::{Refused, Remark};
use crate::desk::table::is_table;
use crate::text::Bilingual;

/// What the file becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// 公文原文，写到 content/notices / an official document
    Notice,
    /// 试点名单 / a pilot list
    PilotList,
    /// 考核结果 / results of an assessment
    Assessment,
    /// 受理安排的场次 / sessions of a schedule
    Schedule,
}

#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// 公文（.docx、.pdf、.txt、.html）或表格（.xlsx、.csv） / a document (.docx, .pdf, .txt, .html) or a table (.xlsx, .csv)
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// 网站文件夹 / site folder
    #[arg(default_value = ".", value_name = "DIR")]
    site: PathBuf,
    /// 做成什么（默认：公文做成通知，表格看各列） / what to create (default: a notice from a document; from a table, whatever its columns show)
    #[arg(long, value_enum)]
    kind: Option<What>,
    /// 编号，也就是新文件的名字，如 youyu-2027-plan / the ID, which is also the name of the new file, such as youyu-2027-plan
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// 已有同名文件时，替换它 / replace a file of the same name
    #[arg(long)]
    replace: bool,
    /// 只说会怎样，不写文件 / show what would be done, write nothing
    #[arg(long)]
    dry_run: bool,
    /// 报告的格式 / format of the report
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
    #[command(flatten)]
    table: table::TableArgs,
}

/// Runs `import`. Exit codes: 0 written (what must be confirmed was reported), 1 nothing was written because of the
/// document, 2 arguments or disk.
pub(super) fn run(args: &ImportArgs, voice: Voice) -> u8 {
    let listed = args.kind.is_some_and(|kind| kind != What::Notice);
    if listed || is_table(&file_name(args)) && args.kind.is_none() {
        table::run(args, voice)
    } else {
        document::run(args, voice)
    }
}

/// Why nothing was made of the file: the exit code.
fn refuse(args: &ImportArgs, refused: &Refused, voice: Voice) -> u8 {
    let trouble = voice.trouble(&refused.words().clone().at(file_name(args)));
    match refused {
        Refused::Input(_) => PROBLEMS,
        Refused::Fault(_) => trouble,
    }
}

fn file_name(args: &ImportArgs) -> String {
    let name = args.file.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// The remarks that somebody must look at.
fn open(remarks: &[Remark]) -> impl Iterator<Item = &Remark> {
    remarks.iter().filter(|remark| remark.kind.needs_care())
}

/// The remarks on stderr, those that somebody must look at last: next to where the eye is.
fn say_remarks(remarks: &[Remark], voice: Voice) {
    let rest = remarks.iter().filter(|remark| !remark.kind.needs_care());
    for remark in rest.chain(open(remarks)) {
        voice.print_error(&line(remark, voice));
    }
}

/// One remark on one line, and below it the words of the source that it is about.
fn line(remark: &Remark, voice: Voice) -> String {
    const MOST: usize = 60;
    let label = remark.kind.label();
    let place = remark.place.words();
    let words = |label: &str, place: &str, words: &str| {
        let place = if place.is_empty() {
            String::new()
        } else {
            format!("{place} ")
        };
        format!("{label} {place}{words}")
    };
    let said = voice.lang.lines(
        &words(label.0, &place.zh, &remark.words.zh),
        &words(label.1, &place.en, &remark.words.en),
    );
    let text: String = remark.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut shown: String = text.chars().take(MOST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    if shown.is_empty() {
        format!("{said}\n")
    } else {
        format!("{said}\n    {shown}\n")
    }
}

/// The remarks for programs.
fn remarks_as_json(remarks: &[Remark]) -> Vec<Value> {
    let both = |words: &Bilingual| json!({"zh": words.zh, "en": words.en});
    let one = |remark: &Remark| {
        json!({
            "kind": remark.kind.key(),
            "needs_care": remark.kind.needs_care(),
            "place": both(&remark.place.words()),
            "message": both(&remark.words),
            "text": remark.text,
        })
    };
    remarks.iter().map(one).collect()
}

/// What is open keeps the new file from being published.
fn say_draft(open: usize, voice: Voice) {
    if open == 0 {
        return;
    }
    voice.say(
        &format!(
            "这个文件还是草稿（{open} 处待核）：mingbai build 不生成草稿。逐处核对，改好，删去“# 待核”那一行；先看样子用 mingbai serve 或 mingbai build --draft"
        ),
        &format!(
            "this file is a draft ({} to confirm): mingbai build does not publish drafts. Compare each, correct it, then delete \
             its \"# 待核\" line; to look at it before that, use mingbai serve or mingbai build --draft",
            plural(open, "thing")
        ),
    );
}
