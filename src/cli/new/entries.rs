//! The questions of a schedule besides its windows: venues, quotas, papers, telephones, points.
//!
//! Each entry begins with a clause and its words. What the words say is proposed by the reader, as in the desk.

use super::{Desk, question};
use crate::cli::asks::{Question, Stop};
use crate::desk::edit::value::{Step, Value};
use crate::desk::import::{Official, suggest};
use crate::desk::new::EntriesAnswer;
use crate::desk::new::answers::{names, pairs};
use crate::model::{DocumentId, Kind};
use crate::text::Bilingual;

/// A value of an entry: its key, and how it is asked for.
struct Part {
    key: &'static str,
    words: (&'static str, &'static str),
    form: Form,
}

/// What is typed for a value.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// Words, which must not be empty.
    Must,
    /// Words or nothing.
    May,
    /// A whole number, which must be there.
    Count,
    /// A whole number or nothing.
    MayCount,
    /// Names.
    Names,
}

/// A list of a schedule.
struct Section {
    key: &'static str,
    flag: &'static str,
    first: (&'static str, &'static str),
    more: (&'static str, &'static str),
    parts: &'static [Part],
    /// Keys of the flag.
    keys: &'static [&'static str],
}

const fn part(key: &'static str, zh: &'static str, en: &'static str, form: Form) -> Part {
    Part {
        key,
        words: (zh, en),
        form,
    }
}

const SECTIONS: [Section; 5] = [
    Section {
        key: "summary",
        flag: "--point",
        first: ("要写几句要点吗？", "Are there points to sum up?"),
        more: ("还有别的要点吗？", "Is there another point?"),
        parts: &[
            part("text", "用平常话怎么说：", "In everyday words:", Form::Must),
            part("for", "说给谁听：", "For whom:", Form::May),
        ],
        keys: &["text", "for", "clause", "quote"],
    },
    Section {
        key: "venues",
        flag: "--venue",
        first: ("原文写了在哪里办吗？", "Does the text state where?"),
        more: ("还有别的地点吗？", "Is there another venue?"),
        parts: &[part("what", "在哪里办：", "Where:", Form::Must)],
        keys: &["what", "who", "note", "clause", "quote"],
    },
    Section {
        key: "quotas",
        flag: "--quota",
        first: (
            "原文写了每天办多少名吗？",
            "Does the text state how many a day?",
        ),
        more: ("还有别的名额吗？", "Is there another quota?"),
        parts: &[
            part("group", "哪些人：", "Of whom:", Form::Must),
            part("per_day", "每天多少名：", "How many a day:", Form::Count),
            part(
                "morning",
                "其中上午（没有写就空着）：",
                "In the morning (may be empty):",
                Form::MayCount,
            ),
            part(
                "afternoon",
                "其中下午（没有写就空着）：",
                "In the afternoon (may be empty):",
                Form::MayCount,
            ),
        ],
        keys: &[
            "group",
            "per_day",
            "morning",
            "afternoon",
            "clause",
            "quote",
        ],
    },
    Section {
        key: "forms",
        flag: "--paper",
        first: (
            "原文写了要带什么材料吗？",
            "Does the text state which papers to bring?",
        ),
        more: ("还有别的人要带的材料吗？", "Are there papers of others?"),
        parts: &[
            part("who", "哪些人带：", "Who brings them:", Form::May),
            part(
                "items",
                "带什么（几样用顿号隔开）：",
                "Which papers (separated by 、):",
                Form::Names,
            ),
        ],
        keys: &["who", "items", "note", "clause", "quote"],
    },
    Section {
        key: "contacts",
        flag: "--contact",
        first: (
            "原文写了单位的公用电话吗？",
            "Does the text state a telephone of an office?",
        ),
        more: ("还有别的电话吗？", "Is there another telephone?"),
        parts: &[
            part("office", "哪个单位：", "Which office:", Form::Must),
            part(
                "phone",
                "电话（不写个人的）：",
                "Telephone (never a person's):",
                Form::Must,
            ),
        ],
        keys: &["office", "phone", "duty", "note", "clause", "quote"],
    },
];

impl Desk<'_, '_> {
    /// The lists that are given or asked for. Where any list of the schedule is given by flags, nothing is asked.
    pub(super) fn entries(
        &mut self,
        source: Option<DocumentId>,
        year: Option<i16>,
    ) -> Result<Vec<EntriesAnswer>, Stop> {
        let mut out = Vec::new();
        let is_given = !self.args.windows.is_empty()
            || SECTIONS
                .iter()
                .any(|section| !self.given(section).is_empty());
        for section in &SECTIONS {
            let mut entries = Vec::new();
            for given in self.given(section) {
                let entry = entry_of(given, section);
                entries.push(entry.map_err(|words| Stop::Trouble(words.at(section.flag)))?);
            }
            if !is_given {
                self.asked(section, source, year, &mut entries)?;
            }
            if !entries.is_empty() {
                let key = section.key;
                out.push(EntriesAnswer { key, entries });
            }
        }
        Ok(out)
    }

    /// Entries that a person adds, one after the other.
    fn asked(
        &mut self,
        section: &Section,
        source: Option<DocumentId>,
        year: Option<i16>,
        entries: &mut Vec<Value>,
    ) -> Result<(), Stop> {
        loop {
            let (zh, en) = match entries.is_empty() {
                true => section.first,
                false => section.more,
            };
            if !self.talk.confirm(&Bilingual::new(zh, en), false)? {
                return Ok(());
            }
            entries.push(self.entry(section, source, year)?);
        }
    }

    fn given(&self, section: &Section) -> &[String] {
        match section.key {
            "summary" => &self.args.points,
            "venues" => &self.args.venues,
            "quotas" => &self.args.quotas,
            "forms" => &self.args.papers,
            _ => &self.args.contacts,
        }
    }

    fn entry(
        &mut self,
        section: &Section,
        source: Option<DocumentId>,
        year: Option<i16>,
    ) -> Result<Value, Stop> {
        let words = Bilingual::new("哪一条写的：", "Which clause states it:");
        let clause = self.clause(section.flag, None, source, &words)?;
        let quote = self.quote(None, source, &clause)?;
        let found = self.suggestions(section.key, source, year, &clause, &quote);
        let proposed = |key: &str| {
            let value = found.as_ref()?.at(&[Step::Key(key.to_owned())])?;
            Some(match value {
                Value::List(items) => {
                    let items: Vec<&str> = items.iter().filter_map(Value::text).collect();
                    items.join("、")
                }
                value => value.text()?.to_owned(),
            })
        };
        let mut entry = Vec::new();
        for part in section.parts {
            let judge = |typed: &str| judged(part.form, typed);
            let asked = Question {
                judge: &judge,
                ..question(
                    part.words.0,
                    part.words.1,
                    proposed(part.key).unwrap_or_default(),
                )
            };
            let typed = self.talk.text(section.flag, None, &asked)?;
            entry.extend(value_of(part.form, &typed).map(|value| (part.key.to_owned(), value)));
        }
        let cited = [("clause", clause), ("quote", quote)];
        entry.extend(cited.map(|(key, words)| (key.to_owned(), Value::Text(words))));
        Ok(Value::Map(entry))
    }

    /// What the words say, as the desk proposes it.
    fn suggestions(
        &self,
        list: &str,
        source: Option<DocumentId>,
        year: Option<i16>,
        clause: &str,
        quote: &str,
    ) -> Option<Value> {
        let document = self.document(source)?;
        let body = document.body.as_ref()?;
        let (issued, issuers) = match &document.kind {
            Kind::Notice(notice) => (notice.issued, notice.issuers.clone()),
            _ => (None, Vec::new()),
        };
        let official = Official {
            body,
            text: &self.sources.file(body.source).text,
            title: &document.title.value,
            year,
            issued,
            issuers,
            model: self.model,
        };
        suggest(&official, list, clause, quote).into_iter().next()
    }
}

/// An answer in the form that is kept.
fn judged(form: Form, typed: &str) -> Result<String, Bilingual> {
    let typed = typed.trim();
    let is_missing = typed.is_empty() && matches!(form, Form::Must | Form::Count | Form::Names);
    if is_missing {
        return Err(Bilingual::new("不能空着", "this cannot be empty"));
    }
    let is_number = typed.is_empty() || typed.parse::<u32>().is_ok();
    if matches!(form, Form::Count | Form::MayCount) && !is_number {
        return Err(Bilingual::new(
            format!("“{typed}”不是数目，写作 60"),
            format!("\"{typed}\" is not a number; write it as 60"),
        ));
    }
    Ok(typed.to_owned())
}

fn value_of(form: Form, typed: &str) -> Option<Value> {
    match form {
        _ if typed.is_empty() => None,
        Form::Names => Some(Value::List(
            names(typed).into_iter().map(Value::Text).collect(),
        )),
        _ => Some(Value::Text(typed.to_owned())),
    }
}

/// `what=教育局一楼大厅 clause=四（二） quote=…`
fn entry_of(given: &str, section: &Section) -> Result<Value, Bilingual> {
    let pairs = pairs(given, section.keys)?;
    let form = |key: &str| {
        let part = section.parts.iter().find(|part| part.key == key);
        part.map_or(Form::May, |part| part.form)
    };
    let must = section.keys.iter().filter(|key| {
        matches!(**key, "clause" | "quote") || form(key) != Form::May && form(key) != Form::MayCount
    });
    for key in must {
        if !pairs
            .iter()
            .any(|(other, value)| other == key && !value.is_empty())
        {
            return Err(Bilingual::new(
                format!("缺少 {key}="),
                format!("{key}= is missing"),
            ));
        }
    }
    let mut entry = Vec::new();
    for (key, value) in pairs {
        let typed = judged(form(key), value).map_err(|words| words.at(key))?;
        entry.extend(value_of(form(key), &typed).map(|value| (key.to_owned(), value)));
    }
    Ok(Value::Map(entry))
}
