//! FORMAT.md is true: its tables are those of the decoder, its numbers those of the compiler, and its example compiles and
//! answers as it says.

mod tiny;

use mingbai_forms::keys;
use mingbai_forms::shape::Shape;
use mingbai_rules::comparison::Comparison;
use mingbai_rules::diagram::MOST_OUTCOMES;
use mingbai_rules::self_check::{Attribute, QuestionId};
use mingbai_rules::value::WORDS_PER_YEAR;
use mingbai_rules::variables::MOST_CLASSES;
use mingbai_rules::wasm::{ABI, MOST_BYTES, Machine, Slot, WORDS};
use mingbai_rules::{Compiled, ask, compile_check, prove, shape};
use mingbai_text::diag::Sink;
use tiny::{FORMAT, OneFile, answers, example, read_tiny};

/// The text between a heading and the next one.
fn section(heading: &str) -> &'static str {
    let (_, rest) = FORMAT
        .split_once(&format!("\n{heading}"))
        .unwrap_or_else(|| panic!("FORMAT.md has no heading {heading}"));
    let end = rest.find("\n#").unwrap_or(rest.len());
    &rest[..end]
}

/// The rows of the n-th table of a text, without its head.
fn table(text: &str, number: usize) -> Vec<Vec<&str>> {
    let mut tables: Vec<Vec<Vec<&str>>> = vec![Vec::new()];
    for line in text.lines() {
        let cells = line
            .strip_prefix('|')
            .and_then(|line| line.strip_suffix('|'));
        match cells {
            Some(cells) => {
                let row = cells.split('|').map(str::trim).collect();
                tables.last_mut().expect("one at least").push(row);
            }
            None if !tables.last().expect("one at least").is_empty() => tables.push(Vec::new()),
            None => {}
        }
    }
    tables.swap_remove(number).split_off(2)
}

#[test]
fn its_tables_of_keys_are_those_of_the_decoder() {
    let shapes: [&Shape; 14] = [
        &shape::CHECK,
        &shape::QUESTION,
        &shape::HOUSEHOLD,
        &shape::DOUBT,
        &shape::PARAMETER,
        &shape::VALUE,
        &shape::PROVISION,
        &shape::COMPUTED,
        &shape::CASE,
        &shape::TABLE,
        &shape::TICK_LIST,
        &shape::DECISION,
        &shape::OUTCOME,
        &shape::EXAMPLE,
    ];
    for shape in shapes {
        let rows = table(section(&format!("### `{}`:", shape.name)), 0);
        let written: Vec<(String, String, bool)> = rows
            .iter()
            .map(|row| {
                let required = match row[3] {
                    "required" => true,
                    "optional" => false,
                    other => panic!("{}: {other}", shape.name),
                };
                (row[0].replace('`', ""), row[1].to_owned(), required)
            })
            .collect();
        let known: Vec<(String, String, bool)> = shape
            .keys()
            .map(|slot| {
                let alias = keys::alias(slot.key).expect("every key has an alias");
                (slot.key.to_owned(), alias.to_owned(), slot.required)
            })
            .collect();
        assert_eq!(written, known, "{}", shape.name);
    }
}

#[test]
fn its_words_are_those_of_the_table_of_keys() {
    let rows = table(section("## 2. Grammar of a condition"), 0);
    let comparisons = Comparison::WITH_A_WORD.map(Comparison::key);
    for word in comparisons {
        assert!(
            rows.iter().any(|row| row[0] == format!("`{word}`")),
            "{word}"
        );
    }
    for row in rows {
        let english = row[0].replace('`', "");
        let chinese = keys::alias(&english).unwrap_or_else(|| keys::chinese_word(&english));
        assert_eq!(chinese, row[1], "{english}");
    }
    for row in table(section("### Formulas"), 0) {
        let english = row[0].split('(').next().expect("a name").replace('`', "");
        assert_eq!(keys::chinese_word(&english), row[1], "{english}");
    }
    let outcome = section("### `outcome`:");
    for attribute in Attribute::ALL {
        assert!(outcome.contains(&format!("| `{}` |", attribute.key())));
    }
}

#[test]
fn its_numbers_are_those_of_the_compiler() {
    for (heading, words) in [
        ("## 6.", format!("The module (ABI {ABI})")),
        (
            "### Limits",
            format!("{MOST_CLASSES} classes of a variable"),
        ),
        ("### Limits", format!("a module of {MOST_BYTES} bytes")),
        ("### Limits", format!("{MOST_OUTCOMES} outcomes of a")),
        ("## 5.", format!("at most {MOST_CLASSES} classes")),
        ("## 6.", format!("A + {WORDS} * nodes")),
        ("## 6.", format!("{WORDS} words a term")),
        ("## 6.", format!("results: {WORDS} words a node")),
        ("## 6.", format!("Word `A + {WORDS} * node`")),
        ("## 3.", format!("year × {WORDS_PER_YEAR} +")),
        ("## 7.", format!("at most {} (", prove::ALL.whole)),
        ("## 7.", format!("({} at a build)", prove::AT_BUILD.whole)),
    ] {
        assert!(
            section(heading).contains(&words),
            "{heading} lacks: {words}"
        );
    }
}

#[test]
fn its_limits_are_those_of_the_reader() {
    // One more than each limit is refused with MB0314, the limit itself is not.
    let many = |count: usize, entry: &dyn Fn(usize) -> String| -> String {
        (0..count).map(entry).collect()
    };
    let with = |key: &str, entries: String| {
        let text = example();
        let at = text.find("decisions:").expect("decisions");
        format!("{}{key}:\n{entries}{}", &text[..at], &text[at..])
    };
    let refused = |text: &str| {
        let mut sink = Sink::default();
        read_tiny(text, &mut sink);
        let codes = sink.sorted(&OneFile(text));
        codes
            .iter()
            .any(|diagnostic| diagnostic.code.id == "MB0314")
    };
    let condition = |i: usize| format!("  条件{i}: {{收入: 低于 {}}}\n", i + 1);
    let provision = |i: usize| format!("  规定{i}: {{text: 文, clause: 一, quote: 可以}}\n");
    let doubt =
        |i: usize| format!("  疑{i}: {{ask: 问, readings: [甲, 乙], clause: 一, quote: 可以}}\n");
    let limits = section("### Limits");
    for (words, key, limit, own, entry) in [
        (
            "500 named conditions",
            "conditions",
            500,
            0,
            &condition as &dyn Fn(usize) -> String,
        ),
        ("500 provisions", "provisions", 500, 0, &provision),
        // The example has two questions.
        ("60 questions and doubts", "doubts", 60, 2, &doubt),
    ] {
        assert!(limits.replace('\n', " ").contains(words), "{words}");
        let text = |count: usize| with(key, many(count - own, entry));
        assert!(!refused(&text(limit)), "{words}");
        assert!(refused(&text(limit + 1)), "{words}");
    }
}

fn compiled() -> Compiled {
    let mut sink = Sink::default();
    let check = read_tiny(example(), &mut sink).expect("it can be read");
    let compiled = compile_check(check, &mut sink).expect("it compiles");
    assert!(sink.is_empty(), "{:?}", sink.sorted(&OneFile(example())));
    compiled
}

#[test]
fn its_example_answers_as_it_says() {
    let compiled = compiled();
    let check = &compiled.check;
    let mut machine = Machine::new(&compiled.emitted).expect("a sound module");
    let rows = table(section("## 8. A worked example"), 0);
    assert!(rows.len() >= 7);
    let list = |cell: &str| -> Vec<String> {
        let words = cell.split(", ").filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    };
    for row in rows {
        let mut words = Vec::new();
        for (question, answer) in ["县", "收入"].into_iter().zip(&row) {
            if !answer.is_empty() {
                words.push((question, *answer));
            }
        }
        let answers = answers(check, &words);
        let answer = ask(check, &compiled.program, &mut machine, &answers).expect("it runs");
        let decision = check.decision("能否申请").expect("the decision");
        let possible: Vec<String> = check[decision]
            .among(answer.possible(decision))
            .map(|(_, outcome)| outcome.name.value.clone())
            .collect();
        assert_eq!(possible, list(row[2]), "{row:?}");
        let matters: Vec<String> = compiled
            .order
            .iter()
            .filter(|&&question| {
                let level = compiled.program.level_of(question).expect("a variable");
                answer.relevant & 1 << level != 0
            })
            .map(|question| check[*question].name.value.clone())
            .collect();
        assert_eq!(matters, list(row[3]), "{row:?}");
    }
}

#[test]
fn its_memory_is_that_of_the_module() {
    let Compiled { check, emitted, .. } = &compiled();
    let section = section("## 8. A worked example");
    let number = |cell: &str| -> i32 { cell.parse().expect("a number") };
    // The words of a fresh instance.
    let words: Vec<(i32, i32)> = table(section, 1)
        .iter()
        .map(|row| (number(row[0]), number(row[1])))
        .collect();
    let fresh: Vec<(i32, i32)> = (0..).zip(emitted.initial.iter().copied()).collect();
    assert_eq!(words, fresh);
    let slot = |name: &str| emitted.slot(check.question(name).expect("a question"));
    assert_eq!(slot("县"), Some(Slot::Mask(1)));
    assert_eq!(slot("收入"), Some(Slot::Range(2)));
    assert!(section.contains(&format!(
        "`F` = {} and `A` = {}:",
        emitted.words, emitted.at
    )));
    // The table of nodes, as it is in the module after the words of memory.
    let nodes: Vec<u8> = table(section, 2)
        .iter()
        .flat_map(|row| {
            row[1..]
                .iter()
                .map(|cell| number(cell) as u8)
                .collect::<Vec<_>>()
        })
        .collect();
    let mut memory: Vec<u8> = emitted
        .initial
        .iter()
        .flat_map(|word| word.to_le_bytes())
        .collect();
    memory.resize(32, 0);
    memory.extend(&nodes);
    assert!(
        emitted
            .bytes
            .windows(memory.len())
            .any(|part| part == memory),
        "the module has another table"
    );
    let decision = check.decision("能否申请").expect("the decision");
    let word = emitted.decision(decision).next().expect("a part");
    assert!(section.contains(&format!("begin at word {word}:")));
}

#[test]
fn words_written_as_it_says_give_the_answer_it_says() {
    let Compiled { check, emitted, .. } = &compiled();
    let decision = check.decision("能否申请").expect("the decision");
    let mut machine = Machine::new(emitted).expect("a sound module");
    machine.write(1, 6);
    machine.decide().expect("it runs");
    assert_eq!(machine.possible(decision), 0b10);
    machine.write(1, emitted.initial[1]);
    machine.write(2, 200_000);
    machine.write(3, 299_900);
    machine.decide().expect("it runs");
    assert_eq!(machine.possible(decision), 0b11);
    assert_eq!(QuestionId::new(0), check.question("县").expect("the first"));
}
