//! Links whose text does not say where they lead.
//!
//! MB0712.

use super::passages::Passage;
use crate::diag::{Diagnostic, Sink, codes};

/// Link texts that fit every link.
const EMPTY: [&str; 19] = [
    "点击这里",
    "点击此处",
    "点这里",
    "点此",
    "点击",
    "点击查看",
    "这里",
    "此处",
    "详情",
    "查看详情",
    "详见",
    "查看",
    "更多",
    "查看更多",
    "链接",
    "网址",
    "here",
    "click here",
    "more",
];

pub(super) fn check(passage: &Passage, sink: &mut Sink) {
    for (span, words) in &passage.links {
        let plain = words.trim().trim_matches(['【', '】', '>', '»', '*', ' ']);
        if EMPTY.iter().any(|word| word.eq_ignore_ascii_case(plain)) {
            sink.push(
                Diagnostic::new(
                    &codes::EMPTY_LINK_WORDS,
                    *span,
                    format!("链接的字是“{plain}”，看不出去哪里"),
                    format!("the link text \"{plain}\" does not say where the link leads"),
                )
                .hint(
                    "用那一页的名称作链接的字",
                    "use the name of the target page as the link text",
                ),
            );
        }
    }
}
