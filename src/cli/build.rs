//! `build` and `check`: one run over a site folder, from reading to the last line printed.

use std::path::PathBuf;
use std::time::Instant;

use jiff::civil::Date;

use super::voice::Voice;
use super::{
    CLEAN, CheckArgs, OutputFormat, PROBLEMS, beijing_today, plural, print, print_error, rules,
    trouble,
};
use crate::config::{Config, Folders};
use crate::diag::{Format, Severity, Sink, render_all};
use crate::{model, output, pipeline, sources};

fn config(args: &CheckArgs) -> Result<Config, String> {
    let today = match &args.today {
        None => beijing_today(),
        Some(text) => text
            .parse::<Date>()
            .ok()
            .filter(|day| day.to_string() == *text)
            .ok_or_else(|| format!("--today {text}：写作 2023-07-17 / write it like 2023-07-17"))?,
    };
    let base_url = match &args.base_url {
        None => None,
        Some(url) => Some(model::base_url(url).ok_or_else(|| format!("--base-url {url}：须以 https:// 或 http:// 开头 / must begin with https:// or http://"))?),
    };
    Ok(Config {
        today,
        base_url,
        advice: false,
    })
}

pub(super) fn run(args: CheckArgs, out: Option<PathBuf>, prove: bool, voice: Voice) -> u8 {
    let start = Instant::now();
    let config = match config(&args) {
        Ok(config) => Config {
            advice: out.is_none(),
            ..config
        },
        Err(words) => return trouble(&words),
    };
    // Deeply nested HTML needs stack in the minifier.
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(args.jobs)
        .stack_size(16 * 1024 * 1024)
        .build();
    let pool = match pool {
        Ok(pool) => pool,
        Err(error) => return trouble(&error.to_string()),
    };
    pool.install(|| build(&args, &config, out, prove, voice, start))
}

fn build(
    args: &CheckArgs,
    config: &Config,
    out: Option<PathBuf>,
    prove: bool,
    voice: Voice,
    start: Instant,
) -> u8 {
    let mut sink = Sink::default();
    let target = match &out {
        None => None,
        Some(out) => {
            let folders = Folders {
                site: args.site.clone(),
                out: out.clone(),
            };
            match output::check_target(&folders.site, &folders.out) {
                Ok(target) => Some(target),
                Err(error) => return trouble(&error.to_string()),
            }
        }
    };
    let sources = match sources::read(&args.site, &mut sink) {
        Ok(sources) if sources.files.is_empty() => {
            return trouble(&format!(
                "{}: 没有任何来源文件 / no source files",
                args.site.display()
            ));
        }
        Ok(sources) => sources,
        Err(error) => return trouble(&error.to_string()),
    };
    let built = pipeline::build(&sources, config, &mut sink);
    let failed = sink.has_errors();
    let mut list = sink.into_sorted(&sources);
    list.retain(|d| config.advice || d.code.severity != Severity::Advice);
    let errors = list
        .iter()
        .filter(|d| d.code.severity == Severity::Error)
        .count();
    let warnings = list
        .iter()
        .filter(|d| d.code.severity == Severity::Warning)
        .count();
    match args.format {
        OutputFormat::Json => print(&render_all(&list, &sources, Format::Json)),
        OutputFormat::Text if !list.is_empty() => {
            print_error(&render_all(&list, &sources, voice.format()));
        }
        OutputFormat::Text => {}
    }
    if failed {
        print_error(&format!(
            "\n{errors} 个错误、{warnings} 个提醒；{} / {}, {}; {}\n",
            if out.is_some() {
                "没有写任何文件，原有网站未动"
            } else {
                "未通过检查"
            },
            plural(errors, "error"),
            plural(warnings, "warning"),
            if out.is_some() {
                "nothing was written, the site is as it was"
            } else {
                "check failed"
            }
        ));
        return PROBLEMS;
    }
    if args.format == OutputFormat::Text {
        print(&rules::summary(&built.checks));
    }
    let Some(target) = target else {
        if prove {
            let code = rules::prove_all(&sources);
            if code != CLEAN {
                return code;
            }
        }
        if args.format == OutputFormat::Text {
            print(&format!(
                "检查通过：{} 个文件，{warnings} 个提醒 / check passed: {}, {}\n",
                sources.files.len(),
                plural(sources.files.len(), "file"),
                plural(warnings, "warning")
            ));
        }
        return CLEAN;
    };
    match output::write(&target, &built.tree) {
        Ok(written) => {
            if args.format == OutputFormat::Text {
                let seconds = start.elapsed().as_millis();
                let (files, kilobytes) = (written.files, written.bytes / 1000);
                let out = out.unwrap_or(target);
                print(&format!(
                    "已生成 {files} 个文件（{kilobytes} kB），{seconds} 毫秒 → {0}\nwrote {files} files ({kilobytes} kB) in {seconds} ms → {0}\n",
                    out.display()
                ));
            }
            CLEAN
        }
        Err(error) => trouble(&error.to_string()),
    }
}
