//! The words of states in the theme's script are those of the program.

use std::fs;
use std::path::Path;

use mingbai_forms::state;

const BEGIN: &str =
    "  // ---- generated from src/forms/state.rs: MINGBAI_BLESS=1 cargo test --test states ----\n";
const END: &str = "  // ---- end of what is generated ----\n";

#[test]
fn the_script_has_the_words_of_the_program() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/mingbai/static/site.js");
    let script = fs::read_to_string(&path).expect("site.js can be read");
    let (before, rest) = script.split_once(BEGIN).expect("the line before");
    let (found, after) = rest.split_once(END).expect("the line after");
    let wanted = state::script();
    if std::env::var_os("MINGBAI_BLESS").is_some() {
        fs::write(&path, format!("{before}{BEGIN}{wanted}{END}{after}")).expect("written");
        return;
    }
    assert_eq!(found, wanted, "run it with MINGBAI_BLESS=1");
}
