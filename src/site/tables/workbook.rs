//! Workbooks (XLSX): the rows, the meaning of each column, and the origin of the data.
//!
//! Comes in: a table and its dataset. Goes out: the bytes of a workbook. Headers are Chinese, codes are text, dates
//! are dates; the header row stays visible and has filters. Text is escaped as in CSV, because a workbook may be
//! saved as CSV. Text that is too long for a cell is cut, with a note.

use jiff::civil::Date;

use zip::result::ZipResult;

use super::datasets::VolumeOf;
use super::table::{Cell, Table, Type, address};
use super::xlsx::{Book, Sheet};
use crate::atlas::Facts;
use crate::model::date::chinese;

/// The number of rows that are measured for the widths of columns.
const LOOKED_AT: usize = 200;

/// The bytes of the workbook of a table.
pub fn bytes(facts: &Facts, today: Date, of: VolumeOf) -> Vec<u8> {
    make(facts, today, of).expect("memory can be written to")
}

/// A workbook with nothing but a sentence.
pub fn of_words(words: &str, today: Date) -> Vec<u8> {
    let make = || {
        let mut book = Book::new();
        let sheet = Sheet {
            name: "说明",
            heads: vec![words],
            widths: vec![60],
            rows: 0,
            words: true,
        };
        book.sheet(&sheet, std::iter::empty())?;
        book.finish(words, "mingbai", today)
    };
    let made: ZipResult<Vec<u8>> = make();
    made.expect("memory can be written to")
}

fn make(facts: &Facts, today: Date, of: VolumeOf) -> ZipResult<Vec<u8>> {
    let (table, volume) = (&of.resource.table, of.volume);
    let mut book = Book::new();
    let rows = Sheet {
        name: "数据",
        heads: table.fields.iter().map(|field| field.title).collect(),
        widths: widths(facts, table, &volume.rows),
        rows: volume.rows.len(),
        words: false,
    };
    book.sheet(&rows, volume.rows.iter().map(|&row| table.row(facts, row)))?;
    columns(&mut book, table)?;
    origin(&mut book, facts, today, of)?;
    book.finish(&of.resource.title, &facts.site().title, today)
}

/// The widths that the headers and the first rows need. An ideograph is as wide as two digits.
fn widths(facts: &Facts, table: &Table, rows: &[usize]) -> Vec<usize> {
    let width = |words: &str| unicode_width::UnicodeWidthStr::width(words);
    let mut widths: Vec<usize> = table.fields.iter().map(|f| width(f.title)).collect();
    for &index in rows.iter().take(LOOKED_AT) {
        for (widest, cell) in widths.iter_mut().zip(table.row(facts, index)) {
            *widest = (*widest).max(width(&cell.plain().unwrap_or_default()));
        }
    }
    widths.into_iter().map(|w| w.clamp(6, 48) + 3).collect()
}

/// The sheet that explains the columns.
fn columns(book: &mut Book, table: &Table) -> ZipResult<()> {
    let lines = table
        .fields
        .iter()
        .map(|field| {
            vec![
                Cell::text(field.title),
                Cell::text(field.key),
                Cell::text(kind(field.kind)),
                Cell::text(field.about),
                Cell::words(field.one_of.join("；")),
            ]
        })
        .collect();
    page(
        book,
        "字段",
        &["列名", "CSV 和 JSON 里的名称", "类型", "说明", "可取的值"],
        &[16, 24, 10, 60, 40],
        lines,
    )
}

/// The Chinese name of a type.
pub fn kind(kind: Type) -> &'static str {
    match kind {
        Type::Text => "文字",
        Type::Url => "网址",
        Type::List => "多项文字",
        Type::Number => "整数",
        Type::Day => "日期",
        Type::Flag => "是否",
    }
}

/// The sheet about the origin: who issued the data, where, how they were made, and their limits.
fn origin(
    book: &mut Book,
    facts: &Facts,
    today: Date,
    VolumeOf {
        dataset,
        resource,
        volume,
    }: VolumeOf,
) -> ZipResult<()> {
    let or_unstated = |words: String| {
        if words.is_empty() {
            "原文未载明".into()
        } else {
            words
        }
    };
    let mut lines = vec![
        ["数据".to_owned(), resource.title.clone()],
        ["是什么".into(), dataset.about.clone()],
        ["发文机关".into(), or_unstated(dataset.issuers.join("；"))],
    ];
    if !volume.title.is_empty() {
        lines.push(["分册".into(), volume.title.clone()]);
    }
    if let Some(cite) = &dataset.cite {
        lines.push(["依据".into(), format!("《{}》{}", cite.notice, cite.label)]);
        let (path, anchor) = cite.url.split_once('#').unwrap_or((&cite.url, ""));
        lines.push(["条款网址".into(), address(facts, path, anchor)]);
    }
    lines.push(["方法".into(), dataset.method.clone()]);
    lines.extend(
        dataset
            .limits
            .iter()
            .map(|l| ["局限".to_owned(), l.clone()]),
    );
    lines.push([
        "许可".into(),
        dataset.licence.clone().unwrap_or_else(|| "未载明".into()),
    ]);
    if let Some(day) = dataset.changed {
        lines.push(["最近变更".into(), chinese(day)]);
    }
    lines.extend([
        ["行数".into(), volume.rows.len().to_string()],
        ["网页".into(), address(facts, &dataset.page, "")],
        ["网站".into(), facts.site().title.clone()],
        ["生成日期".into(), chinese(today)],
        ["空格子".into(), "原文未载明，或者这一列不适用。".into()],
        [
            "单引号".into(),
            "文字以 = + - @ 等开头时，前面加一个英文单引号，免得被当作公式运行；本来以单引号开头的也加一个。去掉开头的一个单引号就是原来的文字。".into(),
        ],
    ]);
    let lines = lines
        .into_iter()
        .map(|line| line.map(Cell::words).to_vec())
        .collect();
    page(book, "来源", &["项目", "内容"], &[14, 100], lines)
}

/// A sheet of text.
fn page(
    book: &mut Book,
    name: &str,
    heads: &[&str],
    widths: &[usize],
    lines: Vec<Vec<Cell>>,
) -> ZipResult<()> {
    let sheet = Sheet {
        name,
        heads: heads.to_vec(),
        widths: widths.to_vec(),
        rows: lines.len(),
        words: true,
    };
    book.sheet(&sheet, lines.into_iter())
}
