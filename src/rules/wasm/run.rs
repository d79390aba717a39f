//! Running a module outside a browser: the same bytes, in an interpreter.

use std::ops::Range;

use wasmi::{Engine, Instance, Linker, Memory, Module, Store, TypedFunc};

use super::emit::Emitted;
use super::layout::mask_word;
use super::memory::{self, Slot};
use super::parts::PART;
use super::split::link;
use crate::arithmetic::Extent;
use crate::formula::ComputedId;
use crate::lower::Program;
use crate::self_check::{ConditionId, DecisionId, SelfCheck, Truth};
use crate::value::Interval;
use crate::variables::Variable;

/// An instance of a module.
pub struct Machine<'a> {
    emitted: &'a Emitted,
    store: Store<()>,
    memory: Memory,
    decide: TypedFunc<(), ()>,
    relevance: TypedFunc<(), ()>,
    explain: TypedFunc<(), ()>,
}

impl std::fmt::Debug for Machine<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.debug_struct("Machine").finish_non_exhaustive()
    }
}

impl<'a> Machine<'a> {
    /// Instantiates a module.
    ///
    /// # Errors
    /// In words, if the bytes are not a module of this ABI.
    pub fn new(emitted: &'a Emitted) -> Result<Self, String> {
        let words = |error: wasmi::Error| error.to_string();
        let engine = Engine::default();
        let module = Module::new(&engine, &emitted.bytes[..]).map_err(words)?;
        let mut store = Store::new(&engine, ());
        let instance: Instance = Linker::new(&engine)
            .instantiate_and_start(&mut store, &module)
            .map_err(words)?;
        let function = |store: &Store<()>, name: &str| {
            instance
                .get_typed_func::<(), ()>(store, name)
                .map_err(words)
        };
        Ok(Self {
            memory: instance
                .get_memory(&store, "m")
                .ok_or_else(|| "no memory m".to_owned())?,
            decide: function(&store, "e")?,
            relevance: function(&store, "q")?,
            explain: function(&store, "x")?,
            emitted,
            store,
        })
    }

    /// Writes one word.
    ///
    /// # Panics
    /// If the module's memory does not have it.
    pub fn write(&mut self, word: usize, value: i32) {
        let data = self.memory.data_mut(&mut self.store);
        data[word * 4..][..4].copy_from_slice(&value.to_le_bytes());
    }

    fn read(&self, word: usize) -> u32 {
        let data = self.memory.data(&self.store);
        let bytes = data[word * 4..].first_chunk();
        u32::from_le_bytes(*bytes.expect("a module's results lie in its memory"))
    }

    /// Writes all that is known. The options of a question become classes here, as they do in the page.
    pub fn tell(&mut self, check: &SelfCheck, program: &Program, known: &[Interval]) {
        debug_assert_eq!(check.questions.len(), known.len());
        for level in 0..program.variables.len() {
            for (word, value) in self.words(program, level, known) {
                self.write(word, value);
            }
        }
    }

    /// The words that say what is known of one variable.
    pub fn words(&self, program: &Program, level: usize, known: &[Interval]) -> Vec<(usize, i32)> {
        let variable: &Variable = &program.variables[level];
        if matches!(variable, Variable::Options { .. }) {
            let span = self.emitted.spans[level].clone();
            let words = span.enumerate();
            let word = |place| mask_word(&link(variable, place), known);
            return words.map(|(place, at)| (at, word(place))).collect();
        }
        let mut words = Vec::new();
        for question in variable.questions() {
            let (first, count) = match self.emitted.slot(question) {
                Some(Slot::Range(word)) => (word, 1),
                Some(Slot::Wide(word)) => (word, 2),
                _ => continue,
            };
            let known = known[question.index()];
            let ends = [known.lo, known.hi].map(|end| memory::words(end.word()));
            let ends = ends.iter().flat_map(|end| &end[..count]).copied();
            words.extend((first..).zip(ends));
        }
        words
    }

    /// Runs `e` and `q`.
    ///
    /// # Errors
    /// If the module traps, in words.
    pub fn run(&mut self) -> Result<(), String> {
        self.decide()?;
        self.relevance()
    }

    /// Runs `e`.
    ///
    /// # Errors
    /// If the module traps, in words.
    pub fn decide(&mut self) -> Result<(), String> {
        let done = self.decide.call(&mut self.store, ());
        done.map_err(|error| error.to_string())
    }

    /// Runs `q`, after `e`.
    ///
    /// # Errors
    /// If the module traps, in words.
    pub fn relevance(&mut self) -> Result<(), String> {
        let done = self.relevance.call(&mut self.store, ());
        done.map_err(|error| error.to_string())
    }

    /// Runs `x`.
    ///
    /// # Errors
    /// If the module traps, in words.
    pub fn explain(&mut self) -> Result<(), String> {
        self.explain
            .call(&mut self.store, ())
            .map_err(|error| error.to_string())
    }

    /// The outcomes of a decision that are still possible, as bits.
    pub fn possible(&self, decision: DecisionId) -> u64 {
        let parts = self.emitted.decision(decision).enumerate();
        // The last bit of a part means the outcomes of the others.
        let own = |word: usize| u64::from(self.read(word) & !(1 << PART));
        parts.fold(0, |bits, (place, word)| bits | own(word) << (place * PART))
    }

    /// The variables that can still change a decision, as bits.
    pub fn relevant(&self, decision: DecisionId) -> u64 {
        let parts = self.emitted.decision(decision);
        parts.fold(0, |bits, word| bits | self.levels(word))
    }

    /// The variables that matter to the node whose result begins at a word, as bits; the module says which of its masks matter.
    fn levels(&self, word: usize) -> u64 {
        let masks = u64::from(self.read(word + 2)) | u64::from(self.read(word + 3)) << 32;
        let spans = &self.emitted.spans;
        if spans.last().is_none_or(|last| last.end == spans.len()) {
            return masks;
        }
        let matters = |span: &Range<usize>| span.clone().any(|mask| masks >> mask & 1 == 1);
        let levels = spans.iter().enumerate();
        let levels = levels.filter(|(_, span)| matters(span));
        levels.fold(0, |bits, (level, _)| bits | 1 << level)
    }

    /// The least and the greatest value that is still possible; nothing if the module does not work it out.
    pub fn range(&self, value: ComputedId) -> Option<Extent> {
        let word = self.emitted.range(value)?;
        let number = |word: usize| {
            let bits = u64::from(self.read(word)) | u64::from(self.read(word + 1)) << 32;
            i64::from_le_bytes(bits.to_le_bytes())
        };
        Some(Extent {
            lo: number(word),
            hi: number(word + 2),
        })
    }

    /// The variables that can still change a value, as bits; none if it is settled or the module does not work it out.
    pub fn relevant_to(&self, value: ComputedId) -> u64 {
        match (self.range(value), self.emitted.value(value)) {
            (Some(range), Some(word)) if !range.is_exact() => self.levels(word),
            _ => 0,
        }
    }

    /// The state of a condition.
    pub fn truth(&self, condition: ConditionId) -> Truth {
        let (word, negated) = self.emitted.condition(condition);
        let bits = self.read(word);
        Truth::from_bits(if negated {
            bits >> 1 & 1 | bits << 1 & 2
        } else {
            bits
        })
    }
}
