//! The command line: arguments in, printed words and an exit code out. The only user of stdout and stderr.

mod ask;
mod asks;
mod build;
mod diff;
mod facts;
mod help;
mod hosting;
mod import;
mod init;
mod new;
mod progress;
mod publish;
mod read;
mod rollback;
mod rules;
mod schema;
mod seal;
mod search;
mod serve;
mod theme;
mod third_party;
mod timings;
mod unchanged;
mod voice;

use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use jiff::ToSpan as _;
use jiff::civil::Date;

use self::build::{Aim, WriteArgs};
use self::voice::Voice;
use crate::diag::{Code, codes};
use crate::part::Part;
use crate::text::{Bilingual, Lang};

/// 明白：把政策文件、县级安排和考核结果生成公开网站 / builds a public site from policy documents
#[derive(Debug, Parser)]
#[command(name = "mingbai", version, arg_required_else_help = true)]
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
    /// 把网站换回上一版 / put the last edition of the site back
    Rollback(rollback::RollbackArgs),
    /// 把 build --part 生成的各份合成一个网站 / put the parts made by build --part together
    Join(JoinArgs),
    /// 输出服务器的配置：nginx、Caddy、_headers、_redirects / print configuration for a web server
    Config(hosting::ConfigArgs),
    /// 造一对签名用的密钥 / make a pair of keys for signing
    Keygen(seal::KeygenArgs),
    /// 给生成的网站签名 / sign a built site
    Sign(seal::SignArgs),
    /// 核对网站有没有被改动：文件夹或网址 / check whether a site was changed: a folder or an address
    Verify(seal::VerifyArgs),
    /// 两个网站之间，哪些事实变了 / which facts changed between two sites
    Diff(diff::DiffArgs),
    /// 列出程序里用到的软件和许可证 / list the software in this program and its licences
    Licences(third_party::LicencesArgs),
    /// 新建一个网站 / create a new site
    Init(init::InitArgs),
    /// 新写一个文件：通知、安排、名单、考核、自查 / write a new notice, schedule, list, assessment or self-check
    New(Box<new::NewArgs>),
    /// 外观：列出自带的文件，取出要改的 / the theme: list its files, copy files to change them
    Theme(theme::ThemeArgs),
    /// 在终端里做一份自查 / answer a self-check in the terminal
    Ask(ask::AskArgs),
    /// 在终端里搜索 / search in the terminal
    Search(search::SearchArgs),
    /// 输出编辑器用的文件格式说明（JSON Schema） / print the JSON Schema of a kind of file, for editors
    Schema(schema::SchemaArgs),
    /// 输出命令补全脚本 / print a shell completion script
    Completions {
        /// 哪种命令行 / which shell
        shell: clap_complete::Shell,
    },
    /// 输出手册页（man） / print the manual page
    Man,
    /// 边改边看：在本机浏览器里预览，保存后自动更新 / preview in a local browser, updated at every save
    Serve(serve::ServeArgs),
    /// 把生成的网站发布到文件夹或压缩包，只送变化的 / publish the built site to a folder or a zip file; only what changed is sent
    Publish(publish::PublishArgs),
    /// 办公桌：在本机浏览器里填表，改文件、导入公文、看问题 / the desk: edit, import and check files as forms in a local browser
    Desk(serve::DeskArgs),
    /// 把公文（.docx、文本）或表格（.xlsx、.csv）变成来源文件 / turn a document (.docx, text) or a table (.xlsx, .csv) into a source file
    Import(Box<import::ImportArgs>),
    /// 列出程序从公文里读到的日期、数量、电话、材料、单位等 / list the dates, numbers, telephones, papers, offices … that the program reads in a text
    Read(read::ReadArgs),
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
    /// 按哪一天判断受理状态（默认今天，北京时间） / the date to evaluate states on (default: today in Beijing)
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<String>,
    /// 线程数（默认等于处理器数） / threads (default: one per processor)
    #[arg(long, value_name = "N", default_value_t = 0)]
    jobs: usize,
    /// 诊断的格式 / format of diagnostics
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    format: ReportFormat,
    /// 列出各阶段、各种页面用了多少时间和内存 / print where time and memory went, by stage and kind of page
    #[arg(long)]
    timings: bool,
}

#[derive(Debug, Args)]
struct CheckOnlyArgs {
    #[command(flatten)]
    common: CheckArgs,
    /// 试遍自查的答法；逐处改动事实，看查不查得出 / try every answer sheet of every self-check, and every fact changed
    #[arg(long)]
    prove: bool,
    /// 接受草稿：还有“# 待核”的文件不算错误 / accept drafts: files with open 待核 are not errors
    #[arg(long)]
    draft: bool,
    /// 只列出错误，不列提醒和建议 / report only errors, no warnings or suggestions
    #[arg(long)]
    errors_only: bool,
    /// 与旧版本的规则文件比较：谁的结果变了 / compare with an old version of a rule file and show whose result changes
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
    /// 草稿也生成，每页注明；默认写到 draft 文件夹 / build drafts too, marked on each page; default folder: draft
    #[arg(long)]
    draft: bool,
    /// 只生成若干份里的一份，再用 mingbai join 合起来；写进一个单独的文件夹 / make one of several parts, to be put together with mingbai join, in a folder of its own
    #[arg(long, value_name = "N/M", requires = "out", conflicts_with = "draft")]
    part: Option<Part>,
    #[command(flatten)]
    write: WriteArgs,
}

/// The forms of a run's problems: for people, for programs, for merge requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    Text,
    Json,
    Sarif,
    Github,
    Gitlab,
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
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let voice = Voice::new(asked_language(&arguments));
    let command = help::localised(Cli::command(), voice.lang);
    let parsed = command
        .try_get_matches_from(&arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return ExitCode::from(voice.finish(say_usage(&error, voice))),
    };
    ExitCode::from(voice.finish(dispatch(cli.command, voice)))
}

/// Runs one command: its exit code.
#[derive(Debug, Args)]
struct JoinArgs {
    #[command(flatten)]
    common: CheckArgs,
    /// 各份的文件夹 / the folders of the parts
    #[arg(long, value_name = "FOLDER", num_args = 1.., required = true)]
    parts: Vec<PathBuf>,
    /// 输出文件夹（默认网站文件夹下的 public） / output folder (default: public in the site folder)
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    write: WriteArgs,
}

fn dispatch(command: Command, voice: Voice) -> u8 {
    match command {
        Command::Build(args) => {
            // A draft does not take the place of the published site by itself.
            let folder = if args.draft { "draft" } else { "public" };
            let out = args.out.unwrap_or_else(|| args.common.site.join(folder));
            let aim = Aim {
                out: Some((out, args.write)),
                draft: args.draft,
                part: args.part,
                ..Aim::default()
            };
            build::run(&args.common, aim, voice)
        }
        Command::Join(args) => {
            let out = args.out.unwrap_or_else(|| args.common.site.join("public"));
            let aim = Aim {
                out: Some((out, args.write)),
                parts: args.parts,
                ..Aim::default()
            };
            build::run(&args.common, aim, voice)
        }
        Command::Check(args) => match &args.compare {
            Some(old) => rules::compare_with(&args.common.site, old, voice),
            None => {
                let aim = Aim {
                    prove: args.prove,
                    draft: args.draft,
                    errors_only: args.errors_only,
                    ..Aim::default()
                };
                build::run(&args.common, aim, voice)
            }
        },
        Command::Rollback(args) => rollback::run(&args, voice),
        Command::Config(args) => hosting::run(&args, voice),
        Command::Keygen(args) => seal::keygen(&args, voice),
        Command::Sign(args) => seal::sign(&args, voice),
        Command::Verify(args) => seal::verify(&args, voice),
        Command::Diff(args) => diff::run(&args, voice),
        Command::Licences(args) => third_party::run(&args, voice),
        Command::Init(args) => init::run(&args, voice),
        Command::New(args) => new::run(&args, voice),
        Command::Theme(args) => theme::run(&args, voice),
        Command::Ask(args) => ask::ask(&args, voice),
        Command::Search(args) => search::search(&args, voice),
        Command::Schema(args) => schema::run(&args, voice),
        Command::Explain { code } => explain(code.as_deref(), voice),
        Command::Completions { shell } => completions(shell, voice),
        Command::Man => manual(voice),
        Command::Serve(args) => serve::run(&args, voice),
        Command::Publish(args) => publish::run(&args, voice),
        Command::Desk(args) => serve::desk(&args, voice),
        Command::Import(args) => import::run(&args, voice),
        Command::Read(args) => read::run(&args, voice),
    }
}

/// The language asked for, before the arguments are read: help and errors need it.
fn asked_language(arguments: &[OsString]) -> Option<Lang> {
    let words: Vec<_> = arguments
        .iter()
        .map(|word| word.to_string_lossy())
        .collect();
    let asked = words.iter().enumerate().find_map(|(i, word)| {
        if word == "--lang" {
            words.get(i + 1).map(|next| next.to_string())
        } else {
            word.strip_prefix("--lang=").map(str::to_owned)
        }
    })?;
    LangChoice::from_str(&asked, true).ok().map(Lang::from)
}

/// Help, version, or what is wrong with the arguments: the exit code.
fn say_usage(error: &clap::Error, voice: Voice) -> u8 {
    if error.exit_code() == 0 {
        voice.print_help(&error.render());
        return CLEAN;
    }
    let is_help = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    match help::words_of_error(error).filter(|_| !is_help) {
        Some(words) => {
            let code = voice.trouble(&words);
            voice.note("加上 --help 可以看用法", "add --help to see the usage");
            code
        }
        None => {
            voice.print_usage(&error.render());
            TROUBLE
        }
    }
}

/// `1 error`, `2 errors`
fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

fn explain(code: Option<&str>, voice: Voice) -> u8 {
    let Some(id) = code else {
        for code in codes::ALL {
            let title = voice.lang.line(code.title.0, code.title.1);
            voice.print(&format!("{}  {title}\n", code.id));
        }
        return CLEAN;
    };
    match Code::find(id) {
        Some(code) => {
            voice.print(&code.explain(voice.lang));
            CLEAN
        }
        None => voice.trouble(&Bilingual::new(
            format!("没有代码 {id}；不带参数运行 explain 可列出全部"),
            format!("there is no code {id}; run explain without a code to list all"),
        )),
    }
}

/// A completion script, from the definitions above.
fn completions(shell: clap_complete::Shell, voice: Voice) -> u8 {
    let mut command = help::localised(Cli::command(), voice.lang);
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "mingbai", &mut script);
    voice.print(&String::from_utf8_lossy(&script));
    CLEAN
}

/// The manual page: the command and, below it, each of its commands.
fn manual(voice: Voice) -> u8 {
    let mut command = help::localised(Cli::command(), voice.lang);
    command.build();
    let mut page = Vec::new();
    let rendered = clap_mangen::Man::new(command.clone())
        .render(&mut page)
        .and_then(|()| {
            command
                .get_subcommands()
                .filter(|sub| sub.get_name() != "help")
                .try_for_each(|sub| manual_section(sub, &mut page))
        });
    match rendered {
        Ok(()) => {
            voice.print(&String::from_utf8_lossy(&page));
            CLEAN
        }
        Err(error) => voice.trouble(&Bilingual::of_io(&error)),
    }
}

fn manual_section(command: &clap::Command, page: &mut Vec<u8>) -> std::io::Result<()> {
    writeln!(page, ".SH \"mingbai {}\"", command.get_name())?;
    let manual = clap_mangen::Man::new(command.clone());
    manual.render_description_section(page)?;
    manual.render_synopsis_section(page)?;
    manual.render_options_section(page)
}

/// Beijing has had one offset, UTC+8, without summer time, since 1992. A clock after 2100 is taken for the day after:
/// [`build`] refuses both, and no sum of days leaves the calendar.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the clock; --today replaces it"
)]
fn beijing_today() -> Date {
    let latest = LAST_DAY.saturating_add(1.day());
    let now = jiff::Timestamp::try_from(std::time::SystemTime::now());
    now.map_or(latest, beijing_day).min(latest)
}

/// The time, in seconds and nanoseconds since 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "a file that was saved just now may be saved again within one tick of the disk's clock"
)]
fn now() -> (i64, i64) {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or((0, 0), |now| {
        let seconds = i64::try_from(now.as_secs()).unwrap_or_default();
        (seconds, i64::from(now.subsec_nanos()))
    })
}

/// The last day that a clock may show.
const LAST_DAY: Date = jiff::civil::date(2100, 12, 31);

/// The day of a time in Beijing.
fn beijing_day(time: jiff::Timestamp) -> Date {
    jiff::tz::offset(8).to_datetime(time).date()
}
