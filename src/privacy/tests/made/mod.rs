//! Small files of the kinds that offices publish, made here.

// Each test file is a program of its own and uses only a part of this.
#![allow(dead_code)]

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A container with these parts.
pub fn container(parts: &[(&str, &str)]) -> Vec<u8> {
    let parts: Vec<_> = parts
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    packed(&parts)
}

/// A container with these files.
pub fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        writer.start_file(*name, options).expect("a new part");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

/// A document whose paragraph is set in runs.
pub fn docx(runs: &[&str]) -> Vec<u8> {
    let runs: String = runs
        .iter()
        .map(|run| format!("<w:r w:rsidR=\"00A77427\"><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{run}</w:t></w:r>"))
        .collect();
    container(&[
        ("[Content_Types].xml", "<?xml version=\"1.0\"?><Types/>"),
        (
            "word/document.xml",
            &format!(
                "<?xml version=\"1.0\"?><w:document><w:body><w:p>{runs}</w:p></w:body></w:document>"
            ),
        ),
    ])
}

/// A workbook with these cells in one row.
pub fn xlsx(cells: &[&str]) -> Vec<u8> {
    let cells: String = cells
        .iter()
        .map(|cell| format!("<c r=\"A1\"><v>{cell}</v></c>"))
        .collect();
    container(&[
        ("[Content_Types].xml", "<?xml version=\"1.0\"?><Types/>"),
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name=\"一\" sheetId=\"1\"/></sheets></workbook>",
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!("<worksheet><sheetData><row r=\"1\">{cells}</row></sheetData></worksheet>"),
        ),
    ])
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// A page whose stream is this, with a font that is plain or has a table of characters, and more objects.
pub fn pdf(content: &str, table: Option<&str>, more: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut stream = |number: u32, dict: &str, data: &[u8]| {
        let data = deflated(data);
        let head = format!(
            "{number} 0 obj\n<< {dict} /Filter /FlateDecode /Length {} >>\nstream\n",
            data.len()
        );
        out.extend_from_slice(head.as_bytes());
        out.extend_from_slice(&data);
        out.extend_from_slice(b"\nendstream\nendobj\n");
    };
    stream(4, "", content.as_bytes());
    if let Some(table) = table {
        stream(6, "", table.as_bytes());
    }
    let font = match table {
        Some(_) => {
            "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 6 0 R >>"
        }
        None => "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    };
    let rest = format!(
        "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
         3 0 obj\n<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>\nendobj\n\
         5 0 obj\n{font}\nendobj\n{more}\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
    );
    out.extend_from_slice(rest.as_bytes());
    out
}

/// A table of characters for the digits: code 3 is 0, code 4 is 1 and so on.
pub const DIGITS: &str = "/CIDInit /ProcSet findresource begin 1 begincodespacerange <0000> <FFFF> endcodespacerange\n1 beginbfrange <0003> <000C> <0030> endbfrange\nendcmap";

/// A number as the codes of that table.
pub fn codes(number: &str) -> String {
    number
        .bytes()
        .map(|digit| format!("{:04X}", digit - b'0' + 3))
        .collect()
}

/// A picture with an Exif block: a description, an author, and a place if asked for.
pub fn jpeg(description: &str, author: Option<&str>, located: bool) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    let mut entries: Vec<(u16, u16, Vec<u8>)> =
        vec![(0x010e, 2, format!("{description}\0").into_bytes())];
    if let Some(author) = author {
        entries.push((0x013b, 2, format!("{author}\0").into_bytes()));
    }
    let count = entries.len() + usize::from(located);
    let mut data = 8 + 2 + 12 * count + 4;
    let mut values: Vec<u8> = Vec::new();
    tiff.extend_from_slice(&u16::try_from(count).expect("a few").to_le_bytes());
    for (tag, kind, value) in &entries {
        tiff.extend_from_slice(&tag.to_le_bytes());
        tiff.extend_from_slice(&kind.to_le_bytes());
        tiff.extend_from_slice(&u32::try_from(value.len()).expect("short").to_le_bytes());
        if value.len() > 4 {
            tiff.extend_from_slice(&u32::try_from(data).expect("short").to_le_bytes());
            values.extend_from_slice(value);
            data += value.len();
        } else {
            let mut short = value.clone();
            short.resize(4, 0);
            tiff.extend_from_slice(&short);
        }
    }
    if located {
        tiff.extend_from_slice(&[0x25, 0x88, 4, 0, 1, 0, 0, 0]);
        tiff.extend_from_slice(&u32::try_from(data).expect("short").to_le_bytes());
        // Latitude and longitude, three fractions each.
        values.extend_from_slice(&[2, 0]);
        for tag in [2_u8, 4] {
            values.extend_from_slice(&[tag, 0, 5, 0, 3, 0, 0, 0, 0, 0, 0, 0]);
        }
    }
    tiff.extend_from_slice(&[0; 4]);
    tiff.extend_from_slice(&values);
    let mut out = vec![0xff, 0xd8, 0xff, 0xe1];
    out.extend_from_slice(&u16::try_from(tiff.len() + 8).expect("short").to_be_bytes());
    out.extend_from_slice(b"Exif\0\0");
    out.extend_from_slice(&tiff);
    out.extend_from_slice(&[0xff, 0xd9]);
    out
}

/// A picture with a text chunk.
pub fn png(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in [
        (b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0][..]),
        (kind, data),
        (b"IEND", &[]),
    ] {
        out.extend_from_slice(&u32::try_from(data.len()).expect("short").to_be_bytes());
        out.extend_from_slice(kind);
        out.extend_from_slice(data);
        out.extend_from_slice(&[0; 4]);
    }
    out
}

/// A packed text chunk of a picture.
pub fn packed_text(key: &str, text: &str) -> Vec<u8> {
    let mut data = format!("{key}\0\0").into_bytes();
    data.extend(deflated(text.as_bytes()));
    data
}
