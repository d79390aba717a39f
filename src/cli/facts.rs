//! `check --prove`, second part: every fact of the sources changed, one at a time.

use super::voice::Voice;
use crate::config::Config;
use crate::diag::line_column;
use crate::prove::{self, Proof};
use crate::sources::Sources;

/// Tries every change and prints how many were noticed, by kind, and those that were not.
pub(super) fn prove(sources: &Sources, config: &Config, voice: Voice) {
    let proof = prove::prove(sources, config);
    let total = proof.total();
    if total.tried == 0 {
        return;
    }
    let rate = percent(total.noticed, total.tried);
    voice.say(
        &format!(
            "改动每一处事实：{} 处改动，查出 {} 处（{rate}%）",
            total.tried, total.noticed
        ),
        &format!(
            "every fact changed: {} changes, {} noticed ({rate}%)",
            total.tried, total.noticed
        ),
    );
    for (kind, tally) in &proof.kinds {
        let (zh, en) = kind.words();
        voice.say(
            &format!("  {zh}：{}/{}", tally.noticed, tally.tried),
            &format!("  {en}: {}/{}", tally.noticed, tally.tried),
        );
    }
    list(&proof, sources, voice);
}

fn list(proof: &Proof, sources: &Sources, voice: Voice) {
    for survivor in &proof.survivors {
        let file = sources.file(survivor.span.source);
        let (line, column) = line_column(&file.text, survivor.span.range().start);
        let (zh, en) = survivor.kind.words();
        let place = format!("{}:{line}:{column}", file.path);
        let (before, after) = (&survivor.before, &survivor.after);
        voice.say(
            &format!("{place}：没有查出（{zh}）“{before}” → “{after}”"),
            &format!("{place}: not noticed ({en}) “{before}” → “{after}”"),
        );
    }
}

/// Per cent with two decimals, rounded down, so that 100 means all.
fn percent(part: usize, whole: usize) -> String {
    let scaled = part as u128 * 10_000 / whole.max(1) as u128;
    format!("{}.{:02}", scaled / 100, scaled % 100)
}
