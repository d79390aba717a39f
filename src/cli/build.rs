//! `build` and `check`: one run over a site folder, from reading to the last line printed.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;

use super::facts;
use super::progress::Progress;
use super::unchanged::{self, Words};
use super::voice::Voice;
use super::{
    CLEAN, CheckArgs, LAST_DAY, PROBLEMS, ReportFormat, beijing_day, beijing_today, now, plural,
    rules,
};
use crate::config::{BaseUrl, Config, Folders};
use crate::diag::{
    Counts, Diagnostic, Format, Report, Severity, Sink, SourceMap as _, render_all, shorten,
};
use crate::output::{Fresh, Leaving, Left, WriteError, Written};
use crate::part::Part;
use crate::pipeline::Built;
use crate::sources::Sources;
use crate::sources::cut::{self, Record};
use crate::text::Bilingual;
use crate::{output, pipeline, sources};
use mingbai_forms::limits::Limit;

/// How `build` and `rollback` write.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct WriteArgs {
    /// 留几个旧版，供 rollback 换回 / how many earlier editions to keep for rollback
    #[arg(long, value_name = "N", default_value_t = 2)]
    keep: usize,
    /// 旧版的样式、脚本、索引再留几天，免得开着旧页的读者打不开 / for how many days style sheets, scripts and indexes of earlier editions stay for readers with an open page
    #[arg(long, value_name = "DAYS", default_value_t = 2)]
    grace: u16,
    /// 别的生成正在写时，最多等几秒 / how long to wait for another build, at most
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    wait: u64,
}

/// The options of a run that writes.
pub(super) fn options<'a>(
    args: &WriteArgs,
    today: Date,
    voice: Voice,
    held: &'a (dyn Fn(&output::Holder) + Sync),
    sources: Option<&'a Sources>,
) -> output::Options<'a> {
    output::Options {
        today,
        keep: args.keep,
        grace: args.grace,
        record: None,
        left: None,
        program: "",
        wait: Duration::from_secs(args.wait),
        user: voice.user(),
        held,
        sources,
    }
}

/// A day that was asked for: with `--today`, else with `SOURCE_DATE_EPOCH`.
pub(super) fn fixed_day(asked: Option<&str>, voice: Voice) -> Result<Option<Date>, Bilingual> {
    if let Some(text) = asked {
        let day = text
            .parse::<Date>()
            .ok()
            .filter(|day| day.to_string() == text);
        // Sums of days must stay in the calendar, which ends with the year 9999.
        let day = day.filter(|day| day.year() <= 9000);
        return day.map(Some).ok_or_else(|| {
            Bilingual::new(
                format!("--today {text}：写作 2023-07-17"),
                format!("--today {text}: write the date as 2023-07-17"),
            )
        });
    }
    let Some(text) = voice.source_date() else {
        return Ok(None);
    };
    let seconds = text.parse::<i64>().ok();
    let time = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    time.map(|time| Some(beijing_day(time))).ok_or_else(|| {
        Bilingual::new(
            format!("SOURCE_DATE_EPOCH={text}：应是 1970 年以来的秒数，例如 1700000000"),
            format!("SOURCE_DATE_EPOCH={text}: must be seconds since 1970, for example 1700000000"),
        )
    })
}

/// The date to evaluate states on: the one asked for, else today in Beijing.
pub(super) fn day(asked: Option<&str>, voice: Voice) -> Result<Date, Bilingual> {
    Ok(fixed_day(asked, voice)?.unwrap_or_else(beijing_today))
}

/// Refuses a day that nobody typed and that cannot be today: states would be those of another time.
fn check_clock(today: Date, newest: Option<(Date, &str)>) -> Result<(), Bilingual> {
    let hint = (
        "校准时钟，或用 --today 写明日期",
        "set the clock, or give the date with --today",
    );
    if today > LAST_DAY {
        return Err(Bilingual::new(
            format!("系统时钟说今天在 {LAST_DAY} 以后；{}", hint.0),
            format!("the clock says that today is after {LAST_DAY}; {}", hint.1),
        ));
    }
    match newest.filter(|(day, _)| today < *day) {
        None => Ok(()),
        Some((day, path)) => Err(Bilingual::new(
            format!(
                "系统时钟说今天是 {today}，早于 {path} 的核对日期 {day}；{}",
                hint.0
            ),
            format!(
                "the clock says that today is {today}, before the day {day} on which {path} was checked; {}",
                hint.1
            ),
        )),
    }
}

/// Advice is given by `check` only: a build says what it did.
pub(super) fn config(args: &CheckArgs, aim: &Aim, voice: Voice) -> Result<Config, Bilingual> {
    let today = day(args.today.as_deref(), voice)?;
    let base_url = match &args.base_url {
        None => None,
        Some(url) => Some(BaseUrl::parse(url).ok_or_else(|| {
            Bilingual::new(
                format!("--base-url {url}：须以 https:// 或 http:// 开头"),
                format!("--base-url {url}: the address must start with https:// or http://"),
            )
        })?),
    };
    Ok(Config {
        today,
        base_url,
        advice: aim.out.is_none() && !aim.errors_only,
        draft: aim.draft,
        part: aim.part,
    })
}

/// What a run is for.
#[derive(Debug, Default)]
pub(super) struct Aim {
    /// The folder that `build` writes, and how; none for `check`.
    pub out: Option<(PathBuf, WriteArgs)>,
    /// Whether every self-check is tried with all its answers.
    pub prove: bool,
    /// Whether drafts are accepted.
    pub draft: bool,
    /// Whether warnings and suggestions are left out of the report.
    pub errors_only: bool,
    /// Which part of a site is made; none for all of it.
    pub part: Option<Part>,
    /// The folders of the parts that are put together; none for a run that makes everything.
    pub parts: Vec<PathBuf>,
}

/// Runs `build` or `check`.
pub(super) fn run(args: &CheckArgs, aim: Aim, voice: Voice) -> u8 {
    let start = Instant::now();
    let config = match config(args, &aim, voice) {
        Ok(config) => config,
        Err(words) => return voice.trouble(&words),
    };
    // Deeply nested HTML needs stack in the minifier.
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(args.jobs)
        .stack_size(16 * 1024 * 1024)
        .build();
    match pool {
        Ok(pool) => pool.install(|| {
            work(args, &config, aim, voice, start).unwrap_or_else(|words| voice.trouble(&words))
        }),
        Err(error) => voice.raw_trouble(&error.to_string()),
    }
}

fn work(
    args: &CheckArgs,
    config: &Config,
    aim: Aim,
    voice: Voice,
    start: Instant,
) -> Result<u8, Bilingual> {
    let (out, write) = aim.out.clone().unzip();
    let target = match &out {
        None => None,
        Some(out) => Some(check_target(args, out).map_err(|error| error.words())?),
    };
    let progress = Progress::start(voice, args.timings);
    let text = args.format == ReportFormat::Text;
    let version = env!("CARGO_PKG_VERSION");
    let program = match aim.part {
        None => output::name_of_program(version, voice.program().as_deref()),
        // A part may be put together with others elsewhere.
        Some(_) => output::hash_of_program(version, voice.program().as_deref()),
    };
    let writing = target.as_deref().zip(write).map(|(target, write)| Writing {
        target,
        asked: unchanged::asked(args, config, &format!("{write:?}"), &program, voice),
        write,
        program,
    });
    if let Some(writing) = writing.as_ref().filter(|_| aim.parts.is_empty())
        && let Some(words) = unchanged::find(writing.target, &writing.asked, &args.site)
    {
        drop(progress);
        print_problems(args, &words.problems, voice);
        if text {
            voice.print(&words.checks);
            let took = start.elapsed().as_millis();
            voice.say(
                &format!("没有变化，网站还是上次生成的，{took} 毫秒"),
                &format!("nothing has changed: the site is as it was built, in {took} ms"),
            );
            say_approved(&words.approved(), voice);
        }
        return Ok(CLEAN);
    }
    let made = make(args, config, &aim, writing, &progress, voice)?;
    let timings = progress.table();
    drop(progress);
    print_problems(args, &made.problems, voice);
    if let Some(table) = timings {
        voice.print_error(&table);
    }
    if made.failed {
        say_failed(made.found, out.is_some(), voice);
        return Ok(PROBLEMS);
    }
    if text {
        voice.print(&made.checks);
    }
    if aim.prove {
        match rules::prove_all(&made.sources, voice) {
            CLEAN => facts::prove(&made.sources, config, voice),
            code => return Ok(code),
        }
    }
    if text {
        say_made(&made, out.as_deref(), start, voice);
    }
    Ok(CLEAN)
}

/// What a run that was sound made.
fn say_made(made: &Made, out: Option<&Path>, start: Instant, voice: Voice) {
    match (&made.written, out) {
        (Some(written), Some(out)) => {
            let took = start.elapsed().as_millis();
            let (files, kilobytes, out) = (written.files, written.bytes / 1000, out.display());
            voice.say(
                &format!("已生成 {files} 个文件（{kilobytes} kB），{took} 毫秒 → {out}"),
                &format!("wrote {files} files ({kilobytes} kB) in {took} ms → {out}"),
            );
            voice.note_left(written);
            voice.note_signature(written);
        }
        _ => say_passed(made.found, made.sources.own_count(), voice),
    }
    say_approved(&made.built.approved, voice);
    if made.built.open > 0 {
        let open = made.built.open;
        voice.say(
            &format!("草稿：还有 {open} 处待核，不要发布；核对完再运行 mingbai build"),
            &format!(
                "draft: {} to confirm; do not publish it. Run mingbai build when all are confirmed",
                plural(open, "thing")
            ),
        );
    }
}

/// Where and how a run writes.
struct Writing<'a> {
    target: &'a Path,
    write: WriteArgs,
    /// The name of this program.
    program: String,
    /// What the run is asked.
    asked: String,
}

/// What a run made.
struct Made {
    sources: Sources,
    built: Built,
    written: Option<Written>,
    failed: bool,
    /// How many problems there are.
    found: Counts,
    /// The problems, as they are printed.
    problems: String,
    /// What is said of self-checks.
    checks: String,
}

/// Reads, builds and, if there are no errors, writes. A source that is saved meanwhile may have been read half: then
/// everything is done again.
fn make(
    args: &CheckArgs,
    config: &Config,
    aim: &Aim,
    writing: Option<Writing>,
    progress: &Progress,
    voice: Voice,
) -> Result<Made, Bilingual> {
    const ATTEMPTS: usize = 5;
    let target = writing.as_ref().map(|writing| writing.target);
    for _ in 0..ATTEMPTS {
        progress.stage(("读取文件", "read files"));
        let began = now();
        let mut sink = Sink::default();
        let (sources, snapshot) =
            sources::read_noting(&args.site, &mut sink).map_err(|error| error.words())?;
        if sources.own_count() == 0 {
            let words = Bilingual::new("没有任何来源文件", "there are no source files");
            return Err(words.at(args.site.display()));
        }
        progress.stage(("查看上次留下的", "what the last run left"));
        let before = target.map_or_else(String::new, output::record);
        // It is said once that a file is cut off.
        let is_lasting = !says_cut_off(&sources, &before, &mut sink);
        let held = |holder: &output::Holder| voice.waits_for(holder);
        let record = Record::of(&sources).text();
        let (left, before) = left(&sources, config, aim, writing.as_ref(), voice)?;
        let options = writing.as_ref().map(|to| output::Options {
            record: Some(&record),
            left: Some(&left),
            program: &to.program,
            ..options(&to.write, config.today, voice, &held, Some(&sources))
        });
        let begin = || match (target, &options) {
            (Some(target), Some(options)) => Fresh::begin(target, options).map(Some),
            _ => Ok(None),
        };
        let made = pipeline::build_to(&sources, config, before, begin, progress, &mut sink);
        let (built, fresh, next) = made.map_err(|error| error.words())?;
        if !snapshot.is_current(&args.site) {
            continue;
        }
        if args.today.is_none() {
            let newest = built.newest_check.map(|(day, id)| (day, sources.path(id)));
            check_clock(config.today, newest)?;
        }
        let failed = sink.has_errors();
        let checks = rules::summary(&built.checks, voice.lang);
        let (found, problems) = problems(args, config, aim, sink, &sources, voice);
        let words = Words::new(problems.clone(), checks.clone(), &built.approved);
        let mut written = None;
        if let Some((fresh, to)) = fresh.filter(|_| !failed).zip(writing.as_ref()) {
            progress.stage(("写入", "write"));
            let asked = to.asked.clone();
            let is_whole = is_lasting && !config.draft;
            let same = is_whole.then(|| unchanged::note(asked, snapshot, began, words));
            let leaving = Leaving {
                rest: next.bytes(),
                same: same.flatten(),
            };
            let finished = fresh.finish_leaving(leaving);
            written = Some(finished.map_err(|error| error.words())?);
        }
        return Ok(Made {
            sources,
            built,
            written,
            failed,
            found,
            problems,
            checks,
        });
    }
    let words = Bilingual::new(
        "文件一直在变，没有写任何文件；等保存完了再运行",
        "files keep changing, so nothing was written; run again when they are saved",
    );
    Err(words.at(args.site.display()))
}

/// Whether a file is only the beginning of what the last edition was built from, which is reported; `before` is the record of that.
fn says_cut_off(sources: &Sources, before: &str, sink: &mut Sink) -> bool {
    let mut said = Sink::default();
    cut::check(sources, &Record::parse(before), &mut said);
    let says = !said.is_empty();
    sink.extend(said);
    says
}

/// What the last build left, or the parts that are put together.
fn left(
    sources: &Sources,
    config: &Config,
    aim: &Aim,
    writing: Option<&Writing>,
    voice: Voice,
) -> Result<(Left, pipeline::Left), Bilingual> {
    let Some(to) = writing else {
        return Ok(Default::default());
    };
    if !aim.parts.is_empty() {
        return joined(&aim.parts, sources, config, voice);
    }
    let left = Left::read(to.target, &to.program);
    let before = pipeline::Left::read(&left.rest).unwrap_or_default();
    Ok((left, before))
}

/// What the parts of a site left, together.
fn joined(
    parts: &[PathBuf],
    sources: &Sources,
    config: &Config,
    voice: Voice,
) -> Result<(Left, pipeline::Left), Bilingual> {
    let program = voice.program();
    let program = output::hash_of_program(env!("CARGO_PKG_VERSION"), program.as_deref());
    let read = |folder: &PathBuf| Left::read_part(folder, &program);
    let lefts = parts.iter().map(read).collect::<Result<Vec<Left>, _>>()?;
    let names = parts.iter().map(|folder| folder.display().to_string());
    let rests = lefts
        .iter()
        .map(|left| pipeline::Left::read(&left.rest).unwrap_or_default());
    let before = pipeline::Left::of_parts(names.zip(rests).collect(), sources, config)?;
    let left = Left::together(lefts)?;
    Ok((left, before))
}

/// How many problems there are, and the list as it is printed.
fn problems(
    args: &CheckArgs,
    config: &Config,
    aim: &Aim,
    sink: Sink,
    sources: &Sources,
    voice: Voice,
) -> (Counts, String) {
    let mut lost = sink.lost();
    let mut shown = sink.into_sorted(sources);
    if !config.advice {
        shown.retain(|d| d.code.severity != Severity::Advice);
        lost.advice = 0;
    }
    let found = Counts::of(&shown).and(lost);
    if aim.errors_only {
        shown.retain(|d| d.code.severity == Severity::Error);
        (lost.warnings, lost.advice) = (0, 0);
    }
    shorten(&mut shown, sources.limits.most(Limit::Diagnostics), lost);
    (found, report(args, &shown, sources, voice))
}

fn check_target(args: &CheckArgs, out: &std::path::Path) -> Result<PathBuf, WriteError> {
    let folders = Folders {
        site: args.site.clone(),
        out: out.to_owned(),
    };
    output::check_target(&folders.site, &folders.out)
}

/// The list in the form asked for.
fn report(args: &CheckArgs, list: &[Diagnostic], sources: &Sources, voice: Voice) -> String {
    let root = args.site.to_string_lossy().replace('\\', "/");
    let report = Report {
        sources,
        lang: voice.lang,
        root: &root,
    };
    match args.format {
        ReportFormat::Text if list.is_empty() => String::new(),
        ReportFormat::Text => render_all(list, sources, voice.format()),
        ReportFormat::Json => render_all(list, sources, Format::Json),
        ReportFormat::Sarif => report.sarif(list),
        ReportFormat::Github => report.github(list),
        ReportFormat::Gitlab => report.gitlab(list),
    }
}

/// Prints the list: machine forms to stdout, also when there is nothing to say.
fn print_problems(args: &CheckArgs, list: &str, voice: Voice) {
    match args.format {
        ReportFormat::Text => voice.print_rendered(list),
        _ => voice.print(list),
    }
}

fn say_failed(found: Counts, was_to_write: bool, voice: Voice) {
    let Counts {
        errors, warnings, ..
    } = found;
    let (zh, en) = if was_to_write {
        (
            "没有写任何文件，原有网站未动",
            "nothing was written; the existing site is unchanged",
        )
    } else {
        ("未通过检查", "check failed")
    };
    let line = voice.lang.line(
        &format!("{errors} 个错误、{warnings} 个提醒；{zh}"),
        &format!(
            "{}, {}; {en}",
            plural(errors, "error"),
            plural(warnings, "warning")
        ),
    );
    voice.print_error(&format!("\n{line}\n"));
}

/// What was approved, so that it is looked at again from time to time.
fn say_approved(approved: &[Bilingual], voice: Voice) {
    if approved.is_empty() {
        return;
    }
    let count = approved.len();
    voice.say(
        &format!("批准公开 {count} 处（data/approvals.yaml）："),
        &format!("{} (data/approvals.yaml):", plural(count, "approval")),
    );
    for line in approved {
        voice.say(&format!("  {}", line.zh), &format!("  {}", line.en));
    }
}

fn say_passed(found: Counts, files: usize, voice: Voice) {
    let Counts {
        warnings, advice, ..
    } = found;
    let (zh, en) = if advice == 0 {
        (String::new(), String::new())
    } else {
        (
            format!("、{advice} 条建议"),
            format!(", {}", plural(advice, "suggestion")),
        )
    };
    let line = voice.lang.line(
        &format!("检查通过：{files} 个文件，{warnings} 个提醒{zh}"),
        &format!(
            "check passed: {}, {}{en}",
            plural(files, "file"),
            plural(warnings, "warning")
        ),
    );
    voice.print(&format!("{line}\n"));
}
