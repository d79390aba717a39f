//! Properties of any text: the clause tree, folding, dates and rates, over random input and over every day.

use std::collections::HashSet;

use jiff::civil::Date;
use mingbai::diag::{Sink, SourceId, Span};
use mingbai::evidence::gives_day;
use mingbai::lints::{percent, rate};
use mingbai::model::ClauseId;
use mingbai::model::clause::{Block, Body, Level, Mode};
use mingbai::model::date::{chinese, parse_bound, parse_day};
use mingbai::text::fold;
use proptest::prelude::*;

const HERE: Span = Span {
    source: SourceId(0),
    start: 0,
    end: 0,
};

fn parse(text: &str, mode: Mode) -> (Body, Sink) {
    let mut sink = Sink::default();
    let body = Body::parse(SourceId(0), text, 0..text.len(), mode, &mut sink);
    (body, sink)
}

// ---------------------------------------------------------------- any text

/// Lines that look like official texts, and lines that almost do.
fn line() -> impl Strategy<Value = String> {
    let marker = prop_oneof![
        Just(String::new()),
        (1u32..30).prop_map(|n| format!("第{}章 ", ideographs(n))),
        (1u32..30).prop_map(|n| format!("第{}节　", ideographs(n))),
        (1u32..130).prop_map(|n| format!("第{}条 ", ideographs(n))),
        (1u32..130).prop_map(|n| format!("{}、", ideographs(n))),
        (1u32..30).prop_map(|n| format!("（{}）", ideographs(n))),
        (1u32..30).prop_map(|n| format!("({})", ideographs(n))),
        (0u32..1200).prop_map(|n| format!("{n}.")),
        (0u32..40).prop_map(|n| format!("{n}、")),
        (0u32..40).prop_map(|n| format!("（{n}）")),
        (0u32..20).prop_map(|n| char::from_u32('①' as u32 + n).into_iter().collect()),
        Just("# 附件：".to_owned()),
        (0u32..12).prop_map(|n| format!("# 附件{n} ")),
        (0usize..8).prop_map(|n| "#".repeat(n) + " "),
        Just("附件：1.".to_owned()),
        Just("| ".to_owned()),
        Just("- ".to_owned()),
        Just("> ".to_owned()),
        Just("```".to_owned()),
        Just("~~~".to_owned()),
        Just("  ".to_owned()),
        Just("　　".to_owned()),
        Just("第".to_owned()),
        Just("（".to_owned()),
    ];
    let words = prop_oneof![
        Just(String::new()),
        Just("续贷受理时间。鉴于今年疫情影响。".to_owned()),
        Just("总则".to_owned()),
        Just("的规定".to_owned()),
        "[一二十百零第章节条、，。：；（）()0-9.①⑳县 　a#|`~\u{FEFF}𠮷-]{0,24}",
        "\\PC{0,12}",
    ];
    let end = prop_oneof![
        Just("\n"),
        Just("\n\n"),
        Just("\n\n"),
        Just("\n \t\n"),
        Just("")
    ];
    (marker, words, end).prop_map(|(marker, words, end)| format!("{marker}{words}{end}"))
}

fn document() -> impl Strategy<Value = String> {
    prop::collection::vec(line(), 0..40).prop_map(|lines| lines.concat())
}

/// The ranges of a block in order. Each must be text of the file.
fn pieces(block: &Block) -> [std::ops::Range<usize>; 3] {
    [
        block.marker.clone(),
        block.run_in.clone(),
        block.text.clone(),
    ]
}

/// No block is outside the text or overlaps another, and text outside blocks is white space or the marks of a
/// Markdown heading.
fn nothing_is_lost(text: &str, body: &Body) -> Result<(), TestCaseError> {
    let mut at = 0;
    let mut lost = String::new();
    for block in &body.blocks {
        for piece in pieces(block) {
            prop_assert!(text.get(piece.clone()).is_some(), "{piece:?} is no text");
            if piece.is_empty() {
                continue;
            }
            prop_assert!(at <= piece.start, "{piece:?} lies over what ends at {at}");
            lost.push_str(&text[at..piece.start]);
            at = piece.end;
        }
        let whole = block.whole();
        prop_assert!(text.get(whole).is_some());
    }
    lost.push_str(&text[at..]);
    for line in lost.lines() {
        // A heading may end with marks, too: `## 总则 ##`.
        let rest = line.trim_matches(|c: char| c == '#' || c.is_whitespace());
        prop_assert!(rest.is_empty(), "“{rest}” is lost");
    }
    Ok(())
}

/// Clauses contain their blocks, children are within their parents, anchors are unique.
fn the_tree_is_sound(body: &Body) -> Result<(), TestCaseError> {
    let mut anchors = HashSet::new();
    for (i, clause) in body.clauses.iter_enumerated() {
        prop_assert!(anchors.insert(&clause.anchor), "{} twice", clause.anchor);
        prop_assert!(clause.blocks.start <= clause.blocks.end);
        prop_assert!(clause.blocks.end <= body.blocks.len());
        if let Some(parent) = clause.parent {
            let parent_ = &body.clauses[parent];
            prop_assert!(parent < i);
            prop_assert!(parent_.level < clause.level);
            prop_assert_eq!(parent_.part, clause.part);
            prop_assert!(parent_.blocks.start <= clause.blocks.start);
            prop_assert!(clause.blocks.end <= parent_.blocks.end);
        }
    }
    for (i, block) in body.blocks.iter().enumerate() {
        let clause = &body.clauses[block.clause];
        prop_assert!(
            clause.blocks.contains(&i),
            "block {i} is not in {}",
            clause.label
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_an_official_text_is_lost(text in document()) {
        let (body, _) = parse(&text, Mode::Official);
        nothing_is_lost(&text, &body)?;
        the_tree_is_sound(&body)?;
    }

    #[test]
    fn nothing_of_a_page_is_lost(text in document()) {
        let (body, _) = parse(&text, Mode::Free);
        nothing_is_lost(&text, &body)?;
        the_tree_is_sound(&body)?;
    }

    #[test]
    fn any_characters_at_all_are_parsed(text in "\\PC*", tail in "(?s).{0,40}") {
        let text = format!("{text}\n{tail}");
        for mode in [Mode::Official, Mode::Free] {
            let (body, _) = parse(&text, mode);
            the_tree_is_sound(&body)?;
        }
    }

    #[test]
    fn a_part_of_a_file_is_parsed_as_that_text_alone(head in document(), text in document()) {
        let whole = format!("{head}\n{text}");
        let start = head.len() + 1;
        let mut sink = Sink::default();
        let part = Body::parse(SourceId(0), &whole, start..whole.len(), Mode::Official, &mut sink);
        let (alone, _) = parse(&text, Mode::Official);
        prop_assert_eq!(part.blocks.len(), alone.blocks.len());
        for (a, b) in part.blocks.iter().zip(&alone.blocks) {
            prop_assert_eq!(a.whole().start - start..a.whole().end - start, b.whole());
        }
        prop_assert_eq!(part.clauses, alone.clauses);
    }

    #[test]
    fn any_citation_is_found_or_not_but_never_breaks(citation in "[一二十第章条附件正文（）()0-9、 ①#.]{0,12}|\\PC{0,8}") {
        let (body, _) = parse("一、甲\n\n（一）乙\n\n# 附件\n\n1. 丙\n", Mode::Official);
        if let Some(found) = body.find(&citation) {
            prop_assert!(found.index() < body.clauses.len());
        }
    }
}

// ---------------------------------------------------------------- regular numbering

/// 1..=999 as official texts write it.
fn ideographs(n: u32) -> String {
    let digit = |n: u32| {
        "零一二三四五六七八九"
            .chars()
            .nth(n as usize)
            .expect("a digit")
    };
    let mut out = String::new();
    if n >= 100 {
        out.push(digit(n / 100));
        out.push('百');
        if (1..10).contains(&(n % 100)) {
            out.push('零');
        }
    }
    if n % 100 >= 10 {
        if n % 100 >= 20 || n >= 100 {
            out.push(digit(n / 10 % 10));
        }
        out.push('十');
    }
    if !n.is_multiple_of(10) {
        out.push(digit(n % 10));
    }
    out
}

#[derive(Debug, Clone)]
struct Item {
    /// Index into [`LEVELS`]; below its parent's.
    level: usize,
    children: Vec<Item>,
}

const LEVELS: [Level; 8] = [
    Level::Chapter,
    Level::Section,
    Level::Article,
    Level::Ideograph,
    Level::Bracketed,
    Level::Arabic,
    Level::BracketedArabic,
    Level::Circled,
];

/// The number of a paragraph as printed, and its label.
fn number(level: usize, n: u32) -> (String, String) {
    let zh = ideographs(n);
    match LEVELS[level] {
        Level::Chapter => (format!("第{zh}章 "), format!("第{zh}章")),
        Level::Section => (format!("第{zh}节 "), format!("第{zh}节")),
        Level::Article => (format!("第{zh}条　"), format!("第{zh}条")),
        Level::Ideograph => (format!("{zh}、"), zh),
        Level::Bracketed => (format!("（{zh}）"), format!("（{zh}）")),
        Level::Arabic => (format!("{n}."), n.to_string()),
        Level::BracketedArabic => (format!("（{n}）"), format!("（{n}）")),
        _ => {
            let c: String = char::from_u32('①' as u32 + n - 1).into_iter().collect();
            (c.clone(), c)
        }
    }
}

/// Clauses of one level, each with children of one lower level.
fn brothers(above: Option<usize>, depth: u32) -> BoxedStrategy<Vec<Item>> {
    let first = above.map_or(0, |level| level + 1);
    if first >= LEVELS.len() || depth == 0 {
        return Just(Vec::new()).boxed();
    }
    (first..LEVELS.len(), 0usize..6)
        .prop_flat_map(move |(level, count)| {
            prop::collection::vec(brothers(Some(level), depth - 1), count).prop_map(move |all| {
                all.into_iter()
                    .map(|children| Item { level, children })
                    .collect()
            })
        })
        .boxed()
}

/// Prints a tree and records the label of every clause, in order. Articles are numbered through the whole part and
/// cited without chapter and section, as in laws.
fn print(
    items: &[Item],
    part: &str,
    before: &str,
    articles: &mut u32,
    text: &mut String,
    citations: &mut Vec<String>,
) {
    for (i, item) in items.iter().enumerate() {
        let is_article = LEVELS[item.level] == Level::Article;
        let n = if is_article {
            *articles += 1;
            *articles
        } else {
            u32::try_from(i).expect("few") + 1
        };
        let (printed, cited) = number(item.level, n);
        text.push_str(&printed);
        text.push_str("认真做好各项工作。\n\n");
        let citation = format!("{}{cited}", if is_article { part } else { before });
        citations.push(citation.clone());
        print(&item.children, part, &citation, articles, text, citations);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_clause_of_a_regular_text_is_found_by_its_citation(
        main in brothers(None, 4),
        annexes in prop::collection::vec(brothers(None, 3), 0..4),
    ) {
        let mut text = String::from("根据有关规定，通知如下：\n\n");
        let mut citations = vec!["正文".to_owned()];
        print(&main, "", "", &mut 0, &mut text, &mut citations);
        for (i, annex) in annexes.iter().enumerate() {
            let name = if i == 0 { "附件".to_owned() } else { format!("附件{}", i + 1) };
            text.push_str(&format!("# {name}：名单\n\n"));
            citations.push(name.clone());
            let part = format!("{name} ");
            print(annex, &part, &part, &mut 0, &mut text, &mut citations);
        }
        let (body, sink) = parse(&text, Mode::Official);
        prop_assert!(sink.is_empty(), "regular numbering is called irregular: {:?}", sink);
        let labels: Vec<&str> = body.labels().collect();
        prop_assert_eq!(&labels, &citations);
        for (i, citation) in citations.iter().enumerate() {
            prop_assert_eq!(body.find(citation), Some(ClauseId::new(i)), "{}", citation);
            // The same with half-width brackets.
            let half = citation.replace('（', "(").replace('）', ")");
            prop_assert_eq!(body.find(&half), Some(ClauseId::new(i)), "{}", half);
        }
    }

    #[test]
    fn a_number_that_is_left_out_is_reported(count in 2u32..12, gap in 1u32..10) {
        let gap = gap.min(count - 1);
        let text: String = (1..=count)
            .filter(|n| *n != gap)
            .map(|n| format!("{}、做好工作。\n\n", ideographs(n)))
            .collect();
        let (_, sink) = parse(&text, Mode::Official);
        prop_assert!(!sink.is_empty());
    }
}

#[test]
fn articles_count_through_the_chapters_and_are_found_with_or_without_them() {
    let text = "第一章 总则\n\n第一条 甲。\n\n第二条 乙。\n\n第二章 分则\n\n第三条 丙：\n\n（一）丁；\n\n1.戊。\n";
    let (body, sink) = parse(text, Mode::Official);
    assert!(sink.is_empty(), "{sink:?}");
    let labels: Vec<&str> = body.labels().collect();
    assert_eq!(
        labels,
        [
            "正文",
            "第一章",
            "第一条",
            "第二条",
            "第二章",
            "第三条",
            "第三条（一）",
            "第三条（一）1"
        ]
    );
    for citation in ["第三条（一）1", "第二章第三条（一）1"] {
        assert_eq!(body.find(citation), Some(ClauseId::new(7)), "{citation}");
    }
    assert_eq!(body.find("第一章第三条"), None);
    let (_, sink) = parse(&text.replace("第三条", "第四条"), Mode::Official);
    assert!(
        !sink.is_empty(),
        "an article is missing and nothing is said"
    );
}

#[test]
fn articles_that_restart_in_each_chapter_are_cited_with_their_chapter() {
    let text = "第一章 总则\n\n第一条 甲。\n\n第二章 分则\n\n第一条 乙。\n\n第二条 丙。\n";
    let (body, sink) = parse(text, Mode::Official);
    assert!(sink.is_empty(), "{sink:?}");
    let labels: Vec<&str> = body.labels().collect();
    assert_eq!(
        labels,
        [
            "正文",
            "第一章",
            "第一章第一条",
            "第二章",
            "第二章第一条",
            "第二章第二条"
        ]
    );
    assert_eq!(body.find("第一条"), None);
    assert_eq!(body.find("第二章第一条"), Some(ClauseId::new(4)));
    assert_eq!(body.find("第二条"), Some(ClauseId::new(5)));
}

// ---------------------------------------------------------------- folding

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn folding_twice_is_folding_once(text in "(?s).*") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn folding_goes_character_by_character(a in "(?s).*", b in "(?s).*") {
        prop_assert_eq!(fold(&format!("{a}{b}")), fold(&a) + &fold(&b));
    }
}

#[test]
fn every_character_folds_to_one_that_stays() {
    for c in '\0'..=char::MAX {
        let folded = fold(&c.to_string());
        assert!(folded.chars().count() <= 1, "{c:?}");
        assert_eq!(fold(&folded), folded, "{c:?}");
        // Ideographs are names: no ideograph may become another.
        if ('\u{3400}'..='\u{9FFF}').contains(&c) {
            assert_eq!(folded, c.to_string());
        }
    }
}

// ---------------------------------------------------------------- dates

/// The number of days in a month, computed here and not by the library that mingbai uses.
fn days(year: i16, month: i8) -> i8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    }
}

#[test]
fn every_day_of_forty_years_is_read_back_as_written() {
    for year in 2000..=2040_i16 {
        for month in 1..=12_i8 {
            for day in 1..=days(year, month) {
                let date = Date::new(year, month, day).expect("a day that exists");
                for text in [
                    date.to_string(),
                    chinese(date),
                    format!("{year}年{month:02}月{day:02}日"),
                ] {
                    let read =
                        parse_day(&text, HERE).unwrap_or_else(|d| panic!("{}", d.message.zh));
                    assert_eq!(read, date, "{text}");
                }
                let floor = parse_bound(&format!("不早于 {date}"), HERE)
                    .unwrap_or_else(|d| panic!("{}", d.message.zh));
                assert_eq!(floor.text(), format!("不早于{}", chinese(date)));
                assert!(gives_day(&chinese(date), &floor));
            }
        }
    }
}

#[test]
fn every_day_that_does_not_exist_is_refused() {
    for year in 2000..=2040_i16 {
        for month in 0..=99_i8 {
            for day in [0, 1, 28, 29, 30, 31, 32, 45, 99_i8] {
                let exists = (1..=days(year, month)).contains(&day);
                for text in [
                    format!("{year}-{month:02}-{day:02}"),
                    format!("{year}年{month}月{day}日"),
                ] {
                    assert_eq!(parse_day(&text, HERE).is_ok(), exists, "{text}");
                }
                let yearly = format!("每年 {month:02}-{day:02}");
                let in_some_year = (1..=days(2020, month)).contains(&day);
                assert_eq!(parse_bound(&yearly, HERE).is_ok(), in_some_year, "{yearly}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_words_are_a_date_or_not_but_never_break(text in "[0-9年月日/.不早晚于每底 -]{0,16}|\\PC{0,12}") {
        if let Ok(bound) = parse_bound(&text, HERE) {
            prop_assert!(!bound.text().is_empty());
        }
    }
}

// ---------------------------------------------------------------- rates

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    /// `n` is the whole number nearest to part × 100 × 10^decimals ÷ whole, or the upper one of two equally near:
    /// 2·n·whole ≤ 2·part·scale + whole < 2·(n+1)·whole, in numbers that cannot overflow.
    #[test]
    fn rates_are_exact_and_halves_go_up(part in 0usize..100_000, whole in 1usize..100_000, decimals in 0u32..6) {
        let n = u128::from(rate(part, whole, decimals).expect("small numbers have a rate"));
        let (part, whole) = (part as u128, whole as u128);
        let twice = 2 * part * 100 * 10u128.pow(decimals) + whole;
        prop_assert!(2 * n * whole <= twice && twice < 2 * (n + 1) * whole);
    }

    #[test]
    fn a_percentage_is_printed_with_its_decimals(scaled in 0u64..10_000_000, decimals in 0u32..6) {
        let text = percent(scaled, decimals);
        let number = text.strip_suffix('%').expect("a per cent sign");
        let after = number.split_once('.').map_or(0, |(_, after)| after.len());
        prop_assert_eq!(after, decimals as usize);
        prop_assert!(!number.starts_with('.') && !number.starts_with("00"));
        let digits: u64 = number.replace('.', "").parse().expect("digits");
        prop_assert_eq!(digits, scaled);
    }

    #[test]
    fn no_numbers_break_a_rate(part in any::<usize>(), whole in any::<usize>(), decimals in any::<u32>()) {
        if whole == 0 {
            prop_assert_eq!(rate(part, whole, decimals), None);
        }
        let _ = rate(part, whole, decimals);
    }
}

#[test]
fn a_day_after_the_number_of_a_paragraph_is_not_a_part_of_a_decimal() {
    let text = "一、要求\n\n1.2026年9月1日前完成。\n\n2.10月1日起受理。\n\n1.5万元。\n\n2.13月不是月份。\n";
    let (body, _) = parse(text, Mode::Official);
    let labels: Vec<&str> = body.labels().collect();
    assert_eq!(labels, ["正文", "一", "一1", "一2"]);
}
