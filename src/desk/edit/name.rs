//! Names of the fields of a form: the way to a value as one word, `windows/0/from`.
//!
//! Comes in: ways. Goes out: names, and ways again. Keys are English where they are known, else as they are written.

use std::collections::BTreeMap;

use super::value::{Path, Step};
use crate::sources::keys;

/// What was posted: fields by name.
pub type Posted = BTreeMap<String, String>;

/// Name of a way. `/` and `%` within keys are escaped.
pub fn name(path: &[Step]) -> String {
    let steps = path.iter().map(|step| match step {
        Step::Item(index) => index.to_string(),
        Step::Key(key) => {
            let key = keys::canonical(key).unwrap_or(key);
            // A key of digits would be taken for the number of an item.
            let digits = key.bytes().all(|b| b.is_ascii_digit());
            let escaped = key.replace('%', "%25").replace('/', "%2F");
            if digits || escaped.starts_with('~') {
                format!("~{escaped}")
            } else {
                escaped
            }
        }
    });
    steps.collect::<Vec<_>>().join("/")
}

/// The way of a name.
pub fn path(name: &str) -> Path {
    let steps = name.split('/').filter(|step| !step.is_empty());
    let unescaped = |key: &str| key.replace("%2F", "/").replace("%25", "%");
    let steps = steps.map(|step| {
        let digits = step.bytes().all(|b| b.is_ascii_digit());
        match step.parse() {
            Ok(index) if digits => Step::Item(index),
            _ => Step::Key(unescaped(step.strip_prefix('~').unwrap_or(step))),
        }
    });
    steps.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_name_leads_back(keys in prop::collection::vec("[甲a0-9/%~+]{1,6}", 1..4), index in 0_usize..30) {
            let mut way: Path = keys.into_iter().map(Step::Key).collect();
            way.insert(1, Step::Item(index));
            prop_assert_eq!(path(&name(&way)), way);
        }
    }
}
