//! The reader on any input: it never panics, its spans are pieces of the text, and its time is linear.

use std::time::{Duration, Instant};

use mingbai::reading::{What, read};
use proptest::prelude::*;

/// Readings are in order, their spans are not empty, lie in the text and begin and end between characters.
fn sound(text: &str) {
    let readings = read(text);
    let mut last = 0;
    for reading in &readings {
        let span = reading.span.clone();
        assert!(span.start < span.end, "{text:?}: empty {reading:?}");
        assert!(text.get(span.clone()).is_some(), "{text:?}: {reading:?}");
        assert!(span.start >= last, "{text:?}: out of order at {reading:?}");
        last = span.start;
        if let What::Day(day) = &reading.what {
            assert!(
                day.month.is_none_or(|month| (1..=12).contains(&month)),
                "{text:?}: {day:?}"
            );
            assert!(
                day.day.is_none_or(|day| (1..=31).contains(&day)),
                "{text:?}: {day:?}"
            );
        }
    }
}

/// Pieces of official text, and what scans and editors put between them.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "2023年",
    "7月",
    "17日",
    "25日",
    "--",
    "—",
    "至",
    "到",
    "自",
    "起",
    "止",
    "前",
    "以前",
    "不得早于",
    "截至",
    "最迟",
    "每年",
    "受灾当年",
    "上旬",
    "底",
    "8:30",
    "24时",
    "（",
    "）",
    "(",
    ")",
    "〔",
    "〕",
    "【",
    "】",
    "[2023]",
    "号",
    "第",
    "一",
    "二十",
    "百",
    "千",
    "万",
    "亿",
    "两",
    "半",
    "余",
    "多",
    "几",
    "个",
    "名",
    "人",
    "元",
    "％",
    "%",
    "百分之",
    "分之",
    "成",
    "工作日",
    "个月",
    "以上",
    "以内",
    "不超过",
    "约",
    "每人",
    "每天",
    "上午",
    "0352",
    "-",
    "8522123",
    "12345",
    "138",
    "电话",
    "a@b.cn",
    "http://x/1",
    "GB/T ",
    "1.",
    "1,000",
    "，",
    "、",
    "。",
    "\n",
    "\n\n",
    " ",
    "　",
    "\t",
    "**",
    "_",
    "|",
    "《",
    "》",
    "证明",
    "原件和复印件",
    "教育局",
    "大厅",
    "窗口",
    "不",
    "可能",
    "除",
    "外",
    "O",
    "l",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in "\\PC{0,60}") {
        sound(&text);
    }

    #[test]
    fn any_row_of_pieces_is_read(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
        sound(&pieces.concat());
    }

    #[test]
    fn any_bytes_that_are_text_are_read(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
        sound(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn a_paragraph_before_changes_nothing(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12)) {
        const BEFORE: &str = "前面另有一段，没有别的内容。\n\n";
        let text = pieces.concat();
        let mut alone = read(&text);
        for reading in &mut alone {
            reading.span = reading.span.start + BEFORE.len()..reading.span.end + BEFORE.len();
        }
        let longer = format!("{BEFORE}{text}");
        let after: Vec<_> = read(&longer).into_iter().filter(|reading| reading.span.start >= BEFORE.len()).collect();
        prop_assert_eq!(after, alone);
    }
}

#[test]
fn a_text_of_a_megabyte_is_read_in_a_second() {
    let official: String = [
        "shanxi-2020-renewal",
        "hunan-2017-rescue",
        "henan-2018-assessment",
    ]
    .iter()
    .map(|name| {
        let path = format!("{}/tests/import/{name}.txt", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).expect("an official text")
    })
    .collect();
    let mut texts = vec![official];
    // Rows that a grammar could look at again and again.
    for row in [
        "1",
        "1-",
        "一",
        "一、",
        "第",
        "《",
        "每天",
        "之日起",
        "3后",
        "7、",
        "a",
        "a@",
        "0352-",
        "(",
        "自",
        "证",
        "局",
        "不",
        "除",
        "2023年",
        "万",
        " ",
        "\n",
        "*",
        "县",
    ] {
        texts.push(row.to_owned());
    }
    for text in texts {
        let long = text.repeat(1_000_000 / text.len() + 1);
        let start = Instant::now();
        let count = read(&long).len();
        let time = start.elapsed();
        // The machine may be busy; a quadratic grammar would take minutes.
        assert!(
            time < Duration::from_secs(5),
            "{:?}: {count} readings in {time:?}",
            text.chars().take(9).collect::<String>()
        );
    }
}
