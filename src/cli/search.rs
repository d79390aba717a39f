//! `mingbai search`: the site's search in the terminal, on the very files that the browser reads.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::voice::Voice;
use super::{CLEAN, OutputFormat, beijing_today};
use crate::atlas::{Atlas, Facts};
use crate::diag::Sink;
use crate::link;
use crate::search::engine::{Answer, Card, Engine};
use crate::search::format;
use crate::text::{Bilingual, Lang};
use crate::{rules, search, sources};

#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    /// 要找的话 / what to search for
    #[arg(required_unless_present = "queries")]
    query: Option<String>,
    /// 网站文件夹 / site folder
    #[arg(value_name = "DIR")]
    site: Option<PathBuf>,
    /// 说明每个结果为什么排在这里 / explain the rank of each result
    #[arg(long)]
    explain: bool,
    /// 一行一个问句的文件，每行输出一个 JSON / a file with one question on each line; prints one JSON object for each
    #[arg(long, value_name = "FILE")]
    queries: Option<PathBuf>,
    /// 最多几个结果 / maximum number of results
    #[arg(long, value_name = "N", default_value_t = 10)]
    most: usize,
    /// 输出的格式 / output format
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
}

pub(super) fn search(args: &SearchArgs, voice: Voice) -> u8 {
    // With --queries, a single positional argument is the folder.
    let (query, site) = match (&args.queries, &args.query, &args.site) {
        (Some(_), Some(folder), None) => (None, PathBuf::from(folder)),
        (_, query, site) => (
            query.as_deref(),
            site.clone().unwrap_or_else(|| PathBuf::from(".")),
        ),
    };
    let queries = match &args.queries {
        None => Vec::new(),
        Some(file) => match sources::read_file(file) {
            Ok(text) => text.lines().map(str::to_owned).collect(),
            Err(error) => return voice.trouble(&error.words()),
        },
    };
    with_engine(&site, voice, |engine| {
        let mut out = String::new();
        for line in &queries {
            out.push_str(&as_json(line, &engine.ask(line, args.most), args.explain));
        }
        if let Some(query) = query {
            let answer = engine.ask(query, args.most);
            match args.format {
                OutputFormat::Json => out.push_str(&as_json(query, &answer, args.explain)),
                OutputFormat::Text => as_text(&answer, args.explain, voice.lang, &mut out),
            }
        }
        voice.print(&out);
    })
}

/// Makes the index of a site in memory and hands out an engine that reads it.
fn with_engine(site: &Path, voice: Voice, work: impl FnOnce(&Engine)) -> u8 {
    let mut sink = Sink::default();
    let sources = match sources::read(site, &mut sink) {
        Ok(sources) => sources,
        Err(error) => return voice.trouble(&error.words()),
    };
    let model = link::load(&sources, &mut sink);
    let compiled = rules::compile(&model, &sources, &mut sink);
    let words = search::words::load(&sources, &mut sink);
    if sink.has_errors() {
        return voice.refuse(sink, &sources);
    }
    let today = beijing_today();
    let atlas = Atlas::new(&model);
    let facts = Facts::new(&model, &atlas, &compiled, &sources);
    let files: HashMap<String, String> = search::index(&facts, today, &words, &mut Sink::default())
        .into_iter()
        .filter_map(|file| {
            let name = format::name_of(&file.path)?.to_owned();
            Some((name, String::from_utf8(file.bytes).ok()?))
        })
        .collect();
    let folder = search::folder(&model.regions);
    match Engine::new(&folder, today.to_string(), |name| files.get(name).cloned()) {
        Some(engine) => {
            work(&engine);
            CLEAN
        }
        None => voice.trouble(&Bilingual::new(
            "索引读不出来",
            "the search index cannot be read",
        )),
    }
}

fn as_json(query: &str, answer: &Answer, explain: bool) -> String {
    let results: Vec<_> = answer
        .found
        .iter()
        .map(|f| {
            json!({
                "title": f.title,
                "heading": f.heading,
                "url": f.url,
                "text": f.text,
                "excerpt": f.excerpt(),
                "weak": f.weak,
                "group": f.group.name(),
                "score": f.score,
                "covered": f.covered,
            })
        })
        .collect();
    let card = answer.card.as_ref().map(|card| {
        let facts: Vec<_> = card
            .facts
            .iter()
            .map(|f| json!({"text": f.text, "quote": f.quote, "source": f.source, "url": f.url}))
            .collect();
        json!({"place": card.place, "lead": card.lead, "url": card.url, "facts": facts})
    });
    let mut object =
        json!({"query": query, "card": card, "absent": answer.absent, "results": results});
    if explain {
        object["files"] = json!(answer.files);
        object["total"] = json!(answer.total);
    }
    format!("{object}\n")
}

fn as_text(answer: &Answer, explain: bool, lang: Lang, out: &mut String) {
    let words = |zh, en| lang.line(zh, en);
    if explain {
        explain_reading(answer, lang, out);
    }
    if let Some(card) = &answer.card {
        card_as_text(card, out);
    }
    if answer.found.is_empty() {
        out.push_str(&words("没有找到", "nothing found"));
        out.push('\n');
    }
    for (number, found) in (1..).zip(&answer.found) {
        let weak = if found.weak {
            format!("（{}）", words("也许是", "perhaps"))
        } else {
            String::new()
        };
        let heading = if found.heading.is_empty() {
            String::new()
        } else {
            format!(" › {}", found.heading)
        };
        out.push_str(&format!("{number:>2}. {}{heading}{weak}\n", found.title));
        out.push_str(&format!("    {}\n", found.url));
        if !found.excerpt().is_empty() {
            out.push_str(&format!("    {}\n", found.excerpt()));
        }
        if explain {
            out.push_str(&format!(
                "    [{}] {} {}, {} {}%\n",
                found.group.name(),
                words("得分", "score"),
                found.score,
                words("问句覆盖", "covered"),
                found.covered
            ));
        }
    }
    if explain {
        out.push_str(&format!("\n{}:\n", words("查的词", "terms")));
        for (token, often) in &answer.terms {
            let often = often.map_or_else(|| words("没有", "none"), |o| format!("2^{}", f2(o)));
            out.push_str(&format!(
                "  {}  {} {often}, {} {}/16\n",
                token.key,
                words("频次", "frequency"),
                words("权", "factor"),
                token.factor
            ));
        }
        out.push_str(&format!(
            "{}: {}\n",
            words("取的文件", "files"),
            answer.files.join(" ")
        ));
        if answer.absent {
            out.push_str(&words(
                "问句里有本站没有内容的地方",
                "the question names a place that this site does not cover",
            ));
            out.push('\n');
        }
    }
}

/// What the documents say of the place that was asked about.
fn card_as_text(card: &Card, out: &mut String) {
    if !card.lead.is_empty() {
        out.push_str(&format!("➜ {}\n", card.lead));
    }
    for fact in &card.facts {
        if !fact.text.is_empty() {
            out.push_str(&format!("➜ {}\n", fact.text));
        }
        if !fact.quote.is_empty() {
            out.push_str(&format!("    “{}”\n", fact.quote));
        }
        out.push_str(&format!("    {}  {}\n", fact.source, fact.url));
    }
    out.push('\n');
}

/// What was understood: the place, the people, what is asked; and why these facts.
fn explain_reading(answer: &Answer, lang: Lang, out: &mut String) {
    let words = |zh, en| lang.line(zh, en);
    let asked: Vec<&str> = answer.asked.iter().map(|intent| intent.name()).collect();
    out.push_str(&format!(
        "{}: {}\n",
        words("问的是", "asked for"),
        asked.join(" ")
    ));
    if let Some(card) = &answer.card {
        out.push_str(&format!("{}: {}\n", words("地方", "place"), card.place));
        out.push_str(&format!("{}: {}\n", words("对象", "who"), card.group));
        for fact in &card.facts {
            let letters = answer
                .asked
                .iter()
                .filter(|intent| fact.asks.contains(intent.letter()));
            let letters: Vec<&str> = letters.map(|intent| intent.name()).collect();
            out.push_str(&format!(
                "{}: {} ({} {})\n",
                words("选中的事实", "fact chosen"),
                fact.source,
                letters.join(" "),
                fact.year,
            ));
        }
    }
}

/// Half of a number of halves.
fn f2(halves: u32) -> String {
    if halves.is_multiple_of(2) {
        (halves / 2).to_string()
    } else {
        format!("{}.5", halves / 2)
    }
}
