//! The command line: arguments in, printed words and an exit code out. The only user of stdout and stderr.

mod ask;
mod build;
mod import_table;
mod rules;
mod search;
mod voice;

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use self::voice::Voice;
use crate::diag::{Code, codes};
use crate::text::Lang;

/// 明白：把政策文件、县级安排和考核结果生成公开网站 / builds a public site from policy documents
#[derive(Debug, Parser)]
#[command(name = "mingbai", version)]
struct Cli {
    /// 用哪种语言说话（默认看系统设置） / language of messages (default: that of the system)
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    lang: Option<LangChoice>,
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
    /// 把表格或文字里的名单变成源文件 / turn a table, or lists in text, into a source file
    ImportTable(Box<import_table::TableArgs>),
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LangChoice {
    Zh,
    En,
}

impl From<LangChoice> for Lang {
    fn from(choice: LangChoice) -> Self {
        match choice {
            LangChoice::Zh => Self::Zh,
            LangChoice::En => Self::En,
        }
    }
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
    let voice = Voice::new(cli.lang.map(Lang::from));
    ExitCode::from(match cli.command {
        Command::Build(args) => {
            let out = args.out.unwrap_or_else(|| args.common.site.join("public"));
            build::run(args.common, Some(out), false, voice)
        }
        Command::Check(args) => match &args.compare {
            Some(old) => rules::compare_with(&args.common.site, old, voice),
            None => build::run(args.common, None, args.prove, voice),
        },
        Command::Ask(args) => ask::ask(&args, voice),
        Command::Search(args) => search::search(&args, voice),
        Command::ImportTable(args) => import_table::run(&args, voice),
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
