//! `serve` and `desk`: the preview, and the forms in front of it, from the arguments to the last line printed. What is served is the business of
//! [`serve`](crate::serve).

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use clap::Args;

use super::voice::Voice;
use super::{CLEAN, beijing_today, build, plural};
use crate::diag::Severity;
use crate::serve::{Desk, Preview, Report, Run, Server, Settings, watch};
use crate::sources;
use crate::text::Bilingual;

#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    /// 网站文件夹（含 content、data、themes） / site folder
    #[arg(default_value = ".", value_name = "DIR")]
    site: PathBuf,
    /// 端口（默认 8000，被占用则换下一个；0 为任意） / port (default: 8000 or the next free one; 0 for any)
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// 打开浏览器 / open a browser
    #[arg(long)]
    open: bool,
    /// 按哪一天判断受理状态（默认今天，北京时间） / the date to evaluate states on (default: today in Beijing)
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct DeskArgs {
    #[command(flatten)]
    serve: ServeArgs,
}

/// Runs `desk`: the preview with forms, which a browser opens.
pub(super) fn desk(args: &DeskArgs, voice: Voice) -> u8 {
    listen(&args.serve, true, voice)
}

/// Runs `serve`.
pub(super) fn run(args: &ServeArgs, voice: Voice) -> u8 {
    listen(args, false, voice)
}

fn listen(args: &ServeArgs, with_desk: bool, voice: Voice) -> u8 {
    let today = match build::fixed_day(args.today.as_deref(), voice) {
        Ok(day) => day,
        Err(words) => return voice.trouble(&words),
    };
    if !sources::is_folder(&args.site) {
        let site = args.site.display();
        return voice.trouble(&Bilingual::new(
            format!("没有文件夹 {site}"),
            format!("the folder {site} does not exist"),
        ));
    }
    let server = match Server::bind(args.port) {
        Ok(server) => server,
        Err(taken) => {
            return voice.trouble(&Bilingual::new(
                format!(
                    "端口 {} 用不了（{}）；换一个，或不写 --port",
                    taken.port, taken.error
                ),
                format!(
                    "port {} cannot be used ({}); choose another, or omit --port",
                    taken.port, taken.error
                ),
            ));
        }
    };
    let preview = Preview::new(Settings {
        site: args.site.clone(),
        today: Box::new(move || today.unwrap_or_else(beijing_today)),
        lang: voice.lang,
        report: Box::new(move |report| tell(report, voice)),
    });
    let preview = match preview {
        Ok(preview) => preview,
        Err(error) => return voice.raw_trouble(&error.to_string()),
    };
    let ended = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        if let Err(error) = signal_hook::flag::register(signal, ended.clone()) {
            return voice.raw_trouble(&error.to_string());
        }
    }
    if args.port.is_none() && server.is_moved() {
        voice.note(
            &format!("端口 8000 已被占用，改用 {}", server.port()),
            &format!("port 8000 is in use; using {} instead", server.port()),
        );
    }
    let desk = if with_desk {
        Desk::new(preview.clone()).map(Arc::new)
    } else {
        None
    };
    if with_desk && desk.is_none() {
        return voice.trouble(&Bilingual::new(
            "系统给不出随机数，不能打开办公桌",
            "the system gives no random numbers, so the desk cannot be opened",
        ));
    }
    let mut address = format!("http://127.0.0.1:{}/", server.port());
    match &desk {
        Some(desk) => {
            address.push_str(&desk.door());
            voice.say(
                &format!("办公桌：{address} （只有这个网址能打开；按 Ctrl-C 结束）"),
                &format!("desk: {address} (only this address opens it; press Ctrl-C to stop)"),
            );
        }
        None => voice.say(
            &format!("预览：{address} （按 Ctrl-C 结束）"),
            &format!("preview: {address} (press Ctrl-C to stop)"),
        ),
    }
    if args.open && !open(&address) {
        voice.note(
            "没能打开浏览器，请把上面的网址复制到浏览器里",
            "the browser could not be opened: copy the address above into it",
        );
    }
    let watched = preview.clone();
    thread::spawn(move || watch(&watched));
    let served = preview.clone();
    thread::spawn(move || {
        if let Err(error) = server.serve(&served, desk.as_ref()) {
            voice.raw_trouble(&error.to_string());
            served.close();
        }
    });
    while !ended.load(Ordering::Relaxed) && !preview.is_closed() {
        preview.sleep(Duration::from_millis(100));
    }
    preview.close();
    CLEAN
}

/// Asks the system to open an address. Whether it took the order.
fn open(address: &str) -> bool {
    let (program, arguments): (&str, &[&str]) = if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(address);
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command.stderr(Stdio::null()).spawn().is_ok()
}

fn tell(report: Report, voice: Voice) {
    match report {
        Report::Run(run) => tell_run(&run, voice),
        Report::Trouble(words) => {
            voice.note(
                &format!("读不了网站文件夹：{}", words.zh),
                &format!("the site folder cannot be read: {}", words.en),
            );
        }
        Report::Fault(words) => {
            voice.note(
                &format!("mingbai 自己出错了，不是您的错：{words}"),
                &format!("mingbai failed. This is a bug in mingbai, not your mistake: {words}"),
            );
        }
    }
}

fn tell_run(run: &Run, voice: Voice) {
    let of = |severity| {
        let problems = run.problems.iter();
        problems.filter(|d| d.code.severity == severity).count()
    };
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let mut shown = run.problems.clone();
    shown.retain(|d| d.code.severity != Severity::Advice);
    if !shown.is_empty() {
        voice.print_problems(&shown, &*run.sources);
    }
    let what = match run.changed.as_slice() {
        [] => None,
        [one] => Some((one.clone(), one.clone())),
        [first, rest @ ..] => Some((
            format!("{first} 等 {} 个文件", rest.len() + 1),
            format!("{first} and {}", plural(rest.len(), "other file")),
        )),
    };
    let (what_zh, what_en) = what.map_or_else(
        || (String::new(), String::new()),
        |(zh, en)| (format!("{zh}："), format!("{en}: ")),
    );
    let whole = run.whole.as_millis();
    if errors > 0 {
        voice.note(
            &format!("{what_zh}{errors} 个错误、{warnings} 个提醒，网页未更新（{whole} 毫秒）"),
            &format!(
                "{what_en}{}, {}; pages not updated ({whole} ms)",
                plural(errors, "error"),
                plural(warnings, "warning")
            ),
        );
        return;
    }
    let first = run.first_page.unwrap_or(run.whole).as_millis();
    let files = run.files;
    let (warned_zh, warned_en) = if warnings > 0 {
        (
            format!("，{warnings} 个提醒"),
            format!(", {}", plural(warnings, "warning")),
        )
    } else {
        (String::new(), String::new())
    };
    let (open_zh, open_en) = if run.open > 0 {
        (
            format!("；草稿，还有 {} 处待核", run.open),
            format!("; draft: {} to confirm", plural(run.open, "thing")),
        )
    } else {
        (String::new(), String::new())
    };
    voice.note(
        &format!("{what_zh}网页已更新，{first} 毫秒；全部 {files} 个文件 {whole} 毫秒{warned_zh}{open_zh}"),
        &format!("{what_en}page updated in {first} ms, all {files} files in {whole} ms{warned_en}{open_en}"),
    );
}
