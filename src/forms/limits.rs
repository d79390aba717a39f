//! Limits: how much a site may hold before the program refuses it. **Every limit is a row of one table.**
//!
//! Comes in: the mapping `limits` of `data/site.yaml`. Goes out: [`Limits`], and the one form of the diagnostic (MB0115) of what is
//! over a limit. The defaults of one file, and of plain pages, are chosen so that whatever is within them is built in seconds and in
//! less than 1 GB; time and memory of documents grow with their number, of which a whole country has hundreds of thousands. Who needs
//! more raises one setting.

use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::keys;
use crate::yaml::{Kind, Node};

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    FileSize,
    TotalSize,
    Published,
    Documents,
    Pages,
    Clauses,
    Rows,
    Columns,
    Cells,
    Entries,
    Value,
    Nesting,
    Menu,
    Diagnostics,
}

/// A row of the table.
#[derive(Debug)]
pub struct Row {
    pub limit: Limit,
    /// The key in `limits`.
    pub key: &'static str,
    /// What holds if the site does not set it.
    pub default: usize,
    /// The most that a site may set.
    pub largest: usize,
    /// What is counted, in Chinese and in English: 一个文件有 … KB.
    pub counts: (&'static str, &'static str),
    /// What to do if it is not to be raised.
    pub advice: (&'static str, &'static str),
}

const DIVIDE: (&str, &str) = ("把文件分成几个", "divide the file");

/// All limits, in the order of [`Limit`].
pub static TABLE: [Row; 14] = [
    // A long law has 200 KB; every byte is read by a dozen checks.
    row(
        Limit::FileSize,
        "max_file_kb",
        2_048,
        65_536,
        ("一个文件的千字节数", "kilobytes of one file"),
        DIVIDE,
    ),
    // Ten years of documents of the whole country have some 1.3 GB.
    row(
        Limit::TotalSize,
        "max_total_kb",
        2_097_152,
        16_777_216,
        ("全部来源文件的千字节数", "kilobytes of all source files"),
        ("分成几个网站", "divide the site"),
    ),
    // They are copied; they are all in memory while a site is built.
    row(
        Limit::Published,
        "max_attachments_kb",
        262_144,
        16_777_216,
        (
            "全部附件和图片的千字节数",
            "kilobytes of all attachments and pictures",
        ),
        (
            "缩小图片，或者把大文件放到别的网站",
            "make the pictures smaller, or put large files on another site",
        ),
    ),
    row(
        Limit::Documents,
        "max_documents",
        300_000,
        1_000_000,
        (
            "公文、名单、安排和考核的个数",
            "documents, lists, schedules and results",
        ),
        ("分成几个网站", "divide the site"),
    ),
    row(
        Limit::Pages,
        "max_pages",
        3_000,
        1_000_000,
        ("网页（content/pages）的个数", "plain pages (content/pages)"),
        ("分成几个网站", "divide the site"),
    ),
    // The longest law of the country, the Civil Code, has 1,260 articles.
    row(
        Limit::Clauses,
        "max_clauses",
        20_000,
        1_000_000,
        ("一份原文的条款数", "clauses of one text"),
        DIVIDE,
    ),
    row(
        Limit::Rows,
        "max_rows",
        20_000,
        1_000_000,
        ("一个文件里表格的行数", "table rows of one file"),
        DIVIDE,
    ),
    // More do not fit on paper; a reader cannot find a cell in them.
    row(
        Limit::Columns,
        "max_columns",
        100,
        1_000,
        ("一个表格的列数", "columns of one table"),
        ("把表格分成几个", "divide the table"),
    ),
    // A cell of a page is three to ten times its text, in several copies.
    row(
        Limit::Cells,
        "max_cells",
        200_000,
        5_000_000,
        ("一个文件里表格的格数", "table cells of one file"),
        DIVIDE,
    ),
    // Each entry is compared with the words that it cites.
    row(
        Limit::Entries,
        "max_entries",
        5_000,
        1_000_000,
        ("一个列表的项数", "entries of one list"),
        DIVIDE,
    ),
    // A sentence of a file is read with all its numbers and names; the longest of our own has 300 characters.
    row(
        Limit::Value,
        "max_value",
        10_000,
        1_000_000,
        ("一个值的字数", "characters of one value"),
        ("分成几句、几项", "divide it into several entries"),
    ),
    // Deeper HTML overflows the stack of programs that read it.
    row(
        Limit::Nesting,
        "max_nesting",
        24,
        24,
        (
            "列表和引用嵌套的层数",
            "levels of nested lists and block quotes",
        ),
        ("减少“>”或缩进", "use fewer > marks or less indentation"),
    ),
    // A menu is read as a whole, on every page.
    row(
        Limit::Menu,
        "max_menu",
        16,
        100,
        (
            "页脚菜单里网页的个数",
            "plain pages in the menu at the foot of every page",
        ),
        ("", ""),
    ),
    // Nobody corrects more mistakes before running the program again.
    row(
        Limit::Diagnostics,
        "max_diagnostics",
        200,
        100_000,
        (
            "一次列出的错误、提醒和建议",
            "problems that are listed at once",
        ),
        ("", ""),
    ),
];

const fn row(
    limit: Limit,
    key: &'static str,
    default: usize,
    largest: usize,
    counts: (&'static str, &'static str),
    advice: (&'static str, &'static str),
) -> Row {
    Row {
        limit,
        key,
        default,
        largest,
        counts,
        advice,
    }
}

impl Limit {
    /// Its row of the table.
    pub fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }
}

/// The limits of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits([usize; TABLE.len()]);

impl Default for Limits {
    fn default() -> Self {
        let mut values = [0; TABLE.len()];
        for (value, row) in values.iter_mut().zip(&TABLE) {
            *value = row.default;
        }
        Self(values)
    }
}

impl Limits {
    /// The largest number of what is limited.
    pub fn most(&self, limit: Limit) -> usize {
        self.0[limit as usize]
    }

    /// The limits that `data/site.yaml` sets. What is not a number in its bounds is as if it were not there: it is
    /// reported where the file is loaded.
    pub fn of(site: &Node) -> Self {
        let mut limits = Self::default();
        let Some(Kind::Map(map)) = value(site, "limits").map(|node| &node.kind) else {
            return limits;
        };
        for (key, node) in map {
            let row = TABLE
                .iter()
                .find(|row| keys::canonical(&key.value) == Some(row.key));
            if let (Some(row), Kind::Text(text)) = (row, &node.kind)
                && let Ok(most) = crate::text::strip_width(text).trim().parse::<usize>()
                && (0..=row.largest).contains(&most)
            {
                limits.0[row.limit as usize] = most;
            }
        }
        limits
    }

    /// What is over a limit, at its place (MB0115).
    pub fn over(&self, limit: Limit, count: usize, span: Span) -> Diagnostic {
        let row = limit.row();
        let most = self.most(limit);
        let alias = keys::alias(row.key).unwrap_or(row.key);
        let diagnostic = Diagnostic::new(
            &codes::LIMIT,
            span,
            format!("{}是 {count}，上限是 {most}", row.counts.0),
            format!("{}: {count}, but the limit is {most}", row.counts.1),
        );
        let raise = (
            format!(
                "在 data/site.yaml 的 limits 里写“{}: {count}”（{alias}）",
                row.key
            ),
            format!(
                "set `{}: {count}` under `limits` in data/site.yaml",
                row.key
            ),
        );
        if count > row.largest {
            return diagnostic.hint(row.advice.0, row.advice.1);
        }
        diagnostic.hint(
            format!("{}；确实需要的，{}", row.advice.0, raise.0),
            format!("{}; if it is needed, {}", row.advice.1, raise.1),
        )
    }

    /// Whether no list of a file has too many entries, and no value is too long.
    ///
    /// # Diagnostics
    /// MB0115 for the first one that is over.
    pub fn allow_values(&self, node: &Node, sink: &mut Sink) -> bool {
        let most = self.most(Limit::Entries);
        let children: Vec<&Node> = match &node.kind {
            Kind::List(items) => items.iter().collect(),
            Kind::Map(map) => map.iter().map(|(_, value)| value).collect(),
            Kind::Text(text) => {
                let length = text.chars().count();
                if length > self.most(Limit::Value) {
                    sink.push(self.over(Limit::Value, length, node.span));
                    return false;
                }
                return true;
            }
            _ => return true,
        };
        if children.len() > most {
            let span = children[most].span;
            sink.push(self.over(Limit::Entries, children.len(), span));
            return false;
        }
        children
            .into_iter()
            .all(|child| self.allow_values(child, sink))
    }
}

/// The value of a key, in whichever language it is written.
fn value<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    let Kind::Map(map) = &node.kind else {
        return None;
    };
    let mut found = map
        .iter()
        .filter(|(name, _)| keys::canonical(&name.value) == Some(key));
    found.next().map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_limits_and_every_key_has_an_alias() {
        for (at, row) in TABLE.iter().enumerate() {
            assert_eq!(row.limit as usize, at, "{}", row.key);
            assert!(keys::alias(row.key).is_some(), "{} has no alias", row.key);
            assert!(row.default <= row.largest, "{}", row.key);
        }
    }
}
