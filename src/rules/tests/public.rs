//! Rules of public repositories, written in our format: each file says where its facts come from, and its examples, most of which are the
//! published tests of that repository, come out.

mod tiny;

use mingbai_rules::wasm::{MOST_BYTES, Machine};
use mingbai_rules::{compile_check, prove};
use mingbai_text::diag::Sink;
use tiny::{OneFile, read_tiny};

const FILES: [(&str, &str); 6] = [
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
        "uk-maintenance-loan",
        include_str!("public/uk-maintenance-loan.yaml"),
    ),
    (
        "uk-part-year-profit",
        include_str!("public/uk-part-year-profit.yaml"),
    ),
];

#[test]
fn every_published_example_comes_out_and_every_range_is_that_of_all_completions() {
    for (name, text) in FILES {
        assert!(
            text.starts_with("# Facts: "),
            "{name} says where its facts come from"
        );
        let mut sink = Sink::default();
        let check = read_tiny(text, &mut sink);
        let compiled = check.and_then(|check| compile_check(check, &mut sink));
        let said = sink.sorted(&OneFile(text));
        let errors: Vec<String> = said
            .iter()
            .filter(|diagnostic| diagnostic.code.id != "MB0317")
            .map(|diagnostic| format!("{} {}", diagnostic.code.id, diagnostic.message.en))
            .collect();
        assert_eq!(errors, Vec::<String>::new(), "{name}");
        let compiled = compiled.expect("it compiles");
        let bytes = compiled.emitted.bytes.len();
        assert!(bytes <= MOST_BYTES, "{name}: {bytes}");
        let mut machine = Machine::new(&compiled.emitted).expect("a sound module");
        let limits = prove::Limits {
            whole: 100_000,
            random: 2_000,
            completions: 300,
        };
        let tried = prove::try_sheets(&compiled.check, &compiled.program, &mut machine, limits);
        tried.unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}
