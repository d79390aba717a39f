//! Finished sites: what they contain, who vouches for it, and what changed.
//!
//! Comes in: the folder or the address of a site that somebody built, and keys. Goes out: its [`Manifest`] (every file with
//! size and SHA-256), a signature of it, the [`Difference`] between what was signed and what is there, and the facts in which
//! two sites differ ([`facts`]); a built site goes to where it is shown from ([`send`]). Does not know sources, pages or how a site is built.
//!
//! ```text
//! folder --folder-->  Manifest --keys--> SHA256SUMS.minisig
//! folder, address --folder, fetch--> what is there --manifest--> Difference
//! two folders --facts--> Changes
//! folder --send--> a place from which a server shows it: a folder (places), a store or a server elsewhere (target, stores)
//! ```

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod manifest;

pub mod folder;

pub mod keys;

pub mod fetch;

pub mod verify;

pub mod facts;

pub mod place;

pub mod turn;

pub mod send;

pub mod places;

pub mod last;
pub mod served;

pub mod target;

#[cfg(feature = "stores")]
pub mod stores;

pub use manifest::{Difference, Entry, Manifest};

use mingbai_text as text;
