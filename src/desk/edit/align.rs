//! Lists before and after: which items stayed, so that what is written about each of them stays with it.
//!
//! Comes in: two lists. Goes out: the gaps between the items that both have, or the [`Change`]s that make one of the other. It knows no file.

use std::ops::Range;

use super::patch::Change;
use super::value::{Path, Step, Value};

/// Above as many pairs only both ends are compared.
const MOST: usize = 1_000_000;

/// Where two lists differ: a range of each, the last gap first, so that changes made in this order do not move those that follow.
/// The items between the gaps are a longest common part.
fn gaps<T: PartialEq, U: PartialEq<T>>(was: &[T], new: &[U]) -> Vec<(Range<usize>, Range<usize>)> {
    let shorter = was.len().min(new.len());
    let head = (0..shorter).take_while(|&i| new[i] == was[i]).count();
    let tail = (0..shorter - head)
        .take_while(|&i| new[new.len() - 1 - i] == was[was.len() - 1 - i])
        .count();
    let (old, fresh) = (head..was.len() - tail, head..new.len() - tail);
    if old.is_empty() && fresh.is_empty() {
        return Vec::new();
    }
    if old.len().saturating_mul(fresh.len()) > MOST {
        return vec![(old, fresh)];
    }
    // common[i][j]: the length of the longest common part of what follows.
    let (rows, columns) = (old.len(), fresh.len());
    let mut common = vec![vec![0_usize; columns + 1]; rows + 1];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            common[i][j] = if new[head + j] == was[head + i] {
                common[i + 1][j + 1] + 1
            } else {
                common[i + 1][j].max(common[i][j + 1])
            };
        }
    }
    let mut out = Vec::new();
    let (mut i, mut j) = (0, 0);
    let (mut from_old, mut from_new) = (0, 0);
    let mut close = |old: Range<usize>, fresh: Range<usize>| {
        if !old.is_empty() || !fresh.is_empty() {
            out.push((
                head + old.start..head + old.end,
                head + fresh.start..head + fresh.end,
            ));
        }
    };
    while i < rows && j < columns {
        if new[head + j] == was[head + i] {
            close(from_old..i, from_new..j);
            (i, j) = (i + 1, j + 1);
            (from_old, from_new) = (i, j);
        } else if common[i + 1][j] >= common[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    close(from_old..rows, from_new..columns);
    out.reverse();
    out
}

/// The changes that make one list of another, in an order in which every number is right when its turn comes. `change` gives those of
/// an item (number before, number after, way) that has another one in its place, `value` a new item.
pub fn changes<T: PartialEq, U: PartialEq<T>>(
    list: &Path,
    was: &[T],
    new: &[U],
    change: impl Fn(usize, usize, Path, &mut Vec<Change>),
    value: impl Fn(usize) -> Option<Value>,
    out: &mut Vec<Change>,
) {
    let item = |i: usize| [list.as_slice(), &[Step::Item(i)]].concat();
    for (old, fresh) in gaps(was, new) {
        let both = old.len().min(fresh.len());
        for k in 0..both {
            let at = old.start + k;
            change(at, fresh.start + k, item(at), out);
        }
        for k in both..fresh.len() {
            out.extend(value(fresh.start + k).map(|value| Change::Insert {
                list: list.clone(),
                at: old.start + k,
                value,
            }));
        }
        for at in (old.start + both..old.end).rev() {
            out.push(Change::Remove { path: item(at) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::gaps;
    use proptest::prelude::*;

    #[test]
    fn what_stayed_is_found_between_what_went() {
        assert_eq!(
            gaps(&["a", "b", "c", "d"], &["b", "d"]),
            [(2..3, 1..1), (0..1, 0..0)]
        );
        assert_eq!(
            gaps(&["a", "b"], &["a", "x", "b", "y"]),
            [(2..2, 3..4), (1..1, 1..2)]
        );
        assert_eq!(gaps(&["a", "b"], &["a", "c"]), [(1..2, 1..2)]);
        assert!(gaps(&["a"], &["a"]).is_empty());
    }

    proptest! {
        #[test]
        fn filling_the_gaps_makes_the_new_list(was in prop::collection::vec(0_u8..4, 0..9), new in prop::collection::vec(0_u8..4, 0..9)) {
            let mut made = was.clone();
            for (old, fresh) in gaps(&was, &new) {
                made.splice(old, new[fresh].iter().copied());
            }
            prop_assert_eq!(made, new);
        }
    }
}
