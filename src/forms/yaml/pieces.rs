//! Reads what can be read of a file with syntax errors: its entries one by one.
//!
//! Comes in: the YAML of a file that the parser refuses, and the entries that are known to be wrong. Goes out: the
//! entries that can be read; the others are [`Kind::Broken`]. An entry begins at the margin: a key of a mapping or an
//! item of a list. What is inside an entry is not divided further.

use std::ops::Range;

use super::{Kind, Node, parse_raw};
use crate::diag::{Diagnostic, SourceId, Span, Spanned};
use crate::keys;

/// At most this many syntax errors of a file are reported: more come from text that is not YAML.
const MOST_ERRORS: usize = 8;

/// What is known of a file before its entries are read one by one.
pub struct Whole<'a> {
    pub source: SourceId,
    /// The YAML, with what is known to be meant in place of what is written.
    pub yaml: &'a str,
    /// Where it begins in the file.
    pub base: usize,
    /// What the parser said of all of it; nothing if other mistakes were found first.
    pub error: Option<Diagnostic>,
    /// Bytes of mistakes that were reported. Entries with one of these are not read.
    pub wrong: Vec<Range<usize>>,
    /// Bytes that were repaired. What the parser says of an entry with one of these may come from the repair.
    pub repaired: Vec<Range<usize>>,
}

/// An entry that was read or not.
enum Piece {
    Read(Node, Vec<Diagnostic>),
    Broken(Option<Diagnostic>),
}

impl Piece {
    /// Whether nothing is said of it.
    fn is_silent(&self) -> bool {
        !matches!(self, Self::Broken(Some(_)))
    }
}

impl Whole<'_> {
    /// The file as far as it can be read, and what is wrong with it.
    pub fn read(mut self) -> (Node, Vec<Diagnostic>) {
        self.wrong.sort_by_key(|bytes| bytes.start);
        self.repaired.sort_by_key(|bytes| bytes.start);
        let ranges = entries(self.yaml);
        let mut pieces: Vec<Piece> = ranges.iter().map(|range| self.piece(range)).collect();
        let is_broken = |piece: &Piece| matches!(piece, Piece::Broken(_));
        let mut said = Vec::new();
        if let Some(error) = &self.error {
            let at = (error.span.start as usize).saturating_sub(self.base);
            let here = ranges.iter().position(|range| range.contains(&at));
            let here = here.unwrap_or(ranges.len().saturating_sub(1));
            let any = pieces.iter().any(is_broken);
            let is_silent = pieces.iter().all(Piece::is_silent);
            match pieces.get_mut(here) {
                // The parser knew more of the file than of the entry.
                Some(Piece::Broken(own)) => *own = Some(error.clone()),
                Some(piece) if !any => *piece = Piece::Broken(Some(error.clone())),
                None => said.push(error.clone()),
                // Something is broken, and nothing else says so.
                Some(_) if is_silent => said.push(error.clone()),
                Some(_) => {}
            }
        }
        let mut nodes = Vec::new();
        for (range, piece) in ranges.iter().zip(pieces) {
            match piece {
                Piece::Read(node, own) => {
                    said.extend(own);
                    nodes.push((range.clone(), Some(node)));
                }
                Piece::Broken(own) => {
                    said.extend(own);
                    nodes.push((range.clone(), None));
                }
            }
        }
        said.truncate(MOST_ERRORS);
        (self.node(nodes), said)
    }

    fn piece(&self, range: &Range<usize>) -> Piece {
        // The mistakes are in the order of the file.
        let has = |list: &[Range<usize>]| {
            let after = list.partition_point(|bytes| bytes.start < range.start);
            list.get(after).is_some_and(|bytes| bytes.start < range.end)
        };
        if has(&self.wrong) {
            return Piece::Broken(None);
        }
        let text = &self.yaml[range.clone()];
        match parse_raw(self.source, text, self.base + range.start) {
            Ok((node, said)) if matches!(node.kind, Kind::Map(_) | Kind::List(_)) => {
                Piece::Read(node, said)
            }
            Ok(_) => Piece::Broken(None),
            Err(_) if has(&self.repaired) => Piece::Broken(None),
            Err(error) => Piece::Broken(Some(*error)),
        }
    }

    /// One mapping or list of all entries.
    fn node(&self, pieces: Vec<(Range<usize>, Option<Node>)>) -> Node {
        let span = Span::new(
            self.source,
            self.base..self.base + self.yaml.trim_end().len(),
        );
        let is_list = pieces.iter().any(|(_, node)| {
            matches!(
                node,
                Some(Node {
                    kind: Kind::List(_),
                    ..
                })
            )
        });
        let mut items = Vec::new();
        let mut map = Vec::new();
        for (range, node) in pieces {
            match node.map(|node| node.kind) {
                Some(Kind::List(list)) => items.extend(list),
                Some(Kind::Map(entries)) => map.extend(entries),
                _ if is_list => items.push(self.broken(range)),
                _ => map.extend(self.broken_entries(range)),
            }
        }
        let kind = if is_list {
            Kind::List(items)
        } else {
            Kind::Map(map)
        };
        Node { span, kind }
    }

    fn broken(&self, range: Range<usize>) -> Node {
        let end = range.start + self.yaml[range.clone()].trim_end().len();
        Node {
            span: Span::new(self.source, self.base + range.start..self.base + end),
            kind: Kind::Broken,
        }
    }

    /// An entry under the key that it seems to have, and one without a name: other keys may be hidden in it.
    fn broken_entries(&self, range: Range<usize>) -> Vec<(Spanned<String>, Node)> {
        let node = self.broken(range.clone());
        let line = self.yaml[range].lines().next().unwrap_or_default();
        let key = line.split([':', '：']).next().unwrap_or_default().trim();
        let known = keys::canonical(key).map(|_| key.to_owned());
        let names = known.into_iter().chain([String::new()]);
        names
            .map(|name| (Spanned::new(name, node.span), node.clone()))
            .collect()
    }
}

/// The bytes of the entries: each begins at a line that begins at the margin, and the first at the start.
fn entries(yaml: &str) -> Vec<Range<usize>> {
    let is_list = yaml
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .is_some_and(|line| line.starts_with("- "));
    let begins = |line: &str| {
        let first = line.chars().next().unwrap_or(' ');
        if is_list {
            line.starts_with("- ") || line.trim_end() == "-"
        } else {
            !first.is_whitespace() && !matches!(first, '#' | '-' | ']' | '}')
        }
    };
    let mut starts = vec![0];
    let mut at = 0;
    let mut any = false;
    for line in yaml.split_inclusive('\n') {
        if begins(line) {
            if any {
                starts.push(at);
            }
            any = true;
        } else if !any && !line.trim().is_empty() && !line.starts_with('#') {
            any = true;
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([yaml.len()]);
    starts
        .iter()
        .copied()
        .zip(ends.collect::<Vec<_>>())
        .map(|(start, end)| start..end)
        .collect()
}
