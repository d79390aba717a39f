//! Finds the name that was probably meant.
//!
//! Comes in: a name and candidates. Goes out: the most similar candidate, if it is similar enough.

/// The candidate most similar to `name`: at most one edit for names of up to four characters; for longer names, at
/// most a third of the characters of the longer name. If several are equally similar, the first one wins.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let len = name.chars().count();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let other = candidate.chars().count();
        let longer = len.max(other);
        let limit = if longer <= 4 { 1 } else { longer / 3 };
        // The difference in length is a lower bound, so a long line pasted by mistake costs nothing.
        if len.abs_diff(other) > limit {
            continue;
        }
        let distance = strsim::osa_distance(name, candidate);
        if distance <= limit && distance < longer && best.is_none_or(|(d, _)| distance < d) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, c)| c)
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

    #[test]
    fn dissimilar_names_find_nothing() {
        assert_eq!(nearest("右玉县", ["中牟县", "title"]), None);
        assert_eq!(nearest("县", ["郊"]), None);
    }
}
