//! The signs around code in Markdown: three or more of one sign.
//!
//! Comes in: a line. Goes out: the [`Fence`] that it opens or closes.

/// The signs around code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fence {
    /// A backtick or a tilde.
    pub sign: char,
    /// How many there are: at least three.
    pub length: usize,
}

impl Fence {
    /// The fence that a line opens, also as the first line of an item. The line has no white space around it.
    pub fn of(line: &str) -> Option<Self> {
        let is_number = |c: char| c.is_ascii_digit();
        let rest = line.trim_start_matches(is_number);
        let item = match rest.strip_prefix(['.', ')']) {
            Some(rest) if !line.starts_with(rest) => rest,
            _ => line.strip_prefix(['-', '*', '+']).unwrap_or(line),
        };
        let bare = if item.starts_with(' ') {
            item.trim_start()
        } else {
            line
        };
        let sign = bare.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let info = bare.trim_start_matches(sign);
        let length = bare.len() - info.len();
        // `x` within the words after three signs is code in a sentence.
        (length >= 3 && !(sign == '`' && info.contains('`'))).then_some(Self { sign, length })
    }

    /// Whether a line closes it.
    pub fn is_closed_by(self, line: &str) -> bool {
        line.len() >= self.length && line.chars().all(|c| c == self.sign)
    }
}

/// Where the last lines are that may close code: signs that nothing closes open nothing.
#[derive(Debug, Clone, Copy)]
pub struct Closing([(char, usize); 2]);

impl Closing {
    /// The last closing lines of a text, by the bytes at which they begin.
    pub fn of(text: &str) -> Self {
        let mut last = [('`', 0), ('~', 0)];
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            for (sign, last) in &mut last {
                let fence = Fence {
                    sign: *sign,
                    length: 3,
                };
                if fence.is_closed_by(line.trim()) {
                    *last = at;
                }
            }
            at += line.len();
        }
        Self(last)
    }

    /// Whether a line after the one at `start` may close a fence.
    pub fn is_after(&self, fence: Fence, start: usize) -> bool {
        let closes = |(sign, last): &(char, usize)| *sign == fence.sign && *last > start;
        self.0.iter().any(closes)
    }
}
