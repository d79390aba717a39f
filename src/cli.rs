//! The command line: arguments in, printed words and an exit code out. The only user of stdout and stderr.

mod ask;
mod rules;
mod search;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::config::{Config, Folders};
use crate::diag::{Code, Format, Severity, Sink, codes, render_all};
use crate::{model, output, pipeline, sources};

/// 明白：把政策文件、县级安排和考核结果生成公开网站 / builds a public site from policy documents
#[derive(Debug, Parser)]
#[command(name = "mingbai", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 生成网站 / build the site
    Build(BuildArgs),
    /// 只检查，不写文件 / check everything, write nothing
    Check(CheckOnlyArgs),
    /// 在终端里做一份自查 / take a self-check in the terminal
    Ask(ask::AskArgs),
    /// 在终端里搜索 / search in the terminal
    Search(search::SearchArgs),
    /// 解释一个诊断代码（不写代码则全部列出） / explain a diagnostic code, or list all
    Explain {
        /// 如 MB0208 / such as MB0208
        code: Option<String>,
    },
}

#[derive(Debug, Args)]
struct CheckArgs {
    /// 网站文件夹（含 content、data、themes） / site folder
    #[arg(default_value = ".", value_name = "DIR")]
    site: PathBuf,
    /// 网站地址，代替 data/site.yaml 中的 base_url / base address of the site
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// 按哪一天判断受理状态（默认今天，北京时间） / day by which states are told (default: today in Beijing)
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<String>,
    /// 线程数（默认等于处理器数） / threads (default: one per processor)
    #[arg(long, value_name = "N", default_value_t = 0)]
    jobs: usize,
    /// 诊断的格式 / form of diagnostics
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
}

#[derive(Debug, Args)]
struct CheckOnlyArgs {
    #[command(flatten)]
    common: CheckArgs,
    /// 把每份自查的全部答法都试一遍 / try every class of answer sheet of every self-check
    #[arg(long)]
    prove: bool,
    /// 与旧版本的规则文件比较：谁的结果变了 / compare with an old version of a rule file: whose answer changes
    #[arg(long, value_name = "OLD")]
    compare: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct BuildArgs {
    #[command(flatten)]
    common: CheckArgs,
    /// 输出文件夹（默认网站文件夹下的 public） / output folder (default: public in the site folder)
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    Text,
    Json,
}

/// Clean run.
const CLEAN: u8 = 0;
/// The sources have problems.
const PROBLEMS: u8 = 1;
/// The machine has: disk, permissions, arguments.
const TROUBLE: u8 = 2;

/// Runs mingbai with the arguments of a process.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no trouble; a closed pipe is nobody's.
            error.print().unwrap_or_default();
            return ExitCode::from(if error.use_stderr() { TROUBLE } else { CLEAN });
        }
    };
    ExitCode::from(match cli.command {
        Command::Build(args) => {
            let out = args.out.unwrap_or_else(|| args.common.site.join("public"));
            run_site(args.common, Some(out), false)
        }
        Command::Check(args) => match &args.compare {
            Some(old) => rules::compare_with(&args.common.site, old),
            None => run_site(args.common, None, args.prove),
        },
        Command::Ask(args) => ask::ask(&args),
        Command::Search(args) => search::search(&args),
        Command::Explain { code } => explain(code.as_deref()),
    })
}

fn print(text: &str) {
    std::io::stdout()
        .write_all(text.as_bytes())
        .unwrap_or_default();
}

fn print_error(text: &str) {
    std::io::stderr()
        .write_all(text.as_bytes())
        .unwrap_or_default();
}

/// `1 error`, `2 errors`
fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

fn trouble(text: &str) -> u8 {
    print_error(&format!("mingbai: {text}\n"));
    TROUBLE
}

fn explain(code: Option<&str>) -> u8 {
    match code {
        None => {
            for code in codes::ALL {
                print(&format!(
                    "{}  {} / {}\n",
                    code.id, code.title.0, code.title.1
                ));
            }
            CLEAN
        }
        Some(id) => match Code::find(id) {
            Some(code) => {
                print(&code.explain());
                CLEAN
            }
            None => trouble(&format!(
                "没有代码 {id}；不带参数运行 explain 可列出全部 / no code {id}; run explain without one to list all"
            )),
        },
    }
}

/// Beijing has had one offset, UTC+8, without summer time, since 1992.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the clock; --today replaces it"
)]
fn beijing_today() -> Date {
    jiff::tz::offset(8)
        .to_datetime(jiff::Timestamp::now())
        .date()
}

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
    Ok(Config { today, base_url })
}

fn run_site(args: CheckArgs, out: Option<PathBuf>, prove: bool) -> u8 {
    let start = Instant::now();
    let config = match config(&args) {
        Ok(config) => config,
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
    pool.install(|| build(&args, &config, out, prove, start))
}

fn build(
    args: &CheckArgs,
    config: &Config,
    out: Option<PathBuf>,
    prove: bool,
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
    let list = sink.into_sorted(&sources);
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
            let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
            print_error(&render_all(&list, &sources, Format::Text { colour }));
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
