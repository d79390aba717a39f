//! `mingbai new`: a source file of a kind, from flags or from questions on a terminal.
//!
//! The questions are here and in `new/`; how to ask is in `asks`; what is written is in `desk::new`.

mod entries;
mod lists;
mod notice;
mod schedule;
mod self_check;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::asks::{Asks, Interview, Question, Stop, Terminal};
use super::build::day;
use super::voice::Voice;
use super::{CLEAN, PROBLEMS};
use crate::desk::new::answers::{days_in, names};
use crate::desk::new::{NewFile, clauses, judge};
use crate::desk::places::{Gazetteer, Wanted};
use crate::diag::{Severity, Sink, render_all};
use crate::link::{self, Names};
use crate::model::{self, Document, DocumentId, Kind, Model, Place};
use crate::output;
use crate::sources::{self, Sources};
use crate::text::{Bilingual, nearest, visible, visible_name};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum NewKind {
    /// 官方文件 / an official text
    #[value(alias = "通知")]
    Notice,
    /// 受理安排 / a county's schedule
    #[value(alias = "安排")]
    Schedule,
    /// 试点名单 / a pilot list
    #[value(alias = "名单")]
    PilotList,
    /// 考核结果 / results of an assessment
    #[value(alias = "考核")]
    Assessment,
    /// 自查 / a self-check
    #[value(alias = "自查")]
    Check,
}

#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// 写什么 / what to write
    #[arg(value_enum, value_name = "KIND")]
    kind: NewKind,
    /// 编号，也就是文件名：小写字母、数字、短横（默认由地名和年度拼成） / ID and file name: lowercase letters, digits, hyphens (default: from place and year)
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// 网站文件夹 / site folder
    #[arg(long, default_value = ".", value_name = "DIR")]
    site: PathBuf,
    /// 标题 / title
    #[arg(long)]
    title: Option<String>,
    /// 年度 / year
    #[arg(long, value_name = "YYYY")]
    year: Option<String>,
    /// 县：全称、县名或拼音（受理安排） / county: full name, name or pinyin (schedule)
    #[arg(long, value_name = "PLACE")]
    county: Option<String>,
    /// 地区：全国、省、市或县（除受理安排以外） / place: 全国, province, prefecture or county (all except schedules)
    #[arg(long, value_name = "PLACE")]
    region: Option<String>,
    /// 依据的文件的编号（除通知以外） / ID of the notice it is based on (all except notices)
    #[arg(long, value_name = "ID")]
    source: Option<String>,
    /// 主题，可以写多次 / a topic; can be repeated
    #[arg(long = "topic", value_name = "TOPIC")]
    topics: Vec<String>,
    /// 受理窗口，可以写多次（受理安排） / a window; can be repeated (schedule)
    #[arg(
        long = "window",
        value_name = "what=… who=… from=… until=… clause=… quote=…"
    )]
    windows: Vec<String>,
    /// 受理地点，可以写多次（受理安排） / a venue; can be repeated (schedule)
    #[arg(long = "venue", value_name = "what=… clause=… quote=…")]
    venues: Vec<String>,
    /// 每天的名额，可以写多次（受理安排） / a quota; can be repeated (schedule)
    #[arg(
        long = "quota",
        value_name = "group=… per_day=… morning=… afternoon=… clause=… quote=…"
    )]
    quotas: Vec<String>,
    /// 要带的材料，可以写多次（受理安排） / papers to bring; can be repeated (schedule)
    #[arg(long = "paper", value_name = "who=… items=… clause=… quote=…")]
    papers: Vec<String>,
    /// 单位的公用电话，可以写多次（受理安排） / a telephone of an office; can be repeated (schedule)
    #[arg(long = "contact", value_name = "office=… phone=… clause=… quote=…")]
    contacts: Vec<String>,
    /// 用平常话写的要点，可以写多次（受理安排） / a point in everyday words; can be repeated (schedule)
    #[arg(long = "point", value_name = "text=… for=… clause=… quote=…")]
    points: Vec<String>,
    /// 项目（名单、考核） / programme (lists)
    #[arg(long)]
    programme: Option<String>,
    /// 依据的条款（名单、考核、自查） / the clause it is based on (lists, self-checks)
    #[arg(long)]
    clause: Option<String>,
    /// 等次和它的名单在哪一条，可以写多次（考核） / a grade and the clause that lists it; can be repeated (assessment)
    #[arg(long = "grade", value_name = "优秀=附件 一")]
    grades: Vec<String>,
    /// 文号，没有写“未载明”（通知） / document number, or 未载明 (notice)
    #[arg(long)]
    number: Option<String>,
    /// 文种（通知） / genre (notice)
    #[arg(long, value_name = "通知")]
    genre: Option<String>,
    /// 发文机关，几个用顿号隔开，没有写“未载明”（通知） / issuers separated by 、, or 未载明 (notice)
    #[arg(long)]
    issuers: Option<String>,
    /// 成文日期，没有写“未载明”（通知） / date of the text, or 未载明 (notice)
    #[arg(long, value_name = "DATE")]
    issued: Option<String>,
    /// 公开方式（通知） / disclosure (notice)
    #[arg(long, value_name = "主动公开")]
    publicity: Option<String>,
    /// 公开决定：谁、何时、凭什么（依申请公开的通知） / release decision (notices disclosed on request)
    #[arg(long, value_name = "by=… on=… basis=…")]
    release: Option<String>,
    /// 原文的文本文件，UTF-8（通知） / text file with the official text, UTF-8 (notice)
    #[arg(long, value_name = "FILE")]
    text: Option<PathBuf>,
    /// 问读者的问题，答是或否（自查） / the question, answered yes or no (self-check)
    #[arg(long)]
    question: Option<String>,
    /// 对答“是”的人说什么（自查） / what to tell those who answer yes (self-check)
    #[arg(long, value_name = "TEXT")]
    if_yes: Option<String>,
    /// 对答“否”的人说什么（自查） / what to tell those who answer no (self-check)
    #[arg(long, value_name = "TEXT")]
    if_no: Option<String>,
    /// 照抄条款的一句（自查） / words copied from the clause (self-check)
    #[arg(long)]
    quote: Option<String>,
    /// 谁核对的（自查） / who compared it with the official text (self-check)
    #[arg(long, value_name = "OFFICE")]
    checked_by: Option<String>,
    /// 有错误也写下来，以后再改 / write the file even if it has errors, to be fixed later
    #[arg(long)]
    draft: bool,
    /// 按哪一天算今天（默认今天，北京时间） / the date to use as today (default: today in Beijing)
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<String>,
}

pub(super) fn run(args: &NewArgs, voice: Voice) -> u8 {
    let mut terminal = Terminal::of(voice);
    let who = terminal.as_mut().map(|terminal| terminal as &mut dyn Asks);
    work(args, who, voice).unwrap_or_else(|stop| stop.say(voice))
}

fn work(args: &NewArgs, who: Option<&mut dyn Asks>, voice: Voice) -> Result<u8, Stop> {
    let today = day(args.today.as_deref(), voice).map_err(Stop::Trouble)?;
    let mut sink = Sink::default();
    let sources = sources::read(&args.site, &mut sink).map_err(|e| Stop::Trouble(e.words()))?;
    let model = link::load(&sources, &mut sink);
    let mut desk = Desk {
        args,
        voice,
        today,
        sources: &sources,
        model: &model,
        talk: Interview::new(who, voice),
    };
    let file = match args.kind {
        NewKind::Notice => desk.notice()?,
        NewKind::Schedule => desk.schedule()?,
        NewKind::PilotList => desk.pilots()?,
        NewKind::Assessment => desk.assessment()?,
        NewKind::Check => desk.self_check()?,
    };
    let Desk { mut talk, .. } = desk;
    finish(args, &file, sources, &mut talk, voice)
}

/// Checks the file in its place, shows it to a person who was asked, and writes it.
fn finish(
    args: &NewArgs,
    file: &NewFile,
    sources: Sources,
    talk: &mut Interview,
    voice: Voice,
) -> Result<u8, Stop> {
    let (sources, said) = judge(sources, file);
    let errors = said
        .iter()
        .filter(|d| d.code.severity == Severity::Error)
        .count();
    let words = render_all(&said, &sources, voice.format());
    if talk.asked {
        let (path, text) = (visible_name(&file.path), visible(&file.text));
        talk.show(&format!("\n── {path} ──\n{text}──\n{words}"));
        let question = if errors == 0 {
            Bilingual::new(
                format!("写入 {}？", file.path),
                format!("Write {}?", file.path),
            )
        } else {
            Bilingual::new(
                format!(
                    "有 {errors} 个错误，改好以前网站不会生成。仍写入 {}？",
                    file.path
                ),
                format!(
                    "The file has {}; the site cannot be built until this is fixed. Write {} anyway?",
                    super::plural(errors, "error"),
                    file.path
                ),
            )
        };
        if !talk.confirm(&question, errors == 0)? {
            return Err(Stop::Cancelled);
        }
    } else {
        voice.print_rendered(&words);
        if errors > 0 && !args.draft {
            voice.note(
                &format!(
                    "有 {errors} 个错误，没有写 {}；仍要写下来再改，加上 --draft",
                    file.path
                ),
                &format!(
                    "{}: {} was not written; add --draft to write it anyway and fix it later",
                    super::plural(errors, "error"),
                    file.path
                ),
            );
            return Err(Stop::Said(PROBLEMS));
        }
    }
    output::write_new(&args.site.join(&file.path), file.text.as_bytes())
        .map_err(|error| Stop::Trouble(error.words()))?;
    let path = &file.path;
    if errors > 0 {
        voice.say(
            &format!("已写入 {path}，有 {errors} 个错误要改"),
            &format!(
                "wrote {path} with {} to fix",
                super::plural(errors, "error")
            ),
        );
        return Ok(PROBLEMS);
    }
    let warnings = said
        .iter()
        .filter(|d| d.code.severity == Severity::Warning)
        .count();
    voice.say(
        &format!("已写入 {path}：检查通过，{warnings} 个提醒"),
        &format!(
            "wrote {path}: check passed, {}",
            super::plural(warnings, "warning")
        ),
    );
    voice.say(
        "接着用编辑器补上注释里的各项，再运行 mingbai check 和 mingbai build",
        "fill in the fields that are commented out, then run mingbai check and mingbai build",
    );
    Ok(CLEAN)
}

/// What a command has at hand while it asks.
struct Desk<'a, 't> {
    args: &'a NewArgs,
    voice: Voice,
    today: Date,
    sources: &'a Sources,
    model: &'a Model,
    talk: Interview<'t>,
}

/// Any words, but some.
fn filled(typed: &str) -> Result<String, Bilingual> {
    if typed.is_empty() {
        Err(Bilingual::new("不能空着", "this cannot be empty"))
    } else {
        Ok(typed.to_owned())
    }
}

fn question<'q>(zh: &str, en: &str, proposal: String) -> Question<'q> {
    Question {
        words: Bilingual::new(zh, en),
        help: Bilingual::new("", ""),
        proposal,
        suggest: None,
        judge: &filled,
    }
}

impl Desk<'_, '_> {
    /// The notice that the file is based on.
    fn source(&mut self) -> Result<Option<DocumentId>, Stop> {
        let model = self.model;
        let notices: Vec<DocumentId> = model
            .documents
            .keys()
            .filter(|&i| matches!(model.documents[i].kind, Kind::Notice(_)))
            .collect();
        if notices.is_empty() {
            return Err(Stop::Trouble(Bilingual::new(
                "网站里还没有通知文件。先录入依据的文件：mingbai new notice，或 mingbai import",
                "the site has no notices yet. First add the notice this is based on, with mingbai new notice or mingbai import",
            )));
        }
        let options: Vec<String> = notices
            .iter()
            .map(|&i| {
                format!(
                    "{}（{}）",
                    model.documents[i].title.value, model.documents[i].id
                )
            })
            .collect();
        let judge = |given: &str| {
            notices
                .iter()
                .position(|&i| model.documents[i].id == given)
                .ok_or_else(|| {
                    let ids = notices.iter().map(|&i| model.documents[i].id.as_str());
                    match nearest(given, ids.clone()) {
                        Some(near) => Bilingual::new(
                            format!("没有编号为“{given}”的通知，是否应为 {near}？"),
                            format!("no notice has the ID \"{given}\"; did you mean {near}?"),
                        ),
                        None => {
                            let ids: Vec<&str> = ids.collect();
                            Bilingual::new(
                                format!("没有编号为“{given}”的通知，现有：{}", ids.join("、")),
                                format!(
                                    "no notice has the ID \"{given}\"; available: {}",
                                    ids.join(", ")
                                ),
                            )
                        }
                    }
                })
        };
        let words = Bilingual::new("依据哪个文件：", "Based on which notice:");
        let given = self.args.source.as_deref();
        let chosen = self
            .talk
            .choose("--source", given, &judge, &words, &options)?;
        Ok(chosen.map(|i| notices[i]))
    }

    fn document(&self, index: Option<DocumentId>) -> Option<&Document> {
        index.map(|i| &*self.model.documents[i])
    }

    fn year(&mut self, source: Option<DocumentId>) -> Result<Option<i16>, Stop> {
        let known = self.document(source).and_then(|document| {
            document.year().or(match &document.kind {
                Kind::Notice(notice) => notice.issued.map(|day| day.year()),
                _ => None,
            })
        });
        let judge = |typed: &str| match typed.trim_end_matches('年').parse::<i16>() {
            Ok(year) if (1949..=2200).contains(&year) => Ok(year.to_string()),
            _ => Err(Bilingual::new(
                format!("“{typed}”不是年份，写作 2027"),
                format!("\"{typed}\" is not a year; write it as 2027"),
            )),
        };
        let asked = Question {
            judge: &judge,
            ..question(
                "哪一年的：",
                "Year:",
                known.unwrap_or_else(|| self.today.year()).to_string(),
            )
        };
        let year = self
            .talk
            .text("--year", self.args.year.as_deref(), &asked)?;
        Ok(year.parse().ok())
    }

    /// The places of a year; of today where the year is not known.
    fn places(&self, year: Option<i16>) -> Gazetteer {
        let day = year.and_then(|year| Date::new(year, 12, 31).ok());
        Gazetteer::new(&self.model.regions, day)
    }

    fn place(
        &mut self,
        places: &Gazetteer,
        wanted: Wanted,
        source: Option<DocumentId>,
    ) -> Result<String, Stop> {
        let suggest = |typed: &str| places.suggest(typed, wanted);
        let judge = |typed: &str| places.find(typed, wanted);
        let proposal = self
            .document(source)
            .and_then(|document| document.place)
            .filter(|place| wanted == Wanted::Any || matches!(place, Place::Unit(_)))
            .map(|place| self.model.regions.whole_name(place))
            .unwrap_or_default();
        let (flag, given, words) = if wanted == Wanted::Counties {
            ("--county", &self.args.county, ("哪个县：", "Which county:"))
        } else {
            ("--region", &self.args.region, ("哪个地区：", "Place:"))
        };
        let asked = Question {
            help: Bilingual::new(
                "汉字、拼音、首字母都行：右玉、youyu、yyx；Tab 补全，上下键选",
                "characters, pinyin or initials: 右玉, youyu, yyx; Tab completes, arrow keys select",
            ),
            suggest: Some(&suggest),
            judge: &judge,
            ..question(words.0, words.1, proposal)
        };
        self.talk.text(flag, given.as_deref(), &asked)
    }

    fn title(&mut self, proposal: String) -> Result<String, Stop> {
        let given = self.args.title.as_deref();
        let follows = matches!(
            self.args.kind,
            NewKind::Schedule | NewKind::PilotList | NewKind::Assessment
        );
        if given.is_none() && follows && self.talk.lacks() {
            return Ok(String::new());
        }
        let asked = question("标题：", "Title:", proposal);
        if asked.proposal.is_empty() {
            self.talk.text("--title", given, &asked)
        } else {
            self.talk.text_or("--title", given, &asked)
        }
    }

    /// The id: as given, else proposed from place, year and what it is.
    fn id(
        &mut self,
        places: &Gazetteer,
        place: &str,
        year: Option<i16>,
        ending: &str,
        folder: &str,
    ) -> Result<String, Stop> {
        let sound = if place == "全国" {
            "national"
        } else {
            places.sound(place)
        };
        let year = year.map_or_else(String::new, |year| format!("-{year}"));
        let proposal = format!("{sound}{year}{ending}");
        let (model, sources) = (self.model, self.sources);
        let free = |id: &str| {
            let taken = |ending| sources.find(&format!("{folder}/{id}{ending}")).is_some();
            if !model::is_id(id) {
                return Err(Bilingual::new(
                    format!("“{id}”不能作文件名：只用小写字母、数字和短横，如 youyu-2027"),
                    format!(
                        "\"{id}\" cannot be a file name: use only lowercase letters, digits and hyphens, such as youyu-2027"
                    ),
                ));
            }
            if Names::new(model).document(id).is_some()
                || model.failed.contains(id)
                || taken(".md")
                || taken(".yaml")
            {
                return Err(Bilingual::new(
                    format!("已经有叫 {id} 的文件，没有改动它；换一个编号"),
                    format!(
                        "a file named {id} already exists and was not changed; choose another ID"
                    ),
                ));
            }
            Ok(id.to_owned())
        };
        // A second schedule of a county and year is youyu-2027-2.
        let numbered = (2..=9).map(|number| format!("{proposal}-{number}"));
        let proposal = std::iter::once(proposal.clone())
            .chain(numbered)
            .find(|id| !sound.is_empty() && free(id).is_ok())
            .unwrap_or_default();
        let asked = Question {
            judge: &free,
            ..question("编号（文件名）：", "ID (file name):", proposal)
        };
        let given = self.args.id.as_deref();
        if given.is_none() && self.talk.lacks() {
            return Ok(String::new());
        }
        if asked.proposal.is_empty() {
            self.talk.text("ID", given, &asked)
        } else {
            self.talk.text_or("ID", given, &asked)
        }
    }

    /// A clause of the source, chosen from its tree.
    fn clause(
        &mut self,
        flag: &'static str,
        given: Option<&str>,
        source: Option<DocumentId>,
        words: &Bilingual,
    ) -> Result<String, Stop> {
        let Some(document) = source.map(|i| &self.model.documents[i]) else {
            // The missing source is reported; what depends on it is required, too.
            self.talk.choose(flag, None, &|_| Ok(0), words, &[])?;
            return Ok(String::new());
        };
        if let Some(given) = given
            && clauses::has(document, given.trim())
        {
            return Ok(given.trim().to_owned());
        }
        let tree = clauses::tree(document, self.sources);
        let options: Vec<String> = tree.iter().map(|line| line.shown.clone()).collect();
        let judge = |given: &str| {
            Err(Bilingual::new(
                format!("《{}》没有条款“{given}”", document.title.value),
                format!(
                    "document {} does not have a clause \"{given}\"",
                    document.id
                ),
            ))
        };
        let chosen = self.talk.choose(flag, given, &judge, words, &options)?;
        Ok(chosen.map_or_else(String::new, |i| tree[i].label.clone()))
    }

    /// Words of a clause, chosen from its sentences or typed.
    fn quote(
        &mut self,
        given: Option<&str>,
        source: Option<DocumentId>,
        clause: &str,
    ) -> Result<String, Stop> {
        let (model, sources) = (self.model, self.sources);
        let document = source.map(|i| &model.documents[i]);
        let stands = |typed: &str| {
            if document.is_some_and(|d| clauses::stands_in(d, clause, typed, sources)) {
                Ok(typed.to_owned())
            } else {
                Err(Bilingual::new(
                    format!("这句话不在条款“{clause}”里，要逐字照抄"),
                    format!("this sentence is not in clause {clause}: copy it exactly"),
                ))
            }
        };
        let mut options =
            document.map_or_else(Vec::new, |d| clauses::sentences(d, clause, sources));
        let typed = options.len();
        options.push(self.voice.lang.line("（自己照抄一段）", "(type it myself)"));
        let words = Bilingual::new("照抄哪一句：", "Which sentence to quote:");
        let asked = Question {
            judge: &stands,
            ..question("照抄的话：", "Quotation:", String::new())
        };
        if given.is_some() || document.is_none() {
            return self.talk.text("--quote", given, &asked);
        }
        match self
            .talk
            .choose("--quote", None, &|_| Ok(typed), &words, &options)?
        {
            Some(i) if i < typed => Ok(options.swap_remove(i)),
            _ => self.talk.text("--quote", None, &asked),
        }
    }

    /// Days that the quotation contains, as proposals.
    fn days(quote: &str, year: Option<i16>) -> (String, String) {
        let mut days = days_in(quote, year).into_iter();
        (
            days.next().unwrap_or_default(),
            days.next().unwrap_or_default(),
        )
    }

    /// Topics as given, judged by the site's list.
    fn topics(&self) -> Result<Vec<String>, Stop> {
        let topics: Vec<String> = self
            .args
            .topics
            .iter()
            .flat_map(|word| names(word))
            .collect();
        for topic in &topics {
            if Names::new(self.model).topic(topic).is_none() {
                let known: Vec<&str> = self.model.topics.iter().map(|t| t.name.as_str()).collect();
                return Err(Stop::Trouble(Bilingual::new(
                    format!(
                        "--topic {topic}：data/topics.yaml 里没有，现有：{}",
                        known.join("、")
                    ),
                    format!(
                        "--topic {topic}: not in data/topics.yaml; available: {}",
                        known.join(", ")
                    ),
                )));
            }
        }
        Ok(topics)
    }
}

/// The last name of a whole one: 右玉县.
fn own_name(path: &str) -> &str {
    path.rsplit(' ').next().unwrap_or(path)
}
