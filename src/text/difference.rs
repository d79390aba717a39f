//! The difference of two texts, line by line, for people.
//!
//! Comes in: two texts. Goes out: the lines that only one of them has, each with its sign. Texts that differ in very many
//! lines are not compared in detail.

use std::fmt::Write as _;

/// The most lines that are shown.
const MOST_SHOWN: usize = 60;
/// The largest table of lines against lines.
const LARGEST: usize = 4_000_000;

/// The lines that differ: `- ` for those of `old`, `+ ` for those of `new`.
pub fn difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
    let first = old.iter().zip(&new).take_while(same).count();
    let rest = old.len().min(new.len()) - first;
    let last = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(rest)
        .take_while(same)
        .count();
    let changes = changes(&old[first..old.len() - last], &new[first..new.len() - last]);
    let mut out = String::new();
    for (sign, line) in changes.iter().take(MOST_SHOWN) {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "  {sign} {line}");
    }
    if changes.len() > MOST_SHOWN {
        let _ = writeln!(out, "  …… +{}", changes.len() - MOST_SHOWN);
    }
    out
}

/// Lines of one side only, in order (longest common subsequence).
fn changes<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<(char, &'a str)> {
    let width = new.len() + 1;
    if old.len().saturating_mul(width) > LARGEST {
        let removed = old.iter().map(|line| ('-', *line));
        return removed.chain(new.iter().map(|line| ('+', *line))).collect();
    }
    let mut common = vec![0u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for k in (0..new.len()).rev() {
            common[i * width + k] = if old[i] == new[k] {
                common[(i + 1) * width + k + 1] + 1
            } else {
                common[(i + 1) * width + k].max(common[i * width + k + 1])
            };
        }
    }
    let (mut i, mut k) = (0, 0);
    let mut out = Vec::new();
    while i < old.len() || k < new.len() {
        if i < old.len() && k < new.len() && old[i] == new[k] {
            (i, k) = (i + 1, k + 1);
        } else if k == new.len()
            || i < old.len() && common[(i + 1) * width + k] >= common[i * width + k + 1]
        {
            out.push(('-', old[i]));
            i += 1;
        } else {
            out.push(('+', new[k]));
            k += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_differ_are_shown() {
        let old = "甲\n乙\n丙\n丁\n";
        assert_eq!(difference(old, old), "");
        assert_eq!(difference(old, "甲\n丙\n戊\n丁\n"), "  - 乙\n  + 戊\n");
        assert_eq!(difference("", "甲\n"), "  + 甲\n");
    }
}
