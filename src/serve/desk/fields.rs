//! Forms as HTML: a field for each value, entries that open, problems at their fields.
//!
//! Comes in: the fields of a form. Goes out: HTML. Every text is escaped. What is optional and empty is in one fold, so that a
//! form shows what is written and what must be.

use crate::desk::edit::condition::{Condition, GROUPS, HOLDS, IS, OPERATORS, ROOT};
use crate::desk::edit::form::{Control, Entry, Field};
use crate::desk::edit::posted::AS;
use crate::text::escape;

/// Words of forms in one language.
pub struct Words {
    pub english: bool,
}

impl Words {
    /// The words in this language.
    pub fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        if self.english { en } else { zh }
    }
}

/// The fields of a mapping: what is written or required first, the rest in a fold.
pub fn fields(list: &[Field], words: &Words) -> String {
    let is_plain = |field: &&Field| {
        field.filled || field.required || !field.problems.is_empty() || !field.open.is_empty()
    };
    let (shown, more): (Vec<&Field>, Vec<&Field>) = list.iter().partition(is_plain);
    let mut out: String = shown.iter().map(|one| field(one, words)).collect();
    if !more.is_empty() {
        let title = words.say("还可以填", "more that can be filled in");
        let names: Vec<&str> = more.iter().map(|field| field.label.as_str()).collect();
        out.push_str(&format!(
            "<details class=\"more\"><summary>{title}：{}</summary>{}</details>",
            escape(&names.join("、")),
            more.iter().map(|one| field(one, words)).collect::<String>()
        ));
    }
    out
}

/// A field with its label, explanation and problems.
pub fn field(field: &Field, words: &Words) -> String {
    match field.control {
        Control::Group => group(field, words),
        Control::List => list(field, words),
        Control::Named => names(field, words),
        Control::Condition => condition(field, words),
        _ => single(field, words),
    }
}

fn single(field: &Field, words: &Words) -> String {
    let name = escape(&field.name);
    let must = must(field, words);
    let wrong = !field.problems.is_empty();
    let invalid = if wrong { " aria-invalid=\"true\"" } else { "" };
    let attributes =
        format!("id=\"{name}\" name=\"{name}\" aria-describedby=\"{name}-help\"{invalid}");
    let value = escape(&field.value);
    let control = match field.control {
        Control::Choice => {
            let options = field.options.iter().map(|option| {
                let chosen = if *option == field.value {
                    " selected"
                } else {
                    ""
                };
                format!("<option{chosen}>{}</option>", escape(option))
            });
            format!(
                "<select {attributes}><option value=\"\"></option>{}</select>",
                options.collect::<String>()
            )
        }
        Control::Line if field.key != "quote" && field.key != "text" => {
            let list = match field.key.as_str() {
                "notice" | "source" => " list=\"notices\"",
                _ => "",
            };
            format!("<input {attributes} value=\"{value}\" autocomplete=\"off\"{list}>")
        }
        control => {
            let rows = field
                .value
                .lines()
                .map(|line| 1 + line.chars().count() / 34)
                .sum::<usize>()
                .clamp(1, 14);
            let class = if control == Control::Yaml {
                " class=\"yaml\" spellcheck=\"false\""
            } else {
                ""
            };
            // The first line break after the tag is not part of the value.
            format!("<textarea {attributes} rows=\"{rows}\"{class}>\n{value}</textarea>")
        }
    };
    let form = how(field, words);
    let help = format!(
        "<p class=\"help\" id=\"{name}-help\">{form}{}</p>",
        escape(&field.help)
    );
    let more = match field.control {
        Control::Headings => pasting(&name, field, words),
        _ => String::new(),
    };
    format!(
        "<div class=\"field{}\"><label for=\"{name}\">{}{must}</label>{help}{}{control}{more}{}</div>",
        if wrong {
            " wrong"
        } else if field.open.is_empty() {
            ""
        } else {
            " open"
        },
        escape(&field.label),
        problems(field),
        open(field, words),
    )
}

/// After the label of a value that must be there.
fn must(field: &Field, words: &Words) -> String {
    if !field.required {
        return String::new();
    }
    let must = words.say("必填", "required");
    format!(" <span class=\"must\">{must}</span>")
}

/// How the lines of a field are written.
fn how<'w>(field: &Field, words: &Words) -> &'w str {
    match field.control {
        Control::Lines => words.say("一行一项。", "One item a line. "),
        Control::Pairs if field.key == "rewords" => words.say(
            "一行一组，写作“词: 原文的话”。",
            "One pair a line: word: words of the text. ",
        ),
        Control::Pairs => words.say(
            "一行一组，写作“名称: 内容”；内容有几个，用、分开。",
            "One pair a line: name: content; several are separated by 、. ",
        ),
        Control::Options => words.say(
            "一行一个，写作“名称: 说法”，或者只写名称。",
            "One a line: name: words, or the name alone. ",
        ),
        Control::Headings => words.say(
            "一行一个市，写作“市: 县、县”；没有的，写“无”。",
            "A prefecture a line: prefecture: county、county; 无 if there is none. ",
        ),
        Control::Yaml => words.say("照文件里的写法。", "As it is written in the file. "),
        _ => "",
    }
}

/// Below a list of places: how many there are, one more, and cells that are pasted.
fn pasting(name: &str, field: &Field, words: &Words) -> String {
    let stated = match field.stated.as_str() {
        "" => String::new(),
        count => format!(
            "{}<b>{}</b>{}",
            words.say("，原文写 ", "; the text states "),
            escape(count),
            words.say(" 个", "")
        ),
    };
    let count: usize = field
        .value
        .lines()
        .filter_map(|line| line.split_once([':', '：']))
        .map(|(_, names)| names.split('、').count())
        .sum();
    format!(
        "<p class=\"total\" data-total=\"{name}\">{} <b>{count}</b> {}{stated}</p>\
         <p class=\"scripted\"><label for=\"{name}/@place\">{}</label><input id=\"{name}/@place\" data-place=\"{name}\" autocomplete=\"off\"></p>\
         <details class=\"more\"><summary>{}</summary><label for=\"{name}/@paste\">{}</label>\
         <textarea id=\"{name}/@paste\" name=\"{name}/@paste\" rows=\"4\"></textarea>\
         <p class=\"row\"><button class=\"quiet\" formaction=\"/.desk/paste\" name=\"@into\" value=\"{name}\">{}</button></p>\
         <div aria-live=\"polite\"></div></details>",
        words.say("共", "names:"),
        words.say("个", ""),
        words.say(
            "添一个县：写县名、拼音或首字母（如 qxx）",
            "add a county: its name, pinyin or initials"
        ),
        words.say("从 Excel 粘贴", "paste from a spreadsheet"),
        words.say(
            "在 Excel 里选中几列（市、县，或者带等次），复制，粘贴到这里",
            "select the columns in the spreadsheet, copy them and paste them here"
        ),
        words.say("读出来", "read"),
    )
}

/// What is to be confirmed about a value. A value that is changed counts as confirmed.
fn open(field: &Field, words: &Words) -> String {
    if field.open.is_empty() {
        return String::new();
    }
    format!(
        "<p class=\"unconfirmed\">{}：{} <label><input type=\"checkbox\" name=\"{}/@confirmed\" value=\"1\"> {}</label></p>",
        words.say("待核", "to confirm"),
        escape(&field.open),
        escape(&field.name),
        words.say("核对过了", "confirmed"),
    )
}

fn problems(field: &Field) -> String {
    field.problems.iter().map(problem).collect()
}

/// A problem in the words of its diagnostic.
pub fn problem(problem: &serde_json::Value) -> String {
    let lines = |key: &str| -> Vec<String> {
        let list = problem[key]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        list.iter()
            .filter_map(|line| line.as_str())
            .map(escape)
            .map(|line| line.to_string())
            .collect()
    };
    let severity = problem["severity"].as_str().unwrap_or_default();
    let code = problem["code"].as_str().unwrap_or_default();
    // A value that is most likely right; the rest of the form is saved with it.
    let fix = match (problem["fix"].as_str(), problem["label"].as_str()) {
        (Some(fix), Some(label)) => format!(
            " <button class=\"quiet fix\" form=\"form\" name=\"@fix\" value=\"{}\">{}</button>",
            escape(fix),
            escape(label)
        ),
        _ => String::new(),
    };
    let hint = lines("hint").join("<br>");
    let hint = if hint.is_empty() {
        String::new()
    } else {
        format!("<span class=\"hint\">{hint}</span>")
    };
    format!(
        "<p class=\"problem {}\"><strong>{}</strong> <code>{}</code> {}{fix}</p>",
        escape(severity),
        lines("message").join("<br>"),
        escape(code),
        hint
    )
}

// ---------------------------------------------------------------- conditions

/// A condition: rows of a subject, how it is compared, and with what.
fn condition(field: &Field, words: &Words) -> String {
    let name = escape(&field.name);
    let wrong = !field.problems.is_empty();
    let must = must(field, words);
    let rows = match &field.condition {
        Some(one) => rows_of(one, &format!("{}{ROOT}", field.name), words),
        None => String::new(),
    };
    format!(
        "<fieldset class=\"condition{}\" id=\"{name}\"><legend>{}{must}</legend><p class=\"help\">{}</p>{}{rows}{}</fieldset>",
        if wrong { " wrong" } else { "" },
        escape(&field.label),
        escape(&field.help),
        problems(field),
        open(field, words),
    )
}

fn rows_of(condition: &Condition, at: &str, words: &Words) -> String {
    let kinds = |chosen: &str| {
        select(
            &format!("{at}/kind"),
            words.say("一条，还是几条", "one or several"),
            std::iter::once("").chain(GROUPS),
            chosen,
            |kind| kind_words(kind, words),
        )
    };
    match condition {
        Condition::Group { kind, members } => {
            let empty = Condition::empty();
            let members = members.iter().chain([&empty]).enumerate();
            let members: String = members
                .map(|(i, member)| rows_of(member, &format!("{at}/{i}"), words))
                .collect();
            format!(
                "<div class=\"rules\" data-at=\"{}\">{}{members}</div>",
                escape(at),
                kinds(kind)
            )
        }
        Condition::Row {
            negated,
            subject,
            operator,
            value,
        } => {
            let chosen = format!("{}{operator}", if *negated { "!" } else { "" });
            let usual = [HOLDS, "!holds", IS, "!is"];
            let all = usual.into_iter().chain(OPERATORS);
            let is_usual = all.clone().any(|one| one == chosen);
            let all = all.chain((!is_usual).then_some(chosen.as_str()));
            let operators = select(
                &format!("{at}/operator"),
                words.say("怎样比", "how it is compared"),
                all,
                &chosen,
                |operator| operator_words(operator, words),
            );
            let at = escape(at);
            format!(
                "<div class=\"rule\" data-at=\"{at}\"><input name=\"{at}/subject\" list=\"subjects\" value=\"{}\" aria-label=\"{}\" autocomplete=\"off\">{operators}<input name=\"{at}/value\" list=\"values\" value=\"{}\" aria-label=\"{}\" autocomplete=\"off\">{}</div>",
                escape(subject),
                words.say("哪个问题或条件", "which question or condition"),
                escape(value),
                words.say("和什么比", "compared with what"),
                kinds(""),
            )
        }
    }
}

fn select<'a>(
    name: &str,
    label: &str,
    options: impl Iterator<Item = &'a str>,
    chosen: &str,
    words: impl Fn(&str) -> String,
) -> String {
    let options = options.map(|option| {
        let mark = if option == chosen { " selected" } else { "" };
        format!(
            "<option value=\"{option}\"{mark}>{}</option>",
            escape(&words(option))
        )
    });
    format!(
        "<select name=\"{}\" aria-label=\"{}\">{}</select>",
        escape(name),
        escape(label),
        options.collect::<String>()
    )
}

fn kind_words(kind: &str, words: &Words) -> String {
    let (zh, en) = match kind {
        "all" => ("下面全部成立", "all of these"),
        "any" => ("下面至少一条成立", "at least one of these"),
        "not_all" => ("下面不是全部成立", "not all of these"),
        "none" => ("下面一条也不成立", "none of these"),
        "any_member" => ("有一位成员这样", "of one member at least"),
        "every_member" => ("每一位成员都这样", "of every member"),
        _ => ("这一条", "this one"),
    };
    words.say(zh, en).to_owned()
}

fn operator_words(operator: &str, words: &Words) -> String {
    match operator {
        HOLDS => words.say("成立", "is so").to_owned(),
        "!holds" => words.say("不成立", "is not so").to_owned(),
        IS => words.say("是", "is").to_owned(),
        "!is" => words.say("不是", "is not").to_owned(),
        _ => match operator.strip_prefix('!') {
            Some(operator) => format!(
                "{}{}",
                words.say("不是", "not "),
                operator_words(operator, words)
            ),
            None if words.english => operator.replace('_', " "),
            None => crate::sources::keys::chinese_word(operator).to_owned(),
        },
    }
}

/// Whether something is written in a field or below it, or is to be done about it.
fn is_used(field: &Field) -> bool {
    !field.problems.is_empty()
        || !field.open.is_empty()
        || match field.control {
            Control::Group => field.fields.iter().any(is_used),
            _ => field.filled,
        }
}

fn group(field: &Field, words: &Words) -> String {
    // What is required in a mapping is required only once there is one.
    if !field.required && !is_used(field) {
        return format!(
            "<details class=\"more\"><summary>{}</summary><p class=\"help\">{}</p><fieldset class=\"group\"><legend>{0}</legend>{}</fieldset></details>",
            escape(&field.label),
            escape(&field.help),
            fields(&field.fields, words)
        );
    }
    format!(
        "<fieldset class=\"group\"><legend>{}</legend><p class=\"help\">{}</p>{}{}</fieldset>",
        escape(&field.label),
        escape(&field.help),
        problems(field),
        fields(&field.fields, words)
    )
}

fn list(field: &Field, words: &Words) -> String {
    let name = escape(&field.name);
    let entries: String = field.entries.iter().map(|one| entry(one, words)).collect();
    let none = if field.may_be_unstated {
        let checked = if field.unstated { " checked" } else { "" };
        format!(
            "<label class=\"none\"><input type=\"checkbox\" name=\"{name}/@none\" value=\"1\"{checked}> {}</label><input type=\"hidden\" name=\"{name}/@none/asked\" value=\"1\">",
            words.say("原文未载明（文件里没有写）", "the text does not state any")
        )
    } else {
        String::new()
    };
    format!(
        "<fieldset class=\"list{empty}\" id=\"{name}\" data-list=\"{name}\" data-label=\"{label}\"><legend>{label}{must}</legend><p class=\"help\">{}</p>{}<div class=\"entries\">{entries}</div><p class=\"row\"><button class=\"quiet\" name=\"@add\" value=\"{name}\">{}</button>{none}</p></fieldset>",
        escape(&field.help),
        problems(field),
        words.say("添一条", "add one"),
        label = escape(&field.label),
        empty = if field.entries.is_empty() && field.problems.is_empty() {
            " empty"
        } else {
            ""
        },
        must = must(field, words),
    )
}

fn names(field: &Field, words: &Words) -> String {
    let name = escape(&field.name);
    // A new entry is called as it was typed, although the form knows it by another name.
    let typed = field.entries.iter().filter(|one| one.is_new).map(|one| {
        let (name, title) = (escape(&one.name), escape(&one.title));
        format!("<input type=\"hidden\" name=\"{name}{AS}\" value=\"{title}\">")
    });
    let typed: String = typed.collect();
    let entries: String = field.entries.iter().map(|one| entry(one, words)).collect();
    let entries = typed + &entries;
    format!(
        "<fieldset class=\"list\" id=\"{name}\"><legend>{}</legend><p class=\"help\">{}</p>{}<div class=\"entries\">{entries}</div><p class=\"row\"><label>{} <input name=\"{name}/@name\" autocomplete=\"off\"></label> <button class=\"quiet\" name=\"@add\" value=\"{name}\">{}</button></p></fieldset>",
        escape(&field.label),
        escape(&field.help),
        problems(field),
        words.say("新的名称", "new name"),
        words.say("添一个", "add one"),
    )
}

/// An entry of a list, which opens.
pub fn entry(entry: &Entry, words: &Words) -> String {
    let name = escape(&entry.name);
    let open = if entry.is_new || entry.wrong > 0 {
        " open"
    } else {
        ""
    };
    let wrong = if entry.wrong > 0 {
        format!(
            " <span class=\"count\">{} {}</span>",
            entry.wrong,
            words.say("处问题", "to fix")
        )
    } else {
        String::new()
    };
    let title = if entry.title.is_empty() {
        words.say("新的一条", "new entry")
    } else {
        &entry.title
    };
    format!(
        "<details class=\"entry\" id=\"{name}\" data-entry=\"{name}\"{open}><summary>{}{wrong}</summary>{}<label class=\"remove\"><input type=\"checkbox\" name=\"{name}/@\" value=\"remove\"> {}</label></details>",
        escape(title),
        fields(&entry.fields, words),
        words.say("删去这一条", "remove this entry"),
    )
}
