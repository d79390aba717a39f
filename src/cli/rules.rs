//! What the command line says of rules: the line at every build, `check --prove`, `check --compare`.

use std::path::Path;
use std::sync::Arc;

use super::voice::Voice;
use super::{CLEAN, plural};
use crate::diag::{Sink, SourceId};
use crate::link;
use crate::rules::changes;
use crate::rules::compare::compare;
use crate::rules::wasm::Machine;
use crate::rules::{self, Compiled, prove};
use crate::sources::{self, SourceFile, Sources};
use crate::text::{Bilingual, Lang};

/// One line on all checks of a build; nothing if there is none.
pub(super) fn summary(reports: &[rules::Report], lang: Lang) -> String {
    if reports.is_empty() {
        return String::new();
    }
    let sum = |f: fn(&rules::Report) -> usize| reports.iter().map(f).sum::<usize>();
    let (examples, edits, noticed) = (
        sum(|r| r.examples),
        sum(|r| r.score.edits),
        sum(|r| r.score.noticed),
    );
    // In tenths of a percent, rounded down: 100.0 means all.
    let tenths = (noticed * 1000).checked_div(edits).unwrap_or(1000);
    let (whole, tenth) = (tenths / 10, tenths % 10);
    let count = reports.len();
    let words = lang.lines(
        &format!("自查 {count} 份：{examples} 个例子全部算对，规则改动一处的 {edits} 种改法例子发现 {noticed} 种（{whole}.{tenth}%）"),
        &format!(
            "{}: {}, all correct; examples detect {noticed} of {} ({whole}.{tenth}%)",
            plural(count, "self-check"),
            plural(examples, "example"),
            plural(edits, "single edit")
        ),
    );
    format!("{words}\n")
}

/// Tries every class of answer sheet of every check.
pub(super) fn prove_all(sources: &Sources, voice: Voice) -> u8 {
    let mut sink = Sink::default();
    let model = link::load(sources, &mut sink);
    for compiled in rules::compile(&model, sources, &mut sink) {
        match prove_one(&compiled) {
            Ok(words) => voice.say(&words.zh, &words.en),
            Err(words) => return voice.raw_trouble(&words),
        }
    }
    CLEAN
}

fn prove_one(compiled: &Compiled) -> Result<Bilingual, String> {
    let mut machine = Machine::new(&compiled.emitted)?;
    let tried = prove::try_sheets(&compiled.check, &compiled.program, &mut machine, prove::ALL)?;
    let (zh, en) = if tried.all {
        ("全部", "all")
    } else {
        ("随机", "random")
    };
    let (id, sheets) = (&compiled.check.id, tried.sheets);
    Ok(Bilingual::new(
        format!("{id}：{zh} {sheets} 种答法，模块与规则一致"),
        format!("{id}: {en} {sheets} answer sheets, module and rules agree"),
    ))
}

/// Compares an old version of a rule file with the one of the site.
pub(super) fn compare_with(site: &Path, old: &Path, voice: Voice) -> u8 {
    let mut sink = Sink::default();
    let mut sources = match sources::read(site, &mut sink) {
        Ok(sources) => sources,
        Err(error) => return voice.trouble(&error.words()),
    };
    let text = match sources::read_file(old) {
        Ok(text) => text,
        Err(error) => return voice.trouble(&error.words()),
    };
    let name = old
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let model = link::load(&sources, &mut sink);
    let mut sink = Sink::default();
    let path = format!("data/checks/{name}");
    let Some((id, file)) = sources.find(&path).map(|(id, file)| (id, file.clone())) else {
        return voice.trouble(&Bilingual::new(
            format!("网站没有 {path}，无从比较；旧文件要和新文件同名"),
            format!("the site has no {path} to compare with; the old file must have the same name"),
        ));
    };
    let new = rules::read_check(&model, &sources, id, &file, &mut sink);
    let old_file = SourceFile {
        path: old.display().to_string(),
        text,
    };
    let old_id = SourceId(u32::try_from(sources.files.len()).unwrap_or(u32::MAX));
    let before = rules::read_check(&model, &sources, old_id, &old_file, &mut sink);
    sources.files.push(Arc::new(old_file));
    let changes = match (before, new) {
        (Some(before), Some(new)) => compare(&before, &new, &mut sink),
        _ => None,
    };
    let Some(changes) = changes.filter(|_| !sink.has_errors()) else {
        return voice.refuse(sink, &sources);
    };
    if changes.is_empty() {
        voice.say(
            "两个版本对每个人的结果都相同",
            "both versions give everyone the same result",
        );
    }
    for change in &changes {
        voice.print(&changes::words(change, voice.lang));
    }
    CLEAN
}
