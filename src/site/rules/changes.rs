//! What differs between two versions of a self-check, in words.
//!
//! Comes in: a [`Change`]. Goes out: a paragraph for a terminal or the desk.

use crate::text::Lang;
use mingbai_rules::compare::Change;

/// The change in words; it ends with a line break.
pub fn words(change: &Change, lang: Lang) -> String {
    match change {
        Change::Only { what, in_new: true } => {
            let words = lang.line(
                &format!("新版本多了或改了{what}"),
                &format!("only in the new version, or changed: {what}"),
            );
            format!("{words}\n")
        }
        Change::Only { what, .. } => {
            let words = lang.line(
                &format!("旧版本的{what}没有了或改了"),
                &format!("only in the old version, or changed: {what}"),
            );
            format!("{words}\n")
        }
        Change::Outcome {
            decision,
            before,
            after,
            person,
        } => {
            let words = lang.lines(
                &format!("{decision}：原来是“{before}”，现在是“{after}”"),
                &format!("{decision}: was \"{before}\", now \"{after}\""),
            );
            let instance = lang.line("例如", "for example");
            format!("{words}\n  {instance}: {person}\n")
        }
        Change::Amount {
            value,
            before,
            after,
            person,
        } => {
            let words = lang.lines(
                &format!("{value}：原来是{before}，现在是{after}"),
                &format!("{value}: was {before}, now {after}"),
            );
            let instance = lang.line("例如", "for example");
            format!("{words}\n  {instance}: {person}\n")
        }
        Change::Attributes {
            decision,
            outcome,
            removed,
            added,
        } => {
            let words = lang.line(
                &format!("{decision}：结果“{outcome}”的内容变了"),
                &format!("{decision}: outcome \"{outcome}\" has different contents"),
            );
            let mut out = format!("{words}\n");
            for (sign, list) in [("-", removed), ("+", added)] {
                for item in list {
                    out.push_str(&format!("  {sign} {item}\n"));
                }
            }
            out
        }
    }
}
