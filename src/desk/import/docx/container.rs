//! The container of a Word document: its parts, found by their relations and not by their names.
//!
//! Comes in: the bytes of a .docx. Goes out: parts as [`Element`]s, and the addresses of links. Other files, and files that are too large, are
//! refused with what to do.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::super::xml::{Element, Refusal, parse};
use crate::bytes::decode;
use crate::part_path::part_path;
use crate::text::Bilingual;

/// The largest part that is unpacked, in bytes.
const LARGEST_PART: u64 = 32 * 1024 * 1024;
/// The most bytes of all parts that are unpacked. A page of text has 20 kB.
const LARGEST_WHOLE: u64 = 64 * 1024 * 1024;
/// The most files in the container.
const MOST_FILES: usize = 4096;

/// A document that is open.
pub(super) struct Container<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The path of the main part.
    main: String,
    /// What the main part refers to.
    relations: Vec<Relation>,
    /// The names of the parts, by the same without capital letters.
    names: HashMap<String, String>,
    /// How many bytes may still be unpacked.
    left: u64,
}

struct Relation {
    id: String,
    /// The last word of its type: `styles`, `hyperlink`.
    kind: String,
    target: String,
}

impl<'a> Container<'a> {
    /// Opens a container.
    ///
    /// # Errors
    /// If it is damaged or too large.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Bilingual> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        if archive.len() > MOST_FILES {
            return Err(too_large());
        }
        let mut container = Self {
            archive,
            main: "word/document.xml".to_owned(),
            relations: Vec::new(),
            names: HashMap::new(),
            left: LARGEST_WHOLE,
        };
        for name in container.archive.file_names().filter_map(Result::ok) {
            let lower = name.to_ascii_lowercase();
            container.names.entry(lower).or_insert(name.into_owned());
        }
        let main = container
            .relations_of("", "_rels/.rels")?
            .into_iter()
            .find(|relation| relation.kind == "officeDocument");
        if let Some(main) = main {
            container.main = main.target;
        }
        let (folder, file) = container
            .main
            .rsplit_once('/')
            .unwrap_or(("", &container.main));
        let (folder, path) = (
            folder.to_owned(),
            part_path(folder, &format!("_rels/{file}.rels")),
        );
        container.relations = container.relations_of(&folder, &path)?;
        Ok(container)
    }

    fn relations_of(&mut self, folder: &str, path: &str) -> Result<Vec<Relation>, Bilingual> {
        let Some(list) = self.part(path)? else {
            return Ok(Vec::new());
        };
        let relation = |element: &Element| {
            let target = element.attribute("Target")?;
            let external = element.attribute("TargetMode") == Some("External");
            Some(Relation {
                id: element.attribute("Id")?.to_owned(),
                kind: element.attribute("Type")?.rsplit('/').next()?.to_owned(),
                target: if external {
                    target.to_owned()
                } else {
                    part_path(folder, target)
                },
            })
        };
        Ok(list.children().filter_map(relation).collect())
    }

    /// The main part.
    ///
    /// # Errors
    /// If there is none: then this is not a Word document.
    pub fn document(&mut self) -> Result<Element, Bilingual> {
        let main = self.main.clone();
        match self.part(&main)? {
            Some(document) => Ok(document),
            None => Err(self.not_a_word_document()),
        }
    }

    /// The part that the document calls its styles, its numbering; the one with the usual name, if it calls none.
    pub fn of_kind(&mut self, kind: &str) -> Result<Option<Element>, Bilingual> {
        let called = self.relations.iter().find(|relation| relation.kind == kind);
        let path = match called {
            Some(relation) => relation.target.clone(),
            None => {
                let folder = self.main.rsplit_once('/').map_or("", |(folder, _)| folder);
                part_path(folder, &format!("{kind}.xml"))
            }
        };
        self.part(&path)
    }

    /// Paths of the headers, the footers or the comments, in order.
    pub fn paths(&self, kind: &str) -> Vec<String> {
        let mut paths: Vec<String> = self
            .relations
            .iter()
            .filter(|relation| relation.kind == kind)
            .map(|relation| relation.target.clone())
            .collect();
        paths.sort();
        paths.dedup();
        paths
    }

    /// Where a link leads.
    pub fn address(&self, id: &str) -> Option<&str> {
        self.relations
            .iter()
            .find(|relation| relation.id == id && relation.kind == "hyperlink")
            .map(|relation| relation.target.as_str())
    }

    /// One part of the container, parsed; nothing if there is none.
    pub fn part(&mut self, path: &str) -> Result<Option<Element>, Bilingual> {
        // Names of parts do not distinguish capital letters.
        let name = self.names.get(&path.to_ascii_lowercase());
        let Some(Ok(file)) = name.map(|name| self.archive.by_name(name)) else {
            return Ok(None);
        };
        let most = self.left.min(LARGEST_PART);
        let mut bytes = Vec::new();
        file.take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| damaged())?;
        let size = bytes.len() as u64;
        if size > most {
            return Err(too_large());
        }
        self.left -= size;
        let text = decode(&bytes).ok_or_else(damaged)?.text;
        parse(&text).map(Some).map_err(|refusal| match refusal {
            Refusal::Damaged => damaged(),
            Refusal::TooLarge => too_large(),
        })
    }

    fn not_a_word_document(&mut self) -> Bilingual {
        let mut has = |name: &str| self.archive.by_name(name).is_ok();
        if has("xl/workbook.xml") {
            return Bilingual::new(
                "这是表格（.xlsx），不是文档",
                "this is a workbook (.xlsx), not a document",
            );
        }
        if has("content.xml") {
            return Bilingual::new(
                "这是 OpenDocument 文件：请在 WPS 或 Word 里另存为 .docx",
                "this is an OpenDocument file: save it as .docx in WPS or Word",
            );
        }
        Bilingual::new(
            "这个压缩文件里没有 Word 文档：请另存为 .docx 再试",
            "this archive does not contain a Word document: save it as .docx and try again",
        )
    }
}

/// The refusal of a file that cannot be read.
pub(super) fn damaged() -> Bilingual {
    Bilingual::new(
        "这个 .docx 文件打不开：不完整，或者内容损坏。请在 WPS 或 Word 里打开，另存为一个新的 .docx 再试",
        "this .docx file cannot be read: it is incomplete or damaged. Open it in WPS or Word, save it as a new .docx and try again",
    )
}

fn too_large() -> Bilingual {
    Bilingual::new(
        "这个文件解开以后太大，不像一份公文，没有读",
        "this file is too large for an official document when unpacked and was not read",
    )
}
