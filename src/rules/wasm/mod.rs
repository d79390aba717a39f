//! The module: what the browser, the terminal and the build run, and how one talks to it (ABI 1).
//!
//! No imports, no strings, no allocation, MVP features only; integers and one page of memory.
//!
//! | export | what it does |
//! | --- | --- |
//! | `m` | the memory |
//! | `e` | decides: for every decision, which outcomes are still possible |
//! | `q` | after `e`: which variables can still change a decision |
//! | `x` | after `e`: whether each clause is false, true or open |
//!
//! The functions take and return nothing. All words are 32 bits, little-endian:
//!
//! ```text
//! word 0        V            F                    A                              A + 4 * nodes
//! | masks       | ranges     | table (bytes)      | results: 4 words a node      |
//! |-------------|------------|--------------------|------------------------------|
//! | 1 a variable| 2 a range  | read-only          | possible, identity, relevant |
//! ```
//!
//! * **masks**: word `v` is variable `v`: bit `c` says that class `c` is still possible, and one bit above the
//!   highest class is always set (the *sentinel*, by which loops end). Where a variable is a fact of options the
//!   reader's side writes the mask; where it is computed from ranges (cut numbers, two facts compared), `e` does.
//! * **ranges**: lowest and highest value of a number, an amount in fen or a date as `yyyymmdd` that is still
//!   possible, both signed.
//! * A fresh instance holds everything possible in all of them.
//! * **table**: the diagram, nodes of decisions first (deepest variable first), then those of clauses: the number of the variable,
//!   then the node of each class. Nodes below [`super::diagram::TERMINALS`] are leaves; one byte each, or two
//!   where there are more than 256 nodes.
//! * **results**, word `A + 4 * node`: the set of leaves that some completion reaches; for a clause 1 is false,
//!   2 true, 3 open. Words `+ 2` and `+ 3`: the 64-bit set of variables that can still change the node's leaf.
//!   (Word `+ 1` numbers the function that is left: equal numbers, equal functions.)
//!
//! Because every variable stands at most once on a way through the diagram and no fact takes part in two
//! variables, these sets are exact, not estimates. Whoever writes a mask keeps its sentinel and at least one class;
//! without them the results mean nothing, but the loops still end.
//!
//! `A` and the node of each decision and clause stand in the page's data, as do all words.

mod emit;
mod run;

pub use emit::{Emitted, Slot, WORDS, emit};
pub use run::Machine;

/// The version of the contract above.
pub const ABI: u32 = 1;

/// Older browsers compile no larger module on the page's own thread.
pub const MOST_BYTES: usize = 4_096;
