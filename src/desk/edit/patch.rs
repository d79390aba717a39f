//! Changes of a YAML file that leave everything else of it as it is: comments, order, blank lines, keys that are not known.
//!
//! Comes in: the text of a file, and [`Change`]s. Goes out: the text with the changes, each made in the bytes of its own value.
//! After each change the file is read again and compared with what was meant: a change that would do anything else
//! is refused ([`Refused`]), and the file stays as it was.

use std::ops::Range;

use super::value::{Path, Step, Value, same_key};
use crate::diag::{Sink, SourceId};
use crate::sources::yaml::{Kind, Node, parse_parts};
use crate::text::Bilingual;
use crate::written::{before_comment, item};

/// A change of one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The value of a key, which is added if it is not there (after the last of the keys in front of it that is), or of an item.
    Set {
        path: Path,
        value: Value,
        /// The keys in front of a new one, in their order.
        before: Vec<String>,
    },
    /// The same, with the value as it is to be written, comments included.
    Write {
        path: Path,
        yaml: String,
        before: Vec<String>,
    },
    /// A new item, in front of the one with this number or at the end.
    Insert { list: Path, at: usize, value: Value },
    /// A key with its value, or an item.
    Remove { path: Path },
    /// Another name of a key.
    Rename { path: Path, to: String },
}

/// A change that cannot be made in the bytes of its own value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    pub path: Path,
    pub why: Bilingual,
}

/// The text with the changes, which are made one after the other, in the YAML at `region`.
///
/// # Errors
/// The first change that cannot be made.
pub fn apply(text: &str, region: &Range<usize>, changes: &[Change]) -> Result<String, Refused> {
    let Some(first) = changes.first() else {
        return Ok(text.to_owned());
    };
    let mut root = read(text, region).ok_or_else(|| Refused {
        path: first.path(),
        why: Bilingual::new(
            "文件里有读不出来的地方，先在原文件里改好",
            "part of the file cannot be read; fix it in the file first",
        ),
    })?;
    let mut text = text.to_owned();
    let mut region = region.clone();
    for change in changes {
        let made = one(&text, &region, &root, change).ok_or_else(|| Refused {
            path: change.path(),
            why: Bilingual::new(
                "这一处的写法不能单独改，请在原文件里改",
                "this value cannot be changed by itself; change it in the file",
            ),
        })?;
        region.end = region.end + made.0.len() - text.len();
        (text, root) = made;
    }
    Ok(text)
}

/// Reads the YAML at `region`. Nothing if any of it cannot be read.
pub fn read(text: &str, region: &Range<usize>) -> Option<Node> {
    let mut sink = Sink::default();
    let node = parse_parts(SourceId(0), text, region.clone(), &mut sink);
    node.is_whole().then_some(node)
}

/// A value in the place of one that is written as it is.
const HERE: &str = "mingbai-value";

/// The value of a piece of YAML.
pub fn value_of(yaml: &str) -> Option<Value> {
    let text = format!("value:{}\n", after_key(yaml, 0));
    let node = read(&text, &(0..text.len()))?;
    Value::of(&node)?
        .at(&[Step::Key("value".to_owned())])
        .cloned()
}

/// A value as it is written, after a key at the column `indent`: on the same line, or on lines below it.
fn after_key(yaml: &str, indent: usize) -> String {
    let yaml = yaml.trim_matches(['\n', '\r']);
    let is_block = yaml.contains('\n') || is_block_line(yaml);
    if !is_block
        || yaml
            .trim_start()
            .starts_with(['|', '>', '[', '{', '"', '\''])
            && !yaml.contains('\n')
    {
        return format!(" {}", yaml.trim());
    }
    let blanks = " ".repeat(indent + 2);
    let lines = yaml.lines().map(|line| {
        let line = line.trim_end();
        if line.is_empty() {
            String::new()
        } else {
            format!("{blanks}{line}")
        }
    });
    format!("\n{}", lines.collect::<Vec<_>>().join("\n"))
}

/// Whether one line is an item or a key, and not a text.
fn is_block_line(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("- ")
        || !line.starts_with(['[', '{', '"', '\'', '|', '>'])
            && (line.contains(": ") || line.ends_with(':'))
}

/// A file whose YAML was read.
pub struct Written<'a> {
    tree: Tree<'a>,
    root: Node,
}

impl<'a> Written<'a> {
    /// Reads the YAML at `region` of a file. Nothing if any of it cannot be read.
    pub fn read(text: &'a str, region: &'a Range<usize>) -> Option<Self> {
        let root = read(text, region)?;
        Some(Self {
            tree: Tree { text, region },
            root,
        })
    }

    /// The tree that was read.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// A value as it is written, with its comments, from the left margin. Nothing if it is not there.
    pub fn source_of(&self, path: &[Step]) -> Option<String> {
        let Extent { start, end, .. } = self.tree.find(&self.root, path)?.extent;
        let indent = self.tree.column(start);
        let mut lines = self.tree.text[start..end].lines();
        let mut out: Vec<&str> = lines.next().into_iter().collect();
        out.extend(lines.map(|line| {
            let blanks = line.len() - line.trim_start_matches(' ').len();
            &line[blanks.min(indent)..]
        }));
        Some(out.join("\n"))
    }
}

/// The way to the value or key that is written at a byte of a file.
pub fn way_to(node: &Node, at: usize) -> Path {
    let mut path = Path::new();
    let mut node = node;
    loop {
        let next = match &node.kind {
            Kind::Map(entries) => {
                let starts = |(key, _): &&(crate::diag::Spanned<String>, Node)| {
                    key.span.start as usize <= at
                };
                entries
                    .iter()
                    .rev()
                    .find(starts)
                    .map(|(key, node)| (Step::Key(key.value.clone()), node))
            }
            Kind::List(items) => {
                let found = items.iter().rposition(|item| first_byte(item) <= at);
                found.map(|i| (Step::Item(i), &items[i]))
            }
            _ => None,
        };
        let Some((step, inner)) = next else {
            return path;
        };
        path.push(step);
        node = inner;
    }
}

/// Where the first key or value of a node is written.
fn first_byte(node: &Node) -> usize {
    match &node.kind {
        Kind::Map(entries) => entries
            .first()
            .map_or(node.span.start, |(key, _)| key.span.start)
            as usize,
        Kind::List(items) => items.first().map_or(node.span.start as usize, first_byte),
        _ => node.span.start as usize,
    }
}

/// The text after a change, and what was read of it. Nothing if it is not what was meant.
fn one(text: &str, region: &Range<usize>, root: &Node, change: &Change) -> Option<(String, Node)> {
    let meant = change.meant(Value::of(root)?)?;
    let (range, new) = Tree { text, region }.edit(root, change)?;
    let new = if text.contains("\r\n") {
        new.replace('\n', "\r\n")
    } else {
        new
    };
    let next = [&text[..range.start], &new, &text[range.end..]].concat();
    let region = region.start..region.end + next.len() - text.len();
    let root = read(&next, &region)?;
    (Value::of(&root)? == meant).then_some((next, root))
}

impl Change {
    /// The way to what is changed.
    pub fn path(&self) -> Path {
        match self {
            Self::Set { path, .. }
            | Self::Write { path, .. }
            | Self::Remove { path }
            | Self::Rename { path, .. } => path.clone(),
            Self::Insert { list, at, .. } => {
                let mut path = list.clone();
                path.push(Step::Item(*at));
                path
            }
        }
    }

    /// The whole value after the change.
    fn meant(&self, mut whole: Value) -> Option<Value> {
        match self {
            Self::Write { path, yaml, before } => {
                let (path, before) = (path.clone(), before.clone());
                return Self::Set {
                    path,
                    value: value_of(yaml)?,
                    before,
                }
                .meant(whole);
            }
            Self::Set {
                path,
                value,
                before,
            } => {
                if let Some(place) = whole.at_mut(path) {
                    *place = value.clone();
                    return Some(whole);
                }
                let (Step::Key(key), above) = path.split_last()? else {
                    return None;
                };
                let place = whole.at_mut(above)?;
                if matches!(place, Value::Nothing) {
                    *place = Value::Map(Vec::new());
                }
                let Value::Map(entries) = place else {
                    return None;
                };
                let at = place_of(before, entries.iter().map(|(name, _)| name.as_str()));
                entries.insert(at, (key.clone(), value.clone()));
            }
            Self::Insert { list, at, value } => match whole.at_mut(list)? {
                Value::List(items) if *at <= items.len() => items.insert(*at, value.clone()),
                place @ Value::Nothing => *place = Value::List(vec![value.clone()]),
                _ => return None,
            },
            Self::Rename { path, to } => {
                let (Step::Key(key), above) = path.split_last()? else {
                    return None;
                };
                let Value::Map(entries) = whole.at_mut(above)? else {
                    return None;
                };
                let entry = entries.iter_mut().find(|(name, _)| same_key(name, key))?;
                entry.0.clone_from(to);
            }
            Self::Remove { path } => {
                let (step, above) = path.split_last()?;
                match (whole.at_mut(above)?, step) {
                    (Value::Map(entries), Step::Key(key)) => {
                        let at = entries.iter().position(|(name, _)| same_key(name, key))?;
                        entries.remove(at);
                    }
                    (Value::List(items), Step::Item(index)) if *index < items.len() => {
                        items.remove(*index);
                    }
                    _ => return None,
                }
            }
        }
        Some(whole)
    }
}

/// Where a new key belongs: after the last key that is in front of it.
fn place_of<'a>(before: &[String], names: impl Iterator<Item = &'a str>) -> usize {
    let is_before = |name: &str| before.iter().any(|key| same_key(key, name));
    let names: Vec<&str> = names.collect();
    names
        .iter()
        .rposition(|name| is_before(name))
        .map_or(0, |at| at + 1)
}

/// A text and the part of it that is YAML.
struct Tree<'a> {
    text: &'a str,
    region: &'a Range<usize>,
}

/// Where a value is written.
#[derive(Debug, Clone, Copy)]
struct Extent {
    start: usize,
    end: usize,
    /// In brackets.
    flow: bool,
}

/// A value, and what is around it.
struct Found<'n> {
    node: &'n Node,
    extent: Extent,
    /// The column of the key in front of it or of its dash; 0 for the whole.
    indent: usize,
    /// Whether something around it is in brackets.
    within_flow: bool,
}

impl Tree<'_> {
    /// The bytes that are replaced, and by what.
    fn edit(&self, root: &Node, change: &Change) -> Option<(Range<usize>, String)> {
        match change {
            // The first value of a file comes after its comments.
            Change::Set { path, value, .. }
                if path.is_empty() && matches!(&root.kind, Kind::Map(map) if map.is_empty()) =>
            {
                let lines: Vec<String> = value.lines(0).collect();
                let end = self.region.end;
                Some((end..end, format!("{}\n", lines.join("\n"))))
            }
            Change::Set {
                path,
                value,
                before,
            } => match self.find(root, path) {
                Some(found) => self.replace(&found, value),
                None => self.add_key(root, path, value, before),
            },
            Change::Write { path, yaml, before } => self.write(root, path, yaml, before),
            Change::Insert { list, at, value } => self.insert(root, list, *at, value),
            Change::Rename { path, to } => {
                let (Step::Key(name), above) = path.split_last()? else {
                    return None;
                };
                let Kind::Map(entries) = &self.find(root, above)?.node.kind else {
                    return None;
                };
                let (key, _) = entries.iter().find(|(key, _)| same_key(&key.value, name))?;
                Some((key.span.range(), item(to)))
            }
            Change::Remove { path } => self.remove(root, path),
        }
    }

    /// A value as it is written, in the place of one or with a new key.
    fn write(
        &self,
        root: &Node,
        path: &[Step],
        yaml: &str,
        before: &[String],
    ) -> Option<(Range<usize>, String)> {
        // The place is that of a text that is easy to find again.
        let stand_in = Value::Text(HERE.to_owned());
        let (mut range, mut new, indent) = match self.find(root, path) {
            Some(found) if found.within_flow => return None,
            Some(found) => {
                let (range, new) = self.replace(&found, &stand_in)?;
                (range, new, found.indent)
            }
            None => {
                let (_, above) = path.split_last()?;
                let map = self.find(root, above)?;
                if map.extent.flow || map.within_flow {
                    return None;
                }
                let indent = match &map.node.kind {
                    Kind::Map(entries) if !entries.is_empty() => {
                        self.column(entries[0].0.span.start as usize)
                    }
                    _ if above.is_empty() => 0,
                    _ => map.indent + 2,
                };
                let (range, new) = self.add_key(root, path, &stand_in, before)?;
                (range, new, indent)
            }
        };
        if new.starts_with(HERE) {
            range.start = self.text[..range.start].trim_end_matches(' ').len();
            new.insert(0, ' ');
        }
        Some((
            range,
            new.replacen(&format!(" {HERE}"), &after_key(yaml, indent), 1),
        ))
    }

    /// Follows a way from the whole.
    fn find<'n>(&self, root: &'n Node, path: &[Step]) -> Option<Found<'n>> {
        let mut found = Found {
            node: root,
            extent: self.extent(root, self.region.start)?,
            indent: 0,
            within_flow: false,
        };
        for step in path {
            let within_flow = found.within_flow || found.extent.flow;
            found = match (&found.node.kind, step) {
                (Kind::Map(entries), Step::Key(name)) => {
                    let (key, node) = entries.iter().find(|(key, _)| same_key(&key.value, name))?;
                    Found {
                        node,
                        extent: self.extent(node, self.colon(key.span.end as usize)?)?,
                        indent: self.column(key.span.start as usize),
                        within_flow,
                    }
                }
                (Kind::List(items), Step::Item(index)) => {
                    let node = items.get(*index)?;
                    let (lead, indent) = if within_flow {
                        (node.span.start as usize, 0)
                    } else {
                        let dash = self.dash(node, *index, items)?;
                        (dash + 1, self.column(dash))
                    };
                    Found {
                        node,
                        extent: self.extent(node, lead)?,
                        indent,
                        within_flow,
                    }
                }
                _ => return None,
            };
        }
        Some(found)
    }

    /// Another value in the place of one.
    fn replace(&self, found: &Found, value: &Value) -> Option<(Range<usize>, String)> {
        let Extent { start, end, .. } = found.extent;
        let is_collection = matches!(found.node.kind, Kind::List(_) | Kind::Map(_));
        let in_block = !found.within_flow && !found.extent.flow && is_collection;
        let begins_line = self.text[..start].ends_with(['\n', '\r']) || self.blank_before(start);
        let follows_dash = self.text[..start].ends_with("- ");
        let is_block = matches!(value, Value::Map(entries) if !entries.is_empty());
        if follows_dash && is_block && !found.within_flow && !self.comment_follows(end) {
            // An entry begins on the line of its dash.
            let column = self.column(start);
            let lines: Vec<String> = value.lines(column).collect();
            return Some((start..end, lines.join(&format!("\n{}", " ".repeat(column)))));
        }
        let new = if found.within_flow {
            value.flow()
        } else if let Value::Text(text) = value
            && self.comment_follows(end)
        {
            before_comment(text)
        } else {
            value
                .after_key(found.indent)
                .trim_start_matches(' ')
                .to_owned()
        };
        // The lines of a block begin below its key, a single value after it.
        let from = if in_block && begins_line || new.starts_with('\n') {
            self.text[..start].trim_end_matches([' ', '\n', '\r']).len()
        } else {
            start
        };
        let between = self.text.get(from..start)?;
        if from < start && between.contains('#') {
            return None;
        }
        let gap = if from == start && !self.text[..start].ends_with(':')
            || new.starts_with('\n')
            || new.is_empty()
        {
            ""
        } else {
            " "
        };
        Some((from..end, format!("{gap}{new}")))
    }

    /// A key that is not there yet.
    fn add_key(
        &self,
        root: &Node,
        path: &[Step],
        value: &Value,
        before: &[String],
    ) -> Option<(Range<usize>, String)> {
        let (Step::Key(key), above) = path.split_last()? else {
            return None;
        };
        let map = self.find(root, above)?;
        let entries = match &map.node.kind {
            Kind::Map(entries) => entries.as_slice(),
            Kind::Empty => &[],
            _ => return None,
        };
        let at = place_of(before, entries.iter().map(|(key, _)| key.value.as_str()));
        if map.extent.flow {
            let (place, lead, tail) = match (at, entries.first()) {
                (0, None) => (map.extent.start + 1, "", ""),
                (0, Some((first, _))) => (first.span.start as usize, "", ", "),
                (at, _) => (self.entry_end(&entries[at - 1])?, ", ", ""),
            };
            return Some((
                place..place,
                format!("{lead}{}: {}{tail}", item(key), value.flow()),
            ));
        }
        if map.within_flow {
            return None;
        }
        let Some((first, _)) = entries.first() else {
            // An empty file has no indentation; an empty value has that of its key.
            let indent = if above.is_empty() { 0 } else { map.indent + 2 };
            let lead = if above.is_empty() {
                String::new()
            } else {
                format!("\n{}", " ".repeat(indent))
            };
            let end = if above.is_empty() { "\n" } else { "" };
            let place = map.extent.end;
            return Some((
                place..place,
                format!("{lead}{}:{}{end}", item(key), value.after_key(indent)),
            ));
        };
        let indent = self.column(first.span.start as usize);
        let line = format!("{}:{}", item(key), value.after_key(indent));
        let blanks = " ".repeat(indent);
        if at == 0 {
            let place = first.span.start as usize;
            return Some((place..place, format!("{line}\n{blanks}")));
        }
        let place = self.line_end(self.entry_end(&entries[at - 1])?);
        Some((place..place, format!("\n{blanks}{line}")))
    }

    /// A new item of a list.
    fn insert(
        &self,
        root: &Node,
        list: &[Step],
        at: usize,
        value: &Value,
    ) -> Option<(Range<usize>, String)> {
        let found = self.find(root, list)?;
        let items = match &found.node.kind {
            Kind::List(items) => items.as_slice(),
            Kind::Empty => &[],
            _ => return None,
        };
        if items.is_empty() {
            let list = Value::List(vec![value.clone()]);
            return self.replace(&found, &list);
        }
        if found.extent.flow || found.within_flow {
            let new = value.flow();
            return match items.get(at) {
                Some(next) => {
                    let place = next.span.start as usize;
                    Some((place..place, format!("{new}, ")))
                }
                None => {
                    let place = self.item_end(items, items.len() - 1, true)?;
                    Some((place..place, format!(", {new}")))
                }
            };
        }
        let dash = self.dash(items.first()?, 0, items)?;
        let indent = self.column(dash);
        let blanks = " ".repeat(indent);
        let lines: Vec<String> = Value::List(vec![value.clone()]).lines(indent).collect();
        let new = lines.join(&format!("\n{blanks}"));
        if at == items.len() {
            let place = self.line_end(self.item_end(items, at - 1, false)?);
            return Some((place..place, format!("\n{blanks}{new}")));
        }
        let place = self.dash(items.get(at)?, at, items)?;
        Some((place..place, format!("{new}\n{blanks}")))
    }

    /// Takes out a key or an item.
    fn remove(&self, root: &Node, path: &[Step]) -> Option<(Range<usize>, String)> {
        let (step, above) = path.split_last()?;
        let around = self.find(root, above)?;
        let in_flow = around.extent.flow || around.within_flow;
        // (start, end) of every part, and which one goes.
        let (parts, at): (Vec<(usize, usize)>, usize) = match (&around.node.kind, step) {
            (Kind::Map(entries), Step::Key(name)) => {
                let at = entries
                    .iter()
                    .position(|(key, _)| same_key(&key.value, name))?;
                let part = |entry: &(crate::diag::Spanned<String>, Node)| {
                    Some((entry.0.span.start as usize, self.entry_end(entry)?))
                };
                (entries.iter().map(part).collect::<Option<_>>()?, at)
            }
            (Kind::List(items), Step::Item(at)) => {
                let part = |i: usize| {
                    let start = if in_flow {
                        items[i].span.start as usize
                    } else {
                        self.dash(&items[i], i, items)?
                    };
                    Some((start, self.item_end(items, i, in_flow)?))
                };
                ((0..items.len()).map(part).collect::<Option<_>>()?, *at)
            }
            _ => return None,
        };
        let (start, end) = *parts.get(at)?;
        if in_flow {
            return Some(match (at.checked_sub(1), parts.get(at + 1)) {
                (_, Some((next, _))) => (start..*next, String::new()),
                (Some(before), None) => (parts[before].1..end, String::new()),
                (None, None) => (start..end, String::new()),
            });
        }
        let begins_line = self.blank_before(start);
        match parts.get(at + 1) {
            // The first of an item: what follows it moves up to the dash.
            Some((next, _)) if !begins_line => Some((start..*next, String::new())),
            _ if !begins_line || parts.len() == 1 => None,
            _ => {
                let from = self.line_start(start);
                let to = self.line_end(end);
                let rest = &self.text[to..];
                let to = if rest.starts_with("\r\n") {
                    to + 2
                } else {
                    to + usize::from(rest.starts_with('\n'))
                };
                Some((from..to, String::new()))
            }
        }
    }
}

// ---------------------------------------------------------------- where things are written

impl Tree<'_> {
    /// Where a value is written; `lead` is the end of the colon or dash in front of it.
    fn extent(&self, node: &Node, lead: usize) -> Option<Extent> {
        let (start, end) = (node.span.start as usize, node.span.end as usize);
        let flow = self.text[start.min(self.text.len())..].starts_with(['[', '{']);
        Some(match &node.kind {
            Kind::Broken => return None,
            // `~`, or nothing at all.
            Kind::Empty if end > start && start >= lead => Extent {
                start,
                end,
                flow: false,
            },
            Kind::Empty => Extent {
                start: lead,
                end: lead,
                flow: false,
            },
            Kind::Text(_) => {
                let header = self.text.get(lead..start.max(lead))?;
                let header = header.len() - header.trim_start().len();
                let is_block =
                    self.text[lead + header..].starts_with(['|', '>']) && lead + header < start;
                Extent {
                    start: if is_block { lead + header } else { start },
                    end: end.max(start),
                    flow: false,
                }
            }
            Kind::List(items) if flow => {
                let last = match items.len() {
                    0 => start + 1,
                    n => self.item_end(items, n - 1, true)?,
                };
                Extent {
                    start,
                    end: self.closing(last, ']')?,
                    flow,
                }
            }
            Kind::Map(entries) if flow => {
                let last = match entries.last() {
                    None => start + 1,
                    Some(entry) => self.entry_end(entry)?,
                };
                Extent {
                    start,
                    end: self.closing(last, '}')?,
                    flow,
                }
            }
            Kind::List(items) => Extent {
                start: self.dash(items.first()?, 0, items)?,
                end: self.item_end(items, items.len() - 1, false)?,
                flow,
            },
            Kind::Map(entries) => match (entries.first(), entries.last()) {
                (Some((key, _)), Some(last)) => Extent {
                    start: key.span.start as usize,
                    end: self.entry_end(last)?,
                    flow,
                },
                _ => Extent {
                    start: self.region.end,
                    end: self.region.end,
                    flow,
                },
            },
        })
    }

    fn entry_end(&self, (key, node): &(crate::diag::Spanned<String>, Node)) -> Option<usize> {
        let lead = self.colon(key.span.end as usize)?;
        Some(self.extent(node, lead)?.end)
    }

    fn item_end(&self, items: &[Node], index: usize, in_flow: bool) -> Option<usize> {
        let node = items.get(index)?;
        let lead = if in_flow {
            node.span.start as usize
        } else {
            self.dash(node, index, items)? + 1
        };
        Some(self.extent(node, lead)?.end)
    }

    /// The end of the colon after a key.
    fn colon(&self, key_end: usize) -> Option<usize> {
        let rest = self.text.get(key_end..self.region.end)?;
        let blank = rest.len() - rest.trim_start_matches([' ', '"', '\'']).len();
        rest[blank..]
            .starts_with(':')
            .then_some(key_end + blank + 1)
    }

    /// The dash in front of an item.
    fn dash(&self, node: &Node, index: usize, items: &[Node]) -> Option<usize> {
        let start = match (&node.kind, node.span.start as usize) {
            (Kind::Map(entries), _) if !self.is_flow(node) => {
                entries.first()?.0.span.start as usize
            }
            (Kind::List(inner), _) if !self.is_flow(node) => self.dash(inner.first()?, 0, inner)?,
            (_, start) => start,
        };
        let floor = match index.checked_sub(1) {
            Some(before) => first_byte(&items[before]),
            None => self.region.start,
        };
        // Comments and the header of a block may be between them.
        let mut at = start;
        loop {
            let line = self.line_start(at).max(floor);
            let before = &self.text[line..at];
            let rest = before.trim_start();
            if rest == "- "
                || rest.starts_with("- ")
                    && !rest[1..].trim_start().starts_with('#')
                    && self.only_lead(&rest[1..])
            {
                return Some(line + before.len() - rest.len());
            }
            if let Some(inner) = before.trim_end().strip_suffix('-')
                && (inner.is_empty() || inner.ends_with(' '))
            {
                return Some(line + inner.len());
            }
            if rest.starts_with('-') && rest[1..].trim_start().starts_with(['#', '|', '>']) {
                return Some(line + before.len() - rest.len());
            }
            if !(rest.is_empty() || rest.starts_with('#')) || line == floor || line == 0 {
                return None;
            }
            at = line - 1;
        }
    }

    /// Whether there are only blanks, or the header of a block, between a dash and its value.
    fn only_lead(&self, between: &str) -> bool {
        let between = between.trim();
        between.is_empty() || between.starts_with(['|', '>'])
    }

    fn is_flow(&self, node: &Node) -> bool {
        self.text[node.span.start as usize..].starts_with(['[', '{'])
    }

    /// The end of the bracket that closes what ends at `from`: only blanks, commas and comments are between them.
    fn closing(&self, from: usize, bracket: char) -> Option<usize> {
        let mut at = from;
        loop {
            let rest = self.text.get(at..self.region.end)?;
            let c = rest.chars().next()?;
            if c == bracket {
                return Some(at + 1);
            }
            if c == '#' {
                at += rest.find('\n')?;
            } else if c.is_whitespace() || c == ',' {
                at += c.len_utf8();
            } else {
                return None;
            }
        }
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at]
            .rfind('\n')
            .map_or(0, |end| end + 1)
            .max(self.region.start)
    }

    /// The end of the line, without its break. What follows a value on its line is a comment.
    fn line_end(&self, at: usize) -> usize {
        let line = self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |end| at + end);
        line - usize::from(self.text[..line].ends_with('\r') && line > at)
    }

    /// Characters from the start of the line.
    fn column(&self, at: usize) -> usize {
        self.text[self.line_start(at)..at].chars().count()
    }

    /// Whether only blanks precede it on its line.
    fn blank_before(&self, at: usize) -> bool {
        self.text[self.line_start(at)..at].trim().is_empty()
    }

    fn comment_follows(&self, at: usize) -> bool {
        self.text[at..self.line_end(at)]
            .trim_start()
            .starts_with('#')
    }
}
