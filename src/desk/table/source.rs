//! The source file: rows as YAML, with comments for the people who will check it.
//!
//! Comes in: [`Content`] and what the command line says. Goes out: the file's text. Names are copied as printed. A key whose
//! value is not known is left empty: the build refuses an empty key and says which. What a person must look at is
//! marked 待核; ready entries for `corrections` are there as comments.

use std::collections::{BTreeMap, HashMap};

use super::content::{Content, Entry, Field, Session, number_in};
use super::days::{self, Day};
use super::grid::Nature;
use super::names::{Found, Names, TO_CONFIRM};
use super::options::{Kind, Options, Role};
use crate::forms::spreadsheet::day_of_number;
use crate::model::UnitId;
use crate::remark::{Place, Remark, RemarkKind};
use crate::sources::keys;
use crate::text::{Bilingual, first_chars};
use crate::words::{one_line, squeeze};
use crate::written::{comment, item, list, scalar};

/// The longest name of a prefecture that becomes a key; YAML has no keys of more than 1,024 characters.
const LONGEST_HEADING: usize = 100;

/// An entry and what the regions say of it.
struct Judged<'a> {
    entry: &'a Entry,
    heading: String,
    unit: Option<UnitId>,
    doubt: Option<Doubt>,
}

struct Doubt {
    words: Bilingual,
    right: Option<String>,
    why: &'static str,
}

struct Writer<'a> {
    out: String,
    options: &'a Options,
    names: &'a Names<'a>,
    content: &'a Content,
    remarks: &'a mut Vec<Remark>,
}

pub(super) fn write(
    kind: Kind,
    content: &Content,
    origin: &str,
    options: &Options,
    names: &Names,
    remarks: &mut Vec<Remark>,
) -> String {
    let mut writer = Writer {
        out: String::new(),
        options,
        names,
        content,
        remarks,
    };
    writer.head(kind, origin);
    if kind == Kind::Schedule {
        writer.sessions();
    } else {
        writer.lists(kind);
    }
    writer.out
}

impl<'a> Writer<'a> {
    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn comment(&mut self, indent: &str, text: &str) {
        self.line(&format!("{indent}{}", comment(text)));
    }

    /// A key with its value; without one, an empty key that the build refuses, a mark and a remark.
    fn key(&mut self, key: &str, value: Option<&str>, flag: &str, what: (&str, &str)) {
        match value.map(str::trim).filter(|value| !value.is_empty()) {
            Some(value) => self.line(&format!("{key}: {}", scalar(value))),
            None => {
                self.line(&format!(
                    "{key}:  {}",
                    comment(&format!("待核：{}", what.0))
                ));
                self.remarks.push(Remark::new(Place::Whole, RemarkKind::Missing, (format!("{key} 还空着，没填以前不能发布：{}（或重新导入，加 {flag}）", what.0), format!(
                        "{key} is empty; fill it in before the site can be built: {} (or import again with {flag})",
                        what.1
                    ))));
            }
        }
    }

    fn head(&mut self, kind: Kind, origin: &str) {
        let options = self.options;
        self.say_how_to_read(kind, origin);
        let titles = &self.content.titles;
        let seen = if titles.is_empty() {
            String::new()
        } else {
            format!("；表头上面写着“{}”", titles.join(" "))
        };
        let what = (&*format!("标题{seen}"), "the title");
        self.key("title", options.title.as_deref(), "--title", what);
        let what = match kind {
            Kind::Pilots => "项目，哪一项试点",
            Kind::Assessment | Kind::Schedule => "项目，哪一项考核",
        };
        let what = (what, "the name of the programme");
        let region = options.region.as_deref();
        if kind == Kind::Schedule {
            let county = region.filter(|region| region.split_whitespace().count() > 1);
            let what = (
                "省、市、县的全名，中间空一格，如 山西省 朔州市 右玉县",
                "province, prefecture and county",
            );
            self.key("county", county, "--region", what);
        } else {
            self.key(
                "programme",
                options.programme.as_deref(),
                "--programme",
                what,
            );
        }
        let year = options.year.map(|year| year.to_string());
        let seen = self.names.assumed_year();
        let seen = seen.map_or_else(String::new, |year| format!("；文字里写着{year}年"));
        let what = (&*format!("年度{seen}"), "the year");
        self.key("year", year.as_deref(), "--year", what);
        if kind != Kind::Schedule {
            let seen = self.names.assumed_province();
            let seen = seen.map_or_else(String::new, |name| format!("；看县名像是{name}"));
            let what = (&*format!("地区{seen}"), "the province");
            self.key("region", region, "--region", what);
        }
        if kind == Kind::Assessment && !options.bodies.is_empty() {
            self.line(&format!("bodies: {}", list(&options.bodies)));
        }
        let what = (
            "依据文件的编号，就是 content/notices/ 下那个文件的名字，不带 .md",
            "ID of the official document in content/notices",
        );
        self.key("source", options.source.as_deref(), "--source", what);
        if kind != Kind::Schedule {
            let what = (
                "名单在原文的哪一条，如 附件",
                "the clause that contains the list",
            );
            self.key("clause", options.clause.as_deref(), "--clause", what);
        }
        if !options.topics.is_empty() {
            self.line(&format!("topics: {}", list(&options.topics)));
        }
    }

    /// The comments at the top of the file.
    fn say_how_to_read(&mut self, kind: Kind, origin: &str) {
        self.comment("", &format!("由{origin}转成，请与原文逐一核对。"));
        let words = if kind == Kind::Schedule {
            "日期、地点、业务照表里写的写；表里没有的不要补。"
        } else {
            "名称照原文写、照原文的先后写；印错的也照录，改正写在 corrections（更正）里。"
        };
        self.comment("", words);
        self.comment("", "键可以写英文，也可以写中文，如 title（标题）。带“待核”的由人填写或确认；空着的键没填以前，网站不会生成。");
    }

    // ------------------------------------------------------------ lists

    fn lists(&mut self, kind: Kind) {
        let judged = self.judge();
        self.say_twice(&judged);
        self.corrections(&judged);
        if kind == Kind::Pilots {
            self.line("counties:");
            let all: Vec<&Judged> = judged.iter().collect();
            self.counties(&all, "  ");
            return;
        }
        self.comment("", "stated（原文数目）要照抄原文的那一句，连同 clause（条款）和 quote（原文）一起补在等次下面。");
        self.line("grades:");
        for grade in &self.content.grades {
            let rows: Vec<&Judged> = judged
                .iter()
                .filter(|j| j.entry.grade.as_ref() == Some(grade))
                .collect();
            self.grade(grade, &rows);
        }
        let rest: Vec<&Judged> = judged.iter().filter(|j| j.entry.grade.is_none()).collect();
        if !rest.is_empty() {
            let places: Vec<String> = rest.iter().map(|j| j.entry.place.to_string()).collect();
            self.remarks.push(Remark::new(
                rest[0].entry.place.clone(),
                RemarkKind::Missing,
                (
                    format!("这些行没有等次：{}", places.join("、")),
                    format!("these rows do not have a grade: {}", places.join(", ")),
                ),
            ));
            self.grade("", &rest);
        }
    }

    fn grade(&mut self, grade: &str, rows: &[&Judged]) {
        if grade.is_empty() {
            self.line("  - grade:  # 待核：表里没有写等次");
        } else {
            self.line(&format!("  - grade: {}", scalar(grade)));
        }
        let lists = &self.options.lists;
        let list = lists
            .iter()
            .find(|(g, _)| g.as_deref() == Some(grade))
            .or_else(|| lists.iter().find(|(g, _)| g.is_none()))
            .map(|(_, clause)| clause.clone());
        match list {
            Some(list) => self.line(&format!("    list: {}", scalar(&list))),
            None => {
                self.line("    list:  # 待核：这个等次的名单在原文的哪一条，如 附件 一");
                self.remarks.push(Remark::new(Place::Whole, RemarkKind::Missing, (format!("等次“{grade}”的 list（名单条款）还空着，没填以前不能发布（或重新导入，加 --list \"{grade}=附件 一\"）"), format!("`list` of grade \"{grade}\" is empty; fill it in before the site can be built (or import again with --list \"{grade}=CLAUSE\")"))));
            }
        }
        if rows.is_empty() {
            self.line("    counties: 无");
        } else {
            self.line("    counties:");
            self.counties(rows, "      ");
        }
    }

    /// Looks every name up.
    fn judge(&mut self) -> Vec<Judged<'a>> {
        let mut known: HashMap<(Option<&str>, &str, bool), Found> = HashMap::new();
        let mut out = Vec::new();
        let mut deduced = Vec::new();
        let content = self.content;
        for entry in &content.entries {
            let printed = entry.heading.as_deref();
            // Below a heading that is misspelt the names are judged by what it was perhaps meant to be.
            let meant = printed.map(|heading| match self.names.heading(heading) {
                Some(_) => heading,
                None => self.names.heading_like(heading).unwrap_or(heading),
            });
            let found = &*known
                .entry((meant, &entry.name, entry.trusted))
                .or_insert_with(|| self.names.find(meant, &entry.name, entry.trusted));
            let (heading, doubt) = match found {
                Found::Sure { heading, .. } => {
                    if printed.is_none() || !entry.trusted && meant != Some(heading.as_str()) {
                        deduced.push(format!("{} {}（{heading}）", entry.place, entry.name));
                        (heading.clone(), None)
                    } else {
                        (printed.unwrap_or(heading).to_owned(), None)
                    }
                }
                Found::Doubt {
                    heading,
                    words,
                    right,
                    why,
                } => {
                    self.remarks.push(Remark::new(
                        entry.place.clone(),
                        RemarkKind::Name,
                        words.clone(),
                    ));
                    let heading = printed.or(heading.as_deref()).unwrap_or(TO_CONFIRM);
                    let doubt = Doubt {
                        words: words.clone(),
                        right: right.clone(),
                        why,
                    };
                    (heading.to_owned(), Some(doubt))
                }
                Found::Unchecked => (printed.unwrap_or(TO_CONFIRM).to_owned(), None),
            };
            let unit = match found {
                Found::Sure { unit, .. } => Some(*unit),
                _ => None,
            };
            out.push(Judged {
                entry,
                heading,
                unit,
                doubt,
            });
        }
        if !deduced.is_empty() {
            self.remarks.push(Remark::new(Place::Whole, RemarkKind::Deduced, (format!("没有写是哪个市的，全省只有一个这样的名字，就归到那个市：{}", deduced.join("、")), format!("no prefecture is given; the province has only one county of each name, so it was listed under its prefecture: {}", deduced.join(", ")))));
        }
        out
    }

    /// The same county in two rows: the build will refuse it.
    fn say_twice(&mut self, judged: &[Judged]) {
        let mut seen: HashMap<UnitId, &Place> = HashMap::new();
        for row in judged {
            let Some(unit) = row.unit else { continue };
            match seen.get(&unit) {
                None => {
                    seen.insert(unit, &row.entry.place);
                }
                Some(first) => self.remarks.push(Remark::new(
                    row.entry.place.clone(),
                    RemarkKind::Order,
                    (
                        format!("“{}”已经列过一次（{first}）", row.entry.name),
                        format!("\"{}\" is already listed ({first})", row.entry.name),
                    ),
                )),
            }
        }
    }

    /// `corrections`: those that are confirmed, and ready ones as comments.
    fn corrections(&mut self, judged: &[Judged]) {
        let options = self.options;
        let confirmed = &options.corrections;
        let mut ready: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
        let mut order = Vec::new();
        for row in judged {
            if let Some(doubt) = &row.doubt
                && let Some(right) = &doubt.right
                && !ready.contains_key(row.entry.name.as_str())
            {
                order.push(row.entry.name.as_str());
                ready.insert(&row.entry.name, (right, doubt.why));
            }
        }
        if confirmed.is_empty() && order.is_empty() {
            return;
        }
        if !order.is_empty() {
            self.comment("", "待核：下面带 # 的更正，原文确实这样印的，去掉行首的“# ”；是录入时打错的，改名单里的名字，删掉这几行。");
        }
        let off = if confirmed.is_empty() { "# " } else { "" };
        self.line(&format!("{off}corrections:"));
        for correction in confirmed {
            self.line(&format!("  - printed: {}", scalar(&correction.printed)));
            self.line(&format!("    right: {}", scalar(&correction.right)));
            let why = correction
                .why
                .clone()
                .unwrap_or_else(|| reason(&correction.printed, &correction.right, ""));
            self.line(&format!("    why: {}", scalar(&why)));
        }
        for name in order {
            let (right, why) = ready[name];
            self.line(&format!("#   - printed: {}", scalar(name)));
            self.line(&format!("#     right: {}", scalar(right)));
            self.line(&format!("#     why: {}", scalar(&reason(name, right, why))));
        }
    }

    /// Names by heading, in the order in which the headings come first.
    fn counties(&mut self, rows: &[&Judged], indent: &str) {
        let mut order: Vec<&str> = Vec::new();
        let mut groups: HashMap<&str, Vec<&Judged>> = HashMap::new();
        let mut last = None;
        for row in rows {
            let heading = first_chars(&row.heading, LONGEST_HEADING);
            if heading != row.heading {
                let words = (
                    format!("市名太长，只写了前 {LONGEST_HEADING} 个字"),
                    format!(
                        "the name of the prefecture is too long; its first {LONGEST_HEADING} characters were written"
                    ),
                );
                let remark = Remark::new(row.entry.place.clone(), RemarkKind::Name, words);
                self.remarks.push(remark.about(&row.heading));
            }
            let group = groups.entry(heading).or_default();
            if group.is_empty() {
                order.push(heading);
            } else if last != Some(heading) && heading != TO_CONFIRM {
                self.remarks.push(Remark::new(row.entry.place.clone(), RemarkKind::Order, (format!(
                        "“{heading}”前面已经列过，“{}”并到了那里，先后与表里不同",
                        row.entry.name
                    ), format!(
                        "\"{heading}\" already appeared above: \"{}\" was moved there, which changes the order",
                        row.entry.name
                    ))));
            }
            group.push(row);
            last = Some(heading);
        }
        for heading in order {
            self.group(heading, &groups[heading], indent);
        }
    }

    fn group(&mut self, heading: &str, rows: &[&Judged], indent: &str) {
        if heading == TO_CONFIRM {
            self.comment(
                indent,
                "待核：下面的名字不知道属于哪个市；把“待核”改成市名，或者移到那个市下面。",
            );
        } else if self.names.heading(heading).is_none() {
            let place = rows
                .first()
                .map_or(Place::Whole, |row| row.entry.place.clone());
            let (zh, en) = match self.names.heading_like(heading) {
                Some(near) => (
                    format!("“{heading}”不是市名；是不是“{near}”？"),
                    format!("\"{heading}\" is not a prefecture; perhaps \"{near}\""),
                ),
                None => (
                    format!("“{heading}”不是市名"),
                    format!("\"{heading}\" is not a prefecture"),
                ),
            };
            self.comment(indent, &format!("待核：{zh}"));
            self.remarks
                .push(Remark::new(place, RemarkKind::Name, (zh, en)));
        }
        let names: Vec<&str> = rows.iter().map(|row| row.entry.name.as_str()).collect();
        let plain = names
            .iter()
            .all(|name| item(name) == **name && !name.contains(['、', '“', '”']));
        let names = if plain {
            names.join("、")
        } else {
            list(&names)
        };
        self.line(&format!("{indent}{}: {names}", scalar(heading)));
        for row in rows {
            if let Some(doubt) = &row.doubt {
                self.comment(
                    indent,
                    &format!("待核：{} {}", row.entry.place, doubt.words.zh),
                );
            }
            for note in &row.entry.notes {
                let text = format!("{} {} {note}", row.entry.place, row.entry.name);
                self.comment(indent, &text);
            }
        }
    }

    // ------------------------------------------------------------ schedules

    fn sessions(&mut self) {
        self.comment("", "受理窗口（windows）、名额（quotas）、地点（venues）等要写依据的条款和原文，表格里没有；照方案补上。");
        self.remarks.push(Remark::new(Place::Whole, RemarkKind::Outside, ("受理窗口（windows）要有条款和原文，从表格里得不到；请照方案补", "windows need a clause and a quotation, which a table does not have: add them from the plan")));
        self.line("sessions:");
        let content = self.content;
        for session in &content.sessions {
            self.session(session);
        }
        let lacking: Vec<&Session> = content
            .sessions
            .iter()
            .filter(|s| {
                [Role::Date, Role::Place, Role::Service]
                    .iter()
                    .any(|role| !s.fields.contains_key(role))
            })
            .collect();
        if let Some(first) = lacking.first() {
            let places: Vec<String> = lacking.iter().map(|s| s.place.to_string()).collect();
            let places = places.join("、");
            self.remarks.push(Remark::new(
                first.place.clone(),
                RemarkKind::Missing,
                (
                    format!("这些场次缺日期、地点或业务，没填以前不能发布：{places}"),
                    format!("these sessions have no date, place or service; fill them in before the site can be built: {places}"),
                ),
            ));
        }
    }

    fn session(&mut self, session: &Session) {
        let mut lead = "  - ";
        let mut comments: Vec<String> = Vec::new();
        for (role, key) in [
            (Role::Date, "date"),
            (Role::Place, "place"),
            (Role::Service, "service"),
            (Role::Morning, "morning"),
            (Role::Afternoon, "afternoon"),
            (Role::Phone, "phone"),
        ] {
            let needed = matches!(role, Role::Date | Role::Place | Role::Service);
            let value = match session.fields.get(&role) {
                None if needed => "  # 待核：表里没有".to_owned(),
                None => continue,
                Some(field) => {
                    let value = match role {
                        Role::Date => Some(self.date(field, &mut comments)),
                        Role::Morning | Role::Afternoon => self.number(field, key, &mut comments),
                        Role::Phone => Some(self.phone(field)),
                        _ => Some(scalar(&one_line(&field.text))),
                    };
                    match value {
                        Some(value) => format!(" {value}"),
                        None => continue,
                    }
                }
            };
            self.line(&format!("{lead}{key}:{value}"));
            lead = "    ";
        }
        comments.extend(session.notes.iter().cloned());
        for text in comments {
            self.comment("    ", &format!("{} {text}", session.place));
        }
    }

    fn date(&mut self, field: &Field, comments: &mut Vec<String>) -> String {
        let written = one_line(&field.text);
        let (day, wrong_weekday) = match field.nature {
            Nature::Day(day) => (Some(day), false),
            nature => match days::read(&field.text, self.options.year) {
                Day::Whole { day, wrong_weekday } => (Some(day), wrong_weekday),
                Day::NoYear => {
                    self.remarks.push(Remark::new(field.place.clone(), RemarkKind::Missing, (format!("“{written}”没有写年份；重新导入，加 --year，或者在文件里写成 2023-07-17 这样"), format!("\"{written}\" has no year: import again with --year, or write it as 2023-07-17 in the file"))));
                    return scalar(&written);
                }
                Day::No if nature == Nature::Number => {
                    (field.text.parse().ok().and_then(day_of_number), false)
                }
                Day::No => (None, false),
            },
        };
        let Some(day) = day else {
            self.remarks.push(Remark::new(field.place.clone(), RemarkKind::Value, (format!("“{written}”不是一天的日期，照抄在文件里，不改好不能发布；几天的分成几场写"), format!("\"{written}\" is not a single day; it was copied as is. Fix it before the site can be built: write several days as several sessions"))));
            return scalar(&written);
        };
        if wrong_weekday {
            self.remarks.push(Remark::new(
                field.place.clone(),
                RemarkKind::Value,
                (
                    format!("“{written}”：{day} 不是这个星期几"),
                    format!("\"{written}\": {day} is a different weekday"),
                ),
            ));
        }
        let day = day.to_string();
        if written != day {
            comments.push(format!("表里写的日期是“{written}”"));
        }
        day
    }

    fn number(&mut self, field: &Field, key: &str, comments: &mut Vec<String>) -> Option<String> {
        let written = one_line(&field.text);
        let name = keys::alias(key).unwrap_or(key);
        let number = number_in(&field.text).map(|n| n.to_string());
        match &number {
            Some(number) => {
                if *number != written {
                    comments.push(format!("表里写的{name}是“{written}”"));
                }
            }
            None => {
                comments.push(format!("表里写的{name}是“{written}”"));
                self.remarks.push(Remark::new(
                    field.place.clone(),
                    RemarkKind::Value,
                    (
                        format!("“{written}”不是名额的数字，写成了注释"),
                        format!("\"{written}\" is not a number of places; kept as a comment"),
                    ),
                ));
            }
        }
        number
    }

    fn phone(&mut self, field: &Field) -> String {
        let text = one_line(&field.text);
        let mobile = text.len() == 11 && text.starts_with('1');
        if field.nature == Nature::Number && text.len() > 8 && !mobile {
            self.remarks.push(Remark::new(
                field.place.clone(),
                RemarkKind::Value,
                (
                    format!("电话“{text}”在表里存成了数字，开头的 0 可能丢了"),
                    format!(
                        "phone \"{text}\" is stored as a number: a leading 0 may have been lost"
                    ),
                ),
            ));
        }
        scalar(&text)
    }
}

/// Why a printed name is not right.
fn reason(printed: &str, right: &str, why: &str) -> String {
    if squeeze(printed) == right {
        return format!("原文印作“{printed}”，中间有空格。");
    }
    format!("原文印作“{printed}”，县名是{right}。{why}")
}
