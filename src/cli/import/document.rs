//! `import` of an official document.

use std::path::Path;

use serde_json::json;

use super::files::{self, NewFile, Outcome};
use super::{ImportArgs, file_name, line, open, refuse, remarks_as_json, say_draft, say_remarks};
use crate::cli::voice::Voice;
use crate::cli::{CLEAN, OutputFormat, PROBLEMS, beijing_today, plural};
use crate::config::Config;
use crate::desk::annex;
use crate::desk::import::{Import, Request, import};
use crate::desk::remark::{Remark, RemarkKind};
use crate::desk::table::Imported;
use crate::diag::{Diagnostic, Severity, Sink, SourceId};
use crate::model::region::Regions;
use crate::sources::Sources;
use crate::text::Bilingual;
use crate::{drafts, link, model, pipeline, sources};

/// Runs `import` for a document.
pub(super) fn run(args: &ImportArgs, voice: Voice) -> u8 {
    if let Some(id) = args.id.as_ref().filter(|id| !model::is_id(id)) {
        return voice.trouble(&Bilingual::new(
            format!("--id {id}：只用小写英文字母、数字和连字符，如 youyu-2027-plan"),
            format!(
                "--id {id}: use only lowercase letters, digits and hyphens, such as youyu-2027-plan"
            ),
        ));
    }
    let bytes = match sources::read_bytes(&args.file) {
        Ok(bytes) => bytes,
        Err(error) => return voice.trouble(&error.words()),
    };
    let docx = is_old_office(&args.file, &bytes).then(|| sources::as_docx(&args.file));
    let docx = docx.flatten();
    let converted = docx.is_some();
    let bytes = docx.unwrap_or(bytes);
    let mut sink = Sink::default();
    let sources = match sources::read(&args.site, &mut sink) {
        Ok(sources) => sources,
        Err(error) => return voice.trouble(&error.words()),
    };
    let model = link::load(&sources, &mut sink);
    let name = file_name(args);
    let request = Request {
        name: &name,
        bytes: &bytes,
        id: args.id.as_deref(),
        model: &model,
    };
    match import(&request) {
        Ok(mut imported) => {
            if converted {
                imported.remarks.insert(0, by_libreoffice());
            }
            finish(args, &imported, sources, &model.regions, voice)
        }
        Err(refused) => refuse(args, &refused, voice),
    }
}

/// Whether a document is in a format that only an office program reads.
fn is_old_office(file: &Path, bytes: &[u8]) -> bool {
    let ending = file
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_ascii_lowercase();
    let is_text = ["doc", "wps", "rtf"].contains(&ending.as_str()) && !bytes.starts_with(b"PK");
    is_text || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
}

fn by_libreoffice() -> Remark {
    Remark::of_file(
        RemarkKind::Reading,
        Bilingual::new(
            "这是旧格式，用 LibreOffice 转成 .docx 以后读的；版面可能有出入，请与原件核对",
            "this is an old format and was converted to .docx with LibreOffice: compare the text with the original",
        ),
    )
}

/// Writes the file, if all is well, and says what was done.
fn finish(
    args: &ImportArgs,
    imported: &Import,
    sources: Sources,
    regions: &Regions,
    voice: Voice,
) -> u8 {
    let text = args.format == OutputFormat::Text;
    if text {
        say_remarks(&imported.remarks, voice);
    }
    let Some(id) = &imported.id else {
        if !text {
            voice.print(&report(imported, &[], false, &[]));
        }
        voice.note(
            "看不出是哪个地方、哪一年的文件，起不了编号，没有写文件。请加上 --id，如 --id youyu-2027-plan",
            "the document does not say clearly which place or year it is for, so no ID could be made and nothing was written. Add one, such as --id youyu-2027-plan",
        );
        return PROBLEMS;
    };
    let notice = format!("content/notices/{id}.md");
    let lists = annex::data_files(imported, id, regions);
    let schedule = imported.schedule.as_ref();
    let schedule =
        schedule.map(|one| (format!("data/schedules/{}.yaml", one.id), one.text.as_str()));
    let mut new = vec![NewFile {
        path: &notice,
        text: &imported.text,
    }];
    new.extend(schedule.iter().map(|(path, text)| NewFile { path, text }));
    new.extend(lists.iter().map(|list| NewFile {
        path: &list.path,
        text: &list.text,
    }));
    let outcome = match files::write(args, &new, voice) {
        Ok(outcome) => outcome,
        Err(code) => {
            if !text {
                voice.print(&report(imported, &new, false, &[]));
            }
            return code;
        }
    };
    // The lists have gaps that `import` names by itself.
    let checked = &new[..new.len() - lists.len()];
    let said = check(sources, checked);
    if !text {
        voice.print(&report(imported, &new, outcome == Outcome::Written, &said));
        return CLEAN;
    }
    say_outcome(args, imported, &new[0], outcome, voice);
    say_check(&said, voice);
    if let Some((path, text)) = &schedule {
        let marks = drafts::marks(text);
        voice.say(
            &format!("受理安排写在 {path}：{marks} 处待核"),
            &format!("the schedule was written to {path}: {marks} to check"),
        );
    }
    say_lists(&lists, voice);
    say_draft(new.iter().map(|file| drafts::marks(file.text)).sum(), voice);
    CLEAN
}

/// What was done with the notice.
fn say_outcome(
    args: &ImportArgs,
    imported: &Import,
    notice: &NewFile,
    outcome: Outcome,
    voice: Voice,
) {
    let (zh, en) = match outcome {
        Outcome::Tried => {
            voice.print(&imported.text);
            ("会写成", "would write")
        }
        Outcome::Written => ("已写成", "wrote"),
    };
    let path = args.site.join(notice.path);
    let (remarks, marks) = (imported.remarks.len(), drafts::marks(notice.text));
    voice.say(
        &format!(
            "{zh} {}：上面 {remarks} 条说明，文件里 {marks} 处待核",
            path.display()
        ),
        &format!(
            "{en} {}: {} above, {} in the file",
            path.display(),
            plural(remarks, "remark"),
            plural(marks, "mark"),
        ),
    );
}

/// The lists of annexes, and what must be done to each before it is published.
fn say_lists(lists: &[Imported], voice: Voice) {
    for list in lists {
        let (path, count) = (&list.path, open(&list.remarks).count());
        voice.say(
            &format!("附件里的名单写在 {path}：{count} 处待核"),
            &format!("the list in an annex was written to {path}: {count} to check"),
        );
        for remark in open(&list.remarks) {
            voice.print_error(&line(remark, voice));
        }
    }
}

fn report(imported: &Import, new: &[NewFile], written: bool, said: &[Diagnostic]) -> String {
    let check: Vec<_> = said
        .iter()
        .map(|diagnostic| {
            json!({
                "code": diagnostic.code.id,
                "error": diagnostic.code.severity == Severity::Error,
                "message": {"zh": diagnostic.message.zh, "en": diagnostic.message.en},
            })
        })
        .collect();
    let report = json!({
        "id": imported.id,
        "path": new.first().map(|file| file.path),
        "files": new.iter().map(|file| file.path).collect::<Vec<_>>(),
        "written": written,
        "remarks": remarks_as_json(&imported.remarks),
        "check": check,
    });
    format!("{report:#}\n")
}

/// What `mingbai check` will say of the new files.
fn check(sources: Sources, new: &[NewFile]) -> Vec<Diagnostic> {
    let sources = new.iter().fold(sources, |sources, file| {
        sources.with(file.path, file.text.to_owned())
    });
    let own: Vec<SourceId> = new
        .iter()
        .filter_map(|file| sources.find(file.path).map(|(id, _)| id))
        .collect();
    let config = Config {
        today: beijing_today(),
        base_url: None,
        advice: false,
        draft: true,
        part: None,
    };
    let mut sink = Sink::default();
    // Deeply nested HTML needs stack in the minifier, as in a build.
    match rayon::ThreadPoolBuilder::new()
        .stack_size(16 * 1024 * 1024)
        .build()
    {
        Ok(pool) => pool.install(|| pipeline::build(&sources, &config, &mut sink)),
        Err(_) => pipeline::build(&sources, &config, &mut sink),
    };
    sink.into_sorted(&sources)
        .into_iter()
        .filter(|diagnostic| own.contains(&diagnostic.span.source))
        .collect()
}

fn say_check(said: &[Diagnostic], voice: Voice) {
    const FIRST: usize = 3;
    let count = |severity| said.iter().filter(|d| d.code.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    voice.say(
        &format!("待核以外，运行 mingbai check，这个文件会有 {errors} 个错误、{warnings} 个提醒"),
        &format!(
            "mingbai check will report {} and {} in this file, in addition to what is to be confirmed",
            plural(errors, "error"),
            plural(warnings, "warning")
        ),
    );
    let mut first: Vec<&Diagnostic> = said.iter().collect();
    first.sort_by_key(|d| d.code.severity);
    for diagnostic in first.into_iter().take(FIRST) {
        voice.say(
            &format!("  [{}] {}", diagnostic.code.id, diagnostic.message.zh),
            &format!("  [{}] {}", diagnostic.code.id, diagnostic.message.en),
        );
    }
}
