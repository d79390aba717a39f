//! The lines of an iCalendar file (RFC 5545): CRLF, folding, escaping.
//!
//! Comes in: names and values. Goes out: text. This module knows no events.

use jiff::civil::Date;

/// The maximum length of a line in octets, without its line break.
const WIDTH: usize = 75;

/// An iCalendar file that is being written.
#[derive(Debug, Default)]
pub struct Lines(String);

impl Lines {
    /// Adds a content line whose value is written unchanged.
    pub fn raw(&mut self, name: &str, value: &str) {
        fold(&format!("{name}:{value}"), &mut self.0);
    }

    /// Adds a content line whose value is text.
    pub fn text(&mut self, name: &str, value: &str) {
        fold(&format!("{name}:{}", escaped(value)), &mut self.0);
    }

    /// Adds a content line whose value is a list of texts.
    pub fn texts<'a>(&mut self, name: &str, values: impl Iterator<Item = &'a str>) {
        let values: Vec<String> = values.map(escaped).collect();
        if !values.is_empty() {
            fold(&format!("{name}:{}", values.join(",")), &mut self.0);
        }
    }

    /// Adds a content line whose value is a day.
    pub fn day(&mut self, name: &str, day: Date) {
        self.raw(&format!("{name};VALUE=DATE"), &basic(day));
    }

    /// Adds complete lines.
    pub fn append(&mut self, lines: &str) {
        self.0.push_str(lines);
    }

    /// The text of the file.
    pub fn finish(self) -> String {
        self.0
    }
}

/// `20230717`
pub fn basic(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// A TEXT value. Control characters other than the line break are not allowed and are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Appends a line, folded at 75 octets, but not inside a character.
fn fold(line: &str, out: &mut String) {
    let mut room = WIDTH;
    for c in line.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = WIDTH - 1;
        }
        room -= c.len_utf8();
        out.push(c);
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(line: &str) -> String {
        let mut out = String::new();
        fold(line, &mut out);
        out
    }

    #[test]
    fn a_line_of_75_octets_is_not_folded_and_one_of_76_is() {
        assert_eq!(folded(&"a".repeat(75)), format!("{}\r\n", "a".repeat(75)));
        assert_eq!(
            folded(&"a".repeat(76)),
            format!("{}\r\n a\r\n", "a".repeat(75))
        );
        // 25 characters of three octets; then 24 after the space.
        assert_eq!(
            folded(&"县".repeat(50)),
            format!(
                "{}\r\n {}\r\n {}\r\n",
                "县".repeat(25),
                "县".repeat(24),
                "县"
            )
        );
    }

    #[test]
    fn marks_of_the_format_are_escaped() {
        let mut lines = Lines::default();
        lines.text("SUMMARY", "a,b;c\\d\ne：“f”\r\u{7}");
        lines.texts("CATEGORIES", ["续贷", "a,b"].into_iter());
        lines.texts("CATEGORIES", [].into_iter());
        lines.day("DTEND", jiff::civil::date(2023, 9, 26));
        assert_eq!(
            lines.finish(),
            "SUMMARY:a\\,b\\;c\\\\d\\ne：“f”\r\nCATEGORIES:续贷,a\\,b\r\nDTEND;VALUE=DATE:20230926\r\n"
        );
    }

    /// Unfolds lines, as a program does that reads the format.
    fn unescaped(text: &str) -> String {
        let mut out = String::new();
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some('n' | 'N') => out.push('\n'),
                    Some(c) => out.push(c),
                    None => panic!("a lone backslash in {text}"),
                },
                c => out.push(c),
            }
        }
        out
    }

    proptest! {
        #[test]
        fn any_text_comes_back_from_its_lines(text in "\\PC{0,120}|[a,;\\\\\n县😀]{0,120}") {
            let mut lines = Lines::default();
            lines.text("DESCRIPTION", &text);
            let file = lines.finish();
            let body = file.strip_suffix("\r\n").unwrap();
            for line in body.split("\r\n") {
                prop_assert!(line.len() <= 75, "{} octets", line.len());
                prop_assert!(!line.contains(['\r', '\n']));
            }
            let whole = body.replace("\r\n ", "");
            let value = whole.strip_prefix("DESCRIPTION:").unwrap();
            prop_assert_eq!(unescaped(value), text);
        }
    }
}
