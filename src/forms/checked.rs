//! Who compared a file with the official text, and when.
//!
//! Comes in: the fields of a file. Goes out: [`Checked`].

use jiff::civil::Date;

use crate::decode::Fields;
use crate::diag::Sink;
use crate::shape;

/// 核对: the day of the comparison, and whoever made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    pub on: Date,
    pub by: Option<String>,
}

/// Reads `checked`.
///
/// # Diagnostics
/// Those of decoding.
pub fn checked(fields: &Fields, sink: &mut Sink) -> Option<Checked> {
    let node = fields.get("checked")?;
    let fields = Fields::open(node, &shape::CHECKED, sink)?;
    fields.require("on", sink);
    Some(Checked {
        on: fields.day("on", sink)?.value,
        by: fields.text("by", sink).map(|name| name.value),
    })
}
