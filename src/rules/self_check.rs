//! The types of a self-check: what a rule file says, with names resolved and words kept.
//!
//! Comes in: nothing (types only). Goes out: [`SelfCheck`], made by `read` and never changed afterwards, and the
//! few questions that every later stage asks of it.

use std::collections::BTreeSet;
use std::ops::Index;

use mingbai_forms::{Checked, Citation};
use serde::{Serialize, Serializer};

use crate::arithmetic::Extent;
use crate::diag::{SourceId, Span, Spanned};
use crate::formula::{Computed, Formula};
pub use crate::formula::{
    ComputedId, ConditionId, Dated, DecisionId, NamedId, OutcomeId, Period, ProvisionId,
    QuestionId, Test,
};
use crate::language::Language;
use crate::value::{Interval, OptionId, Scale, Value};
use crate::world::PlaceId;

/// 自查: one file of `data/checks/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelfCheck {
    /// In which its questions are asked.
    pub language: Language,
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
    pub questions: Vec<Question>,
    /// All conditions with their members, members before what is made of them.
    pub conditions: Vec<Condition>,
    pub named: Vec<NamedCondition>,
    /// Citations of parameters, whose values are in the conditions.
    pub cites: Vec<Citation>,
    /// Parameters that no condition uses.
    pub idle: Vec<Spanned<String>>,
    pub provisions: Vec<Provision>,
    /// 取值: what the rules compute.
    pub computed: Vec<Computed>,
    pub decisions: Vec<Decision>,
    /// Members of whom the same is asked.
    pub groups: Vec<Group>,
    /// Questions that are asked before all others, in this order.
    pub first: Vec<QuestionId>,
    /// 勾选页, in the order in which they are shown.
    pub ticks: Vec<TickList>,
    pub examples: Vec<Example>,
}

/// A question, or a doubt (which nobody can answer).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub name: Spanned<String>,
    pub ask: String,
    /// Why it is asked; empty for a doubt.
    pub why: String,
    pub help: Option<String>,
    /// The usual answer, for the order of the questions only.
    pub usual: Option<Value>,
    pub cite: Option<Citation>,
    pub domain: Domain,
    pub doubt: bool,
    /// Preset with the reader's own date.
    pub today: bool,
    /// Whom it is about, if it is asked of each member of a group.
    pub member: Option<Member>,
}

/// One of the members of a group, for a question that is asked of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The group, in the order of the file.
    pub group: usize,
    /// From 1 on.
    pub number: usize,
    /// What the question is called for all of them.
    pub field: String,
}

/// 家庭成员: persons of whom the same is asked, as many as a question says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub name: Spanned<String>,
    /// How many there are.
    pub count: QuestionId,
}

/// What the answers to a question may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Domain {
    Options {
        style: Style,
        /// At least two.
        options: Vec<Choice>,
    },
    Range {
        scale: Scale,
        bounds: Interval,
        unit: String,
    },
}

/// How a question with options is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Options 否 (0) and 是 (1).
    YesNo,
    Choice,
    County,
    /// The readings of a doubt.
    Reading,
}

/// An option of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub name: String,
    pub words: String,
    /// Prefecture of a county.
    pub group: String,
    /// Official code of a county.
    pub county: Option<String>,
    /// Whole name of a county (`山西省 朔州市 右玉县`); empty for other options.
    pub path: String,
}

/// 条件: a condition or a member of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    pub span: Span,
    pub test: Test,
    pub cite: Option<Citation>,
    /// Why it is kept although nobody's result changes without it.
    pub redundant: Option<Spanned<String>>,
    /// Whether it says of another member what one says of the first; what is said of the file is said of that one.
    pub repeated: bool,
}

/// The name of a condition, and what stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedCondition {
    pub name: Spanned<String>,
    pub root: ConditionId,
}

/// 规定: what the text gives or asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provision {
    pub name: Spanned<String>,
    pub text: String,
    pub cite: Citation,
}

/// 判断: a question that the rules answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub name: Spanned<String>,
    pub ask: String,
    /// Alternatives may overlap, and what then.
    pub overlap: Option<String>,
    /// In order; the first whose condition holds. The last has none.
    pub outcomes: Vec<Outcome>,
}

/// 结果: one answer of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub name: Spanned<String>,
    pub when: Option<ConditionId>,
    pub verdict: Verdict,
    pub text: String,
    pub cite: Citation,
    pub attributes: Vec<(Attribute, ProvisionId)>,
    /// The computed values that the page shows with it.
    pub values: Vec<ComputedId>,
}

/// Whether an outcome is what the reader hopes for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Yes,
    No,
    Depends,
    /// A statement: neither what one hopes for nor the opposite.
    Neutral,
}

impl Verdict {
    /// The words of `verdict`, with their values.
    pub const WORDS: &[(&str, Self)] = &[
        ("符合", Self::Yes),
        ("不符合", Self::No),
        ("看情况", Self::Depends),
        ("说明", Self::Neutral),
        ("fits", Self::Yes),
        ("fits_not", Self::No),
        ("depends", Self::Depends),
        ("neutral", Self::Neutral),
    ];
}

/// What a provision is to an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attribute {
    Benefit,
    Documents,
    Form,
    Office,
    Time,
    Next,
    Caution,
}

/// Yes/no questions that may be answered together on one page of boxes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TickList {
    pub span: Span,
    pub ask: String,
    pub questions: Vec<QuestionId>,
}

/// A worked case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    pub name: Spanned<String>,
    /// What is known; a question that is not here is open.
    pub answers: Vec<(QuestionId, Interval)>,
    /// Decision and exactly the outcomes that are still possible.
    pub expect: Vec<(DecisionId, Spanned<Vec<OutcomeId>>)>,
    /// Provisions that must be certain.
    pub certain: Vec<(Attribute, Spanned<ProvisionId>)>,
    /// Computed value, and its least and greatest value, as numbers of a module.
    pub values: Vec<(ComputedId, Spanned<Extent>)>,
    /// Named condition and its state.
    pub holds: Vec<(NamedId, Spanned<Truth>)>,
    /// Exactly the questions that can still change an answer.
    pub missing: Option<Spanned<Vec<QuestionId>>>,
}

/// State of a condition.
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

    /// In Chinese.
    pub fn text(self) -> &'static str {
        match self {
            Self::False => "不成立",
            Self::True => "成立",
            Self::Open => "未定",
        }
    }

    /// In English, as programs read it.
    pub fn key(self) -> &'static str {
        match self {
            Self::False => "false",
            Self::True => "true",
            Self::Open => "open",
        }
    }
}

impl Verdict {
    /// As programs read it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Depends => "depends",
            Self::Neutral => "neutral",
        }
    }

    /// In the language of the rules.
    pub fn text(self, language: Language) -> &'static str {
        match self {
            Self::Yes => language.of("符合", "Yes"),
            Self::No => language.of("不符合", "No"),
            Self::Depends => language.of("看情况", "It depends"),
            Self::Neutral => language.of("说明", "Note"),
        }
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl Serialize for Attribute {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl Attribute {
    /// All of them, in the order in which a page shows them.
    pub const ALL: [Self; 7] = [
        Self::Benefit,
        Self::Documents,
        Self::Form,
        Self::Office,
        Self::Time,
        Self::Next,
        Self::Caution,
    ];

    /// Its key in a rule file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Benefit => "benefit",
            Self::Documents => "documents",
            Self::Form => "form",
            Self::Office => "office",
            Self::Time => "time",
            Self::Next => "next",
            Self::Caution => "caution",
        }
    }

    /// What a page calls it.
    pub fn label(self, language: Language) -> &'static str {
        match self {
            Self::Benefit => language.of("能得到什么", "What you get"),
            Self::Documents => language.of("要带的材料", "What to bring"),
            Self::Form => language.of("要填的表", "Forms to fill in"),
            Self::Office => language.of("到哪里办", "Where to go"),
            Self::Time => language.of("什么时候办", "When"),
            Self::Next => language.of("接下来", "What follows"),
            Self::Caution => language.of("请留意", "Please note"),
        }
    }
}

/// What is known of a decision while some answers are open, in the order of a list of aids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Whatever is answered, the verdict is 符合.
    Fits,
    Open,
    /// Whatever is answered, the verdict is 不符合.
    FitsNot,
}

impl Decision {
    /// What is known of it. `possible`: its outcomes, as bits.
    pub fn fit(&self, possible: u64) -> Fit {
        let all = |verdict| self.among(possible).all(|(_, one)| one.verdict == verdict);
        match (all(Verdict::Yes), all(Verdict::No)) {
            (true, _) => Fit::Fits,
            (_, true) => Fit::FitsNot,
            _ => Fit::Open,
        }
    }

    /// The outcomes of a bit set, in order.
    pub fn among(&self, possible: u64) -> impl Iterator<Item = (OutcomeId, &Outcome)> {
        self.outcomes
            .iter()
            .enumerate()
            .filter(move |(index, _)| possible & 1 << index != 0)
            .map(|(index, outcome)| (OutcomeId::new(index), outcome))
    }
}

impl Domain {
    /// Lowest and highest value.
    pub fn bounds(&self) -> Interval {
        match self {
            Self::Options { options, .. } => Interval {
                lo: Value::Option(OptionId::new(0)),
                hi: Value::Option(OptionId::new(options.len() - 1)),
            },
            Self::Range { bounds, .. } => *bounds,
        }
    }

    /// What is measured; nothing where there are options.
    pub fn scale(&self) -> Option<Scale> {
        match self {
            Self::Options { .. } => None,
            Self::Range { scale, .. } => Some(*scale),
        }
    }

    /// The options; none where something is measured.
    pub fn options(&self) -> &[Choice] {
        match self {
            Self::Options { options, .. } => options,
            Self::Range { .. } => &[],
        }
    }

    /// The unit of what is measured, if it has one.
    pub fn unit(&self) -> &str {
        match self {
            Self::Options { .. } => "",
            Self::Range { unit, .. } => unit,
        }
    }

    /// Whether the answer is 是 or 否.
    pub fn is_yes_no(&self) -> bool {
        let yes_no = Style::YesNo;
        matches!(self, Self::Options { style, .. } if *style == yes_no)
    }
}

/// A file that decides more things is a list of them.
const FEW_DECISIONS: usize = 6;

impl SelfCheck {
    /// Whether it is a list ("what can I get?"): readers see what fits first, and what does not fit is folded.
    pub fn is_list(&self) -> bool {
        self.decisions.len() > FEW_DECISIONS
    }

    /// The question or doubt of a name.
    pub fn question(&self, name: &str) -> Option<QuestionId> {
        let mut names = self.questions.iter().map(|question| &question.name.value);
        names.position(|other| other == name).map(QuestionId::new)
    }

    /// What a question is called where rules are read: of all members of a group alike.
    pub fn label(&self, question: QuestionId) -> &str {
        let question = &self[question];
        let member = question.member.as_ref();
        member.map_or(&question.name.value, |member| &member.field)
    }

    /// The decision of a name.
    pub fn decision(&self, name: &str) -> Option<DecisionId> {
        let mut names = self.decisions.iter().map(|decision| &decision.name.value);
        names.position(|other| other == name).map(DecisionId::new)
    }

    /// All questions and doubts.
    pub fn question_ids(&self) -> impl Iterator<Item = QuestionId> + use<> {
        (0..self.questions.len()).map(QuestionId::new)
    }

    /// All conditions.
    pub fn condition_ids(&self) -> impl Iterator<Item = ConditionId> + use<> {
        (0..self.conditions.len()).map(ConditionId::new)
    }

    /// The computed value of a name.
    pub fn computed(&self, name: &str) -> Option<ComputedId> {
        let mut names = self.computed.iter().map(|computed| &computed.name.value);
        names.position(|other| other == name).map(ComputedId::new)
    }

    /// All computed values.
    pub fn computed_ids(&self) -> impl Iterator<Item = ComputedId> + use<> {
        (0..self.computed.len()).map(ComputedId::new)
    }

    /// All decisions.
    pub fn decision_ids(&self) -> impl Iterator<Item = DecisionId> + use<> {
        (0..self.decisions.len()).map(DecisionId::new)
    }

    /// Everything that it cites.
    pub fn citations(&self) -> impl Iterator<Item = &Citation> {
        let questions = self.questions.iter().filter_map(|q| q.cite.as_ref());
        let conditions = self.conditions.iter().filter_map(|c| c.cite.as_ref());
        let provisions = self.provisions.iter().map(|provision| &provision.cite);
        let outcomes = self.outcomes().map(|outcome| &outcome.cite);
        let rules = questions
            .chain(conditions)
            .chain(provisions)
            .chain(outcomes);
        let computed = self.computed.iter().flat_map(Computed::citations);
        rules.chain(computed).chain(&self.cites)
    }

    /// The outcomes of all decisions.
    pub fn outcomes(&self) -> impl Iterator<Item = &Outcome> {
        self.decisions
            .iter()
            .flat_map(|decision| &decision.outcomes)
    }

    /// The questions that a formula asks, with those of its values and conditions.
    pub fn questions_of(&self, formula: &Formula) -> BTreeSet<QuestionId> {
        let mut questions: BTreeSet<QuestionId> = formula.asks().into_iter().collect();
        let mut conditions = formula.conditions();
        let (mut seen, mut values) = (BTreeSet::new(), formula.values());
        let mut seen_values = BTreeSet::new();
        loop {
            if let Some(value) = values.pop() {
                if seen_values.insert(value) {
                    let definition = &self[value].definition;
                    conditions.extend(definition.conditions());
                    values.extend(definition.values());
                    questions.extend(definition.heads().into_iter().flat_map(Test::asks));
                    let formulas = definition.formulas().into_iter();
                    questions.extend(formulas.flat_map(|written| written.formula.asks()));
                }
            } else if let Some(condition) = conditions.pop() {
                if seen.insert(condition) {
                    let test = &self[condition].test;
                    questions.extend(test.asks());
                    conditions.extend(self.members(test));
                    if let Test::Formula { formula, .. } = test {
                        values.extend(formula.values());
                        conditions.extend(formula.conditions());
                    }
                }
            } else {
                return questions;
            }
        }
    }

    /// The conditions that are explained: those with a name, those that some decision asks, and what they are made of.
    pub fn explained(&self) -> BTreeSet<ConditionId> {
        let named = self.named.iter().map(|named| named.root);
        let asked = self.outcomes().filter_map(|outcome| outcome.when);
        let mut stack: Vec<ConditionId> = named.chain(asked).collect();
        let mut explained = BTreeSet::new();
        while let Some(condition) = stack.pop() {
            // What decides a value that is compared is shown with the value.
            if !self[condition].repeated && explained.insert(condition) {
                stack.extend(self.members(&self[condition].test));
            }
        }
        explained
    }

    /// Some conditions and all that they are made of, values that they compare included.
    pub fn with_members(&self, mut stack: Vec<ConditionId>) -> BTreeSet<ConditionId> {
        let mut found = BTreeSet::new();
        while let Some(condition) = stack.pop() {
            if found.insert(condition) {
                let test = &self[condition].test;
                stack.extend(self.members(test));
                if let Test::Formula { formula, .. } = test {
                    stack.extend(self.conditions_of(formula));
                }
            }
        }
        found
    }

    /// The conditions that a formula asks directly, with those of its values.
    pub fn conditions_of(&self, formula: &Formula) -> Vec<ConditionId> {
        let mut conditions = formula.conditions();
        let (mut seen, mut values) = (BTreeSet::new(), formula.values());
        while let Some(value) = values.pop() {
            if seen.insert(value) {
                let definition = &self[value].definition;
                conditions.extend(definition.conditions());
                values.extend(definition.values());
            }
        }
        conditions
    }

    /// The members of a condition.
    pub fn members<'a>(&'a self, test: &'a Test) -> &'a [ConditionId] {
        match test {
            Test::All(list) | Test::Any(list) => list,
            Test::Members { each, .. } => each,
            Test::Not(one) => std::slice::from_ref(one),
            Test::Named(name) => std::slice::from_ref(&self[*name].root),
            _ => &[],
        }
    }
}

impl Index<QuestionId> for SelfCheck {
    type Output = Question;

    fn index(&self, id: QuestionId) -> &Question {
        &self.questions[id.index()]
    }
}

impl Index<ConditionId> for SelfCheck {
    type Output = Condition;

    fn index(&self, id: ConditionId) -> &Condition {
        &self.conditions[id.index()]
    }
}

impl Index<NamedId> for SelfCheck {
    type Output = NamedCondition;

    fn index(&self, id: NamedId) -> &NamedCondition {
        &self.named[id.index()]
    }
}

impl Index<ComputedId> for SelfCheck {
    type Output = Computed;

    fn index(&self, id: ComputedId) -> &Computed {
        &self.computed[id.index()]
    }
}

impl Index<DecisionId> for SelfCheck {
    type Output = Decision;

    fn index(&self, id: DecisionId) -> &Decision {
        &self.decisions[id.index()]
    }
}

impl Index<ProvisionId> for SelfCheck {
    type Output = Provision;

    fn index(&self, id: ProvisionId) -> &Provision {
        &self.provisions[id.index()]
    }
}
