//! The name that was probably meant.

/// The candidate nearest to `name`: at most one edit for names of up to four characters, at most a
/// third of the longer one's characters otherwise. Ties go to the candidate that comes first.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let len = name.chars().count();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let other = candidate.chars().count();
        let longer = len.max(other);
        let limit = if longer <= 4 { 1 } else { longer / 3 };
        // The difference in length is a lower bound; so a line pasted by mistake costs nothing.
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
    fn nothing_alike_finds_nothing() {
        assert_eq!(nearest("右玉县", ["中牟县", "title"]), None);
        assert_eq!(nearest("县", ["郊"]), None);
    }
}
