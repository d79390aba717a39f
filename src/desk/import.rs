//! An official document as a source file: `content/notices/<id>.md`.
//!
//! Comes in: the bytes of a .docx, a PDF file or a text, and the site. Goes out: [`Import`], the text of the file and remarks on
//! everything that was moved, left out or doubtful. It writes nothing and confirms nothing: what the text does not
//! say plainly is in the file as a comment that begins with `# 待核：`.
//!
//! Steps: bytes -> lines (`read`, `docx`, `html`, `pdf`) -> page furniture taken out (`furniture`) -> lines joined to
//! paragraphs (`flow`) -> parts of an official document recognised (`layout`) -> file (`write`, with
//! candidates from `candidates`, tried by `trial`) -> proof that no character was lost (`prove`). All of them share the types of `parts`.
//!
//! A file uses only those before it: `parts`, `xml`, `numbering`, `docx`, `html`, `space`, `furniture`, `pdf`, `read`, `signs`, `marks`, `flow`,
//! `places_named`, `layout`, `candidates`, `trial`, `suggest`, `yaml`, `schedule`, `write`, `identity`, `prove`.

mod candidates;
mod docx;
mod flow;
mod furniture;
mod html;
mod identity;
mod layout;
mod marks;
mod numbering;
mod parts;
mod pdf;
mod places_named;
mod prove;
mod read;
mod schedule;
mod signs;
mod space;
mod suggest;
mod trial;
mod write;
mod xml;
mod yaml;

pub(crate) use self::identity::latin;
pub use self::parts::{Cells, Request};
use self::parts::{Paragraph, Role};
pub use self::schedule::Schedule;
pub use self::suggest::{Official, suggest};
use crate::remark::{Refused, Remark};
use crate::words::bare;

/// An annex as lines and tables, for lists of counties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annex {
    /// How it is cited: `附件`, `附件2`.
    pub label: String,
    pub title: String,
    pub lines: Vec<String>,
    pub tables: Vec<Cells>,
}

/// A document that became a source file.
#[derive(Debug)]
pub struct Import {
    /// Stem of the file; none if no safe one can be made of the document.
    pub id: Option<String>,
    /// The file.
    pub text: String,
    pub remarks: Vec<Remark>,
    pub annexes: Vec<Annex>,
    /// The schedule that the plan of a county gives, based on this document.
    pub schedule: Option<Schedule>,
}

/// The longest text that is taken, in bytes.
const LARGEST_TEXT: usize = 5 << 20;

/// Makes a source file of an official document.
///
/// # Errors
/// If the document cannot be read, or the result would not hold every character of it.
pub fn import(request: &Request) -> Result<Import, Refused> {
    let (form, lines, mut remarks) =
        read::read(request.name, request.bytes).map_err(Refused::Input)?;
    if lines.iter().map(|line| line.words().len()).sum::<usize>() > LARGEST_TEXT {
        return Err(Refused::Input(read::too_long()));
    }
    if lines
        .iter()
        .all(|line| bare(&line.words()).next().is_none())
    {
        return Err(Refused::input(
            "文件里没有文字。扫描成图片的文件，要先识别成文字",
            "the file contains no text. Convert a scanned picture to text first",
        ));
    }
    let furniture = furniture::find(&lines, &mut remarks);
    let paragraphs = flow::paragraphs(&lines, &furniture, form, &mut remarks);
    let layout = layout::recognise(&lines, paragraphs, &request.model.regions, &mut remarks);
    let file = write::write(request, &lines, &layout, &mut remarks);
    remarks.sort_by(|a, b| a.place.cmp(&b.place));
    if let Err(why) = prove::prove(&lines, &layout.paragraphs, &file, &remarks) {
        debug_assert!(false, "{}", why.en);
        return Err(Refused::Fault(why));
    }
    let id = request
        .id
        .map(str::to_owned)
        .or_else(|| identity::propose(&layout, request.model));
    let schedule = file.schedule.zip(id.as_deref());
    let schedule = schedule
        .and_then(|((found, county), id)| schedule::write(&found, &layout, &county, id, request));
    Ok(Import {
        id,
        text: file.text,
        remarks,
        schedule,
        annexes: annexes(&layout.paragraphs),
    })
}

/// The annexes of a document. This is where lists of counties are found; the table importer takes them from here.
fn annexes(paragraphs: &[Paragraph]) -> Vec<Annex> {
    let mut annexes: Vec<Annex> = Vec::new();
    for paragraph in paragraphs {
        match paragraph.role {
            Role::Annex => {
                let number = annexes.len() + 1;
                annexes.push(Annex {
                    label: if number == 1 {
                        "附件".to_owned()
                    } else {
                        format!("附件{number}")
                    },
                    title: signs::annex_title(&paragraph.text).to_owned(),
                    lines: Vec::new(),
                    tables: Vec::new(),
                });
            }
            Role::Front(_) | Role::Named => {}
            _ => {
                if let Some(annex) = annexes.last_mut() {
                    match &paragraph.table {
                        Some(table) => annex.tables.push(table.clone()),
                        None => annex.lines.push(paragraph.text.clone()),
                    }
                }
            }
        }
    }
    annexes
}
