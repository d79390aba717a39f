//! Everything that reads what people or other programs wrote, as functions of any bytes.
//!
//! Comes in: bytes. Goes out: nothing, or a panic if a property does not hold. The properties: nothing panics; every place that is
//! named is a piece of the text; what was found again is what was found; nothing of a page can run; an import loses nothing. The
//! same functions are the targets of cargo-fuzz (`fuzz_targets/`) and of the bounded test in `tests/fuzz_targets.rs`.

use std::io::{Cursor, Write as _};
use std::path::Path;
use std::sync::LazyLock;

use mingbai::desk::import::{Request, import};
use mingbai::desk::remark::Refused;
use mingbai::desk::table::{Options, import_table};
use mingbai::diag::{Format, Sink, SourceId, SourceMap, render_all};
use mingbai::model::clause::{Body, Mode};
use mingbai::model::{self, Model};
use mingbai::pages::found::{Mark, Marks};
use mingbai::pages::markdown::{self, Context};
use mingbai::pages::notes::Notes;
use mingbai::sources::yaml::{self, Kind, Node};
use mingbai::sources::{self, Sources, split};
use mingbai::text::{Lang, is_noncharacter};
use mingbai::{evidence, link, lints, reading, rules};

/// A target: its name, what it does, and the files of the repository that are its seeds (folder, ending).
pub type Target = (
    &'static str,
    fn(&[u8]),
    &'static [(&'static str, &'static str)],
);

/// All targets.
pub const ALL: [Target; 13] = [
    (
        "front_matter",
        front_matter,
        &[("content/notices", ".md"), ("content/pages", ".md")],
    ),
    (
        "yaml",
        yaml,
        &[
            ("data/schedules", ".yaml"),
            ("data/checks", ".yaml"),
            ("data", "topics.yaml"),
        ],
    ),
    ("page", page, &[("content/pages", ".md")]),
    (
        "notice",
        notice,
        &[("tests/diagnostics/base/content/notices", ".md")],
    ),
    ("clauses", clauses, &[("content/notices", ".md")]),
    (
        "rules",
        rules,
        &[("tests/diagnostics/base/data/checks", ".yaml")],
    ),
    ("reader", reader, &[("content/notices", ".md")]),
    ("import_text", import_text, &[("tests/import", ".txt")]),
    ("import_html", import_html, &[("tests/fuzz/seeds", ".html")]),
    (
        "import_docx",
        import_docx,
        &[("tests/fuzz/seeds", "document.xml")],
    ),
    ("import_pdf", import_pdf, &[("tests/import", ".pdf")]),
    (
        "import_csv",
        import_csv,
        &[("tests/tables", ".csv"), ("tests/fuzz/seeds", ".csv")],
    ),
    (
        "import_xlsx",
        import_xlsx,
        &[("tests/fuzz/seeds", "sheet.xml")],
    ),
];

/// The repository.
pub fn repository() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut above = here.ancestors();
    above
        .find(|folder| folder.join("tests/diagnostics/base").is_dir())
        .expect("the repository")
}

/// A small site, with its regions.
static BASE: LazyLock<(Sources, Model)> = LazyLock::new(|| {
    let site = repository().join("tests/diagnostics/base");
    let mut sources = sources::read(&site, &mut Sink::default()).expect("a site");
    sources
        .files
        .retain(|file| !file.path.starts_with("themes/"));
    sources.built_in.clear();
    let model = link::load(&sources, &mut Sink::default());
    (sources, model)
});

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// One text as a source.
struct One<'a>(&'a str);

impl SourceMap for One<'_> {
    fn path(&self, _: SourceId) -> &str {
        "x"
    }

    fn text(&self, _: SourceId) -> &str {
        self.0
    }
}

/// Every place that is reported is a piece of its text, and the report can be shown.
fn sound(sink: Sink, sources: &dyn SourceMap) {
    let mut list = sink.into_sorted(sources);
    list.truncate(40);
    for one in &list {
        for span in one.also.iter().map(|(span, _)| *span).chain([one.span]) {
            let text = sources.text(span.source);
            assert!(text.get(span.range()).is_some(), "{} {span:?}", one.code.id);
        }
    }
    let lang = Lang::Both;
    let shown = render_all(
        &list,
        sources,
        Format::Text {
            colour: false,
            lang,
        },
    );
    assert_eq!(shown.is_empty(), list.is_empty());
    render_all(&list, sources, Format::Json);
}

/// The front matter of a file.
pub fn front_matter(bytes: &[u8]) {
    let text = text(bytes);
    if let Some(parts) = split(&text) {
        assert!(parts.yaml.end <= parts.body.start);
        assert!(text.get(parts.yaml).is_some() && text.get(parts.body).is_some());
    }
}

/// YAML as a tree of texts with spans.
pub fn yaml(bytes: &[u8]) {
    fn walk(node: &Node, text: &str) {
        assert!(text.get(node.span.range()).is_some(), "{:?}", node.span);
        match &node.kind {
            Kind::List(items) => items.iter().for_each(|item| walk(item, text)),
            Kind::Map(map) => {
                for (key, value) in map {
                    assert!(text.get(key.span.range()).is_some(), "{:?}", key.span);
                    walk(value, text);
                }
            }
            _ => {}
        }
    }
    let text = text(bytes);
    let mut sink = Sink::default();
    let node = yaml::parse_parts(SourceId(0), &text, 0..text.len(), &mut sink);
    walk(&node, &text);
    sound(sink, &One(&text));
}

/// Markdown of a page and of an official text: nothing of it can run.
pub fn page(bytes: &[u8]) {
    let text = text(bytes);
    let slip = Mark {
        printed: text.chars().skip(3).take(2).collect(),
        right: "右".into(),
        number: 1,
        named: false.into(),
    };
    for (is_official, is_inline) in [(false, false), (false, true), (true, false), (true, true)] {
        let marks = Marks::new(vec![(0..1, slip.clone())]);
        let labels = ["1", "^1", "尾注1", "注"].map(|label| (label.to_owned(), 0));
        let notes = Notes::new(labels, false);
        let context = Context {
            source: SourceId(0),
            text: &text,
            root: "../",
            marks: is_official.then_some(&marks),
            block: 0,
            deepest: 24,
            caption: "表",
            terms: None,
            notes: Some(&notes),
        };
        let mut sink = Sink::default();
        let range = 0..text.len();
        let made = if is_inline {
            markdown::inline(range, false, &context, &mut sink)
        } else {
            markdown::blocks(range, &context, &mut sink)
        };
        let lower = made.html.to_ascii_lowercase();
        for danger in [
            "<script",
            "<iframe",
            "<svg",
            "<style",
            "href=\"javascript",
            "href=\"data:",
            "href=\"vbscript",
        ] {
            assert!(!lower.contains(danger), "{danger}");
        }
        assert_shown_once(&made.html);
        for one in &made.links {
            assert!(text.get(one.span.range()).is_some());
        }
        sound(sink, &One(&text));
    }
}

/// Each anchor of a note is there once, and so is what it leads back to.
fn assert_shown_once(html: &str) {
    for number in 1..=4 {
        for name in ["note", "note-mark"] {
            let anchor = format!("id=\"{name}-{number}\"");
            assert!(html.matches(&anchor).count() <= 1, "{anchor}");
        }
        let back = html.contains(&format!("href=\"#note-mark-{number}\""));
        assert!(!back || html.contains(&format!("id=\"note-mark-{number}\"")));
    }
}

/// A site with one file replaced, judged by every check of sources.
fn judge(path: &str, text: String) {
    let sources = BASE.0.clone().with(path, text);
    let mut sink = Sink::default();
    let written = model::load(&sources, &mut sink);
    let links = link::link(&written, &sources, &mut sink);
    lints::run(&written, &links, &sources, &mut sink);
    evidence::check(&written, &sources, &mut sink);
    let model = links.model(written, None);
    rules::compile(&model, &sources, &mut sink);
    sound(sink, &sources);
}

/// A notice: front matter, text, and everything that is compared with it.
pub fn notice(bytes: &[u8]) {
    judge("content/notices/youyu-2023-plan.md", text(bytes));
}

/// A rule file: read, compiled, tried.
pub fn rules(bytes: &[u8]) {
    judge("data/checks/youyu-where.yaml", text(bytes));
}

/// Clauses: their blocks are pieces of the text in its order, and a label finds a clause with this label.
pub fn clauses(bytes: &[u8]) {
    let text = text(bytes);
    for mode in [Mode::Official, Mode::Free] {
        let mut sink = Sink::default();
        let body = Body::parse(SourceId(0), &text, 0..text.len(), mode, &mut sink);
        let mut last = 0;
        for block in &body.blocks {
            let whole = block.whole();
            assert!(
                text.get(whole.clone()).is_some() && whole.start >= last,
                "{whole:?}"
            );
            last = whole.start;
        }
        for (id, clause) in body.clauses.iter_enumerated() {
            assert!(clause.blocks.end <= body.blocks.len());
            if let Some(found) = body.find(&clause.label) {
                assert_eq!(body.clauses[found].label, clause.label, "{}", clause.anchor);
            }
            let folded = mingbai::text::fold(body.written(id, &text));
            assert!(folded.len() >= body.folded(id, &text).len());
        }
        sound(sink, &One(&text));
    }
}

/// The reader of official texts: readings are in order and are pieces of the text.
pub fn reader(bytes: &[u8]) {
    let text = text(bytes);
    let mut last = 0;
    for one in reading::read(&text) {
        assert!(
            one.span.start < one.span.end && one.span.start >= last,
            "{one:?}"
        );
        assert!(text.get(one.span.clone()).is_some(), "{one:?}");
        last = one.span.start;
    }
}

/// No character that `check` refuses in a file that an import writes.
fn assert_clean(text: &str) {
    let is_forbidden = |c: &char| c.is_control() && !"\n\t".contains(*c) || is_noncharacter(*c);
    let forbidden = text.chars().find(is_forbidden);
    assert!(forbidden.is_none(), "{forbidden:?} in {text}");
}

/// A document that becomes a notice: refused, or nothing of it is lost.
fn document(name: &str, bytes: &[u8]) {
    let model = &BASE.1;
    let made = import(&Request {
        name,
        bytes,
        id: Some("new"),
        model,
    });
    match made {
        Err(Refused::Fault(why)) => panic!("{}", why.en),
        Err(_) => {}
        Ok(made) => {
            assert!(split(&made.text).is_some(), "{}", made.text);
            assert_clean(&made.text);
        }
    }
}

/// A text.
pub fn import_text(bytes: &[u8]) {
    document("x.txt", bytes);
}

/// A saved web page.
pub fn import_html(bytes: &[u8]) {
    document("x.html", bytes);
}

/// A Word document, given its main part.
pub fn import_docx(bytes: &[u8]) {
    document("x.docx", &zipped(&[("word/document.xml", bytes)]));
}

/// A PDF file.
pub fn import_pdf(bytes: &[u8]) {
    document("x.pdf", bytes);
}

fn table(name: &str, bytes: &[u8]) {
    let options = Options {
        id: "new".into(),
        region: Some("河南省".into()),
        year: Some(2018),
        ..Options::default()
    };
    if let Ok(made) = import_table(name, bytes, &options, &BASE.1.regions) {
        let mut sink = Sink::default();
        yaml::parse(SourceId(0), &made.text, 0..made.text.len(), &mut sink);
        assert!(!sink.has_errors(), "{}", made.text);
        assert_clean(&made.text);
    }
}

/// A table with separators.
pub fn import_csv(bytes: &[u8]) {
    table("x.csv", bytes);
}

/// A workbook, given its sheet.
pub fn import_xlsx(bytes: &[u8]) {
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let first = format!(
        "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let second = format!(
        "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let parts: [(&str, &[u8]); 4] = [
        ("_rels/.rels", first.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", second.as_bytes()),
        ("xl/worksheets/sheet1.xml", bytes),
    ];
    table("x.xlsx", &zipped(&parts));
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(*name, options).expect("memory");
        archive.write_all(bytes).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}
