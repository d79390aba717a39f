//! Comparisons of two values: the words of a rule file, and the relations between two questions.
//!
//! Comes in: nothing (types only). Goes out: [`Comparison`], read once from its word, and [`Relations`].

use std::cmp::Ordering;

use crate::arithmetic::Extent;
use crate::language::Language;
use crate::value::{Interval, Value};

/// A comparison with a value, a parameter or another question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Below,
    AtMost,
    Equal,
    AtLeast,
    Above,
}

impl Comparison {
    /// Those that have a word; what is written without one is [`Comparison::Equal`].
    pub const WITH_A_WORD: [Self; 4] = [Self::AtLeast, Self::AtMost, Self::Below, Self::Above];

    /// Its English word.
    pub fn key(self) -> &'static str {
        match self {
            Self::Below => "below",
            Self::AtMost => "at_most",
            Self::Equal => "",
            Self::AtLeast => "at_least",
            Self::Above => "above",
        }
    }

    /// The answers within `bounds` for which it holds; nothing if it holds for none.
    pub fn interval(self, value: Value, bounds: Interval) -> Option<Interval> {
        let (lo, hi) = match self {
            Self::Below => (bounds.lo, value.previous()?),
            Self::AtMost => (bounds.lo, value),
            Self::Equal => (value, value),
            Self::AtLeast => (value, bounds.hi),
            Self::Above => (value.next()?, bounds.hi),
        };
        Interval::new(lo, hi)
    }

    /// The relations for which it holds.
    pub fn relations(self) -> Relations {
        Relations {
            less: matches!(self, Self::Below | Self::AtMost),
            equal: matches!(self, Self::AtMost | Self::Equal | Self::AtLeast),
            greater: matches!(self, Self::AtLeast | Self::Above),
        }
    }
}

/// Which of the three relations between two values are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Relations {
    pub less: bool,
    pub equal: bool,
    pub greater: bool,
}

impl Relations {
    /// Whether one of them is this one.
    /// The differences of the left side and the right one for which they hold.
    pub fn extents(self) -> Vec<Extent> {
        let far = i64::MAX;
        let all = [
            (self.less, -far, -1),
            (self.equal, 0, 0),
            (self.greater, 1, far),
        ];
        let held = all.into_iter().filter(|(holds, ..)| *holds);
        held.map(|(_, lo, hi)| Extent { lo, hi }).collect()
    }

    /// Whether it is one of them.
    pub fn contains(self, ordering: Ordering) -> bool {
        match ordering {
            Ordering::Less => self.less,
            Ordering::Equal => self.equal,
            Ordering::Greater => self.greater,
        }
    }

    /// The same, said of the two values in the other order.
    pub fn mirrored(self) -> Self {
        Self {
            less: self.greater,
            equal: self.equal,
            greater: self.less,
        }
    }

    /// In the language of the rules, between two names.
    pub fn text(self, language: Language) -> &'static str {
        let (chinese, english) = match (self.less, self.equal, self.greater) {
            (true, false, false) => ("低于", "is below"),
            (true, true, false) => ("不高于", "is at most"),
            (false, true, false) => ("等于", "equals"),
            (false, true, true) => ("不低于", "is at least"),
            (false, false, true) => ("高于", "is above"),
            (true, false, true) => ("不等于", "is not equal to"),
            (true, true, true) => ("低于、等于或高于", "is below, equals or is above"),
            (false, false, false) => ("不能比于", "cannot be compared with"),
        };
        language.of(chinese, english)
    }
}

/// The three relations, in the order of their classes in a module.
pub const RELATIONS: [Ordering; 3] = [Ordering::Less, Ordering::Equal, Ordering::Greater];

impl std::ops::Not for Relations {
    type Output = Self;

    fn not(self) -> Self {
        Self {
            less: !self.less,
            equal: !self.equal,
            greater: !self.greater,
        }
    }
}
