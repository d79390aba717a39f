//! What is inside files: office documents, PDF, pictures, and what they tell besides.

mod invented;
mod made;

use invented::*;
use made::*;
use mingbai_privacy::find;
use mingbai_privacy::inside::{Property, Unread, look};
use proptest::prelude::*;

/// The keys of all findings in a file.
fn keys(bytes: &[u8]) -> Vec<String> {
    let inside = look(bytes);
    let mut keys: Vec<String> = inside
        .parts
        .iter()
        .flat_map(|part| find(&part.text))
        .map(|one| one.key)
        .collect();
    keys.sort();
    keys.dedup();
    keys
}

#[test]
fn a_number_is_found_wherever_it_is_in_a_file() {
    let m = &mobile("138");
    let (a, b, c) = (&m[..3], &m[3..7], &m[7..]);
    let letters: String = m.chars().map(|d| format!("({d}) Tj 6 0 Td ")).collect();
    let placed: String = m
        .chars()
        .enumerate()
        .map(|(i, d)| {
            format!(
                "1 0 0 1 {} 700 Tm <{}> Tj ",
                100 + 6 * i,
                codes(&d.to_string())
            )
        })
        .collect();
    let utf16: String = m.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    let mut gbk = encoding_rs::GBK.encode("姓名,电话\r\n张三,").0.into_owned();
    gbk.extend_from_slice(m.as_bytes());
    let mut after = png(b"tEXt", b"Title\0x");
    after.extend(docx(&[m]));
    let mut old = vec![0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0];
    old.extend(format!("。{m}。").encode_utf16().flat_map(u16::to_le_bytes));
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("a paragraph", docx(&["联系电话：", m])),
        ("runs of a paragraph", docx(&[a, b, c])),
        (
            "digits of a paragraph",
            docx(
                &m.chars()
                    .map(|c| c.to_string())
                    .collect::<Vec<_>>()
                    .iter()
                    .map(String::as_str)
                    .collect::<Vec<_>>(),
            ),
        ),
        ("a cell", xlsx(&["1", m, "2"])),
        (
            "a cell with a power of ten",
            xlsx(&[&format!("{}.{}E10", &m[..1], &m[1..])]),
        ),
        (
            "shared strings",
            container(&[(
                "xl/sharedStrings.xml",
                &format!(
                    "<sst><si><t>张三</t></si><si><r><t>{a}</t></r><r><t>{b}{c}</t></r></si></sst>"
                ),
            )]),
        ),
        (
            "a comment of a sheet",
            container(&[(
                "xl/comments1.xml",
                &format!(
                    "<comments><commentList><comment ref=\"A1\"><text><t>{m}</t></text></comment></commentList></comments>"
                ),
            )]),
        ),
        (
            "a link of a document",
            container(&[(
                "word/_rels/document.xml.rels",
                &format!(
                    "<Relationships><Relationship Id=\"r1\" Target=\"tel:{m}\"/></Relationships>"
                ),
            )]),
        ),
        (
            "the name of a part",
            container(&[(&format!("word/media/{m}.txt"), "x")]),
        ),
        (
            "the properties",
            container(&[(
                "docProps/custom.xml",
                &format!(
                    "<Properties><property name=\"a\"><vt:lpwstr>{m}</vt:lpwstr></property></Properties>"
                ),
            )]),
        ),
        (
            "a slide",
            container(&[(
                "ppt/slides/slide1.xml",
                &format!(
                    "<p:sld><a:p><a:r><a:t>{a}</a:t></a:r><a:r><a:t>{b}{c}</a:t></a:r></a:p></p:sld>"
                ),
            )]),
        ),
        (
            "a document in a document",
            packed(&[("word/embeddings/a.xlsx", &xlsx(&[m]))]),
        ),
        (
            "a picture in a document",
            packed(&[("word/media/a.jpeg", &jpeg(m, None, false))]),
        ),
        (
            "a page of an ofd file",
            container(&[(
                "Doc_0/Pages/Page_0/Content.xml",
                &format!(
                    "<ofd:Page><ofd:TextObject><ofd:TextCode>{m}</ofd:TextCode></ofd:TextObject></ofd:Page>"
                ),
            )]),
        ),
        (
            "a page",
            pdf(&format!("BT /F1 12 Tf (Tel {m}) Tj ET"), None, ""),
        ),
        (
            "a page with kerning",
            pdf(
                &format!("BT /F1 12 Tf [({a}) -20 ({b}) 15 ({c})] TJ ET"),
                None,
                "",
            ),
        ),
        (
            "a page letter by letter",
            pdf(&format!("BT /F1 12 Tf {letters} ET"), None, ""),
        ),
        (
            "a page with a table of characters",
            pdf(
                &format!("BT /F1 12 Tf <{}> Tj ET", codes(m)),
                Some(DIGITS),
                "",
            ),
        ),
        (
            "a page with placed codes",
            pdf(&format!("BT /F1 12 Tf {placed} ET"), Some(DIGITS), ""),
        ),
        (
            "a note on a page",
            pdf(
                "",
                None,
                &format!(
                    "9 0 obj\n<< /Subtype /Text /Rect [0 0 1 1] /Contents <FEFF{utf16}> >>\nendobj"
                ),
            ),
        ),
        (
            "a link on a page",
            pdf(
                "",
                None,
                &format!("9 0 obj\n<< /A << /URI (tel:{m}) >> >>\nendobj"),
            ),
        ),
        (
            "properties of a pdf",
            pdf(
                "",
                None,
                &format!("9 0 obj\n<< /Title ({m}) /Producer (x) >>\nendobj"),
            ),
        ),
        (
            "xmp of a pdf",
            pdf(
                "",
                None,
                &format!(
                    "9 0 obj\n<< /Type /Metadata /Length 999 >>\nstream\n<?xml?><x><dc:title>{m}</dc:title></x>\nendstream\nendobj"
                ),
            ),
        ),
        ("exif", jpeg(m, None, false)),
        (
            "a text chunk",
            png(b"tEXt", format!("Comment\0{m}").as_bytes()),
        ),
        (
            "a packed text chunk",
            png(b"zTXt", &packed_text("Comment", m)),
        ),
        ("a file after a picture", after),
        ("a table in gbk", gbk),
        (
            "a text in utf-16",
            [
                &[0xff, 0xfe][..],
                &m.encode_utf16()
                    .flat_map(u16::to_le_bytes)
                    .collect::<Vec<_>>(),
            ]
            .concat(),
        ),
        ("an old document", old),
    ];
    for (name, bytes) in files {
        assert_eq!(keys(&bytes), [m.as_str()], "{name}");
    }
}

#[test]
fn what_a_file_tells_of_people_is_seen() {
    let core = "<cp:coreProperties><dc:creator>甲</dc:creator><cp:lastModifiedBy>乙</cp:lastModifiedBy></cp:coreProperties>";
    let app =
        "<Properties><Application>Office</Application><Company>示例公司</Company></Properties>";
    let document = "<w:document><w:p><w:ins w:author=\"甲\"><w:r><w:t>a</w:t></w:r></w:ins><w:del><w:r><w:delText>b</w:delText></w:r></w:del></w:p></w:document>";
    let comments = "<w:comments><w:comment w:author=\"乙\"><w:p/></w:comment></w:comments>";
    let docx = container(&[
        ("docProps/core.xml", core),
        ("docProps/app.xml", app),
        ("word/document.xml", document),
        ("word/comments.xml", comments),
    ]);
    let properties = |bytes: &[u8]| look(bytes).properties;
    let own = |what, value: &str| (what, value.to_owned());
    assert_eq!(
        properties(&docx),
        [
            own(Property::Author, "甲"),
            own(Property::Editor, "乙"),
            own(Property::Company, "示例公司"),
            own(Property::Comments, "1"),
            own(Property::Changes, "2")
        ]
    );
    let book = container(&[(
        "xl/workbook.xml",
        "<workbook><sheets><sheet name=\"一\"/><sheet name=\"底稿\" state=\"hidden\"/></sheets></workbook>",
    )]);
    assert_eq!(properties(&book), [own(Property::Hidden, "底稿")]);
    assert_eq!(
        properties(&jpeg("x", Some("丙"), true)),
        [
            own(Property::Author, "丙"),
            own(Property::Location, "GPS (Exif)")
        ]
    );
    assert_eq!(
        properties(&png(b"tEXt", "Author\0丁".as_bytes())),
        [own(Property::Author, "丁")]
    );
    let pdf = pdf(
        "",
        None,
        "9 0 obj\n<< /Author (A B) /Producer (x) >>\nendobj",
    );
    assert_eq!(properties(&pdf), [own(Property::Author, "A B")]);
    assert_eq!(properties(&self::docx(&["一"])), []);
}

#[test]
fn what_cannot_be_looked_into_is_said() {
    let unread = |bytes: &[u8]| look(bytes).unread;
    assert_eq!(
        unread(&pdf("", None, "9 0 obj\n<< /Encrypt 8 0 R >>\nendobj")),
        [Unread::Encrypted]
    );
    assert_eq!(
        unread(&pdf("BT /F1 12 Tf <0001> Tj ET", Some(DIGITS), "")),
        [Unread::Letters]
    );
    let scan = pdf(
        "q /Im0 Do Q",
        None,
        "9 0 obj\n<< /Type /XObject /Subtype /Image /Length 1 >>\nstream\nx\nendstream\nendobj",
    );
    assert_eq!(unread(&scan), [Unread::Pictures]);
    assert_eq!(unread(&[0xd0, 0xcf, 0x11, 0xe0]), [Unread::Old]);
    assert_eq!(unread(b"PK\x03\x04x"), [Unread::Damaged]);
    assert_eq!(unread(b"%PDF-1.4"), [Unread::Damaged]);
    let zeros = vec![b' '; 101 * 1024 * 1024];
    assert_eq!(
        unread(&packed(&[("a.txt", &zeros), ("b.txt", &zeros)])),
        [Unread::Large]
    );
    assert_eq!(unread(&docx(&["一"])), []);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a file is, it is read to the end.
    #[test]
    fn damaged_files_are_read(which in 0..6_usize, at in 0..4000_usize, byte: u8, cut in 0..4000_usize) {
        let m = mobile("138");
        let mut bytes = match which {
            0 => docx(&[&m]),
            1 => pdf(&format!("BT /F1 12 Tf <{}> Tj ET", codes(&m)), Some(DIGITS), "9 0 obj\n<< /Author (A) /Producer (x) >>\nendobj"),
            2 => jpeg(&m, Some("x"), true),
            3 => png(b"zTXt", &packed_text("Comment", &m)),
            4 => [b"RIFF\x20\0\0\0WEBPEXIF\x08\0\0\0II*\0".as_slice(), m.as_bytes()].concat(),
            _ => [&[0xd0, 0xcf, 0x11, 0xe0], m.as_bytes()].concat(),
        };
        let at = at % bytes.len();
        bytes[at] = byte;
        bytes.truncate(bytes.len().saturating_sub(cut % bytes.len()));
        for part in look(&bytes).parts {
            find(&part.text);
        }
    }
}
