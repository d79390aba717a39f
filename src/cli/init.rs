//! `mingbai init`: a new site in an empty folder.

use std::path::PathBuf;

use clap::Args;

use super::asks::{Asks, Interview, Question, Stop, Terminal};
use super::voice::Voice;
use super::{CLEAN, beijing_today};
use crate::config::BaseUrl;
use crate::desk::init::{Answers, EXAMPLE_MARK, NO_ADDRESS, nothing_yet, site};
use crate::desk::places::{Gazetteer, Wanted};
use crate::diag::Sink;
use crate::model::{self, region};
use crate::output;
use crate::text::Bilingual;

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// 新网站的文件夹，须是空的或还没有 / folder of the new site; it must be empty or not exist yet
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// 网站名称 / name of the site
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// 示例用的地区：全称、县名或拼音（youyu） / place for the examples: full name, county or pinyin (youyu)
    #[arg(long, value_name = "PLACE")]
    region: Option<String>,
    /// 网站将来的网址 / future address of the site
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// 主办单位 / organisation that runs the site
    #[arg(long, value_name = "OFFICE")]
    operator: Option<String>,
    /// 不提问，没有给的用带〔示例〕的占位 / ask nothing; use placeholders marked 〔示例〕 for what is not given
    #[arg(long, short)]
    yes: bool,
}

pub(super) fn run(args: &InitArgs, voice: Voice) -> u8 {
    let mut terminal = Terminal::of(voice).filter(|_| !args.yes);
    let who = terminal.as_mut().map(|terminal| terminal as &mut dyn Asks);
    work(args, who, voice).unwrap_or_else(|stop| stop.say(voice))
}

fn work(args: &InitArgs, who: Option<&mut dyn Asks>, voice: Voice) -> Result<u8, Stop> {
    output::check_new_folder(&args.folder).map_err(|error| Stop::Trouble(error.words()))?;
    let regions = region::load(&nothing_yet(), &mut Sink::default());
    let places = Gazetteer::new(&regions, None);
    let answers = answers(args, who, voice, &places, example_year(&regions))?;
    let files = site(&answers, voice.lang);
    output::write_new_folder(&args.folder, &files).map_err(|error| Stop::Trouble(error.words()))?;
    say_done(args, files.len(), voice);
    Ok(CLEAN)
}

/// The first whole year of the newest edition: its windows are over, and its names of places are today's.
fn example_year(regions: &model::Regions) -> i16 {
    regions.editions.last().map_or_else(
        || beijing_today().year() - 1,
        |edition| edition.as_of.year() + 1,
    )
}

fn answers(
    args: &InitArgs,
    who: Option<&mut dyn Asks>,
    voice: Voice,
    places: &Gazetteer,
    year: i16,
) -> Result<Answers, Stop> {
    let nobody = who.is_none();
    let mut talk = Interview::new(who, voice);
    // Nobody to ask: what was not given is a marked placeholder, what was given is judged all the same.
    let mut answer = |flag, given: &Option<String>, question: &Question| -> Result<_, Stop> {
        if nobody && given.is_none() {
            return Ok(None);
        }
        let answer = talk.text(flag, given.as_deref(), question)?;
        Ok((!answer.is_empty()).then_some(answer))
    };
    let as_typed = |typed: &str| -> Result<String, Bilingual> { Ok(typed.to_owned()) };
    let later = Bilingual::new(
        "还不知道就直接回车，以后在 data/site.yaml 里改",
        "press Enter if you do not know yet; you can change data/site.yaml later",
    );
    let plain = |zh: &str, en: &str, proposal: &str| Question {
        words: Bilingual::new(zh, en),
        help: later.clone(),
        proposal: proposal.to_owned(),
        suggest: None,
        judge: &as_typed,
    };
    let name = answer(
        "--name",
        &args.name,
        &plain("网站名称：", "Name of the site:", ""),
    )?;
    let suggest = |typed: &str| places.suggest(typed, Wanted::Any);
    let judge_place = |typed: &str| {
        if typed.is_empty() {
            return Ok(String::new());
        }
        places.find(typed, Wanted::Any)
    };
    let region = answer(
        "--region",
        &args.region,
        &Question {
            words: Bilingual::new("哪个县（市、省）：", "Which county (prefecture, province):"),
            help: Bilingual::new(
                "汉字、拼音、首字母都行：右玉、youyu、yyx；Tab 补全，不填就直接回车",
                "characters, pinyin or initials: 右玉, youyu, yyx; Tab completes, Enter skips",
            ),
            proposal: String::new(),
            suggest: Some(&suggest),
            judge: &judge_place,
        },
    )?;
    let operator = answer(
        "--operator",
        &args.operator,
        &plain("主办单位：", "Who runs the site:", ""),
    )?;
    let judge_url = |typed: &str| {
        BaseUrl::parse(typed)
            .map(|url| url.to_string())
            .ok_or_else(|| {
                Bilingual::new(
                    format!("“{typed}”不是网址：须以 https:// 或 http:// 开头"),
                    format!(
                        "\"{typed}\" is not an address: it must start with https:// or http://"
                    ),
                )
            })
    };
    let base_url = answer(
        "--base-url",
        &args.base_url,
        &Question {
            judge: &judge_url,
            ..plain("网站将来的网址：", "Address of the site:", NO_ADDRESS)
        },
    )?;
    Ok(Answers {
        name,
        operator,
        base_url,
        region,
        year,
    })
}

fn say_done(args: &InitArgs, files: usize, voice: Voice) {
    let folder = args.folder.display();
    voice.say(
        &format!("已建好 {folder}：{files} 个文件"),
        &format!("created {folder}: {files} files"),
    );
    let here = args.folder.as_os_str() == ".";
    let enter = if here {
        String::new()
    } else {
        format!("  cd {folder}\n")
    };
    voice.print(&enter);
    voice.say(
        "  mingbai build           # 生成网站，在 public 里\n  mingbai new schedule    # 写一份受理安排",
        "  mingbai build           # build the site in public\n  mingbai new schedule    # write a schedule",
    );
    voice.say(
        &format!("标着{EXAMPLE_MARK}的文件只演示格式，不是政策；README.md 里写了怎么换。"),
        &format!("Files marked {EXAMPLE_MARK} only show the format; they are not policy. README.md explains how to replace them."),
    );
}
