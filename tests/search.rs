//! The search, asked as people ask: judged questions on the real site, names in every spelling, damaged files, nonsense.
//!
//! `tests/search/queries.jsonl` holds one question a line: its class, and what answers it (`a | b`: either one; with an
//! anchor, that clause or one below it). The answers were judged by hand on the documents, by people who had not seen how
//! the search works.

mod support;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use jiff::civil::date;
use mingbai::diag::Sink;
use mingbai::link;
use mingbai::output::OutputTree;
use mingbai::search::engine::{Engine, Found};
use mingbai::search::fold::Folder;
use mingbai::search::{self, format, script};
use mingbai::sources;
use proptest::prelude::*;
use serde_json::Value;

const TODAY: &str = "2026-11-20";

struct Site {
    tree: OutputTree,
    files: HashMap<String, String>,
    folder: Folder,
}

/// The real site, built once.
static SITE: LazyLock<Site> = LazyLock::new(|| {
    let tree = support::built(support::repository(), date(2026, 11, 20));
    let files = tree
        .iter()
        .filter_map(|(path, file)| {
            let name = format::name_of(path)?.to_owned();
            let text = String::from_utf8(file.bytes.to_vec()).expect("files of the index are text");
            Some((name, text))
        })
        .collect();
    let mut sink = Sink::default();
    let sources = sources::read(support::repository(), &mut sink).expect("the repository");
    let folder = search::folder(&link::load(&sources, &mut sink).regions);
    Site {
        tree,
        files,
        folder,
    }
});

fn engine() -> Engine<'static> {
    Engine::new(&SITE.folder, TODAY.into(), |name| {
        SITE.files.get(name).cloned()
    })
    .expect("the entry of the index")
}

fn ask(query: &str) -> Vec<Found> {
    engine().ask(query, 10).found
}

/// Whether an address is the target: a page (any place on it), or a clause (or one below it).
fn hits(target: &str, url: &str) -> bool {
    let (page, anchor) = target.split_once('#').unwrap_or((target, ""));
    let (at, place) = url.split_once('#').unwrap_or((url, ""));
    page == at && (anchor.is_empty() || place == anchor || place.starts_with(&format!("{anchor}-")))
}

fn answers(want: &str, url: &str) -> bool {
    want.split('|').any(|target| hits(target.trim(), url))
}

#[derive(Default)]
struct Score {
    questions: usize,
    first: usize,
    reciprocal: usize,
    recalled: usize,
    weak: usize,
}

/// Share in thousandths.
fn share(part: usize, of: usize) -> usize {
    part * 1000 / of.max(1)
}

#[test]
fn judged_questions_find_their_answers() {
    let text = std::fs::read_to_string(support::repository().join("tests/search/queries.jsonl"))
        .expect("the judged questions");
    let mut classes: BTreeMap<String, Score> = BTreeMap::new();
    let mut missed = String::new();
    for line in text.lines() {
        let judged: Value = serde_json::from_str(line).expect("one JSON object a line");
        let text = |key: &str| judged[key].as_str().expect("text").to_owned();
        let query = text("query");
        let want: Vec<&str> = judged["want"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let answer = engine().ask(&query, 10);
        let found = &answer.found;
        let score = classes.entry(text("class")).or_default();
        score.questions += 1;
        if want.is_empty() {
            let is_open = answer
                .card
                .as_ref()
                .is_some_and(|card| !card.lead.is_empty());
            score.first += usize::from(is_open || found.iter().all(|f| f.weak));
            continue;
        }
        // A card is above all results.
        let card = answer.card.iter().flat_map(|card| &card.facts);
        let is_in_card = card
            .clone()
            .any(|f| want.iter().any(|w| answers(w, &f.url)));
        let of_results = found
            .iter()
            .position(|f| want.iter().any(|w| answers(w, &f.url)));
        let rank = if is_in_card { Some(0) } else { of_results };
        score.first += usize::from(rank == Some(0));
        score.reciprocal += rank.map_or(0, |r| 1000 / (r + 1));
        let recalled = want
            .iter()
            .filter(|w| found.iter().take(5).any(|f| answers(w, &f.url)))
            .count();
        score.recalled += share(recalled, want.len().min(5));
        score.weak += usize::from(!is_in_card && found.first().is_none_or(|f| f.weak));
        if rank != Some(0) {
            missed.push_str(&format!("{} {query}: {rank:?}\n", text("class")));
        }
    }
    let known: Vec<&Score> = classes
        .iter()
        .filter(|(class, _)| *class != "unanswerable")
        .map(|(_, score)| score)
        .collect();
    let all = |of: fn(&Score) -> usize| known.iter().map(|s| of(s)).sum::<usize>();
    let questions = all(|s| s.questions);
    assert!(questions >= 150, "{questions} questions");
    let first = share(all(|s| s.first), questions);
    let mean_reciprocal = all(|s| s.reciprocal) / questions;
    let recall = all(|s| s.recalled) / questions;
    let macro_first = known
        .iter()
        .map(|s| share(s.first, s.questions))
        .sum::<usize>()
        / known.len();
    let weak = share(all(|s| s.weak), questions);
    let shown = format!(
        "first {first}, mean reciprocal rank {mean_reciprocal}, recall at five {recall}, mean of classes {macro_first}, weak {weak} (in thousandths)\nnot first:\n{missed}"
    );
    assert!(first >= 900, "{shown}");
    assert!(mean_reciprocal >= 930, "{shown}");
    assert!(recall >= 970, "{shown}");
    assert!(macro_first >= 940, "{shown}");
    assert!(weak <= 60, "{shown}");
    for (class, floor) in [
        ("title", 980),
        ("number", 980),
        ("county", 980),
        ("county-intent", 950),
        ("pinyin", 950),
        ("initials", 980),
        ("traditional", 920),
        ("typo", 900),
        ("one-char", 980),
        ("latin", 800),
        ("multi-term", 950),
        ("colloquial", 730),
        ("synonym", 800),
        ("unanswerable", 920),
    ] {
        let score = &classes[class];
        let share = share(score.first, score.questions);
        assert!(share >= floor, "{class}: {share} < {floor}\n{shown}");
    }
}

/// A text without blanks and signs, to compare what is said.
fn bare(text: &str) -> String {
    mingbai::search::fold::fold_each(text)
        .into_iter()
        .filter(|c| c.is_alphanumeric() || *c == '%')
        .collect()
}

/// How people's own questions were answered (`tests/search/people.jsonl`).
#[derive(Default)]
struct People {
    /// Questions that the documents answer, or of which they say nothing although the site is about it.
    asked: usize,
    /// The first place that is shown is a right one.
    place: usize,
    /// What is shown first says it, or says that it is not written.
    said: usize,
    /// Questions with an answer in the documents, and those of them whose first result was called a suggestion.
    written: usize,
    weak: usize,
    /// Questions that have nothing to do with the site, and those for which nothing sure was shown.
    outside: usize,
    abstained: usize,
}

/// What is shown first: its addresses, its words, whether it says that something is not written, whether it is a suggestion.
struct First {
    urls: Vec<String>,
    words: String,
    is_open: bool,
    is_weak: bool,
}

fn first_of(query: &str) -> First {
    let answer = engine().ask(query, 10);
    let results = answer.found;
    if let Some(card) = answer.card {
        let mut urls: Vec<String> = card.facts.iter().map(|fact| fact.url.clone()).collect();
        urls.push(card.url);
        let same = results.iter().take(3).filter(|f| f.title == card.place);
        urls.extend(same.map(|f| f.url.clone()));
        if card.lead.contains("没有") {
            urls.extend(results.iter().take(3).map(|f| f.url.clone()));
        }
        let facts = card.facts.iter().map(|f| format!("{} {}", f.text, f.quote));
        let words = facts.collect::<Vec<_>>().join(" ");
        return First {
            urls,
            words: format!("{}{}{words}", card.place, card.lead),
            is_open: card.lead.contains("没有"),
            is_weak: false,
        };
    }
    match results.first() {
        None => First {
            urls: Vec::new(),
            words: String::new(),
            is_open: false,
            is_weak: true,
        },
        Some(found) => First {
            urls: vec![found.url.clone()],
            words: format!("{} {} {}", found.title, found.heading, found.excerpt()),
            is_open: false,
            is_weak: found.weak,
        },
    }
}

impl People {
    fn ask(&mut self, judged: &Value) {
        let texts = |key: &str| -> Vec<String> {
            let list = judged[key].as_array().expect("a list").iter();
            list.map(|text| text.as_str().expect("text").to_owned())
                .collect()
        };
        let first = first_of(judged["query"].as_str().expect("text"));
        let (right, say) = (texts("right"), texts("say"));
        if right.is_empty() {
            self.outside += 1;
            self.abstained += usize::from(first.is_weak || first.is_open);
            return;
        }
        let is_unwritten = say.iter().any(|text| text == "没有写");
        let shown = bare(&first.words);
        let has = |text: &String| text.split("&&").all(|piece| shown.contains(&bare(piece)));
        let is_said = say.iter().any(has);
        let is_open = first.is_open || first.is_weak || first.words.contains("没有写");
        self.asked += 1;
        self.place += usize::from(
            right
                .iter()
                .any(|want| first.urls.iter().any(|url| answers(want, url))),
        );
        self.said += usize::from(is_said || is_unwritten && is_open);
        if !is_unwritten {
            self.written += 1;
            self.weak += usize::from(first.is_weak);
        }
    }
}

#[test]
fn peoples_own_questions_are_answered_first_or_said_to_be_open() {
    let text = std::fs::read_to_string(support::repository().join("tests/search/people.jsonl"))
        .expect("people's questions");
    let mut splits: BTreeMap<String, People> = BTreeMap::new();
    for line in text.lines() {
        let judged: Value = serde_json::from_str(line).expect("one JSON object a line");
        let split = judged["split"].as_str().expect("text").to_owned();
        splits.entry(split).or_default().ask(&judged);
    }
    // The ranking was chosen on the open ones; nobody looks at what fails of those that are held back.
    for (split, least_place, least_said, least_abstained, most_weak) in
        [("open", 880, 760, 850, 70), ("held", 850, 640, 750, 120)]
    {
        let score = &splits[split];
        let place = share(score.place, score.asked);
        let said = share(score.said, score.asked);
        let abstained = share(score.abstained, score.outside);
        let weak = share(score.weak, score.written);
        let shown = format!(
            "{split}: {} questions, right place {place}, said {said}, abstained {abstained}, weak {weak} (in thousandths)",
            score.asked + score.outside
        );
        assert!(score.asked + score.outside > 200, "{shown}");
        assert!(place >= least_place, "{shown}");
        assert!(said >= least_said, "{shown}");
        assert!(abstained >= least_abstained, "{shown}");
        assert!(weak <= most_weak, "{shown}");
    }
}

/// What a question shows first: the lead of the card, and its facts with their sources.
fn card(query: &str) -> (String, String) {
    let card = engine().ask(query, 6).card;
    let card = card.unwrap_or_else(|| panic!("{query}: no card"));
    let facts = card.facts.iter();
    let facts = facts.map(|f| format!("{} [{}]", f.text, f.source));
    (card.lead.clone(), facts.collect::<Vec<_>>().join(" "))
}

#[test]
fn a_county_is_found_by_its_code_and_a_clause_by_a_day_as_people_type_it() {
    let first = |query: &str| ask(query).into_iter().next().expect("something").url;
    assert_eq!(first("140623"), "counties/140623.html");
    assert_eq!(first("140623什么时候办"), "counties/140623.html");
    for query in ["右玉9.25", "右玉9.25截止吗", "右玉9月25"] {
        let urls: Vec<String> = ask(query).into_iter().map(|found| found.url).collect();
        let clause = urls.iter().position(|url| url.contains("youyu-2023-plan"));
        assert!(clause.is_some_and(|at| at < 3), "{query}: {urls:?}");
    }
}

#[test]
fn the_first_card_is_the_fact_with_its_clause() {
    for (query, said) in [
        (
            "右玉在哪办",
            "教育局一楼大厅 [右玉县2023年受理方案 四（二）]",
        ),
        (
            "右玉一天办几个",
            "每天60名（上午30名、下午30名） [右玉县2023年受理方案 四（二）]",
        ),
        (
            "右玉县续贷什么时候开始",
            "贷款受理2023年7月17日至2023年9月25日",
        ),
        (
            "平鲁区能网上办吗",
            "不在2020年生源地助学贷款续贷远程受理试点的名单上",
        ),
        (
            "应县能网上办吗",
            "在2020年生源地助学贷款续贷远程受理试点的名单上",
        ),
        (
            "河南哪些县没评上优秀",
            "不是优秀的46个（良好41个、合格5个）",
        ),
        ("河南有几个县评上优秀", "优秀122个（共168个）"),
        ("啥叫贴息", "贴息：利息由财政付。"),
        ("还款救助是什么意思", "还款救助：毕业借款学生还贷特别困难时"),
    ] {
        let (lead, facts) = card(query);
        assert_eq!(lead, "", "{query}");
        assert!(facts.contains(said), "{query}: {facts}");
    }
}

#[test]
fn what_is_not_written_is_said_in_the_first_card() {
    for (query, lead, near) in [
        (
            "右玉电话多少",
            "《右玉县2023年受理方案》没有写电话。",
            "[右玉县2023年受理方案]",
        ),
        (
            "右玉续贷要带什么",
            "右玉县2023年受理方案没有写续贷要带什么。写了的是：",
            "首贷《申请表》",
        ),
        (
            "2024年右玉什么时候办",
            "本站没有右玉县2024年的安排。2023年的是：",
            "7月17日",
        ),
        (
            "今年右玉什么时候办",
            "本站没有右玉县2026年的安排。2023年的是：",
            "7月17日",
        ),
        (
            "右玉几点上班",
            "《右玉县2023年受理方案》没有写几点上班、哪几天不办。",
            "",
        ),
        ("固始县什么时候办", "本站的文件没有写固始县什么时候办。", ""),
        ("甘肃什么时候办续贷", "本站的文件没有写甘肃什么时候办。", ""),
        (
            "现在利率是多少钱",
            "本站的文件没有写是多少钱、多少利率。",
            "",
        ),
    ] {
        let (said, facts) = card(query);
        assert_eq!(said, lead, "{query}");
        assert!(facts.contains(near), "{query}: {facts}");
    }
}

#[test]
fn an_excerpt_is_a_piece_of_the_text_that_begins_and_ends_at_a_sign() {
    let mut cut = 0;
    for query in [
        "办贷款收不收手续费",
        "每年11月做什么",
        "上门办理",
        "死亡类要什么材料",
    ] {
        for (number, found) in ask(query).iter().enumerate() {
            let excerpt = found.excerpt();
            let at = found.text.find(excerpt).expect("a piece of the text");
            assert!(excerpt.chars().count() <= if number == 0 { 200 } else { 90 });
            let signs = ['。', '；', '！', '？', '，', '：', '、', ',', ';', ':'];
            let before = &found.text[..at];
            assert!(
                before.is_empty() || before.ends_with(signs),
                "{query}: {excerpt}"
            );
            cut += usize::from(!before.is_empty());
        }
    }
    assert!(cut > 3, "{cut}");
    // Both papers: what follows a colon belongs to it.
    let both = ask("死亡、失踪类要什么材料");
    for paper in ["死亡证明", "失踪证明"] {
        assert!(both[0].excerpt().contains(paper), "{}", both[0].text);
    }
}

/// Titles of the pages of documents, self-checks and topics, by address.
fn titles() -> Vec<(String, String)> {
    let mut sink = Sink::default();
    let sources = sources::read(support::repository(), &mut sink).expect("the repository");
    let model = link::load(&sources, &mut sink);
    let mut titles: Vec<(String, String)> = model
        .documents
        .iter()
        .map(|d| {
            (
                format!("{}/{}.html", d.kind.folder(), d.id),
                d.title.value.clone(),
            )
        })
        .collect();
    titles.extend(
        model
            .topics
            .iter()
            .map(|t| (format!("topics/{}.html", t.id), t.name.clone())),
    );
    titles
}

#[test]
fn any_two_neighbours_of_a_title_find_its_page() {
    let engine = engine();
    let mut tried = 0;
    for (url, title) in titles() {
        let letters: Vec<char> = title.chars().filter(|c| c.is_alphanumeric()).collect();
        for two in letters.windows(2) {
            let query: String = two.iter().collect();
            if !title.contains(&query) {
                continue;
            }
            tried += 1;
            let found = engine.ask(&query, 48).found;
            assert!(
                found.iter().any(|f| hits(&url, &f.url)),
                "{query} does not find {title}"
            );
        }
    }
    assert!(tried > 200, "{tried} pairs");
}

/// A county with a page: address, name, sounds.
type County = (String, String, Vec<String>);

/// Syllables without tones: `yòu-yù-xiàn`.
fn syllables(pinyin: &str) -> Vec<String> {
    mingbai::text::plain_pinyin(pinyin)
        .split([' ', '-'])
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_county_is_found_by_name_by_sound_and_by_initials() {
    let mut sink = Sink::default();
    let sources = sources::read(support::repository(), &mut sink).expect("the repository");
    let model = link::load(&sources, &mut sink);
    let counties: Vec<County> = model
        .regions
        .units
        .iter()
        .map(|u| (format!("counties/{}.html", u.id), u))
        .filter(|(url, unit)| {
            SITE.tree.get(url).is_some_and(|page| {
                String::from_utf8_lossy(&page.bytes).contains(unit.name.as_str())
            })
        })
        .map(|(url, u)| (url, u.name.clone(), syllables(&u.pinyin)))
        .collect();
    let urls: BTreeSet<&String> = counties.iter().map(|c| &c.0).collect();
    assert_eq!(urls.len(), 198);
    // Those that share a spelling share the first places.
    let check = |query: &str, alike: &dyn Fn(&County) -> bool| {
        let ties: BTreeSet<&String> = counties.iter().filter(|c| alike(c)).map(|c| &c.0).collect();
        let found = ask(query);
        let first: BTreeSet<&String> = found.iter().take(ties.len()).map(|f| &f.url).collect();
        let expected = ties.len().min(10);
        let among = first.iter().filter(|url| ties.contains(*url)).count();
        assert!(
            among >= expected,
            "{query}: {:?} instead of {ties:?}",
            found.iter().map(|f| &f.url).collect::<Vec<_>>()
        );
    };
    for (_, name, sounds) in &counties {
        check(name, &|c| c.1 == *name);
        check(&sounds.concat(), &|c| c.2 == *sounds);
        let initials = |sounds: &[String]| sounds.iter().map(|s| &s[..1]).collect::<String>();
        let own = initials(sounds);
        // The first is one of those with these initials; names without 县 count as well.
        let found = ask(&own);
        let first = counties.iter().find(|c| c.0 == found[0].url);
        assert!(
            first.is_some_and(|c| initials(&c.2).starts_with(&own)),
            "{own} ({name}) finds {:?}",
            found[0].title
        );
    }
}

#[test]
fn every_result_leads_to_a_place_that_exists() {
    let mut places = 0;
    for (name, script) in SITE.files.iter().filter(|(name, _)| name.starts_with('b')) {
        let payload = format::payload(script).expect("a script of the index");
        for part in payload.split(format::PART).filter(|p| !p.is_empty()) {
            let mut entries = part.split(format::ENTRY);
            let head: Vec<&str> = entries
                .next()
                .unwrap_or_default()
                .split(format::FIELD)
                .collect();
            let mut urls: Vec<String> = Vec::new();
            if !head[1].is_empty() {
                urls.push(head[1].to_owned());
            }
            for entry in entries {
                let item: Vec<&str> = entry.split(format::FIELD).collect();
                urls.push(match item[1].strip_prefix('#') {
                    Some(_) => format!("{}{}", head[1], item[1]),
                    None => item[1].to_owned(),
                });
            }
            for url in urls {
                let (page, anchor) = url.split_once('#').unwrap_or((&url, ""));
                let page = SITE
                    .tree
                    .get(page)
                    .unwrap_or_else(|| panic!("{name}: no page {page}"));
                let html = String::from_utf8_lossy(&page.bytes);
                let there = anchor.is_empty()
                    || html.contains(&format!("id={anchor}>"))
                    || html.contains(&format!("id={anchor} "))
                    || html.contains(&format!("id=\"{anchor}\""));
                assert!(there, "{name}: no place {url}");
                places += 1;
            }
        }
    }
    assert!(places > 500, "{places}");
}

/// A script of the theme and what makes the lines that are generated for it.
type Script = (&'static str, fn() -> String);

const SCRIPTS: [Script; 3] = [
    ("search.js", script::main),
    ("search-more.js", script::more),
    ("search-facts.js", script::facts),
];

#[test]
fn the_scripts_have_the_constants_and_records_of_the_program() {
    for (name, lines) in SCRIPTS {
        let path = support::repository()
            .join("themes/mingbai/static")
            .join(name);
        let text = std::fs::read_to_string(&path).expect("a script of the theme");
        let expected = script::put(&text, &lines()).expect("the marks of what is generated");
        if std::env::var_os("MINGBAI_BLESS").is_some() {
            std::fs::write(&path, &expected).expect("the script can be written");
        } else {
            assert!(
                text == expected,
                "{name} is older than src/search: run MINGBAI_BLESS=1 cargo test --test search"
            );
        }
    }
}

#[test]
fn the_scripts_use_every_constant_and_function_that_they_have() {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    for (name, lines) in SCRIPTS {
        let path = support::repository()
            .join("themes/mingbai/static")
            .join(name);
        let text = std::fs::read_to_string(path).expect("a script of the theme");
        let (before, rest) = text.split_once(script::BEGIN).expect("a mark");
        let (_, after) = rest.split_once(script::END).expect("a mark");
        let used: BTreeSet<&str> = before
            .lines()
            .chain(after.lines())
            .map(|line| line.split("// ").next().unwrap_or_default())
            .flat_map(|line| line.split(|c| !is_name(c)))
            .collect();
        let mut count = 0;
        for line in lines().lines() {
            let line = line.trim_start();
            let Some(rest) = line.strip_prefix("const ") else {
                continue;
            };
            if rest.starts_with("fields ") {
                continue;
            }
            let parts = rest.split(", ").filter(|part| part.contains(" = "));
            for part in parts {
                let defined = part.split(|c| !is_name(c)).next().unwrap_or_default();
                assert!(used.contains(defined), "{name} does not use {defined}");
                count += 1;
            }
        }
        assert!(count > 9, "{name}: {count} names");
    }
}

#[test]
fn every_fact_of_a_card_leads_to_a_place_that_exists() {
    let mut facts = 0;
    for (name, script) in SITE.files.iter().filter(|(name, _)| name.starts_with('f')) {
        let payload = format::payload(script).expect("a script of the index");
        for record in payload.split([format::PART, format::ENTRY]) {
            let fields: Vec<&str> = record.split(format::FIELD).collect();
            // A place has four fields, and its page is the third.
            let url = if fields.len() == 4 {
                fields[2]
            } else {
                fields.get(8).copied().unwrap_or_default()
            };
            if url.is_empty() {
                continue;
            }
            let (page, anchor) = url.split_once('#').unwrap_or((url, ""));
            let page = page.split('?').next().unwrap_or_default();
            let page = SITE
                .tree
                .get(page)
                .unwrap_or_else(|| panic!("{name}: no page {url}"));
            let html = String::from_utf8_lossy(&page.bytes);
            let marks = [
                format!("id={anchor}>"),
                format!("id={anchor} "),
                format!("id=\"{anchor}\""),
            ];
            let is_there = anchor.is_empty() || marks.iter().any(|mark| html.contains(mark));
            assert!(is_there, "{name}: no place {url}");
            facts += 1;
        }
    }
    assert!(facts > 250, "{facts}");
}

#[test]
fn the_same_sources_make_the_same_index_whatever_the_threads() {
    let build = |threads: usize| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads")
            .install(|| support::built(support::repository(), date(2026, 11, 20)))
    };
    let (one, three) = (build(1), build(3));
    let of = |tree: &OutputTree| {
        tree.iter()
            .filter(|(path, _)| path.starts_with("search/"))
            .map(|(path, file)| (path.clone(), file.bytes.clone()))
            .collect::<Vec<_>>()
    };
    assert!(of(&one).len() > 100);
    assert!(of(&one) == of(&three));
}

#[test]
fn a_place_of_which_the_site_has_nothing_gets_no_sure_answer() {
    for query in ["浦东新区", "浦东新区续贷", "哈密市助学贷款", "房贷利率"] {
        let found = ask(query);
        assert!(
            found.iter().all(|f| f.weak),
            "{query}: {:?}",
            found[0].title
        );
    }
    let found = ask("右玉县续贷");
    assert_eq!(found[0].url, "counties/140623.html");
    assert!(!found[0].weak);
}

#[test]
fn the_terminal_prints_one_json_object_a_question() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("questions.txt");
    std::fs::write(
        &file,
        "右玉县\n<script>alert(1)</script>\n\n晋教助学[2020]7号\n",
    )
    .expect("a file");
    let mut command = support::mingbai([
        "search",
        "--queries",
        file.to_str().expect("a path"),
        support::repository().to_str().expect("a path"),
    ]);
    let (code, printed) = support::run(&mut command);
    assert_eq!(code, 0, "{printed}");
    let lines: Vec<Value> = printed
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["query"], "右玉县");
    assert_eq!(lines[0]["results"][0]["title"], "右玉县");
    assert_eq!(lines[0]["results"][0]["url"], "counties/140623.html");
    assert_eq!(lines[0]["results"][0]["weak"], false);
    assert_eq!(
        lines[3]["results"][0]["url"],
        "notices/shanxi-2020-renewal.html"
    );
    for key in ["title", "heading", "url", "text", "weak"] {
        assert!(lines[0]["results"][0].get(key).is_some(), "{key}");
    }
    let mut command = support::mingbai([
        "search",
        "晋教助学2020 7号",
        support::repository().to_str().expect("a path"),
        "--explain",
    ]);
    let (code, printed) = support::run(&mut command);
    assert_eq!(code, 0, "{printed}");
    assert!(printed.contains("#助学2020-7"), "{printed}");
    assert!(printed.contains("得分 / score"), "{printed}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn whatever_is_typed_is_answered(query in "\\PC{0,60}") {
        ask(&query);
    }

    #[test]
    fn mixed_questions_are_answered(query in "[一二三四年月日号县区市贷款续右玉〔〕\\[\\]（）a-z0-9 '.%-]{0,40}") {
        let found = ask(&query);
        let urls: BTreeSet<&String> = found.iter().map(|f| &f.url).collect();
        prop_assert_eq!(urls.len(), found.len());
    }

    #[test]
    fn postings_come_back_as_they_were(list in proptest::collection::btree_map(0u32..2_000_000, 1u8..=15, 0..80)) {
        let list: Vec<(u32, u8)> = list.into_iter().collect();
        let mut text = String::new();
        format::write_postings(&list, &mut text);
        prop_assert!(!text.contains(['"', '\\', '~', ' ']));
        let mut back = format::read_postings(&text).expect("what was written");
        back.sort_unstable();
        prop_assert_eq!(back, list);
    }

    #[test]
    fn damaged_files_are_no_panic(text in "\\PC{0,80}", cut in 0usize..400) {
        format::read_postings(&text);
        format::payload(&text);
        let damaged = |name: &str| {
            let whole = SITE.files.get(name)?;
            if name == "i" { return Some(whole.clone()); }
            let kept: String = whole.chars().take(cut).collect();
            Some(format!("{kept}{text}\")"))
        };
        if let Some(engine) = Engine::new(&SITE.folder, TODAY.into(), damaged) {
            engine.ask("右玉县续贷什么时候", 10);
        }
        let entry: String = SITE.files["i"].chars().take(cut).collect();
        Engine::new(&SITE.folder, TODAY.into(), |_| Some(entry.clone()));
    }
}
