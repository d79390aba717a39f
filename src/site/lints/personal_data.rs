//! Personal data that must not be published: mobile numbers, identity card numbers, personal email addresses, and names of
//! persons next to a role or a telephone.
//!
//! MB0220. All text files in `content/` and `data/` are searched, including comments. Full-width digits and numbers
//! written in groups (138 0000 0000) are found too. A name may be published if the notice records a consent.

mod names;
mod surnames;

use std::collections::HashSet;
use std::ops::Range;

use crate::diag::{Diagnostic, Sink, SourceId, Span, codes};
use crate::model::{Kind, Model, Written};
use crate::sources::{SourceFile, Sources};
use crate::text::strip_width;

/// Mail services for individuals; offices have their own domains.
const PRIVATE_MAIL: [&str; 14] = [
    "qq.com",
    "foxmail.com",
    "163.com",
    "126.com",
    "yeah.net",
    "sina.com",
    "sina.cn",
    "sohu.com",
    "139.com",
    "189.cn",
    "gmail.com",
    "outlook.com",
    "hotmail.com",
    "aliyun.com",
];

/// What is needed to judge names.
pub struct Known<'a> {
    /// Names of places: 高平 before a telephone is a city.
    places: HashSet<&'a str>,
    /// For each source with consents, of its own or of the notice that it is made from: the names.
    consents: Vec<(SourceId, HashSet<String>)>,
}

impl<'a> Known<'a> {
    /// Reads the names of places and the consents of a site.
    pub fn new(model: &'a Model<Written>) -> Self {
        let regions = &model.regions;
        let units = regions.units.iter().map(|unit| unit.name.as_str());
        let prefectures = regions.prefectures.iter().map(|one| one.name.as_str());
        let full = units.chain(prefectures);
        let short = |name: &'a str| name.strip_suffix(['县', '市', '区']).unwrap_or(name);
        let consents = |id: &str| {
            let notices = model.documents.iter().filter(|document| document.id == id);
            notices
                .filter_map(|document| match &document.kind {
                    Kind::Notice(notice) => Some(&notice.consents),
                    _ => None,
                })
                .flatten()
                .map(|consent| bare(&consent.name))
                .collect::<HashSet<_>>()
        };
        Self {
            places: full.flat_map(|name| [name, short(name)]).collect(),
            consents: model
                .documents
                .iter()
                .map(|document| {
                    let source = document.kind.source().map(|source| source.value.as_str());
                    (document.source, consents(source.unwrap_or(&document.id)))
                })
                .filter(|(_, names)| !names.is_empty())
                .collect(),
        }
    }

    fn has_consent(&self, source: SourceId, name: &str) -> bool {
        let of = self.consents.iter().find(|(id, _)| *id == source);
        of.is_some_and(|(_, names)| names.contains(&bare(name)))
    }
}

/// A name without blanks: 王 五 is 王五.
fn bare(name: &str) -> String {
    strip_width(name)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect()
}

/// Reports personal data in one file.
///
/// # Diagnostics
/// MB0220.
pub fn check(source: SourceId, sources: &Sources, known: &Known) -> Sink {
    let mut sink = Sink::default();
    let SourceFile { path, text } = sources.file(source);
    // The tables of divisions have only names of places.
    let is_searched = path.starts_with("content/") || path.starts_with("data/");
    if !is_searched || path.starts_with("data/regions/") && find(text).is_empty() {
        return sink;
    }
    for (start, end, zh, en) in find(text) {
        sink.push(
            Diagnostic::new(
                &codes::PERSONAL_DATA,
                Span::new(source, start..end),
                format!("疑似{zh}"),
                format!("this looks like {en}"),
            )
            .hint(
                "删去，原处写〔此处略去……〕，并在 omitted 中说明",
                "remove it, write 〔此处略去……〕 in its place, and say so under `omitted`",
            ),
        );
    }
    for range in names::find(text, &|name| known.places.contains(name)) {
        let name = &text[range.clone()];
        if known.has_consent(source, name) {
            continue;
        }
        let bare = bare(name);
        sink.push(
            Diagnostic::new(
                &codes::PERSONAL_DATA,
                Span::new(source, range),
                format!("疑似个人姓名“{bare}”"),
                format!("\"{bare}\" looks like the name of a person"),
            )
            .hint(
                format!(
                    "略去：原处写〔此处略去姓名〕，并在 omitted 中说明；本人同意公开的，在公文里写 consents: [{{name: {bare}, by: 谁决定, on: 哪天, basis: 凭什么}}]"
                ),
                format!(
                    "write 〔此处略去姓名〕 in its place and say so under `omitted`; with the person's consent, add to the notice \
                     consents: [{{name: {bare}, by: WHO, on: DAY, basis: WHY}}]"
                ),
            ),
        );
    }
    sink
}

/// The names of persons next to a role or a telephone in a text.
pub fn find_names(text: &str, is_place: &dyn Fn(&str) -> bool) -> Vec<Range<usize>> {
    names::find(text, is_place)
}

type Hit = (usize, usize, &'static str, &'static str);

/// The personal data in a text: start, end, and what it is in both languages.
pub fn find(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    find_numbers(text, &mut hits);
    for (at, _) in text.match_indices(['@', '＠']) {
        let local = text[..at].len()
            - text[..at]
                .trim_end_matches(|c: char| {
                    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+')
                })
                .len();
        let sign = if text[at..].starts_with('@') {
            1
        } else {
            '＠'.len_utf8()
        };
        let rest = &text[at + sign..];
        let domain = rest.len()
            - rest
                .trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
                .len();
        let name = rest[..domain].trim_end_matches('.').to_ascii_lowercase();
        if local > 0
            && PRIVATE_MAIL
                .iter()
                .any(|private| name == *private || name.ends_with(&format!(".{private}")))
        {
            hits.push((
                at - local,
                at + sign + domain,
                "个人邮箱",
                "a personal email address",
            ));
        }
    }
    hits
}

/// Runs of digits (half or full width), with single spaces or hyphens between groups.
fn find_numbers(text: &str, hits: &mut Vec<Hit>) {
    let digit = |c: char| match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(c as u32 - 0xFEE0),
        _ => None,
    };
    let mut chars = text.char_indices().peekable();
    let mut before: Option<char> = None;
    while let Some((start, c)) = chars.next() {
        let Some(first) = digit(c) else {
            before = Some(c);
            continue;
        };
        if before.is_some_and(|b| b.is_ascii_alphabetic()) {
            before = Some(c);
            while chars.peek().is_some_and(|(_, c)| c.is_ascii_alphanumeric()) {
                chars.next();
            }
            continue;
        }
        let mut groups: Vec<(String, usize, usize)> =
            vec![(first.to_string(), start, start + c.len_utf8())];
        let mut last = c;
        while let Some(&(at, c)) = chars.peek() {
            if let Some(d) = digit(c) {
                let group = groups.last_mut().expect("there is always a group");
                group.0.push(d);
                group.2 = at + c.len_utf8();
            } else if matches!(c, 'x' | 'X') && groups.last().is_some_and(|g| g.0.len() == 17) {
                let group = groups.last_mut().expect("there is always a group");
                group.0.push('X');
                group.2 = at + 1;
            } else if matches!(c, ' ' | '-')
                && text[at + 1..].chars().next().and_then(digit).is_some()
            {
                groups.push((String::new(), at + 1, at + 1));
            } else {
                break;
            }
            last = c;
            chars.next();
        }
        before = Some(last);
        for (number, start, end) in &groups {
            judge(number, *start, *end, hits);
        }
        // 138-0000-0000, 138 0000 0000
        for window in groups.windows(3) {
            if (window[0].0.len(), window[1].0.len(), window[2].0.len()) == (3, 4, 4) {
                let joined: String = window.iter().map(|g| g.0.as_str()).collect();
                judge(&joined, window[0].1, window[2].2, hits);
            }
        }
    }
}

fn judge(number: &str, start: usize, end: usize, hits: &mut Vec<Hit>) {
    let bytes = number.as_bytes();
    if bytes.len() == 11 && bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1]) {
        hits.push((start, end, "手机号码", "a mobile number"));
    }
    if bytes.len() == 18 && is_identity_number(bytes) {
        hits.push((start, end, "身份证号码", "an identity card number"));
    }
}

/// Whether the birth date exists and the check character is correct (GB 11643-1999): sum of digit × 2^(17-i) mod 11.
fn is_identity_number(bytes: &[u8]) -> bool {
    let number = |range: std::ops::Range<usize>| {
        bytes[range]
            .iter()
            .fold(0u32, |n, b| n * 10 + u32::from(b.wrapping_sub(b'0')))
    };
    let (year, month, day) = (number(6..10), number(10..12), number(12..14));
    if !(1900..=2100).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return false;
    }
    let sum: u32 = (0..17)
        .map(|i| u32::from(bytes[i] - b'0') * (1 << (17 - i)) % 11)
        .sum();
    b"10X98765432"[(sum % 11) as usize] == bytes[17]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers are put together here, so that no such number appears in the source code of this project.
    fn mobile() -> String {
        format!("138{}", "0013".repeat(2))
    }

    #[test]
    fn mobiles_are_found_however_they_are_grouped() {
        let m = mobile();
        let wide: String = m
            .chars()
            .map(|c| char::from_u32(c as u32 + 0xFEE0).unwrap())
            .collect();
        for text in [
            m.clone(),
            format!("电话：{m}。"),
            format!("{}-{}-{}", &m[..3], &m[3..7], &m[7..]),
            format!("{} {} {}", &m[..3], &m[3..7], &m[7..]),
            wide,
        ] {
            assert_eq!(find(&text).len(), 1, "{text}");
        }
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for text in [
            "0351-0000000",
            "140623",
            "2023年7月17日--9月25日",
            "20200715123",
            "000199",
            "a13800130013",
            &format!("1{}", mobile()),
        ] {
            assert!(find(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn identity_numbers_are_recognised_by_their_check_character() {
        // The example in the standard itself (GB 11643-1999, annex), put together from its parts.
        let id = format!("{}{}{}", "110105", "19491231", "002X");
        assert_eq!(find(&id).len(), 1);
        assert!(find(&id.replace("002X", "0021")).is_empty());
    }

    #[test]
    fn personal_addresses_are_distinguished_from_offices() {
        assert_eq!(find(&format!("邮箱 {}@qq.com", 12345)).len(), 1);
        assert!(find("邮箱 zizhu@moe.edu.cn").is_empty());
        assert!(find("@qq.com").is_empty());
    }
}
