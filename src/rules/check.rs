//! The types of a self-check: what a rule file says, with names resolved and words kept.
//!
//! Comes in: nothing (types only). Goes out: [`Check`], made by `read` and never changed afterwards, and the
//! few questions that every later stage asks of it.

use crate::diag::{SourceId, Span, Spanned};
use crate::world::PlaceId;
use mingbai_forms::{Checked, Citation};

/// 自查: one file of `data/checks/`.
#[derive(Debug, Clone)]
pub struct Check {
    /// Stem of the file and part of the address.
    pub id: String,
    pub source: SourceId,
    pub span: Span,
    pub title: Spanned<String>,
    pub short: Option<String>,
    pub description: String,
    /// Id of the notice that citations without `#` mean.
    pub notice: Spanned<String>,
    pub place: Option<PlaceId>,
    pub topics: Vec<Spanned<String>>,
    pub checked: Option<Checked>,
    /// Questions first, then doubts.
    pub facts: Vec<Fact>,
    /// Named conditions: name and root clause.
    pub conditions: Vec<(Spanned<String>, ClauseId)>,
    /// All conditions with their members, members before what is made of them.
    pub clauses: Vec<Clause>,
    /// Citations of parameters, whose values stand in the clauses.
    pub cites: Vec<Citation>,
    /// Parameters that no condition uses.
    pub idle: Vec<Spanned<String>>,
    pub provisions: Vec<Provision>,
    pub decisions: Vec<Decision>,
    pub tick: Option<TickList>,
    pub examples: Vec<Example>,
}

/// Index into [`Check::facts`].
pub type FactId = usize;
/// Index into [`Check::clauses`].
pub type ClauseId = usize;

/// A question, or a doubt (which nobody can answer).
#[derive(Debug, Clone)]
pub struct Fact {
    pub name: Spanned<String>,
    pub ask: String,
    /// Why it is asked; empty for a doubt.
    pub why: String,
    pub help: Option<String>,
    /// The usual answer, for the order of the questions only.
    pub usual: Option<i32>,
    pub cite: Option<Citation>,
    pub domain: Domain,
    pub doubt: bool,
    /// Preset with the reader's own date.
    pub today: bool,
}

/// What a fact may be. A value of it is one `i32`: the index of an option, a whole number, an amount in fen, or
/// a date as `yyyymmdd` (which sorts as dates do and whose year is a division away).
#[derive(Debug, Clone)]
pub enum Domain {
    Options {
        style: Style,
        options: Vec<Choice>,
    },
    /// Both ends included.
    Range {
        scale: Scale,
        lo: i32,
        hi: i32,
        unit: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Options 否 (0) and 是 (1).
    YesNo,
    Choice,
    County,
    Reading,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    Number,
    /// In fen.
    Money,
    /// As `yyyymmdd`.
    Date,
}

#[derive(Debug, Clone)]
pub struct Choice {
    pub name: String,
    pub words: String,
    /// Prefecture of a county.
    pub group: String,
    /// Official code of a county.
    pub county: Option<String>,
}

/// A condition or a member of one.
#[derive(Debug, Clone)]
pub struct Clause {
    pub span: Span,
    pub test: Test,
    pub cite: Option<Citation>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    All(Vec<ClauseId>),
    Any(Vec<ClauseId>),
    Not(ClauseId),
    /// A named condition.
    Named(usize),
    /// One of the options marked.
    Options {
        fact: FactId,
        allowed: Vec<bool>,
    },
    /// In one of the ranges (both ends included).
    Within {
        fact: FactId,
        ranges: Vec<(i32, i32)>,
    },
    /// `left` stands to `right` as one of the relations allowed: less, equal, greater.
    Order {
        left: FactId,
        right: FactId,
        allowed: [bool; 3],
    },
    SameYear {
        left: FactId,
        right: FactId,
    },
    /// `fact` lies in the range of the period in which the date `by` lies.
    Dated {
        fact: FactId,
        by: FactId,
        periods: Vec<Dated>,
    },
}

/// One period of a dated parameter, as a comparison uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    pub from: i32,
    pub until: i32,
    pub lo: i32,
    pub hi: i32,
}

/// 规定: what the text gives or asks.
#[derive(Debug, Clone)]
pub struct Provision {
    pub name: Spanned<String>,
    pub text: String,
    pub cite: Citation,
}

#[derive(Debug, Clone)]
pub struct Decision {
    pub name: Spanned<String>,
    pub ask: String,
    /// Alternatives may overlap, and what then.
    pub overlap: Option<String>,
    /// In order; the first whose condition holds. The last has none.
    pub outcomes: Vec<Outcome>,
}

#[derive(Debug, Clone)]
pub struct Outcome {
    pub name: Spanned<String>,
    pub when: Option<ClauseId>,
    pub verdict: Verdict,
    pub text: String,
    pub cite: Citation,
    /// (index into [`ATTRIBUTES`], index into [`Check::provisions`])
    pub attributes: Vec<(usize, usize)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Yes,
    No,
    Depends,
}

/// Keys of attributes, and how a page calls them.
pub const ATTRIBUTES: [(&str, &str); 7] = [
    ("benefit", "能得到什么"),
    ("documents", "要带的材料"),
    ("form", "要填的表"),
    ("office", "到哪里办"),
    ("time", "什么时候办"),
    ("next", "接下来"),
    ("caution", "请留意"),
];

#[derive(Debug, Clone)]
pub struct TickList {
    pub span: Span,
    pub ask: String,
    pub facts: Vec<FactId>,
}

/// A worked case.
#[derive(Debug, Clone)]
pub struct Example {
    pub name: Spanned<String>,
    /// What is known; a fact that is not here is open.
    pub answers: Vec<(FactId, Known)>,
    /// Decision and exactly the outcomes that are still possible.
    pub expect: Vec<(usize, Spanned<Vec<usize>>)>,
    /// (attribute, provision) that must be certain.
    pub certain: Vec<(usize, Spanned<usize>)>,
    /// Named condition and its state.
    pub holds: Vec<(usize, Spanned<Truth>)>,
    /// Exactly the questions that can still change an answer.
    pub missing: Option<Spanned<Vec<FactId>>>,
}

/// What an answer leaves possible of one fact; both ends included. One option is `(i, i)`.
pub type Known = (i32, i32);

/// State of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    False,
    True,
    Open,
}

impl Truth {
    /// From the bits of the module: 1 false, 2 true, 3 open.
    pub fn from_bits(bits: u32) -> Self {
        match bits {
            1 => Self::False,
            2 => Self::True,
            _ => Self::Open,
        }
    }

    pub fn text(self) -> &'static str {
        match self {
            Self::False => "不成立",
            Self::True => "成立",
            Self::Open => "未定",
        }
    }

    pub fn key(self) -> &'static str {
        match self {
            Self::False => "false",
            Self::True => "true",
            Self::Open => "open",
        }
    }
}

impl Verdict {
    pub fn key(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Depends => "depends",
        }
    }

    pub fn text(self) -> &'static str {
        match self {
            Self::Yes => "符合",
            Self::No => "不符合",
            Self::Depends => "看情况",
        }
    }
}

impl Decision {
    /// The outcomes of a bit set, in order, with their places.
    pub fn among(&self, possible: u32) -> impl Iterator<Item = (usize, &Outcome)> {
        self.outcomes
            .iter()
            .enumerate()
            .filter(move |(index, _)| possible & 1 << index != 0)
    }
}

impl Domain {
    /// Lowest and highest value.
    pub fn bounds(&self) -> Known {
        match self {
            Self::Options { options, .. } => {
                (0, i32::try_from(options.len()).unwrap_or(i32::MAX) - 1)
            }
            Self::Range { lo, hi, .. } => (*lo, *hi),
        }
    }

    pub fn scale(&self) -> Option<Scale> {
        match self {
            Self::Options { .. } => None,
            Self::Range { scale, .. } => Some(*scale),
        }
    }

    pub fn options(&self) -> &[Choice] {
        match self {
            Self::Options { options, .. } => options,
            Self::Range { .. } => &[],
        }
    }
}

impl Check {
    pub fn fact(&self, name: &str) -> Option<FactId> {
        self.facts.iter().position(|fact| fact.name.value == name)
    }

    /// Everything that a check cites.
    pub fn citations(&self) -> impl Iterator<Item = &Citation> {
        let facts = self.facts.iter().filter_map(|fact| fact.cite.as_ref());
        let clauses = self
            .clauses
            .iter()
            .filter_map(|clause| clause.cite.as_ref());
        let provisions = self.provisions.iter().map(|provision| &provision.cite);
        let outcomes = self
            .decisions
            .iter()
            .flat_map(|decision| &decision.outcomes)
            .map(|outcome| &outcome.cite);
        let rules = facts.chain(clauses).chain(provisions).chain(outcomes);
        rules.chain(&self.cites)
    }

    pub fn decision(&self, name: &str) -> Option<usize> {
        self.decisions
            .iter()
            .position(|decision| decision.name.value == name)
    }

    /// The facts that a clause asks directly.
    pub fn asked_by(test: &Test) -> Vec<FactId> {
        match test {
            Test::Options { fact, .. } | Test::Within { fact, .. } => vec![*fact],
            Test::Order { left, right, .. } | Test::SameYear { left, right } => {
                vec![*left, *right]
            }
            Test::Dated { fact, by, .. } => vec![*fact, *by],
            Test::All(_) | Test::Any(_) | Test::Not(_) | Test::Named(_) => Vec::new(),
        }
    }

    /// The members of a clause.
    pub fn members<'a>(&'a self, test: &'a Test) -> &'a [ClauseId] {
        match test {
            Test::All(list) | Test::Any(list) => list,
            Test::Not(one) => std::slice::from_ref(one),
            Test::Named(name) => std::slice::from_ref(&self.conditions[*name].1),
            _ => &[],
        }
    }
}
