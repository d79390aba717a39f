//! `build` and `check`: one run over a site folder, from reading to the last line printed.

use std::path::PathBuf;
use std::time::Instant;

use jiff::civil::Date;

use super::facts;
use super::progress::Progress;
use super::voice::Voice;
use super::{CLEAN, CheckArgs, PROBLEMS, ReportFormat, beijing_today, plural, rules};
use crate::config::{BaseUrl, Config, Folders};
use crate::diag::{Diagnostic, Format, Report, Severity, Sink, render_all};
use crate::output::WriteError;
use crate::sources::Sources;
use crate::text::Bilingual;
use crate::{output, pipeline, sources};

/// The date to evaluate states on: the one asked for, else today in Beijing.
pub(super) fn day(asked: Option<&str>) -> Result<Date, Bilingual> {
    let Some(text) = asked else {
        return Ok(beijing_today());
    };
    text.parse::<Date>()
        .ok()
        .filter(|day| day.to_string() == text)
        .ok_or_else(|| {
            Bilingual::new(
                format!("--today {text}：写作 2023-07-17"),
                format!("--today {text}: write the date as 2023-07-17"),
            )
        })
}

/// Advice is given by `check` only: a build says what it did.
fn config(args: &CheckArgs, aim: &Aim) -> Result<Config, Bilingual> {
    let today = day(args.today.as_deref())?;
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
    })
}

/// What a run is for.
#[derive(Debug, Default)]
pub(super) struct Aim {
    /// The folder that `build` writes; none for `check`.
    pub out: Option<PathBuf>,
    /// Whether every self-check is tried with all its answers.
    pub prove: bool,
    /// Whether drafts are accepted.
    pub draft: bool,
    /// Whether warnings and suggestions are left out of the report.
    pub errors_only: bool,
}

/// Runs `build` or `check`.
pub(super) fn run(args: &CheckArgs, aim: Aim, voice: Voice) -> u8 {
    let start = Instant::now();
    let config = match config(args, &aim) {
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
    let out = aim.out;
    let target = match &out {
        None => None,
        Some(out) => Some(check_target(args, out).map_err(|error| error.words())?),
    };
    let progress = Progress::start(voice);
    progress.stage("正在读取", "reading");
    let mut sink = Sink::default();
    let sources = sources::read(&args.site, &mut sink).map_err(|error| error.words())?;
    if sources.own_count() == 0 {
        let words = Bilingual::new("没有任何来源文件", "there are no source files");
        return Err(words.at(args.site.display()));
    }
    progress.stage("正在检查和生成", "checking and building pages");
    let built = pipeline::build(&sources, config, &mut sink);
    let failed = sink.has_errors();
    let mut list = sink.into_sorted(&sources);
    if !config.advice {
        list.retain(|d| d.code.severity != Severity::Advice);
    }
    let mut shown = list.clone();
    if aim.errors_only {
        shown.retain(|d| d.code.severity == Severity::Error);
    }
    let written = match &target {
        Some(target) if !failed => {
            progress.stage("正在写入", "writing");
            Some(output::write(target, &built.tree).map_err(|error| error.words())?)
        }
        _ => None,
    };
    drop(progress);
    report(args, &shown, &sources, voice);
    if failed {
        say_failed(&list, out.is_some(), voice);
        return Ok(PROBLEMS);
    }
    let text = args.format == ReportFormat::Text;
    if text {
        voice.print(&rules::summary(&built.checks, voice.lang));
    }
    if aim.prove {
        match rules::prove_all(&sources, voice) {
            CLEAN => facts::prove(&sources, config, voice),
            code => return Ok(code),
        }
    }
    if !text {
        return Ok(CLEAN);
    }
    match (written, out) {
        (Some(written), Some(out)) => {
            let took = start.elapsed().as_millis();
            let (files, kilobytes, out) = (written.files, written.bytes / 1000, out.display());
            voice.say(
                &format!("已生成 {files} 个文件（{kilobytes} kB），{took} 毫秒 → {out}"),
                &format!("wrote {files} files ({kilobytes} kB) in {took} ms → {out}"),
            );
        }
        _ => say_passed(&list, sources.own_count(), voice),
    }
    if built.open > 0 {
        let open = built.open;
        voice.say(
            &format!("草稿：还有 {open} 处待核，不要发布；核对完再运行 mingbai build"),
            &format!(
                "draft: {} to confirm; do not publish it. Run mingbai build when all are confirmed",
                plural(open, "thing")
            ),
        );
    }
    Ok(CLEAN)
}

fn check_target(args: &CheckArgs, out: &std::path::Path) -> Result<PathBuf, WriteError> {
    let folders = Folders {
        site: args.site.clone(),
        out: out.to_owned(),
    };
    output::check_target(&folders.site, &folders.out)
}

/// The list in the form asked for: machine forms to stdout, also when there is nothing to say.
fn report(args: &CheckArgs, list: &[Diagnostic], sources: &Sources, voice: Voice) {
    let root = args.site.to_string_lossy().replace('\\', "/");
    let report = Report {
        sources,
        lang: voice.lang,
        root: &root,
    };
    match args.format {
        ReportFormat::Text if list.is_empty() => {}
        ReportFormat::Text => voice.print_problems(list, sources),
        ReportFormat::Json => voice.print(&render_all(list, sources, Format::Json)),
        ReportFormat::Sarif => voice.print(&report.sarif(list)),
        ReportFormat::Github => voice.print(&report.github(list)),
        ReportFormat::Gitlab => voice.print(&report.gitlab(list)),
    }
}

fn count(list: &[Diagnostic], severity: Severity) -> usize {
    list.iter().filter(|d| d.code.severity == severity).count()
}

fn say_failed(list: &[Diagnostic], was_to_write: bool, voice: Voice) {
    let errors = count(list, Severity::Error);
    let warnings = count(list, Severity::Warning);
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

fn say_passed(list: &[Diagnostic], files: usize, voice: Voice) {
    let warnings = count(list, Severity::Warning);
    let advice = count(list, Severity::Advice);
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
