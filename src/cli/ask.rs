//! `mingbai ask`: a self-check in the terminal, on the same bytes as in the browser.

use std::io::{BufRead as _, IsTerminal as _};
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use serde_json::{Map, Value, json};

use super::voice::Voice;
use super::{CLEAN, OutputFormat};
use crate::diag::{Diagnostic, Sink, SourceId, Span, Spanned, codes};
use crate::rules::answer::known_of;
use crate::rules::known::show_known;
use crate::rules::language::Language;
use crate::rules::self_check::*;
use crate::rules::value::{Interval, OptionId, Value as Answered};
use crate::rules::wasm::Machine;
use crate::rules::{self, Answer, Compiled, certain, missing, shown};
use crate::sources::{self, SourceFile, Sources, keys, yaml};
use crate::text::{Bilingual, Lang, nearest};
use crate::{link, model};

#[derive(Debug, Args)]
pub(super) struct AskArgs {
    /// 自查的编号，即 data/checks 下的文件名 / ID of a self-check: its file name in data/checks
    check: String,
    /// 网站文件夹 / site folder
    #[arg(default_value = ".", value_name = "DIR")]
    site: PathBuf,
    /// 一个回答，可以写多次 / an answer; can be repeated
    #[arg(long = "set", value_name = "问题=答案")]
    set: Vec<String>,
    /// 写有回答的 YAML 文件（问题: 答案） / a YAML file of answers
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    /// 不是终端也逐题询问 / ask question by question even without a terminal
    #[arg(long)]
    interactive: bool,
    /// 输出的格式 / output format
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
}

pub(super) fn ask(args: &AskArgs, voice: Voice) -> u8 {
    let mut sink = Sink::default();
    let mut sources = match sources::read(&args.site, &mut sink) {
        Ok(sources) => sources,
        Err(error) => return voice.trouble(&error.words()),
    };
    let model = link::load(&sources, &mut sink);
    let checks = rules::compile(&model, &sources, &mut sink);
    let Some(compiled) = checks.iter().find(|c| c.check.id == args.check) else {
        if sink.has_errors() {
            return voice.refuse(sink, &sources);
        }
        let near = nearest(&args.check, checks.iter().map(|c| c.check.id.as_str()));
        let ids: Vec<&str> = checks.iter().map(|c| c.check.id.as_str()).collect();
        let asked = &args.check;
        return voice.trouble(&match near {
            Some(near) => Bilingual::new(
                format!("没有自查“{asked}”，是否应为 {near}？"),
                format!("there is no self-check \"{asked}\"; did you mean {near}?"),
            ),
            None => Bilingual::new(
                format!("没有自查“{asked}”；有：{}", ids.join("、")),
                format!(
                    "there is no self-check \"{asked}\"; available: {}",
                    ids.join(", ")
                ),
            ),
        });
    };
    // Only diagnostics about the answers matter here.
    let mut sink = Sink::default();
    let mut answers = match read_answers(args, compiled, &mut sources, &mut sink) {
        Ok(answers) => answers,
        Err(words) => return voice.trouble(&words),
    };
    if sink.has_errors() {
        return voice.refuse(sink, &sources);
    }
    let mut machine = match Machine::new(&compiled.emitted) {
        Ok(machine) => machine,
        Err(error) => return voice.raw_trouble(&error),
    };
    let text = args.format == OutputFormat::Text;
    if text && (args.interactive || std::io::stdin().is_terminal()) {
        interview(compiled, &mut machine, &mut answers, voice);
    }
    let answer = match rules::ask(
        &compiled.check,
        &compiled.program,
        &mut machine,
        &answers.list(),
    ) {
        Ok(answer) => answer,
        Err(error) => return voice.raw_trouble(&error),
    };
    if text {
        voice.print(&report(
            compiled,
            &mut machine,
            &answers,
            &answer,
            &model.site,
            voice.lang,
        ));
    } else {
        let value = as_json(compiled, &answers, &answer);
        voice.print(&format!("{value:#}\n"));
    }
    CLEAN
}

/// Answers in the order given; `None` is 不知道.
#[derive(Debug, Default)]
struct Answers(Vec<(QuestionId, Option<Interval>)>);

impl Answers {
    fn put(&mut self, question: QuestionId, known: Option<Interval>) {
        self.0.retain(|(other, _)| *other != question);
        self.0.push((question, known));
    }

    fn has(&self, question: QuestionId) -> bool {
        self.0.iter().any(|(other, _)| *other == question)
    }

    /// What was answered; nothing for 不知道.
    fn known(&self, question: QuestionId) -> Option<Interval> {
        let mut given = self.0.iter();
        given.find(|(other, _)| *other == question)?.1
    }

    /// Whether exactly one value was answered: a question is not missing then, although a comparison with another may be open.
    fn is_exact(&self, question: QuestionId) -> bool {
        self.known(question).is_some_and(Interval::is_exact)
    }

    fn list(&self) -> Vec<(QuestionId, Interval)> {
        self.0
            .iter()
            .filter_map(|(question, known)| Some((*question, (*known)?)))
            .collect()
    }
}

fn read_answers(
    args: &AskArgs,
    compiled: &Compiled,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Result<Answers, Bilingual> {
    let mut written: Vec<(Spanned<String>, Spanned<String>)> = Vec::new();
    if let Some(path) = &args.answers {
        let file = sources::read_file(path).map_err(|error| error.words())?;
        let id = add(sources, &path.display().to_string(), file);
        let text = sources.file(id).text.clone();
        if let Some(node) = yaml::parse(id, &text, 0..text.len(), sink) {
            match &node.kind {
                yaml::Kind::Map(map) => {
                    for (name, value) in map {
                        if let Some(value) = model::decode::text(value, sink) {
                            written.push((name.clone(), value));
                        }
                    }
                }
                _ => sink.push(model::decode::wrong_type(
                    &node,
                    "“问题: 答案”，每行一个",
                    "`question: answer`, one on each line",
                )),
            }
        }
    }
    for set in &args.set {
        let Some((name, value)) = set.split_once(['=', '＝']) else {
            return Err(Bilingual::new(
                format!("--set {set}：写作“问题=答案”"),
                format!("--set {set}: write it as question=answer"),
            ));
        };
        let id = add(sources, "--set", set.clone());
        let at = set.len() - value.len();
        written.push((
            Spanned::new(name.trim().to_owned(), Span::new(id, 0..name.len())),
            Spanned::new(value.trim().to_owned(), Span::new(id, at..set.len())),
        ));
    }
    let check = &compiled.check;
    let mut answers = Answers::default();
    for (name, value) in written {
        let Some(question) = check.question(&name.value) else {
            let names = check.questions.iter().map(|q| q.name.value.as_str());
            let list: Vec<&str> = names.clone().collect();
            sink.push(
                Diagnostic::new(
                    &codes::UNKNOWN_NAME,
                    name.span,
                    format!("这份自查没有问题“{}”", name.value),
                    format!("this self-check has no question \"{}\"", name.value),
                )
                .did_you_mean_or(
                    nearest(&name.value, names),
                    format!("问题有：{}", list.join("、")),
                    format!("questions: {}", list.join(", ")),
                ),
            );
            continue;
        };
        if keys::word(&value.value) == Some("unknown") {
            answers.put(question, None);
        } else if let Some(known) = known_of(&check[question], &value, sink) {
            answers.put(question, Some(known));
        }
    }
    Ok(answers)
}

fn add(sources: &mut Sources, path: &str, text: String) -> SourceId {
    let path = path.to_owned();
    sources.files.push(Arc::new(SourceFile { path, text }));
    SourceId(u32::try_from(sources.files.len() - 1).unwrap_or(u32::MAX))
}

/// The next question: the first in the check's order that can still change an answer.
fn next(compiled: &Compiled, answers: &Answers, answer: &Answer) -> Option<QuestionId> {
    let open = missing(
        &compiled.check,
        &compiled.program,
        answer.relevant,
        |question| answers.has(question),
    );
    compiled
        .order
        .iter()
        .copied()
        .find(|question| open.contains(question))
}

fn interview(compiled: &Compiled, machine: &mut Machine, answers: &mut Answers, voice: Voice) {
    let check = &compiled.check;
    voice.print(&format!("{}\n{}\n\n", check.title.value, check.description));
    voice.say("直接回车：不知道。", "Press Enter if you do not know.");
    voice.print("\n");
    let mut lines = std::io::stdin().lock().lines();
    while let Ok(answer) = rules::ask(check, &compiled.program, machine, &answers.list()) {
        let Some(question) = next(compiled, answers, &answer) else {
            return;
        };
        let asked = &check[question];
        voice.print(&format!("{}\n", asked.ask));
        if let Some(help) = &asked.help {
            voice.print(&format!("  {help}\n"));
        }
        let options = asked.domain.options();
        if options.len() <= 30 {
            for (index, option) in options.iter().enumerate() {
                voice.print(&format!("  {}. {}\n", index + 1, option.words));
            }
        }
        voice.print("> ");
        let Some(Ok(line)) = lines.next() else {
            voice.print("\n");
            return;
        };
        let line = line.trim();
        let by_number = line
            .parse::<usize>()
            .ok()
            .filter(|n| (1..=options.len().min(30)).contains(n))
            .map(|n| Answered::Option(OptionId::new(n - 1)));
        if line.is_empty() || keys::word(line) == Some("unknown") {
            answers.put(question, None);
        } else if let Some(option) = by_number {
            answers.put(question, Some(Interval::exactly(option)));
        } else {
            let mut sink = Sink::default();
            let words = Spanned::new(line.to_owned(), Span::new(SourceId(0), 0..0));
            if let Some(known) = known_of(asked, &words, &mut sink) {
                answers.put(question, Some(known));
            } else {
                voice.say(
                    "没有看懂，请再答一次。",
                    "That answer was not understood. Please answer again.",
                );
            }
        }
        voice.print("\n");
    }
}

fn outcomes(decision: &Decision, possible: u64) -> Vec<&Outcome> {
    decision
        .among(possible)
        .map(|(_, outcome)| outcome)
        .collect()
}

/// The doubts on which the answer still depends.
fn open_doubts(compiled: &Compiled, answer: &Answer) -> Vec<QuestionId> {
    (0..compiled.program.variables.len())
        .filter(|level| answer.relevant & 1 << level != 0)
        .map(|level| compiled.program.variables[level].first())
        .filter(|question| compiled.check[*question].doubt)
        .collect()
}

/// What is known of a decision.
fn about(check: &SelfCheck, answer: &Answer, id: DecisionId, lang: Lang) -> String {
    let mut out = String::new();
    let decision = &check[id];
    let possible = outcomes(decision, answer.possible(id));
    out.push_str(&format!("{}\n", decision.ask));
    if let [outcome] = possible[..] {
        out.push_str(&format!("  {}：{}\n", outcome.name.value, outcome.text));
        out.push_str(&format!(
            "  {}{}\n",
            either(lang, "依据：", "by: "),
            cite(&outcome.cite)
        ));
        for value in &outcome.values {
            let computed = &check[*value];
            let Some(range) = answer.range(*value) else {
                continue;
            };
            let range = computed.show_range(check.language, range);
            let clause = &computed.cite.clause.value;
            out.push_str(&format!("  {}：{range}（{clause}）\n", computed.ask));
        }
    } else {
        let count = possible.len();
        let words = lang.line(
            &format!("还不能确定，有 {count} 种可能"),
            &format!("still open: {count} possible results"),
        );
        out.push_str(&format!("  {words}:\n"));
        for outcome in &possible {
            out.push_str(&format!("  - {}\n", outcome.name.value));
        }
    }
    for (attribute, provision) in certain(check, id, answer.possible(id)) {
        let provision = &check[provision];
        out.push_str(&format!(
            "  {}：{}（{}）\n",
            either(lang, attribute.label(Language::Chinese), attribute.key()),
            provision.text,
            provision.cite.clause.value
        ));
    }
    out
}

fn report(
    compiled: &Compiled,
    machine: &mut Machine,
    answers: &Answers,
    answer: &Answer,
    site: &model::Site,
    lang: Lang,
) -> String {
    let check = &compiled.check;
    let mut out = String::new();
    let fit = |id: &DecisionId| check[*id].fit(answer.possible(*id));
    let mut shown: Vec<DecisionId> = check.decision_ids().collect();
    let mut unfit = Vec::new();
    if check.is_list() {
        (unfit, shown) = shown.into_iter().partition(|id| fit(id) == Fit::FitsNot);
        shown.sort_by_key(fit);
    }
    for id in shown {
        out.push_str(&about(check, answer, id, lang));
        out.push('\n');
    }
    if !unfit.is_empty() {
        let names: Vec<&str> = unfit
            .iter()
            .map(|id| check[*id].name.value.as_str())
            .collect();
        let words = lang.line("不符合", "does not fit");
        out.push_str(&format!("{words}：{}\n\n", names.join("、")));
    }
    let open = missing(check, &compiled.program, answer.relevant, |question| {
        answers.is_exact(question)
    });
    if !open.is_empty() {
        out.push_str(&format!(
            "{}:\n",
            lang.line("还差这些才能确定", "still needed to decide")
        ));
        for id in &open {
            let question = &check[*id];
            let wide = match answers.known(*id) {
                Some(_) => either(lang, "（要答得更准）", " (a narrower answer is needed)"),
                None => "",
            };
            out.push_str(&format!(
                "  {}：{}{wide}\n",
                question.name.value, question.ask
            ));
        }
    } else {
        out.push_str(&doubts(compiled, machine, answers, answer, site, lang));
    }
    let office = site.office();
    out.push_str(&lang.lines(
        &format!("以原文和{office}的答复为准。"),
        &format!("The official text and the reply of the office ({office}) take precedence."),
    ));
    out.push('\n');
    out
}

/// What each reading of a doubtful text would mean.
fn doubts(
    compiled: &Compiled,
    machine: &mut Machine,
    answers: &Answers,
    answer: &Answer,
    site: &model::Site,
    lang: Lang,
) -> String {
    let check = &compiled.check;
    let office = site.office();
    let mut out = String::new();
    for doubt in open_doubts(compiled, answer) {
        out.push_str(&format!(
            "{}{}\n",
            lang.line(
                &format!("原文有不同读法，请向{office}问清："),
                &format!("the text can be read in several ways; ask the office ({office}): "),
            ),
            check[doubt].ask
        ));
        for (index, reading) in check[doubt].domain.options().iter().enumerate() {
            let value = Answered::Option(OptionId::new(index));
            let mut list = answers.list();
            list.push((doubt, Interval::exactly(value)));
            if let Ok(read) = rules::ask(check, &compiled.program, machine, &list) {
                let names: Vec<String> = check
                    .decisions
                    .iter()
                    .zip(&read.possible)
                    .zip(&answer.possible)
                    .filter(|((_, read), all)| read != all)
                    .map(|((decision, possible), _)| {
                        let names: Vec<&str> = outcomes(decision, *possible)
                            .iter()
                            .map(|outcome| outcome.name.value.as_str())
                            .collect();
                        names.join(either(lang, " 或 ", " or "))
                    })
                    .collect();
                out.push_str(&format!("  {}：{}\n", reading.words, names.join("；")));
            }
        }
    }
    out
}

/// One word where both languages would crowd the line: Chinese first.
fn either<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    if lang.has_zh() { zh } else { en }
}

fn cite(citation: &model::Citation) -> String {
    if let Some(unstated) = &citation.unstated {
        let clause = &citation.clause.value;
        return format!("原文未载明：{}（看过{clause}）", unstated.what);
    }
    match &citation.quote {
        Some(quote) => format!("{}“{}”", citation.clause.value, quote.value),
        None => citation.clause.value.clone(),
    }
}

/// The values that possible outcomes show.
fn values_as_json(check: &SelfCheck, answer: &Answer) -> Vec<Value> {
    let values = shown(check, &answer.possible).into_iter();
    let values = values.filter_map(|id| Some((&check[id], answer.range(id)?)));
    let values = values.map(|(computed, range)| {
        json!({
            "value": computed.name.value,
            "least": range.lo,
            "greatest": range.hi,
            "text": computed.show_range(check.language, range),
            "clause": computed.cite.clause.value,
        })
    });
    values.collect()
}

fn as_json(compiled: &Compiled, answers: &Answers, answer: &Answer) -> Value {
    let check = &compiled.check;
    let name = |question: QuestionId| check[question].name.value.as_str();
    let given: Map<String, Value> = answers
        .0
        .iter()
        .map(|(question, known)| {
            let words = known.map(|known| show_known(check.language, &check[*question], known));
            (name(*question).to_owned(), json!(words))
        })
        .collect();
    let decisions: Vec<Value> = check
        .decision_ids()
        .map(|id| {
            let decision = &check[id];
            let possible: Vec<Value> = outcomes(decision, answer.possible(id))
                .into_iter()
                .map(|outcome| {
                    json!({
                        "outcome": outcome.name.value,
                        "verdict": outcome.verdict.key(),
                        "text": outcome.text,
                        "clause": outcome.cite.clause.value,
                        "quote": outcome.cite.quote.as_ref().map(|q| &q.value),
                        "unstated": outcome.cite.unstated.as_ref().map(|one| &one.what),
                    })
                })
                .collect();
            let mut sure: Map<String, Value> = Map::new();
            for (attribute, provision) in certain(check, id, answer.possible(id)) {
                let list = sure.entry(attribute.key()).or_insert_with(|| json!([]));
                if let Value::Array(list) = list {
                    let provision = &check[provision];
                    list.push(json!({
                        "name": provision.name.value,
                        "text": provision.text,
                        "clause": provision.cite.clause.value,
                    }));
                }
            }
            json!({
                "decision": decision.name.value,
                "decided": answer.possible(id).count_ones() == 1,
                "possible": possible,
                "certain": sure,
            })
        })
        .collect();
    let missing: Vec<&str> = missing(check, &compiled.program, answer.relevant, |question| {
        answers.is_exact(question)
    })
    .into_iter()
    .map(name)
    .collect();
    let doubts = open_doubts(compiled, answer).into_iter().map(name);
    let doubts: Vec<&str> = doubts.collect();
    let clauses: Map<String, Value> = check
        .named
        .iter()
        .map(|named| {
            let state = answer.truth(named.root).key();
            (named.name.value.clone(), json!(state))
        })
        .collect();
    let mut whole = json!({
        "check": check.id,
        "answers": given,
        "decisions": decisions,
        "next": next(compiled, answers, answer).map(name),
        "missing": missing,
        "doubts": doubts,
        "clauses": clauses,
    });
    if !check.computed.is_empty() {
        whole["values"] = json!(values_as_json(check, answer));
    }
    whole
}
