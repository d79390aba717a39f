//! The XLSX format (ECMA-376, SpreadsheetML), as far as tables need it, written row by row.
//!
//! Comes in: sheets of [`Cell`]s, one row at a time. Goes out: the bytes of the workbook, always the same for the
//! same rows. Available libraries keep every cell in memory until the end (60 times the size of the file, at 50,000
//! rows), or on disk, which no stage may use. There are no formulas, no charts and no shared strings: a text is
//! written in its cell.

use std::io::{Cursor, Write};

use jiff::civil::Date;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use mingbai_forms::spreadsheet::{column_name, number_of_day};

use super::table::{Cell, guarded};
use crate::text::escape;

/// The maximum number of characters in a cell.
const LONGEST: usize = 32_767;
const CUT: &str = "……（太长，全文见 JSON）";

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PARTS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const MEDIA: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// The index of a format in [`STYLES`].
#[derive(Debug, Clone, Copy)]
enum Style {
    Plain = 0,
    Head = 1,
    Text = 2,
    Day = 3,
    Words = 4,
}

/// Number format 49 is text, so a code stays text when it is edited.
const STYLES: &str = "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>\
<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"等线\"/></font><font><b/><sz val=\"11\"/><name val=\"等线\"/></font></fonts>\
<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
<cellXfs count=\"5\">\
<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\"><alignment vertical=\"top\"/></xf>\
<xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>\
<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\"/></xf>\
<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\"/></xf>\
<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>\
</cellXfs>\
<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>";

/// The properties of a sheet, without its rows.
#[derive(Debug)]
pub struct Sheet<'a> {
    pub name: &'a str,
    pub heads: Vec<&'a str>,
    /// The widths of the columns, in digits.
    pub widths: Vec<usize>,
    pub rows: usize,
    /// Whether it is a sheet of text, with wrapped lines and without filters.
    pub words: bool,
}

/// A workbook that is being written.
pub struct Book {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    names: Vec<String>,
    filters: Vec<(usize, String)>,
}

impl Book {
    /// An empty workbook.
    pub fn new() -> Self {
        Self {
            zip: ZipWriter::new(Cursor::new(Vec::new())),
            names: Vec::new(),
            filters: Vec::new(),
        }
    }

    /// Begins a part of the workbook, without a time, so that the bytes are the same on every day.
    fn part(&mut self, path: &str) -> ZipResult<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        self.zip.start_file(path, options)?;
        self.zip.write_all(HEAD.as_bytes())?;
        Ok(())
    }

    /// Adds a sheet. Each row is written before the next is made.
    pub fn sheet<'c>(
        &mut self,
        sheet: &Sheet,
        rows: impl Iterator<Item = Vec<Cell<'c>>>,
    ) -> ZipResult<()> {
        self.names.push(sheet.name.to_owned());
        let number = self.names.len();
        self.part(&format!("xl/worksheets/sheet{number}.xml"))?;
        let right =
            column_name(u32::try_from(sheet.heads.len().saturating_sub(1)).unwrap_or(u32::MAX));
        let all = format!("A1:{right}{}", sheet.rows + 1);
        let columns: String = (1..)
            .zip(&sheet.widths)
            .map(|(i, w)| format!("<col min=\"{i}\" max=\"{i}\" width=\"{w}\" customWidth=\"1\"/>"))
            .collect();
        let selected = if number == 1 {
            " tabSelected=\"1\""
        } else {
            ""
        };
        write!(
            self.zip,
            "<worksheet xmlns=\"{MAIN}\"><dimension ref=\"{all}\"/><sheetViews><sheetView{selected} workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>{columns}</cols><sheetData>"
        )?;
        let mut line = String::new();
        begin_row(1, &mut line);
        for (x, head) in (0..).zip(&sheet.heads) {
            text(x, 1, Style::Head, head, &mut line);
        }
        line.push_str("</row>");
        self.zip.write_all(line.as_bytes())?;
        for (y, row) in (2..).zip(rows) {
            line.clear();
            begin_row(y, &mut line);
            for (x, value) in (0..).zip(&row) {
                cell(x, y, value, sheet.words, &mut line);
            }
            line.push_str("</row>");
            self.zip.write_all(line.as_bytes())?;
        }
        self.zip.write_all(b"</sheetData>")?;
        if !sheet.words {
            write!(self.zip, "<autoFilter ref=\"{all}\"/>")?;
            let area = format!("'{}'!$A$1:${right}${}", sheet.name, sheet.rows + 1);
            self.filters.push((number - 1, area));
        }
        self.zip.write_all(b"</worksheet>")?;
        Ok(())
    }

    /// Writes the parts that connect the sheets.
    pub fn finish(mut self, title: &str, author: &str, day: Date) -> ZipResult<Vec<u8>> {
        let numbers = 1..=self.names.len();
        self.part("xl/styles.xml")?;
        write!(
            self.zip,
            "<styleSheet xmlns=\"{MAIN}\">{STYLES}</styleSheet>"
        )?;
        self.part("xl/workbook.xml")?;
        let sheets: String = (1..)
            .zip(&self.names)
            .map(|(i, name)| {
                format!(
                    "<sheet name=\"{}\" sheetId=\"{i}\" r:id=\"rId{i}\"/>",
                    escape(name)
                )
            })
            .collect();
        let filters: String = self
            .filters
            .iter()
            .map(|(i, area)| format!("<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{i}\" hidden=\"1\">{area}</definedName>"))
            .collect();
        write!(
            self.zip,
            "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{LINKS}\"><bookViews><workbookView/></bookViews><sheets>{sheets}</sheets><definedNames>{filters}</definedNames></workbook>"
        )?;
        self.part("xl/_rels/workbook.xml.rels")?;
        let links: String = numbers
            .clone()
            .map(|i| format!("<Relationship Id=\"rId{i}\" Type=\"{LINKS}/worksheet\" Target=\"worksheets/sheet{i}.xml\"/>"))
            .collect();
        write!(
            self.zip,
            "<Relationships xmlns=\"{PARTS}\">{links}<Relationship Id=\"rId{}\" Type=\"{LINKS}/styles\" Target=\"styles.xml\"/></Relationships>",
            self.names.len() + 1
        )?;
        self.part("docProps/core.xml")?;
        write!(
            self.zip,
            "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator><dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:created></cp:coreProperties>",
            escape(title),
            escape(author)
        )?;
        self.part("_rels/.rels")?;
        write!(
            self.zip,
            "<Relationships xmlns=\"{PARTS}\"><Relationship Id=\"rId1\" Type=\"{LINKS}/officeDocument\" Target=\"xl/workbook.xml\"/><Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>"
        )?;
        self.part("[Content_Types].xml")?;
        let sheets: String = numbers
            .map(|i| format!("<Override PartName=\"/xl/worksheets/sheet{i}.xml\" ContentType=\"{MEDIA}.worksheet+xml\"/>"))
            .collect();
        write!(
            self.zip,
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{MEDIA}.sheet.main+xml\"/>{sheets}<Override PartName=\"/xl/styles.xml\" ContentType=\"{MEDIA}.styles+xml\"/><Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>"
        )?;
        Ok(self.zip.finish()?.into_inner())
    }
}

fn begin_row(y: usize, line: &mut String) {
    line.push_str(&format!("<row r=\"{y}\">"));
}

fn cell(x: u32, y: usize, value: &Cell, words: bool, line: &mut String) {
    let mut bare = |style: Style, kind: &str, value: String| {
        line.push_str(&format!(
            "<c r=\"{}{y}\" s=\"{}\"{kind}><v>{value}</v></c>",
            column_name(x),
            style as u8
        ));
    };
    match value {
        Cell::Empty => {}
        Cell::Number(number) => bare(Style::Plain, "", number.to_string()),
        Cell::Flag(flag) => bare(Style::Plain, " t=\"b\"", u8::from(*flag).to_string()),
        Cell::Day(day) => bare(Style::Day, "", number_of_day(*day).to_string()),
        Cell::Text(_) | Cell::List(_) => {
            let style = if words { Style::Words } else { Style::Text };
            let plain = value.plain().unwrap_or_default();
            text(x, y, style, &fitting(&guarded(&plain)), line);
        }
    }
}

fn text(x: u32, y: usize, style: Style, words: &str, line: &mut String) {
    line.push_str(&format!(
        "<c r=\"{}{y}\" s=\"{}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">",
        column_name(x),
        style as u8
    ));
    // XML has no control characters. SpreadsheetML writes them as `_x000D_`, and such text itself as `_x005F_x000D_`.
    let mut rest = words;
    while let Some(at) = rest.find(|c: char| c == '_' || c.is_control() || c >= '\u{fffe}') {
        line.push_str(&escape(&rest[..at]));
        let c = rest[at..].chars().next().unwrap_or_default();
        match c {
            '\n' | '\t' => line.push(c),
            '_' if is_escape(&rest[at..]) => line.push_str("_x005F_"),
            '_' => line.push('_'),
            c if u32::from(c) < 0x20 => line.push_str(&format!("_x{:04X}_", u32::from(c))),
            '\u{fffe}' | '\u{ffff}' => {}
            c => line.push(c),
        }
        rest = &rest[at + c.len_utf8()..];
    }
    line.push_str(&escape(rest));
    line.push_str("</t></is></c>");
}

/// `_x000D_`
fn is_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7
        && bytes[1] == b'x'
        && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
        && bytes[6] == b'_'
}

/// The text, cut to the maximum length of a cell.
fn fitting(words: &str) -> std::borrow::Cow<'_, str> {
    // A text never has more characters than bytes.
    if words.len() <= LONGEST || words.encode_utf16().count() <= LONGEST {
        return words.into();
    }
    let kept = LONGEST / 2 - CUT.chars().count();
    words.chars().take(kept).chain(CUT.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_escaped() {
        let mut line = String::new();
        text(0, 1, Style::Text, "a<b>&\r_x000D_\u{1}_甲", &mut line);
        assert_eq!(
            line,
            "<c r=\"A1\" s=\"2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">a&lt;b&gt;&amp;_x000D__x005F_x000D__x0001__甲</t></is></c>"
        );
    }

    #[test]
    fn long_text_is_cut_and_says_so() {
        let long = fitting(&"甲".repeat(40_000)).into_owned();
        assert!(long.ends_with(CUT) && long.chars().count() <= LONGEST);
        assert_eq!(fitting("甲"), "甲");
    }
}
