//! Import of official documents: the five real texts against what was entered by hand, Word files made by another
//! program, other encodings and ways of typing, and whatever else can be in a file: nothing is ever lost.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use mingbai::desk::import::{Import, Kind as Remarked, Refused, Request, import};
use mingbai::diag::Sink;
use mingbai::model::{self, Document, Kind, Model, Notice};
use mingbai::sources::{self, Sources, split};

const NAMES: [&str; 5] = [
    "shanxi-2020-renewal",
    "youyu-2023-plan",
    "national-2023-guide",
    "hunan-2017-rescue",
    "henan-2018-assessment",
];

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn here(name: &str) -> PathBuf {
    repository().join("tests/import").join(name)
}

fn raw(name: &str) -> String {
    std::fs::read_to_string(here(&format!("{name}.txt"))).expect("an official text")
}

fn site() -> &'static (Sources, Model) {
    static SITE: OnceLock<(Sources, Model)> = OnceLock::new();
    SITE.get_or_init(|| {
        let mut sink = Sink::default();
        let sources = sources::read(repository(), &mut sink).expect("the site of this repository");
        let model = model::load(&sources, &mut sink);
        assert!(!sink.has_errors());
        (sources, model)
    })
}

fn try_import(name: &str, bytes: &[u8]) -> Result<Import, Refused> {
    import(&Request {
        name,
        bytes,
        id: None,
        model: &site().1,
    })
}

fn imported(name: &str, bytes: &[u8]) -> Import {
    try_import(name, bytes).unwrap_or_else(|why| panic!("{name}: {why:?}"))
}

/// The model of the regions and topics of the site with one notice, `text`; what is said of it.
fn loaded(id: &str, text: &str) -> (Model, Sources, String) {
    let mut sources = Sources {
        files: site()
            .0
            .files
            .iter()
            .filter(|file| file.path.starts_with("data/regions") || file.path == "data/topics.yaml")
            .cloned()
            .collect(),
        ..Sources::default()
    };
    sources.files.push(sources::SourceFile {
        path: format!("content/notices/{id}.md"),
        text: text.to_owned(),
    });
    sources.files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut sink = Sink::default();
    let model = model::load(&sources, &mut sink);
    mingbai::checks::run(&model, &sources, &mut sink);
    let mut said = String::new();
    for diagnostic in sink.into_sorted(&sources) {
        writeln!(said, "{} {}", diagnostic.code.id, diagnostic.message.zh).unwrap();
    }
    (model, sources, said)
}

fn notice(document: &Document) -> &Notice {
    match &document.kind {
        Kind::Notice(notice) => notice,
        _ => panic!("{} is no notice", document.id),
    }
}

/// The front matter of a notice, a line for each value.
fn values(model: &Model, document: &Document) -> Vec<String> {
    let notice = notice(document);
    let mut lines = vec![
        format!("title: {}", document.title.value),
        format!("number: {:?}", notice.number.as_ref().map(|n| &n.value)),
        format!("kind: {}", notice.genre.map_or("-", |genre| genre.text())),
        format!("letterhead: {:?}", notice.letterhead),
        format!("issuers: {}", notice.issuers.join("｜")),
        format!("addressees: {}", notice.addressees.join("｜")),
        format!("copies: {}", notice.copies.join("｜")),
        format!("issued: {:?}", notice.issued),
        format!("printed_on: {:?}", notice.printed_on),
        format!("year: {:?}", document.year),
        format!("publicity: {:?}", notice.publicity),
        format!("region: {}", document.place.map_or("-", |p| model.regions.name(p))),
    ];
    for attachment in &notice.attachments {
        lines.push(format!(
            "attachment: {}｜{}｜{}",
            attachment.title.value,
            attachment.part.as_ref().map_or("", |p| &p.value),
            attachment.within.as_ref().map_or("", |p| &p.value)
        ));
    }
    lines
}

/// The paragraphs and rows of an official text, without blank lines.
fn body(text: &str) -> Vec<String> {
    let parts = split(text).expect("front matter");
    text[parts.body]
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(str::to_owned)
        .collect()
}

fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{FEFF}' | '\u{200B}'))
        .collect()
}

/// Lines of one list that are not in the other, in order (longest common subsequence).
fn differences(hand: &[String], ours: &[String]) -> Vec<String> {
    let (n, m) = (hand.len(), ours.len());
    let mut length = vec![vec![0usize; m + 1]; n + 1];
    for i in (0..n).rev() {
        for k in (0..m).rev() {
            length[i][k] = if hand[i] == ours[k] {
                length[i + 1][k + 1] + 1
            } else {
                length[i + 1][k].max(length[i][k + 1])
            };
        }
    }
    let (mut i, mut k) = (0, 0);
    let mut out = Vec::new();
    while i < n || k < m {
        if i < n && k < m && hand[i] == ours[k] {
            (i, k) = (i + 1, k + 1);
        } else if k == m || (i < n && length[i + 1][k] >= length[i][k + 1]) {
            out.push(format!("hand {}", hand[i]));
            i += 1;
        } else {
            out.push(format!("ours {}", ours[k]));
            k += 1;
        }
    }
    out
}

#[test]
fn the_real_texts_become_what_was_entered_by_hand_or_the_differences_are_known() {
    for name in NAMES {
        let made = imported(&format!("{name}.txt"), raw(name).as_bytes());
        assert_eq!(made.id.as_deref(), Some(name));
        let (model, _, _) = loaded(name, &made.text);
        let ours = &model.documents[model.document(name).unwrap_or_else(|| panic!("{name}"))];
        let (sources, by_hand) = site();
        let hand = &by_hand.documents[by_hand.document(name).unwrap()];
        let file = &sources.file(hand.source).text;
        let mut said = differences(&values(by_hand, hand), &values(&model, ours));
        said.extend(differences(&body(file), &body(&made.text)));
        let said = said.join("\n") + "\n";
        let golden = here(&format!("{name}.differs.txt"));
        if std::env::var_os("MINGBAI_BLESS").is_some() {
            std::fs::write(&golden, &said).unwrap();
        }
        let known = std::fs::read_to_string(&golden).unwrap_or_default();
        assert_eq!(said, known, "{name}");
    }
}
