//! Mailboxes of private providers, however the address is written.
//!
//! Comes in: a text and places in it where an address may be. Goes out: findings. The sign in the middle may be `@`, `＠`,
//! `%40`, `[at]`, `(#)`, ` at `; dots may be `[dot]`, `点` or `。`; blanks and markup may be between. Offices have domains of
//! their own and are not found.

use std::ops::Range;

use crate::signs::Plain;
use crate::{Finding, Kind};

/// Domains of providers. Below each there may be others: `vip.163.com`.
const DOMAINS: [&str; 61] = [
    "qq.com",
    "foxmail.com",
    "163.com",
    "163.net",
    "126.com",
    "yeah.net",
    "188.com",
    "netease.com",
    "sina.com",
    "sina.cn",
    "sina.com.cn",
    "sohu.com",
    "sogou.com",
    "tom.com",
    "21cn.com",
    "21cn.net",
    "263.net",
    "263.net.cn",
    "139.com",
    "189.cn",
    "189.com",
    "wo.cn",
    "wo.com.cn",
    "aliyun.com",
    "eyou.com",
    "chinaren.com",
    "citiz.net",
    "china.com",
    "2980.com",
    "88.com",
    "111.com",
    "email.cn",
    "petalmail.com",
    "icloud.com",
    "icloud.com.cn",
    "me.com",
    "mac.com",
    "googlemail.com",
    "msn.com",
    "msn.cn",
    "ymail.com",
    "rocketmail.com",
    "proton.me",
    "protonmail.com",
    "protonmail.ch",
    "pm.me",
    "aol.com",
    "mail.com",
    "mail.ru",
    "zohomail.com",
    "zoho.com",
    "tutanota.com",
    "tuta.io",
    "tuta.com",
    "fastmail.com",
    "fastmail.fm",
    "hushmail.com",
    "naver.com",
    "hanmail.net",
    "daum.net",
    "qq.com.cn",
];
/// Providers that have a domain in many countries: `yahoo.co.jp`.
const BRANDS: [&str; 8] = [
    "gmail", "outlook", "hotmail", "live", "yahoo", "gmx", "yandex", "inbox",
];
/// What people write for `@`.
const AT: [&str; 22] = [
    "@", "[at]", "(at)", "{at}", "<at>", "-at-", "_at_", "#at#", "*at*", "(a)", "[a]", "[@]",
    "(@)", "{@}", "(#)", "[#]", "#", "艾特", "◎", "\u{24d0}", "at", "&",
];
/// What people write for a dot.
const DOTS: [&str; 9] = [
    "[dot]", "(dot)", "{dot}", "(点)", "[点]", "[.]", "(.)", "dot", "点",
];

/// How much of a text is read on each side of a place, in bytes.
const REACH: usize = 160;

/// How far after a place all addresses were found with it, in bytes.
pub(crate) const AHEAD: usize = 60;

/// The words that begin a domain, for the search of places.
pub(crate) const STEMS: [&str; 27] = [
    "qq.com",
    "qq[",
    "foxmail",
    "163.",
    "126.",
    "yeah.net",
    "188.",
    "sina.",
    "sohu",
    "tom.com",
    "21cn",
    "263.net",
    "139.",
    "189.",
    "aliyun",
    "icloud",
    "gmail",
    "googlemail",
    "outlook",
    "hotmail",
    "yahoo",
    "live.",
    "msn.c",
    "proton",
    "qq点",
    "qq.c",
    "qq(",
];

/// Whether an address can be at a hit, by the byte before it. Pages are full of `"@type"` and `1163.5`.
pub(crate) fn may_be(text: &str, place: Range<usize>) -> bool {
    let before = &text.as_bytes()[..place.start];
    match before.last() {
        None => false,
        Some(b'"') => false,
        Some(b'0'..=b'9') => {
            text[place].starts_with(['@', '%', '&', '#', '(', 'a', 'A']) || before.ends_with(b"40")
        }
        Some(_) => true,
    }
}

/// Finds the addresses around one place.
pub(crate) fn find(text: &str, place: Range<usize>, found: &mut Vec<Finding>) {
    let from = boundary(text, place.start.saturating_sub(REACH));
    let to = boundary(text, (place.end + REACH).min(text.len()));
    let plain = Plain::new(text, from..to);
    let mut at = 0;
    while at < plain.chars.len() {
        let Some(end) = address(&plain, at) else {
            at += 1;
            continue;
        };
        found.push(Finding {
            range: plain.bytes(end.clone()),
            kind: Kind::Mailbox,
            key: key(&plain, end.clone()),
        });
        at = end.end;
    }
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The address without anything that is written otherwise.
fn key(plain: &Plain, range: Range<usize>) -> String {
    let chars = &plain.chars[range.clone()];
    let local: String = chars.iter().take_while(|c| is_local(**c)).collect();
    let (mut at, mut domain) = (range.start + local.chars().count(), String::new());
    if let Some(length) = sign_at(plain, at) {
        at += length;
    }
    while at < range.end {
        match dot(plain, at) {
            Some(length) => {
                domain.push('.');
                at += length;
            }
            None => {
                domain.push(plain.chars[at]);
                at += 1;
            }
        }
    }
    format!("{}@{domain}", local.trim_start_matches('.'))
}

fn is_local(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+')
}

/// The address that begins here.
fn address(plain: &Plain, start: usize) -> Option<Range<usize>> {
    let chars = &plain.chars;
    let begins = start == 0 || !is_local(chars[start - 1]) || plain.gap[start];
    if !begins || !chars[start].is_ascii_alphanumeric() {
        return None;
    }
    let mut at = start;
    while at < chars.len() && is_local(chars[at]) {
        if at > start && plain.gap[at] {
            break;
        }
        at += 1;
    }
    let ends = at;
    // 12345at163.com: the letters of the sign look like those of the name.
    let glued = || {
        (start + 1..ends).find_map(|at| {
            has(plain, at, "at")
                .then(|| domain(plain, at + 2))
                .flatten()
        })
    };
    let length = sign_at(plain, ends);
    let end = length.and_then(|length| domain(plain, ends + length));
    let end = end.or_else(glued)?;
    Some(start..end)
}

fn has(plain: &Plain, at: usize, word: &str) -> bool {
    let mut at = at;
    word.chars().all(|c| {
        at += 1;
        plain.chars.get(at - 1) == Some(&c)
    })
}

/// The sign between name and domain: its length.
fn sign_at(plain: &Plain, at: usize) -> Option<usize> {
    let sign = AT.iter().find(|sign| has(plain, at, sign))?;
    let length = sign.chars().count();
    // The bare word needs blanks around it.
    let is_word = *sign == "at";
    let is_apart = |at: usize| plain.gap.get(at).copied().unwrap_or(false);
    (!is_word || is_apart(at) && is_apart(at + length)).then_some(length)
}

fn dot(plain: &Plain, at: usize) -> Option<usize> {
    if has(plain, at, ".") {
        return Some(1);
    }
    let word = DOTS.iter().find(|word| has(plain, at, word))?;
    Some(word.chars().count())
}

/// Where the domain of a private provider ends that begins here.
fn domain(plain: &Plain, start: usize) -> Option<usize> {
    const LABELS: usize = 5;
    let mut name = String::new();
    let mut at = start;
    let mut best = None;
    for _ in 0..LABELS {
        let label = at;
        while let Some(c) = plain
            .chars
            .get(at)
            .filter(|c| c.is_ascii_alphanumeric() || **c == '-')
        {
            if at > label && (plain.gap[at] || has(plain, at, "dot")) {
                break;
            }
            name.push(*c);
            at += 1;
        }
        if at == label {
            break;
        }
        if is_private(&name) && !goes_on(plain, at) {
            best = Some(at);
        }
        match dot(plain, at) {
            Some(length) => {
                name.push('.');
                at += length;
            }
            None => break,
        }
    }
    best
}

/// Whether the domain goes on: `qq.com.example.cn` is another one.
fn goes_on(plain: &Plain, at: usize) -> bool {
    let next = |at: usize| plain.chars.get(at).is_some_and(char::is_ascii_alphabetic);
    has(plain, at, ".") && next(at + 1) && !plain.gap[at + 1] && next(at + 2) && {
        let rest = plain.chars[at + 1..].iter();
        let label: String = rest.take_while(|c| c.is_ascii_alphanumeric()).collect();
        // A sentence may begin after the dot; a domain of a country may not.
        matches!(
            label.as_str(),
            "cn" | "com" | "edu" | "gov" | "net" | "org" | "example"
        )
    }
}

fn is_private(name: &str) -> bool {
    let is_below = |domain: &str| {
        name.strip_suffix(domain)
            .is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    if DOMAINS.iter().any(|domain| is_below(domain)) {
        return true;
    }
    let labels: Vec<&str> = name.split('.').collect();
    let is_ending = |label: &&str| (2..=3).contains(&label.len());
    labels.iter().enumerate().any(|(i, label)| {
        let endings = &labels[i + 1..];
        BRANDS.contains(label) && (1..=2).contains(&endings.len()) && endings.iter().all(is_ending)
    })
}
