//! Finds the name that was probably meant.
//!
//! Comes in: a name and candidates. Goes out: the most similar candidate, if it is similar enough.

/// The candidate most similar to `name`: at most one edit for names of up to four characters; for longer names, at
/// most a third of the characters of the longer name. If several are equally similar, the first one wins.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name: Vec<char> = name.chars().collect();
    let mut other = Vec::new();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        other.clear();
        other.extend(candidate.chars());
        let longer = name.len().max(other.len());
        let limit = if longer <= 4 { 1 } else { longer / 3 };
        // Only what is nearer than the best so far, and has something in common with the name.
        let most = best.map_or(longer, |(distance, _)| distance);
        let most = limit.min(most.min(longer).saturating_sub(1));
        if let Some(distance) = distance(&name, &other, most)
            && longer > 0
        {
            best = Some((distance, candidate));
            if distance == 0 {
                break;
            }
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The distance (insertions, deletions, exchanges, neighbours that changed places) if it is at most `most`. Most candidates
/// are far away, which two lower bounds show at once: the difference in length, and the signs that only one of them has.
fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    // What both begin and end with changes nothing.
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..], &b[start..]);
    let backwards = a.iter().rev().zip(b.iter().rev());
    let end = backwards.take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    if only_in_one(a, b) > most {
        return None;
    }
    let text = |signs: &[char]| signs.iter().collect::<String>();
    let distance = strsim::osa_distance(&text(a), &text(b));
    (distance <= most).then_some(distance)
}

/// At least so many signs of one text are not in the other.
fn only_in_one(a: &[char], b: &[char]) -> usize {
    const BUCKETS: usize = 64;
    // Signs that share a bucket can only make the bound lower.
    let mut counts = [0_i32; BUCKETS];
    a.iter().for_each(|&c| counts[c as usize % BUCKETS] += 1);
    b.iter().for_each(|&c| counts[c as usize % BUCKETS] -= 1);
    let sum = |sign: i32| -> i32 { counts.iter().map(|count| (count * sign).max(0)).sum() };
    sum(1).max(sum(-1)).unsigned_abs() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wrong_character_finds_the_county() {
        assert_eq!(nearest("临颖县", ["临颍县", "舞阳县"]), Some("临颍县"));
        assert_eq!(nearest("titel", ["title", "number"]), Some("title"));
        assert_eq!(
            nearest("主动公布", ["主动公开", "依申请公开"]),
            Some("主动公开")
        );
    }

    /// The same, slowly.
    fn nearest_of_all<'a>(name: &str, candidates: &[&'a str]) -> Option<&'a str> {
        let mut best: Option<(usize, &str)> = None;
        for candidate in candidates {
            let longer = name.chars().count().max(candidate.chars().count());
            let limit = if longer <= 4 { 1 } else { longer / 3 };
            let distance = strsim::osa_distance(name, candidate);
            let is_better = best.is_none_or(|(best, _)| distance < best);
            if distance <= limit && distance < longer && is_better {
                best = Some((distance, candidate));
            }
        }
        best.map(|(_, candidate)| candidate)
    }

    proptest::proptest! {
        #[test]
        fn what_is_passed_over_is_never_the_nearest(
            name in "[ab临颍县/]{0,9}",
            candidates in proptest::collection::vec("[ab临颍县/]{0,9}", 0..8),
        ) {
            let candidates: Vec<&str> = candidates.iter().map(String::as_str).collect();
            proptest::prop_assert_eq!(
                nearest(&name, candidates.iter().copied()),
                nearest_of_all(&name, &candidates)
            );
        }
    }

    #[test]
    fn dissimilar_names_find_nothing() {
        assert_eq!(nearest("右玉县", ["中牟县", "title"]), None);
        assert_eq!(nearest("县", ["郊"]), None);
    }
}
