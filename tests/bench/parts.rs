//! How fast the parts are, on the site of this repository.
//!
//!     cargo bench --bench parts                 all parts
//!     cargo bench --bench parts -- search       those whose name has the word
//!
//! Each part runs once to warm up, then for about a second; printed are the fastest and the median time and the number of
//! runs. No harness is used: the times are long enough for the clock, and the packages need no other features.
//! `cargo test --benches` runs every part once.

use std::collections::HashMap;
use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::civil::date;
use mingbai::atlas::{Atlas, Facts};
use mingbai::config::Config;
use mingbai::diag::{Sink, SourceId};
use mingbai::drafts::Drafts;
use mingbai::model::clause::{Body, Mode};
use mingbai::pages::{self, Renderer};
use mingbai::search::engine::Engine;
use mingbai::search::format;
use mingbai::sources::{self, Sources, split};
use mingbai::tables::Tables;
use mingbai::{assets, link, output, pipeline, rules, search};

/// How long a part is measured.
const TIME: Duration = Duration::from_secs(1);

/// Measures the parts that were asked for.
struct Bench {
    /// Words of which a part's name must have one; empty for all.
    wanted: Vec<String>,
    once: bool,
}

impl Bench {
    fn part<T>(&self, name: &str, mut run: impl FnMut() -> T) {
        if !self.wanted.is_empty() && !self.wanted.iter().any(|word| name.contains(word)) {
            return;
        }
        black_box(run());
        let mut times = Vec::new();
        let start = Instant::now();
        while !self.once && (times.len() < 5 || start.elapsed() < TIME) {
            let before = Instant::now();
            black_box(run());
            times.push(before.elapsed());
        }
        times.sort();
        let line = match times.first() {
            Some(fastest) => {
                let median = times[times.len() / 2];
                format!(
                    "{name:44} {fastest:>12.3?} {median:>12.3?} {:>8}",
                    times.len()
                )
            }
            None => format!("{name:44} runs"),
        };
        writeln!(std::io::stdout(), "{line}").expect("the output can be written");
    }
}

/// The text below the front matter of a file.
fn body(sources: &Sources, path: &str) -> (SourceId, String) {
    let (id, file) = sources.find(path).expect("a document of the repository");
    let head = split(&file.text).expect("front matter");
    (id, file.text[head.body.clone()].to_owned())
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let bench = Bench {
        once: !arguments.iter().any(|argument| argument == "--bench"),
        wanted: arguments
            .into_iter()
            .filter(|word| !word.starts_with('-'))
            .collect(),
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sink = &mut Sink::default();
    let today = date(2026, 11, 20);
    let sources = sources::read(root, sink).expect("the repository");

    let (id, text) = body(&sources, "content/notices/national-2023-guide.md");
    bench.part("clauses: the national guide", || {
        Body::parse(
            id,
            &text,
            0..text.len(),
            Mode::Official,
            &mut Sink::default(),
        )
    });

    bench.part("model: all sources, loaded and linked", || {
        link::load(&sources, &mut Sink::default())
    });
    let model = link::load(&sources, sink);

    bench.part("rules: the shipped self-checks, compiled and tried", || {
        rules::compile(&model, &sources, &mut Sink::default())
    });
    let checks = rules::compile(&model, &sources, sink);

    bench.part("assets: theme minified", || {
        assets::collect(&sources, &model, &checks)
    });
    let assets = assets::collect(&sources, &model, &checks);

    let atlas = Atlas::new(&model);
    let facts = Facts::new(&model, &atlas, &checks, &sources);
    let tables = Tables::new(&facts, today);
    let jobs = pages::plan(&facts, &tables, sink);
    let drafts = Drafts::default();
    let renderer =
        Renderer::new(&facts, today, &sources, &drafts, &tables, &assets, sink).expect("the theme");
    for path in ["counties/140623.html", "notices/national-2023-guide.html"] {
        let job = jobs.iter().find(|job| job.path == path).expect("a page");
        bench.part(&format!("page: {path}"), || {
            renderer.page(job, &mut Sink::default())
        });
        let page = renderer.page(job, sink).expect("a page");
        bench.part(&format!("minify: {path}"), || {
            output::page_bytes(path, page.html.clone())
        });
    }

    bench.part("pages: all rendered and minified", || {
        let minified = |page: pages::Page| output::page_bytes(&page.path, page.html);
        let make = |job: &pages::Job, sink: &mut Sink| renderer.page(job, sink).map(minified);
        pages::all(
            &jobs.iter().collect::<Vec<_>>(),
            &|| false,
            make,
            &mut Sink::default(),
        )
    });

    let words = search::words::load(&sources, sink);
    bench.part("index: the whole site", || {
        search::index(&facts, today, &words, &mut Sink::default())
    });
    let files: HashMap<String, String> = search::index(&facts, today, &words, sink)
        .into_iter()
        .filter_map(|file| {
            let name = format::name_of(&file.path)?.to_owned();
            Some((name, String::from_utf8(file.bytes).expect("text")))
        })
        .collect();
    let folder = search::folder(&model.regions);
    for query in [
        "右玉县续贷什么时候开始",
        "youyuxian",
        "晋教助学20207号",
        "还不上钱",
    ] {
        bench.part(&format!("search: {query}, from a cold cache"), || {
            let fetch = |name: &str| files.get(name).cloned();
            let engine = Engine::new(&folder, today.to_string(), fetch).expect("the index");
            engine.ask(query, 10)
        });
    }

    let config = Config {
        today,
        base_url: None,
        advice: false,
        draft: false,
        part: None,
    };
    bench.part("site: everything, in memory", || {
        pipeline::build(&sources, &config, &mut Sink::default())
    });
    assert!(!sink.has_errors(), "the site has errors");
}
