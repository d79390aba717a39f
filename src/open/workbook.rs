//! Workbooks (XLSX): the rows, what each column means, and where all of it comes from.
//!
//! Heads of columns are Chinese, codes are text, dates are dates; the head stays in view and can be filtered. Text is
//! guarded as in CSV, because a workbook may be saved as one. Text longer than a cell can hold is cut, and says so.

use jiff::civil::Date;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::datasets::{Dataset, Resource};
use super::table::{Cell, Table, Type, address, guarded};
use crate::model::date::chinese;
use crate::pages::atlas::Atlas;

/// Signs that a cell can hold.
const LONGEST: usize = 32_767;
const CUT: &str = "……（太长，全文见 JSON）";

pub fn bytes(atlas: &Atlas, dataset: &Dataset, resource: &Resource) -> Vec<u8> {
    make(atlas, dataset, resource).expect("a table in memory fits into a workbook")
}

fn make(atlas: &Atlas, dataset: &Dataset, resource: &Resource) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(
        &DocProperties::new()
            .set_title(&resource.title)
            .set_author(&atlas.model.site.title)
            .set_creation_datetime(&moment(atlas.today)?),
    );
    rows(book.add_worksheet(), &resource.table)?;
    columns(book.add_worksheet(), &resource.table)?;
    origin(book.add_worksheet(), atlas, dataset, resource)?;
    book.save_to_buffer()
}

fn moment(day: Date) -> Result<ExcelDateTime, XlsxError> {
    let part = |n: i8| u8::try_from(n).unwrap_or_default();
    ExcelDateTime::from_ymd(
        u16::try_from(day.year()).unwrap_or_default(),
        part(day.month()),
        part(day.day()),
    )
}

fn head_format() -> Format {
    Format::new().set_bold().set_text_wrap()
}

fn rows(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    sheet.set_name("数据")?;
    sheet.set_freeze_panes(1, 0)?;
    let head = head_format();
    let text = Format::new()
        .set_num_format("@")
        .set_align(FormatAlign::Top);
    let day = Format::new()
        .set_num_format("yyyy-mm-dd")
        .set_align(FormatAlign::Top);
    let plain = Format::new().set_align(FormatAlign::Top);
    let mut widths: Vec<usize> = table.fields.iter().map(|f| width(f.title)).collect();
    for (x, field) in table.fields.iter().enumerate() {
        sheet.write_string_with_format(0, column(x), field.title, &head)?;
    }
    for index in 0..table.len() {
        let y = u32::try_from(index + 1).unwrap_or(u32::MAX);
        for (x, cell) in table.row(index).iter().enumerate() {
            match cell {
                Cell::Empty => continue,
                Cell::Number(number) => {
                    // Counts and years: exact in a spreadsheet's number.
                    let small = i32::try_from(*number).unwrap_or(i32::MAX);
                    sheet.write_number_with_format(y, column(x), small, &plain)?
                }
                Cell::Day(date) => {
                    sheet.write_datetime_with_format(y, column(x), moment(*date)?, &day)?
                }
                Cell::Flag(flag) => sheet.write_boolean_with_format(y, column(x), *flag, &plain)?,
                Cell::Text(_) | Cell::List(_) => {
                    let words = cell.plain().unwrap_or_default();
                    sheet.write_string_with_format(y, column(x), fitting(&words), &text)?
                }
            };
            let words = cell.plain().unwrap_or_default();
            widths[x] = widths[x].max(width(&words));
        }
    }
    for (x, width) in widths.into_iter().enumerate() {
        let width = i16::try_from(width.clamp(6, 48) + 2).unwrap_or_default();
        sheet.set_column_width(column(x), width)?;
    }
    let last = u32::try_from(table.len()).unwrap_or(u32::MAX);
    let right = column(table.fields.len().saturating_sub(1));
    sheet.autofilter(0, 0, last, right)?;
    Ok(())
}

fn column(x: usize) -> u16 {
    u16::try_from(x).unwrap_or(u16::MAX)
}

/// An ideograph takes the room of two digits.
fn width(words: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(words)
}

/// Guarded, and no longer than a cell.
fn fitting(words: &str) -> String {
    let safe = guarded(words);
    if safe.chars().count() <= LONGEST {
        return safe.into_owned();
    }
    let kept = LONGEST - CUT.chars().count();
    safe.chars().take(kept).chain(CUT.chars()).collect()
}

/// What each column means.
fn columns(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let lines = table.fields.iter().map(|field| {
        [
            field.title.to_owned(),
            field.key.to_owned(),
            kind(field.kind).to_owned(),
            field.about.to_owned(),
            field.one_of.join("；"),
        ]
    });
    page(
        sheet,
        "字段",
        &["列名", "CSV 和 JSON 里的名称", "类型", "说明", "可取的值"],
        &[16, 24, 10, 60, 40],
        lines,
    )
}

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

/// Who issued it, where it stands, how it was made, what it cannot tell.
fn origin(
    sheet: &mut Worksheet,
    atlas: &Atlas,
    dataset: &Dataset,
    resource: &Resource,
) -> Result<(), XlsxError> {
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
    if let Some(cite) = &dataset.cite {
        lines.push(["依据".into(), format!("《{}》{}", cite.notice, cite.label)]);
        let (path, anchor) = cite.url.split_once('#').unwrap_or((&cite.url, ""));
        lines.push(["条款网址".into(), address(atlas, path, anchor)]);
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
        ["行数".into(), resource.table.len().to_string()],
        ["网页".into(), address(atlas, &dataset.page, "")],
        ["网站".into(), atlas.model.site.title.clone()],
        ["生成日期".into(), chinese(atlas.today)],
        ["空格子".into(), "原文未载明，或者这一列不适用。".into()],
        [
            "单引号".into(),
            "文字以 = + - @ 等开头时，前面加一个英文单引号，免得被当作公式运行；本来以单引号开头的也加一个。去掉开头的一个单引号就是原来的文字。".into(),
        ],
    ]);
    page(
        sheet,
        "来源",
        &["项目", "内容"],
        &[14, 100],
        lines.into_iter(),
    )
}

/// A sheet of words.
fn page<const N: usize>(
    sheet: &mut Worksheet,
    name: &str,
    heads: &[&str; N],
    widths: &[i16; N],
    lines: impl Iterator<Item = [String; N]>,
) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    sheet.set_freeze_panes(1, 0)?;
    let head = head_format();
    let text = Format::new()
        .set_num_format("@")
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    for (x, (words, width)) in heads.iter().zip(widths).enumerate() {
        sheet.write_string_with_format(0, column(x), *words, &head)?;
        sheet.set_column_width(column(x), *width)?;
    }
    for (y, line) in (1..).zip(lines) {
        for (x, words) in line.iter().enumerate() {
            if !words.is_empty() {
                sheet.write_string_with_format(y, column(x), fitting(words), &text)?;
            }
        }
    }
    Ok(())
}
