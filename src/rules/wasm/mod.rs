//! The module: what the browser, the terminal and the build run, and how one talks to it (ABI 2).
//!
//! Comes in: a [`Program`](crate::lower::Program). Goes out: the bytes of its module ([`emit()`]) and where everything is in its
//! memory ([`Emitted`]); [`Machine`] runs it. The contract, with the drawing of the memory, is section 6 of `FORMAT.md`:
//!
//! * **masks**: word `v` is variable `v`: bit `c` says that class `c` is still possible, and one bit above the
//!   highest class is always set (the *sentinel*, by which loops end). Where a variable is a question with options the
//!   caller writes the mask; where it is computed from ranges (cut numbers, two questions compared), `e` does.
//! * **ranges**: lowest and highest value of a question that is still possible ([`Value::word`](crate::value::Value::word)).
//! * **table**: the diagram, nodes of values first (deepest variable first), then those of decisions, then those of conditions.
//! * **results**: [`WORDS`] words a node: the set of leaves that some completion reaches, the number of the function that is
//!   left, and the 64-bit set of variables that can still change the leaf.
//! * **ranges of values**: for each term and each node of values, the least and the greatest value, 64 bits each.
//!
//! Because every variable occurs at most once on a way through the diagram and no person is asked a
//! question for two variables, these sets are exact, not estimates.

mod by_ends;
mod cuts;
mod emit;
mod ends;
mod joint;
mod layout;
mod masks;
mod memory;
mod parts;
mod relevance;
mod run;
mod short;
mod split;
mod sums;
mod terms;

pub use emit::{Emitted, emit};
pub use memory::{Slot, WORDS};
pub use parts::PART;
pub use run::Machine;
pub use split::{LINK, MOST_MASKS, links};

/// The version of the contract above.
pub const ABI: u32 = 2;

/// Older browsers compile no larger module on the page's own thread.
pub const MOST_BYTES: usize = 4_096;
