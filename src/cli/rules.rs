//! What the command line says of rules: the line at every build, `check --prove`, `check --compare`.

use std::path::Path;

use super::voice::Voice;
use super::{CLEAN, PROBLEMS, print, print_error, trouble};
use crate::diag::{Sink, SourceId, render_all};
use crate::model;
use crate::rules::compare::{Change, compare};
use crate::rules::wasm::Machine;
use crate::rules::{self, Compiled, prove};
use crate::sources::{self, SourceFile, Sources};

/// One line on all checks of a build; nothing if there is none.
pub(super) fn summary(reports: &[rules::Report]) -> String {
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
    format!(
        "自查 {0} 份：{examples} 个例子全部算对，规则改动一处的 {edits} 种改法例子发现 {noticed} 种（{whole}.{tenth}%）\n{0} self-checks: {examples} examples right, {noticed} of {edits} single edits noticed ({whole}.{tenth}%)\n",
        reports.len()
    )
}

/// Tries every class of answer sheet of every check.
pub(super) fn prove_all(sources: &Sources) -> u8 {
    let mut sink = Sink::default();
    let model = model::load(sources, &mut sink);
    for compiled in rules::compile(&model, sources, &mut sink) {
        match prove_one(&compiled) {
            Ok(line) => print(&line),
            Err(words) => return trouble(&words),
        }
    }
    CLEAN
}

fn prove_one(compiled: &Compiled) -> Result<String, String> {
    let mut machine = Machine::new(&compiled.emitted)?;
    let tried = prove::try_sheets(&compiled.check, &compiled.program, &mut machine, prove::ALL)?;
    let (zh, en) = if tried.all {
        ("全部", "every one of")
    } else {
        ("随机", "random")
    };
    Ok(format!(
        "{}：{zh} {} 种答法，模块与规则一致 / {en} {} sheets, module and rules agree\n",
        compiled.check.id, tried.sheets, tried.sheets
    ))
}

/// Compares an old version of a rule file with the one of the site.
pub(super) fn compare_with(site: &Path, old: &Path, voice: Voice) -> u8 {
    let mut sink = Sink::default();
    let mut sources = match sources::read(site, &mut sink) {
        Ok(sources) => sources,
        Err(error) => return trouble(&error.to_string()),
    };
    let text = match sources::read_file(old) {
        Ok(text) => text,
        Err(error) => return trouble(&error.to_string()),
    };
    let name = old
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let model = model::load(&sources, &mut sink);
    let mut sink = Sink::default();
    let path = format!("data/checks/{name}");
    let Some((id, file)) = sources.find(&path).map(|(id, file)| (id, file.clone())) else {
        return trouble(&format!(
            "网站没有 {path}，无从比较；旧文件要和新文件同名 / the site has no {path} to compare with; the old file needs the same name"
        ));
    };
    let new = rules::read_check(&model, id, &file, &mut sink);
    let old_file = SourceFile {
        path: old.display().to_string(),
        text,
    };
    let old_id = SourceId(u32::try_from(sources.files.len()).unwrap_or(u32::MAX));
    let before = rules::read_check(&model, old_id, &old_file, &mut sink);
    sources.files.push(old_file);
    let changes = match (before, new) {
        (Some(before), Some(new)) => compare(&before, &new, &mut sink),
        _ => None,
    };
    let Some(changes) = changes.filter(|_| !sink.has_errors()) else {
        let list = sink.into_sorted(&sources);
        print_error(&render_all(&list, &sources, voice.format()));
        return PROBLEMS;
    };
    if changes.is_empty() {
        print("两个版本对每个人的结果都相同 / both versions give everybody the same answer\n");
    }
    for change in &changes {
        print(&words(change));
    }
    CLEAN
}

fn words(change: &Change) -> String {
    match change {
        Change::Only { what, in_new: true } => {
            format!("新版本多了或改了{what} / only in the new version, or changed: {what}\n")
        }
        Change::Only { what, .. } => {
            format!("旧版本的{what}没有了或改了 / only in the old version, or changed: {what}\n")
        }
        Change::Outcome {
            decision,
            before,
            after,
            person,
        } => format!(
            "{decision}：原来是“{before}”，现在是“{after}”\n  was \"{before}\", now \"{after}\"\n  例如 for instance：{person}\n"
        ),
        Change::Attributes {
            decision,
            outcome,
            removed,
            added,
        } => {
            let mut out = format!(
                "{decision}：结果“{outcome}”的内容变了 / outcome \"{outcome}\" gives or asks something else\n"
            );
            for (sign, list) in [("-", removed), ("+", added)] {
                for item in list {
                    out.push_str(&format!("  {sign} {item}\n"));
                }
            }
            out
        }
    }
}
