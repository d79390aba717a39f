//! Rules of public repositories, written in our format: each file says where its facts come from, and its examples, most of which are the
//! published tests of that repository, come out.

mod tiny;

use mingbai_rules::prove;
use tiny::{is_exact, sound};

const FILES: [(&str, &str); 17] = [
    (
        "fr-aides-jeunes",
        include_str!("public/fr-aides-jeunes.yaml"),
    ),
    (
        "fr-college-2016",
        include_str!("public/fr-college-2016.yaml"),
    ),
    (
        "fr-college-2017",
        include_str!("public/fr-college-2017.yaml"),
    ),
    ("fr-lycee-2017", include_str!("public/fr-lycee-2017.yaml")),
    ("fr-points", include_str!("public/fr-points.yaml")),
    (
        "fr-superieur-2020",
        include_str!("public/fr-superieur-2020.yaml"),
    ),
    (
        "fr-superieur-points",
        include_str!("public/fr-superieur-points.yaml"),
    ),
    ("nsw-art-union", include_str!("public/nsw-art-union.yaml")),
    (
        "nsw-charity-housie",
        include_str!("public/nsw-charity-housie.yaml"),
    ),
    ("nsw-club-bingo", include_str!("public/nsw-club-bingo.yaml")),
    (
        "nsw-draw-lottery",
        include_str!("public/nsw-draw-lottery.yaml"),
    ),
    (
        "nsw-no-draw-lottery",
        include_str!("public/nsw-no-draw-lottery.yaml"),
    ),
    (
        "nsw-progressive-lottery",
        include_str!("public/nsw-progressive-lottery.yaml"),
    ),
    (
        "nsw-social-housie",
        include_str!("public/nsw-social-housie.yaml"),
    ),
    (
        "uk-maintenance-loan",
        include_str!("public/uk-maintenance-loan.yaml"),
    ),
    (
        "uk-part-year-profit",
        include_str!("public/uk-part-year-profit.yaml"),
    ),
    ("uk-pension-age", include_str!("public/uk-pension-age.yaml")),
];

#[test]
fn every_published_example_comes_out_and_every_range_is_that_of_all_completions() {
    for (name, text) in FILES {
        assert!(
            text.starts_with("# Facts: "),
            "{name} says where its facts come from"
        );
        let compiled = sound(name, text);
        let limits = prove::Limits {
            whole: 100_000,
            random: 2_000,
            completions: 300,
        };
        is_exact(name, &compiled, limits);
        if name == "fr-superieur-2020" {
            // Three values and a table of 18 rows with 8 limits.
            assert!(
                compiled.emitted.bytes.len() <= 4_000,
                "{}",
                compiled.emitted.bytes.len()
            );
        }
    }
}
