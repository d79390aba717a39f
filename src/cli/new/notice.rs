//! The questions of a notice.

use super::{Desk, question};
use crate::cli::asks::{Question, Stop};
use crate::desk::new::answers::{day_words, names, pairs};
use crate::desk::new::{NewFile, NoticeAnswers, ReleaseAnswer};
use crate::desk::places::Wanted;
use crate::model::decode::UNSTATED;
use crate::model::{DocumentKind, Genre, Publicity};
use crate::sources;
use crate::text::{Bilingual, nearest};

impl Desk<'_, '_> {
    pub(super) fn notice(&mut self) -> Result<NewFile, Stop> {
        let title = self.title(String::new())?;
        let genres: Vec<&str> = Genre::ALL.iter().map(|(word, _)| *word).collect();
        let given = self.args.genre.clone();
        let genre = self.word(
            "--genre",
            given.as_deref(),
            &Bilingual::new("文种：", "Genre:"),
            &genres,
        )?;
        let issued = self.stated(
            "--issued",
            &self.args.issued.clone(),
            "成文日期（落款的那一天）：",
            "Date at the end of the text:",
            &day_words,
        )?;
        let year = match issued.get(..4).and_then(|year| year.parse::<i16>().ok()) {
            Some(year) => Some(year),
            None => self.year(None)?,
        };
        let places = self.places(year);
        let region = self.place(&places, Wanted::Any, None)?;
        let number = self.stated(
            "--number",
            &self.args.number.clone(),
            "文号：",
            "Document number:",
            &super::filled,
        )?;
        let issuers = self.stated(
            "--issuers",
            &self.args.issuers.clone(),
            "发文机关（几个用顿号隔开）：",
            "Issuers (separated by 、):",
            &super::filled,
        )?;
        let publicities: Vec<&str> = Publicity::ALL.iter().map(|(word, _)| *word).collect();
        let given = self.args.publicity.clone();
        let publicity = self.word(
            "--publicity",
            given.as_deref(),
            &Bilingual::new("公开方式：", "Disclosure:"),
            &publicities,
        )?;
        let release = self.release(&publicity)?;
        let id = self.id(
            &places,
            &region,
            year,
            ending(&genre),
            DocumentKind::Notice.sources(),
        )?;
        let topics = self.topics()?;
        self.talk.complete()?;
        let text = match &self.args.text {
            Some(path) => Some(sources::read_file(path).map_err(|e| Stop::Trouble(e.words()))?),
            None => None,
        };
        let unstated = issued == UNSTATED;
        Ok(NoticeAnswers {
            id,
            title,
            number,
            genre,
            issuers: if issuers == UNSTATED {
                Vec::new()
            } else {
                names(&issuers)
            },
            issued,
            year: year.filter(|_| unstated || self.args.year.is_some()),
            publicity,
            release,
            region,
            topics,
            text,
        }
        .file(self.voice.lang))
    }

    /// One word of a list.
    fn word(
        &mut self,
        flag: &'static str,
        given: Option<&str>,
        words: &Bilingual,
        known: &[&str],
    ) -> Result<String, Stop> {
        let judge = |given: &str| {
            known.iter().position(|word| *word == given).ok_or_else(|| {
                let near = nearest(given, known.iter().copied());
                match near {
                    Some(near) => Bilingual::new(
                        format!("“{given}”不在其中，是否应为“{near}”？"),
                        format!("\"{given}\" is not one of them; did you mean {near}?"),
                    ),
                    None => Bilingual::new(
                        format!("“{given}”不在其中，可写：{}", known.join("、")),
                        format!(
                            "\"{given}\" is not one of them; available: {}",
                            known.join(", ")
                        ),
                    ),
                }
            })
        };
        let options: Vec<String> = known.iter().map(|word| (*word).to_owned()).collect();
        let chosen = self.talk.choose(flag, given, &judge, words, &options)?;
        Ok(chosen.map_or_else(String::new, |i| options[i].clone()))
    }

    /// What the text may leave out: 未载明 where nothing is typed.
    fn stated(
        &mut self,
        flag: &'static str,
        given: &Option<String>,
        zh: &str,
        en: &str,
        judge: &dyn Fn(&str) -> Result<String, Bilingual>,
    ) -> Result<String, Stop> {
        let asked = Question {
            help: Bilingual::new(
                "原文没有的，直接回车",
                "press Enter if the text does not state it",
            ),
            judge,
            ..question(zh, en, UNSTATED.to_owned())
        };
        self.talk.text(flag, given.as_deref(), &asked)
    }

    /// Who decided to publish what is disclosed on request only.
    fn release(&mut self, publicity: &str) -> Result<Option<ReleaseAnswer>, Stop> {
        const KEYS: [&str; 3] = ["by", "on", "basis"];
        if let Some(given) = &self.args.release {
            let pairs =
                pairs(given, &KEYS).map_err(|words| Stop::Trouble(words.at("--release")))?;
            let get = |key: &str| {
                let found = pairs
                    .iter()
                    .find(|(k, value)| *k == key && !value.is_empty());
                found.map(|(_, value)| (*value).to_owned()).ok_or_else(|| {
                    Stop::Trouble(Bilingual::new(
                        format!("--release：缺少 {key}="),
                        format!("--release: {key}= is missing"),
                    ))
                })
            };
            let on =
                day_words(&get("on")?).map_err(|words| Stop::Trouble(words.at("--release")))?;
            return Ok(Some(ReleaseAnswer {
                by: get("by")?,
                on,
                basis: get("basis")?,
            }));
        }
        if publicity != "依申请公开" && publicity != "不予公开" {
            return Ok(None);
        }
        let by = question("谁决定上网：", "Who decided to publish it:", String::new());
        let by = self.talk.text("--release", None, &by)?;
        if by.is_empty() {
            return Ok(None);
        }
        let on = Question {
            judge: &day_words,
            ..question("哪天决定的：", "When:", String::new())
        };
        let on = self.talk.text("--release", None, &on)?;
        let basis = question("凭什么：", "On what basis:", String::new());
        let basis = self.talk.text("--release", None, &basis)?;
        Ok(Some(ReleaseAnswer { by, on, basis }))
    }
}

/// The end of a file's name, by genre.
fn ending(genre: &str) -> &'static str {
    match genre {
        "工作方案" => "-plan",
        "工作指引" => "-guide",
        "操作细则" => "-rules",
        "通报" => "-circular",
        "办法" => "-measures",
        "意见" => "-opinion",
        "公告" => "-announcement",
        _ => "-notice",
    }
}
