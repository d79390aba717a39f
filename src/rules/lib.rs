//! Self-checks: rule files become functions over what is still possible, and small WebAssembly modules.
//!
//! Comes in: a rule file and the answers of a [`World`] to what the file names (places, lists, citations). Goes out:
//! a [`Compiled`] check, proved on its examples and on answer sheets, and diagnostics. One direction, one file a step:
//!
//! ```text
//! YAML ─ read ─> SelfCheck ─ variables ─> classes ─ lower ─> Program (diagram) ─ order ─> Program ─ wasm ─> bytes
//!                  │                                    │  compute (values)                         │
//!                  eval (the definition)                analysis                      prove, examples, mutate
//! ```
//!
//! `FORMAT.md` in this folder describes the rule files, what they mean, the modules and the proof, for those who write another
//! engine. Nothing here makes pages, reads a clock or guesses: what the answers leave open is said to be open.

#![forbid(unsafe_code)]

pub mod answer;
pub mod arithmetic;
pub mod class_set;
pub mod compare;
pub mod comparison;
pub mod compute;
pub mod diagram;
pub mod eval;
pub mod formula;
pub mod known;
pub mod language;
pub mod lower;
pub mod order;
pub mod prove;
pub mod self_check;
pub mod shape;
pub mod term;
pub mod value;
pub mod variables;
pub mod wasm;
pub mod world;

mod analysis;
mod arrange;
mod derived;
mod examples;
mod joined;
mod messages;
mod mutate;
mod read;
mod smallest;
mod sum;

pub use arrange::{Arranged, arrange};
pub use examples::{Answer, ask};
pub use mutate::Score;
pub use prove::Tried;
pub use world::World;

use std::collections::BTreeSet;

use mingbai_forms::yaml;
use mingbai_text as text;
use mingbai_text::diag;

use crate::diag::{Sink, SourceId};
use crate::formula::ComputedId;
use crate::lower::Program;
use crate::messages::judging;
use crate::order::Questions;
use crate::self_check::{Attribute, DecisionId, ProvisionId, QuestionId, SelfCheck};
use crate::value::Interval;
use crate::wasm::{Emitted, Machine, emit};

/// A check that was compiled, with what its page needs.
#[derive(Debug, Clone)]
pub struct Compiled {
    pub check: SelfCheck,
    /// The functions of the module.
    pub program: Program,
    /// The same functions of decisions, in the order in which pages show them.
    pub interview: Program,
    pub emitted: Emitted,
    /// The order in which to ask (doubts are not in it).
    pub order: Vec<QuestionId>,
    /// The tick lists that save steps.
    pub ticked: Vec<usize>,
    pub tried: Tried,
    pub score: Score,
}

/// What a build says of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub id: String,
    pub examples: usize,
    pub bytes: usize,
    pub tried: Tried,
    pub score: Score,
}

impl Compiled {
    /// What a build says of it.
    pub fn report(&self) -> Report {
        Report {
            id: self.check.id.clone(),
            examples: self.check.examples.len(),
            bytes: self.emitted.bytes.len(),
            tried: self.tried,
            score: self.score,
        }
    }
}

/// Reads one rule file, without compiling it.
///
/// # Diagnostics
/// Those of decoding, those that the [`World`] reports, and MB0301 to MB0306, MB0313, MB0314, MB0316, MB0318 to MB0320,
/// MB0323.
pub fn read(
    id: &str,
    source: SourceId,
    text: &str,
    world: &dyn World,
    sink: &mut Sink,
) -> Option<SelfCheck> {
    let node = yaml::parse_parts(source, text, 0..text.len(), sink);
    let check = read::read(world, id, source, &node, sink);
    check.filter(|_| node.is_whole())
}

/// Judges everything that a check cites.
///
/// # Diagnostics
/// Those that the [`World`] reports.
pub fn cite(check: &SelfCheck, world: &dyn World, sink: &mut Sink) {
    world.check_notice(&check.notice, sink);
    for topic in &check.topics {
        world.check_topic(topic, sink);
    }
    for citation in check.citations() {
        world.check_citation(&check.notice, citation, sink);
    }
}

/// From a check to its module, with every proof of the build.
///
/// # Diagnostics
/// MB0308 to MB0315, MB0317, MB0321, MB0322.
pub fn compile_check(check: SelfCheck, sink: &mut Sink) -> Option<Compiled> {
    let Arranged {
        mut program,
        mut interview,
        order,
    } = arrange(&check, sink)?;
    let before = sink.count();
    analysis::analyse(&check, &program, sink);
    if sink.has_errors() && sink.count() > before {
        return None;
    }
    let emitted = emit(&check, &program);
    if emitted.bytes.len() > wasm::MOST_BYTES {
        sink.push(judging::too_many_bytes(&check, emitted.bytes.len()));
        return None;
    }
    validate(&emitted.bytes).expect("an emitted module is valid, whatever the rules say");
    let mut machine = Machine::new(&emitted)
        .expect("an emitted module can be instantiated, whatever the rules say");
    let before = sink.count();
    examples::run(&check, &program, &mut machine, sink);
    let hold = sink.count() == before;
    let tried = prove::try_sheets(&check, &program, &mut machine, prove::AT_BUILD)
        .expect("the module agrees with the definition on every sheet that was tried");
    // An example that does not come out would notice every edit, or none.
    let score = if hold {
        mutate::mutate(&check, sink)
    } else {
        Score::default()
    };
    let ticked = saving_steps(&check, &program, &order);
    program.diagram.settle();
    interview.diagram.settle();
    Some(Compiled {
        interview,
        ticked,
        tried,
        score,
        order,
        program,
        emitted,
        check,
    })
}

/// The tick lists whose pages of boxes in front take fewer pages on average than single questions.
fn saving_steps(check: &SelfCheck, program: &Program, order: &[QuestionId]) -> Vec<usize> {
    if check.ticks.is_empty() {
        return Vec::new();
    }
    let mut plain: Vec<usize> = Vec::new();
    for level in order
        .iter()
        .filter_map(|&question| program.level_of(question))
    {
        if !plain.contains(&level) {
            plain.push(level);
        }
    }
    let asks = |level: usize, questions: &[QuestionId]| {
        let mut asked = questions.iter();
        asked.any(|&question| program.variables[level].has(question))
    };
    let mut program = program.clone();
    let (first, mut rest): (Vec<usize>, Vec<usize>) =
        plain.iter().partition(|&&level| asks(level, &check.first));
    let mut questions = Questions::new(check, &mut program);
    let mut single = questions.cost(&plain);
    let before = questions.cost(&first);
    let mut boxes: Vec<usize> = Vec::new();
    let mut saving = Vec::new();
    for (index, tick) in check.ticks.iter().enumerate() {
        let (own, others): (Vec<usize>, Vec<usize>) = rest
            .iter()
            .partition(|&&level| asks(level, &tick.questions));
        let shown = [boxes.as_slice(), &own].concat();
        let order = [first.as_slice(), &shown, &others].concat();
        // All boxes of a list are one page; what comes before and after them costs as before.
        let after = questions.cost_after(&order, first.len() + shown.len());
        let pages = (saving.len() as u64 + 1) * order::ONE;
        if before + pages + after < single {
            single = before + pages + after;
            saving.push(index);
            (boxes, rest) = (shown, others);
        }
    }
    saving
}

/// Everything is still possible.
pub fn nothing_known(check: &SelfCheck) -> Vec<Interval> {
    let questions = check.questions.iter();
    questions.map(|question| question.domain.bounds()).collect()
}

/// Questions that are not answered and can still change some decision.
pub fn missing(
    check: &SelfCheck,
    program: &Program,
    relevant: u64,
    answered: impl Fn(QuestionId) -> bool,
) -> Vec<QuestionId> {
    let mut missing: Vec<QuestionId> = (0..program.variables.len())
        .filter(|level| relevant & 1 << level != 0)
        .flat_map(|level| program.variables[level].questions())
        .filter(|question| !check[*question].doubt && !answered(*question))
        .collect();
    // Of formulas that are used in turn several may have a question.
    let mut seen = BTreeSet::new();
    missing.retain(|question| seen.insert(*question));
    missing
}

/// The values that outcomes still possible show, in the order of the file. `possible`: of each decision, as bits.
pub fn shown(check: &SelfCheck, possible: &[u64]) -> Vec<ComputedId> {
    let decisions = check.decisions.iter().zip(possible);
    let outcomes = decisions.flat_map(|(decision, possible)| decision.among(*possible));
    let mut values: Vec<ComputedId> = outcomes
        .flat_map(|(_, outcome)| outcome.values.clone())
        .collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// What is certain of a decision: attributes that all outcomes possible have, in the order of the first.
pub fn certain(
    check: &SelfCheck,
    decision: DecisionId,
    possible: u64,
) -> Vec<(Attribute, ProvisionId)> {
    let mut reached = check[decision].among(possible);
    let Some((_, first)) = reached.next() else {
        return Vec::new();
    };
    let rest: Vec<_> = reached.collect();
    first
        .attributes
        .iter()
        .filter(|item| {
            rest.iter()
                .all(|(_, other)| other.attributes.contains(item))
        })
        .copied()
        .collect()
}

fn validate(bytes: &[u8]) -> Result<(), String> {
    wasmparser::Validator::new_with_features(wasmparser::WasmFeatures::MVP)
        .validate_all(bytes)
        .map(|_| ())
        .map_err(|error| error.to_string())
}
