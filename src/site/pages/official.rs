//! The parts of an official text that a template would otherwise have to compute.
//!
//! Comes in: the level of a clause, the blocks of a text, the view of a notice. Goes out: the typeface of a number
//! (GB/T 9704), the text before and after the closing, the sections of the page. It reads no model and no source.

use super::view::{BlockSort, BlockView, Face, NoticeView, SectionLink};
use crate::model::clause::Level;

/// The typeface of a number; none for a block without one.
pub fn face(level: Level, marker: &str) -> Option<Face> {
    (!marker.is_empty()).then_some(match level {
        Level::Chapter | Level::EnglishPart | Level::EnglishChapter => Face::Zhang,
        Level::Section | Level::EnglishSection => Face::Jie,
        Level::Article | Level::EnglishArticle | Level::SectionSign => Face::Tiao,
        Level::Ideograph => Face::Han,
        Level::Bracketed => Face::Paren,
        Level::Part
        | Level::Arabic
        | Level::BracketedArabic
        | Level::Letter
        | Level::Roman
        | Level::Circled => Face::Num,
    })
}

/// The document itself, and the annexes after its closing (signature, date). A text that begins with an annex has its
/// closing at the end.
pub fn split(mut blocks: Vec<BlockView>) -> (Vec<BlockView>, Vec<BlockView>) {
    let first = blocks
        .iter()
        .position(|block| block.kind == BlockSort::Part);
    let annexes = match first {
        None | Some(0) => Vec::new(),
        Some(at) => blocks.split_off(at),
    };
    (blocks, annexes)
}

/// The sections of the page of a notice, in their order.
pub fn sections(view: &NoticeView) -> Vec<SectionLink> {
    let has_times =
        !(view.windows.is_empty() && view.students.is_empty() && view.offices.is_empty());
    let all = [
        (!view.summary.is_empty(), "summary", "要点"),
        (has_times, "times", "时间"),
        (!view.checks.is_empty(), "checks", "相关自查"),
        (true, "meta", "文件信息"),
        (true, "text", "原文"),
        (
            !(view.attachments.is_empty() && view.data_pages.is_empty()),
            "attachments",
            "附件和数据",
        ),
        (!view.cites.is_empty(), "cites", "引用的文件"),
        (!view.cited_by.is_empty(), "cited-by", "被引用"),
        (!view.contacts.is_empty(), "contacts", "联系方式"),
        (!view.slips.is_empty(), "slips", "勘误"),
        (!view.omitted.is_empty(), "omitted", "略去的内容"),
        (true, "source", "来源与核对"),
    ];
    all.into_iter()
        .filter(|(is_there, _, _)| *is_there)
        .map(|(_, id, text)| SectionLink { id, text })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(kind: BlockSort) -> BlockView {
        BlockView {
            id: None,
            kind,
            heading: None,
            marker: String::new(),
            face: None,
            run_in: String::new(),
            html: String::new(),
            label: String::new(),
        }
    }

    fn lengths(kinds: &[BlockSort]) -> (usize, usize) {
        let (text, annexes) = split(kinds.iter().map(|&kind| block(kind)).collect());
        (text.len(), annexes.len())
    }

    #[test]
    fn the_closing_stands_before_the_first_annex_or_at_the_end() {
        let (part, para) = (BlockSort::Part, BlockSort::Para);
        assert_eq!(lengths(&[para, para]), (2, 0));
        assert_eq!(lengths(&[para, part, para, part]), (1, 3));
        assert_eq!(lengths(&[part, para, part]), (3, 0));
        assert_eq!(lengths(&[]), (0, 0));
    }

    #[test]
    fn a_number_has_the_face_of_its_level_and_no_number_has_none() {
        assert_eq!(face(Level::Ideograph, "一、"), Some(Face::Han));
        assert_eq!(face(Level::BracketedArabic, "（1）"), Some(Face::Num));
        assert_eq!(face(Level::Chapter, ""), None);
    }
}
