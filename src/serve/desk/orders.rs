//! What the desk does: saves a form, takes a save back, accepts a proposal, imports a document, begins a year's schedule.
//!
//! Comes in: a form as it was sent. Goes out: changed files, and where the browser goes next. A file is changed only in the bytes of the
//! values that changed; what somebody else changed meanwhile is shown before anything is written over it.

use axum::http::StatusCode;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use super::screens::{Form, Page, Shown, fixed, words_at};
use super::{Desk, ROOT, Sent};
use crate::desk::annex;
use crate::desk::edit::confirm::{self, Verdict};
use crate::desk::edit::name;
use crate::desk::edit::next_year::{next_year, with_last_year};
use crate::desk::edit::patch::{self, Change, apply};
use crate::desk::edit::posted::{Answers, CONFIRMED};
use crate::desk::edit::value::{OPEN, Step, Value};
use crate::desk::import::{Request, import};
use crate::desk::remark::{Refused, Remark};
use crate::desk::table::{self, Options};
use crate::diag::Sink;
use crate::serve::problems::Fix;
use crate::sources::Touched;
use crate::text::{Bilingual, difference};
use crate::{link, model};

/// What the browser is sent.
pub(super) enum Done {
    /// To another page.
    Go(String),
    Page(String),
    Refused(StatusCode),
}

impl Done {
    /// A page; without one, a fault of ours.
    pub(super) fn page(html: Option<String>) -> Self {
        html.map_or(Self::Refused(StatusCode::INTERNAL_SERVER_ERROR), Self::Page)
    }
}

/// What follows the path in the address after a save: perhaps one more entry of a list.
fn after_save(sent: &Sent) -> String {
    match sent.get("@add") {
        None => "&saved=1".to_owned(),
        Some(list) => {
            let name = encoded(sent.get(&format!("{list}/@name")).unwrap_or_default());
            let list = encoded(list);
            format!("&saved=1&add={list}&name={name}#{list}")
        }
    }
}

/// The address of the form of a file.
pub(super) fn form_of(path: &str, rest: &str) -> String {
    format!("/{ROOT}file?path={}{rest}", encoded(path))
}

pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

impl Desk {
    /// The words in the language of the desk.
    pub(super) fn said(&self, words: &Bilingual) -> String {
        if self.is_english() {
            words.en.clone()
        } else {
            words.zh.clone()
        }
    }

    /// Saves a form.
    pub(super) fn save(&self, sent: &Sent) -> Done {
        let of = |name| sent.get(name);
        let (Some(path), Some(version)) = (of("@path"), of("@version")) else {
            return Done::Refused(StatusCode::BAD_REQUEST);
        };
        let Some(now) = self.source(path) else {
            return Done::Refused(StatusCode::NOT_FOUND);
        };
        let then = if now.version == version {
            Some(now.text.clone())
        } else {
            self.store.shown(version)
        };
        let Some(then) = then else {
            return self.back(
                path,
                "这个页面打开得太久了，请重新填写",
                "this page was open for too long: fill it in again",
            );
        };
        let Some(shown) = Shown::new(path, &then) else {
            return Done::Refused(StatusCode::NOT_FOUND);
        };
        let Some(form) = shown.form() else {
            return self.back(
                path,
                "文件里有读不出来的地方，先在原文件里改好",
                "part of the file cannot be read; fix it first",
            );
        };
        let answers = Answers {
            file: &form.written,
            value: &form.value,
            posted: &sent.fields,
        };
        let mut changes = answers.changes(&shown.kind.root);
        if let Some(place) = of("@fix") {
            self.fix(path, place, &then, &form, &mut changes);
        }
        // Marks go first: their places are those of the file as it was shown.
        let then_confirmed = self.confirmed(sent, &then, path, &changes);
        let applied = Shown::new(path, &then_confirmed)
            .map(|new| apply(&then_confirmed, &new.region, &changes));
        let mine = match applied {
            Some(Ok(mine)) => mine,
            Some(Err(refused)) => return self.kept(path, version, &then, &changes, &refused),
            None => return Done::Refused(StatusCode::NOT_FOUND),
        };
        let next = after_save(sent);
        if then == now.text {
            return self.write(path, &now.text, &mine, &next);
        }
        // Somebody else changed the file: the same changes are made to what it is now, after the difference was shown.
        let merged = self.merged(sent, path, &form.value, &now.text, &changes);
        if of("@merge") == Some(now.version.as_str())
            && let Some(merged) = &merged
        {
            return self.write(path, &now.text, merged, &next);
        }
        let fields: Vec<_> = sent
            .fields
            .iter()
            .filter(|(name, _)| *name != "@merge")
            .collect();
        let view = json!({
            "path": path,
            "theirs": difference(&then, &now.text),
            "mine": difference(&then, &mine),
            "can_merge": merged.is_some(),
            "merged": merged.as_ref().map(|merged| difference(&now.text, merged)),
            "now": now.version,
            "fields": fields,
        });
        Done::page(self.render("conflict.html", view))
    }

    /// Adds the value that is most likely right at a place, in the place of what was filled in there.
    fn fix(&self, path: &str, place: &str, text: &str, form: &Form, changes: &mut Vec<Change>) {
        let latest = self.preview.latest();
        let fixes = latest.list.iter().filter_map(|one| one.fix.as_ref());
        let is_asked = |fix: &&Fix| {
            fix.place.file == path && format!("{}:{}", fix.place.line, fix.place.column) == place
        };
        let change = fixes
            .filter(is_asked)
            .find_map(|fix| fixed(text, form.written.root(), &form.value, fix));
        if let Some(change) = change {
            changes.retain(|other| other.path() != change.path());
            changes.insert(0, change);
        }
    }

    /// The form with what was filled in, but for what cannot be written, and why.
    fn kept(
        &self,
        path: &str,
        version: &str,
        then: &str,
        changes: &[Change],
        refused: &patch::Refused,
    ) -> Done {
        let mut typed = then.to_owned();
        for change in changes {
            let made = Shown::new(path, &typed)
                .and_then(|shown| apply(&typed, &shown.region, std::slice::from_ref(change)).ok());
            typed = made.unwrap_or(typed);
        }
        let why = format!("{}：{}", name::name(&refused.path), self.said(&refused.why));
        let page = Page {
            path,
            version,
            saved: then,
            typed: &typed,
            new: &[],
            refused: Some(&why),
            is_kept: true,
            is_saved: false,
            is_there: false,
        };
        Done::page(self.form(&page))
    }

    /// The changes made to a file that somebody else changed meanwhile. Nothing if both changed the same key: then no way of a
    /// change may be the same any more.
    fn merged(
        &self,
        sent: &Sent,
        path: &str,
        then: &Value,
        now: &str,
        changes: &[Change],
    ) -> Option<String> {
        let shown = Shown::new(path, now)?;
        let value = shown.form()?.value;
        let is_same = |change: &Change| {
            let way = change.path();
            let first = &way[..way.len().min(1)];
            !matches!(first, [Step::Item(_)]) && value.at(first) == then.at(first)
        };
        if !changes.iter().all(is_same) {
            return None;
        }
        let confirmed = self.confirmed(sent, now, path, changes);
        let region = Shown::new(path, &confirmed)?.region;
        apply(&confirmed, &region, changes).ok()
    }

    /// The text without the marks of values that were confirmed or changed.
    fn confirmed(&self, sent: &Sent, text: &str, path: &str, changes: &[Change]) -> String {
        let ticked = sent
            .fields
            .keys()
            .filter_map(|name| name.strip_suffix(CONFIRMED))
            .map(name::path);
        let changed = changes
            .iter()
            .filter(|change| matches!(change, Change::Set { .. } | Change::Write { .. }));
        let ways: Vec<_> = ticked.chain(changed.map(Change::path)).collect();
        match Shown::new(path, text) {
            Some(shown) => confirm::confirmed(text, &shown.region, &ways),
            None => text.to_owned(),
        }
    }

    /// Saves a file as text.
    pub(super) fn save_raw(&self, sent: &Sent) -> Done {
        let of = |name| sent.get(name);
        let (Some(path), Some(version), Some(text)) = (of("@path"), of("@version"), of("text"))
        else {
            return Done::Refused(StatusCode::BAD_REQUEST);
        };
        let Some(now) = self.source(path) else {
            return Done::Refused(StatusCode::NOT_FOUND);
        };
        // Browsers send every line break as two characters.
        let text = text.replace("\r\n", "\n");
        let text = if now.text.contains("\r\n") {
            text.replace('\n', "\r\n")
        } else {
            text
        };
        if now.version != version {
            let view = json!({
                "path": path,
                "theirs": self.store.shown(version).map(|then| difference(&then, &now.text)),
                "mine": difference(&now.text, &text),
                "can_merge": false,
                "raw": text,
                "now": now.version,
                "fields": [],
            });
            return Done::page(self.render("conflict.html", view));
        }
        match self.write(path, &now.text, &text, "") {
            Done::Go(_) => Done::Go(format!("/{ROOT}raw?path={}&saved=1", encoded(path))),
            done => done,
        }
    }

    /// Takes the last save of a file back.
    pub(super) fn undo(&self, sent: &Sent) -> Done {
        let Some(path) = sent.get("@path") else {
            return Done::Refused(StatusCode::BAD_REQUEST);
        };
        if !self.store.undo(path) {
            return self.back(
                path,
                "文件在别处改过，不能撤销",
                "the file was changed elsewhere and cannot be undone",
            );
        }
        self.look(&[path]);
        Done::Go(form_of(path, ""))
    }

    /// Accepts or rejects what is to be confirmed.
    pub(super) fn confirm(&self, sent: &Sent) -> Done {
        let of = |name| sent.get(name);
        let line = of("line").and_then(|line| line.parse().ok());
        let (Some(path), Some(line)) = (of("@path"), line) else {
            return Done::Refused(StatusCode::BAD_REQUEST);
        };
        let Some(now) = self.source(path) else {
            return Done::Refused(StatusCode::NOT_FOUND);
        };
        if of("@version") != Some(now.version.as_str()) {
            return self.back(
                path,
                "文件在别处改过，请再看一遍",
                "the file was changed elsewhere: look at it again",
            );
        }
        let Some(shown) = Shown::new(path, &now.text) else {
            return Done::Refused(StatusCode::NOT_FOUND);
        };
        let proposal = of("proposal").and_then(|one| one.parse().ok());
        let verdict = if of("verdict") == Some("accept") {
            Verdict::Accept
        } else {
            Verdict::Reject
        };
        match confirm::decide(&now.text, &shown.region, line, proposal, verdict) {
            Ok(text) => self.write(path, &now.text, &text, "&saved=1#marks"),
            Err(refused) => self.back(path, &refused.why.zh, &refused.why.en),
        }
    }

    /// Makes source files of a document or a table.
    pub(super) fn import(&self, sent: &Sent) -> Done {
        let Some((name, bytes)) = &sent.file else {
            return Done::Refused(StatusCode::BAD_REQUEST);
        };
        let of = |name| sent.filled(name);
        if let Some(id) = of("id").filter(|id| !model::is_id(id)) {
            let words = Bilingual::new(
                format!("编号“{id}”：只用小写英文字母、数字和连字符，如 youyu-2027-plan"),
                format!(
                    "ID \"{id}\": use only lowercase letters, digits and hyphens, such as youyu-2027-plan"
                ),
            );
            return self.imported(&[], &[], Some(&words));
        }
        let Some(sources) = self.preview.sources() else {
            return Done::Refused(StatusCode::SERVICE_UNAVAILABLE);
        };
        let model = link::load(&sources, &mut Sink::default());
        let made = if table::is_table(name) {
            let options = Options {
                id: of("id").unwrap_or_default().to_owned(),
                ..Options::default()
            };
            let table = table::import_table(name, bytes, &options, &model.regions);
            table.map(|one| (vec![(one.path, one.text)], one.remarks))
        } else {
            let request = Request {
                name,
                bytes,
                id: of("id"),
                model: &model,
            };
            import(&request).and_then(|one| match one.id.clone() {
                Some(id) => {
                    let lists = annex::data_files(&one, &id, &model.regions);
                    let mut files = vec![(format!("content/notices/{id}.md"), one.text)];
                    files.extend(one.schedule.map(|plan| (format!("data/schedules/{}.yaml", plan.id), plan.text)));
                    files.extend(lists.into_iter().map(|list| (list.path, list.text)));
                    Ok((files, one.remarks))
                }
                None => Err(Refused::input(
                    "看不出是哪个地方、哪一年的文件，请自己起一个编号，如 youyu-2027-plan",
                    "the document does not say clearly which place or year it is for: choose an ID, such as youyu-2027-plan",
                )),
            })
        };
        let (files, remarks) = match made {
            Ok(made) => made,
            Err(refused) => return self.imported(&[], &[], Some(refused.words())),
        };
        let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
        for (i, (path, text)) in files.iter().enumerate() {
            if let Err(error) = self.store.create(path, text) {
                let words = error.map_or_else(
                    || Bilingual::new(format!("不能写 {path}"), format!("cannot write {path}")),
                    |error| error.words(),
                );
                self.look(&paths);
                return self.imported(&files[..i], &remarks, Some(&words));
            }
        }
        self.look(&paths);
        self.imported(&files, &remarks, None)
    }

    fn imported(
        &self,
        files: &[(String, String)],
        remarks: &[Remark],
        trouble: Option<&Bilingual>,
    ) -> Done {
        let remarks: Vec<_> = remarks
            .iter()
            .map(|remark| {
                let place = self.said(&remark.place.words());
                json!({ "care": remark.kind.needs_care(), "place": place, "words": self.said(&remark.words), "text": remark.text })
            })
            .collect();
        let paths: Vec<&String> = files.iter().map(|(path, _)| path).collect();
        let view = json!({ "files": paths, "remarks": remarks, "refused": trouble.map(|words| self.said(words)) });
        Done::page(self.render("imported.html", view))
    }

    /// This year's schedule from last year's.
    pub(super) fn next_year(&self, sent: &Sent) -> Done {
        let of = |name| sent.filled(name);
        let year = of("year").and_then(|year| year.parse::<i16>().ok());
        let (Some(last), Some(year)) = (of("last"), year) else {
            return Done::Refused(StatusCode::BAD_REQUEST);
        };
        let Some(text) = self.source(last) else {
            return Done::Refused(StatusCode::NOT_FOUND);
        };
        let source = of("source")
            .and_then(|path| path.strip_prefix("content/notices/")?.strip_suffix(".md"));
        let made = Shown::new(last, &text.text).and_then(|shown| {
            let value = shown.form()?.value;
            let stem = last
                .strip_prefix("data/schedules/")?
                .strip_suffix(".yaml")?;
            let old = stem.trim_end_matches(|c: char| c.is_ascii_digit());
            let id = if old == stem {
                format!("{stem}-{year}")
            } else {
                format!("{old}{year}")
            };
            next_year(&id, &value, year, source.unwrap_or(OPEN)).ok()
        });
        let Some(file) = made else {
            return Done::Refused(StatusCode::BAD_REQUEST);
        };
        if self.store.create(&file.path, &file.text).is_err() {
            // The document of this year was imported, and with it its schedule.
            return self.with_last_year(&file.path, &text.text, last);
        }
        self.look(&[&file.path]);
        Done::Go(form_of(&file.path, "&saved=1"))
    }

    /// A schedule that is there already, with what last year's has besides.
    fn with_last_year(&self, path: &str, last_text: &str, last: &str) -> Done {
        let value = |path, text| Some(Shown::new(path, text)?.form()?.value);
        let Some(now) = self.source(path) else {
            return Done::Refused(StatusCode::CONFLICT);
        };
        let both = value(path, &now.text).zip(value(last, last_text));
        match both {
            Some((own, last)) => {
                let text = with_last_year(&now.text, &own, &last);
                self.write(path, &now.text, &text, "&there=1")
            }
            None => Done::Go(form_of(path, "&there=1")),
        }
    }

    /// Leaves words out of the official text of a notice: what is there instead says what was left out, and so does an entry.
    pub(super) fn omit(&self, sent: &Sent) -> Done {
        let of = |name| sent.filled(name);
        let all = (
            of("@path"),
            of("@version"),
            of("clause"),
            of("quote"),
            of("what"),
        );
        let (Some(path), Some(version), Some(clause), Some(quote), Some(what)) = all else {
            return Done::Refused(StatusCode::BAD_REQUEST);
        };
        let Some(now) = self.source(path) else {
            return Done::Refused(StatusCode::NOT_FOUND);
        };
        if now.version != version {
            return self.back(
                path,
                "文件在别处改过，请再看一遍",
                "the file was changed elsewhere: look at it again",
            );
        }
        let place = words_at(&now.text, clause, quote);
        let Some(place) = place.filter(|_| !what.contains(['〔', '〕', '\n'])) else {
            return self.back(
                path,
                "原文里找不到选中的话，请一句一句地略去",
                "the selected words are not in the text; leave out one sentence at a time",
            );
        };
        let mark = format!("〔此处略去{what}〕");
        let text = [&now.text[..place.start], &mark, &now.text[place.end..]].concat();
        let made = Shown::new(path, &text).and_then(|shown| {
            let value = shown.form()?.value;
            let entry = [("what", what), ("why", "个人信息"), ("clause", clause)];
            let entry = entry.map(|(key, words)| (key.to_owned(), Value::Text(words.to_owned())));
            let list = vec![Step::Key("omitted".to_owned())];
            let change = match value.at(&list) {
                Some(Value::List(items)) => Change::Insert {
                    at: items.len(),
                    value: Value::Map(entry.to_vec()),
                    list,
                },
                _ => Change::Set {
                    before: vec![
                        "title".to_owned(),
                        "cites".to_owned(),
                        "attachments".to_owned(),
                    ],
                    value: Value::List(vec![Value::Map(entry.to_vec())]),
                    path: list,
                },
            };
            apply(&text, &shown.region, &[change]).ok()
        });
        match made {
            Some(text) => self.write(path, &now.text, &text, "&saved=1"),
            None => self.back(path, "不能单独改，请在原文件里改", "change it in the file"),
        }
    }

    /// Writes a file, has the site judged again, and goes back to the form.
    fn write(&self, path: &str, old: &str, new: &str, rest: &str) -> Done {
        if old != new {
            if let Err(error) = self.store.write(path, old, new) {
                let words = error.map_or_else(
                    || {
                        Bilingual::new(
                            "不能写这个文件".to_owned(),
                            "this file cannot be written".to_owned(),
                        )
                    },
                    |error| error.words(),
                );
                return self.back(path, &words.zh, &words.en);
            }
            self.look(&[path]);
        }
        Done::Go(form_of(path, rest))
    }

    /// Has the site judged again after these files were written.
    pub(super) fn look(&self, paths: &[&str]) {
        let site = self.preview.site();
        self.preview.look(&Touched::Anything(
            paths.iter().map(|path| site.join(path)).collect(),
        ));
    }

    /// Back to the form, with what is wrong.
    pub(super) fn back(&self, path: &str, zh: &str, en: &str) -> Done {
        let words = if self.is_english() { en } else { zh };
        Done::Go(form_of(path, &format!("&refused={}", encoded(words))))
    }
}
