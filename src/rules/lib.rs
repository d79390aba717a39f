//! Self-checks: rule files become functions over what is still possible, and small WebAssembly modules.
//!
//! Comes in: a rule file and the answers of a [`World`] to what the file names (places, lists, citations). Goes out:
//! a [`Compiled`] check, proved on its examples and on answer sheets, and diagnostics. One direction, one file a step:
//!
//! ```text
//! YAML ─ read ─> Check ─ variables ─> classes ─ lower ─> Program (diagram) ─ order ─> Program ─ wasm ─> bytes
//!                  │                                │                                           │
//!                  eval (the definition)            analysis                      prove, examples, mutate
//! ```
//!
//! Nothing here makes pages, reads a clock or guesses: what the answers leave open is said to be open.

pub mod answer;
pub mod check;
pub mod compare;
pub mod diagram;
pub mod eval;
pub mod lower;
pub mod order;
pub mod prove;
pub mod shape;
pub mod value;
pub mod variables;
pub mod wasm;
pub mod world;

mod analysis;
mod examples;
mod mutate;
mod read;

pub use examples::{Answer, ask};
pub use mutate::Score;
pub use prove::Tried;
pub use world::World;

use mingbai_forms::yaml;
use mingbai_text as text;
use mingbai_text::diag;

use self::check::{Check, FactId, Known};
use self::lower::{Program, lower};
use self::order::Questions;
use self::variables::Variable;
use self::wasm::{Emitted, Machine, emit};
use crate::diag::{Diagnostic, Sink, SourceId, codes};

/// A check that was compiled, with what its page needs.
#[derive(Debug, Clone)]
pub struct Compiled {
    pub check: Check,
    pub program: Program,
    pub emitted: Emitted,
    /// The order in which to ask (doubts are not in it).
    pub order: Vec<FactId>,
    /// Whether the list of boxes saves steps.
    pub ticked: bool,
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
/// Those of decoding, those that the [`World`] reports, and MB0301 to MB0306, MB0313, MB0314, MB0316.
pub fn read(
    id: &str,
    source: SourceId,
    text: &str,
    world: &dyn World,
    sink: &mut Sink,
) -> Option<Check> {
    let node = yaml::parse(source, text, 0..text.len(), sink)?;
    read::read(world, id, source, &node, sink)
}

/// Judges everything that a check cites.
///
/// # Diagnostics
/// Those that the [`World`] reports.
pub fn cite(check: &Check, world: &dyn World, sink: &mut Sink) {
    world.check_notice(&check.notice, sink);
    for topic in &check.topics {
        world.check_topic(topic, sink);
    }
    for citation in check.citations() {
        world.check_citation(&check.notice, citation, sink);
    }
}

/// From a check to its module, with every proof of the build.
pub fn compile_check(check: Check, sink: &mut Sink) -> Option<Compiled> {
    let (mut program, order) = arrange(&check, sink)?;
    let before = sink.count();
    analysis::analyse(&check, &program, sink);
    if sink.has_errors() && sink.count() > before {
        return None;
    }
    let emitted = emit(&check, &program);
    let refuse = |sink: &mut Sink, zh: String, en: String| {
        let hint = (
            "把常在一起出现的问题在 questions 里排在一起，减少问题或结果，或拆成几份自查",
            "let questions that occur together stand together, take fewer questions or outcomes, or divide it into several checks",
        );
        sink.push(
            Diagnostic::new(&codes::TOO_LARGE, check.title.span, zh, en).hint(hint.0, hint.1),
        );
    };
    if emitted.bytes.len() > wasm::MOST_BYTES {
        let (bytes, most) = (emitted.bytes.len(), wasm::MOST_BYTES);
        refuse(
            sink,
            format!("编译后有 {bytes} 字节，最多 {most} 字节"),
            format!("compiled to {bytes} bytes, at most {most} are taken"),
        );
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
    let ticked = saves_steps(&check, &program);
    program.diagram.settle();
    Some(Compiled {
        ticked,
        tried,
        score,
        order,
        program,
        emitted,
        check,
    })
}

/// The program with its questions in the best order, and that order.
///
/// # Diagnostics
/// MB0313, MB0314.
pub fn arrange(check: &Check, sink: &mut Sink) -> Option<(Program, Vec<FactId>)> {
    let variables = variables::variables(check, sink)?;
    let written = variables.clone();
    let mut rough = lower(check, variables);
    if rough.diagram.is_full() || rough.variables.len() > 63 {
        sink.push(
            Diagnostic::new(
                &codes::TOO_LARGE,
                check.title.span,
                "规则之间牵连太多，无法在旧手机上算出",
                "the rules are too entangled to be computed on an old phone",
            )
            .hint(
                "把常在一起出现的问题在 questions 里排在一起，或拆成几份自查",
                "let questions that occur together stand together, or divide them into several checks",
            ),
        );
        return None;
    }
    let mut levels = Questions::new(check, &mut rough).search();
    // Doubts come last: nobody can answer them.
    levels.extend(
        (0..rough.variables.len()).filter(|&level| is_doubt(check, &rough.variables[level])),
    );
    let variables: Vec<Variable> = levels
        .iter()
        .map(|&level| rough.variables[level].clone())
        .collect();
    let asked = |variables: &[Variable]| {
        let asked = variables.iter().filter(|v| !is_doubt(check, v));
        asked.flat_map(Variable::facts).collect()
    };
    let order = asked(&variables);
    let program = lower(check, variables);
    if program.diagram.is_full() || emit(check, &program).bytes.len() > wasm::MOST_BYTES {
        // An order that asks little may need a large diagram: then that of the file is kept.
        let order = asked(&written);
        return Some((lower(check, written), order));
    }
    Some((program, order))
}

fn is_doubt(check: &Check, variable: &Variable) -> bool {
    check.facts[variable.facts()[0]].doubt
}

/// Whether one page of boxes in front takes fewer pages on average than single questions.
fn saves_steps(check: &Check, program: &Program) -> bool {
    let Some(tick) = &check.tick else {
        return false;
    };
    let ticked: Vec<usize> = (0..program.variables.len())
        .filter(|&level| {
            program.variables[level]
                .facts()
                .iter()
                .any(|fact| tick.facts.contains(fact))
        })
        .collect();
    let rest: Vec<usize> = (0..program.variables.len())
        .filter(|level| !ticked.contains(level) && !is_doubt(check, &program.variables[*level]))
        .collect();
    let order: Vec<usize> = ticked.iter().chain(&rest).copied().collect();
    let plain: Vec<usize> = (0..program.variables.len())
        .filter(|&level| !is_doubt(check, &program.variables[level]))
        .collect();
    let mut program = program.clone();
    let mut questions = Questions::new(check, &mut program);
    let single = questions.cost(&plain);
    // All boxes are one page; what follows them costs as before.
    let after = questions.cost_after(&order, ticked.len());
    order::ONE + after < single
}

/// Everything is still possible.
pub fn nothing_known(check: &Check) -> Vec<Known> {
    check
        .facts
        .iter()
        .map(|fact| fact.domain.bounds())
        .collect()
}

/// Questions that are not answered and can still change some decision.
pub fn missing(
    check: &Check,
    program: &Program,
    relevant: u64,
    answered: impl Fn(FactId) -> bool,
) -> Vec<FactId> {
    let open = |fact: &FactId| !check.facts[*fact].doubt && !answered(*fact);
    (0..program.variables.len())
        .filter(|level| relevant & 1 << level != 0)
        .flat_map(|level| program.variables[level].facts())
        .filter(open)
        .collect()
}

/// What is certain of a decision: attributes that all outcomes possible have, in the order of the first.
pub fn certain(check: &Check, decision: usize, possible: u32) -> Vec<(usize, usize)> {
    let mut reached = check.decisions[decision].among(possible);
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
