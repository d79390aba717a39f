//! `import` of a table, or of lists in a text.

use std::path::Path;

use clap::Args;
use jiff::civil::Date;
use serde_json::json;

use super::files::{self, NewFile, Outcome};
use super::{ImportArgs, What, file_name, open, refuse, remarks_as_json, say_draft, say_remarks};
use crate::cli::voice::Voice;
use crate::cli::{CLEAN, OutputFormat, plural};
use crate::desk::table::{Correction, Imported, Kind, Options, Role, import_table, import_text};
use crate::diag::{Sink, SourceId, Span, Spanned};
use crate::drafts;
use crate::model::{self, Regions, region};
use crate::sources;
use crate::text::Bilingual;

/// What only tables need.
#[derive(Debug, Args)]
pub(super) struct TableArgs {
    /// 读哪个工作表 / which sheet to read
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// 哪一列是什么，如 county=B 或 grade=考核结果，可写多次 / what a column contains; can be repeated
    #[arg(long = "column", value_name = "ROLE=COLUMN")]
    columns: Vec<String>,
    /// 标题 / title
    #[arg(long)]
    title: Option<String>,
    /// 年度；县名按这一年的区划查对 / year; names are looked up in the divisions of that year
    #[arg(long, value_name = "YYYY")]
    year: Option<i16>,
    /// 地区，如 河南省；受理安排写 山西省 朔州市 右玉县 / region; for a schedule, the full path of the county
    #[arg(long)]
    region: Option<String>,
    /// 项目 / programme
    #[arg(long)]
    programme: Option<String>,
    /// 依据文件的编号 / ID of the official document
    #[arg(long, value_name = "ID")]
    source: Option<String>,
    /// 名单在原文的哪一条 / clause that contains the list
    #[arg(long)]
    clause: Option<String>,
    /// 考核机构，可写多次 / assessing body; can be repeated
    #[arg(long = "body", value_name = "BODY")]
    bodies: Vec<String>,
    /// 主题，可写多次 / topic; can be repeated
    #[arg(long = "topic", value_name = "TOPIC")]
    topics: Vec<String>,
    /// 等次的名单在哪一条，如 "优秀=附件 一"，可写多次 / clause that contains the list of a grade; can be repeated
    #[arg(long = "list", value_name = "GRADE=CLAUSE")]
    lists: Vec<String>,
    /// 原文印错、已经确认的名字，如 临颖县=临颍县，可写多次 / a confirmed correction; can be repeated
    #[arg(long = "correct", value_name = "PRINTED=RIGHT")]
    corrections: Vec<String>,
}

/// Runs `import` for a table, or for lists in a text.
pub(super) fn run(args: &ImportArgs, voice: Voice) -> u8 {
    let options = match options(args) {
        Ok(options) => options,
        Err(words) => return voice.trouble(&words),
    };
    let bytes = match sources::read_bytes(&args.file) {
        Ok(bytes) => bytes,
        Err(error) => return voice.trouble(&error.words()),
    };
    let mut sink = Sink::default();
    let site = match sources::read(&args.site, &mut sink) {
        Ok(site) => site,
        Err(error) => return voice.trouble(&error.words()),
    };
    let regions = region::load(&site, &mut sink);
    if !regions.sound || regions.units.is_empty() {
        return voice.trouble(&Bilingual::new(
            "读不出 data/regions 里的行政区划，县名没法查对；先运行 mingbai check",
            "data/regions cannot be read, so names cannot be looked up; run mingbai check first",
        ));
    }
    if let Some(words) = wrong_region(&options, &regions) {
        return voice.trouble(&words);
    }
    let name = file_name(args);
    let result = if is_text(&name) {
        import_text(&name, &bytes, &options, &regions)
    } else {
        import_table(&name, &bytes, &options, &regions)
    };
    match result {
        Ok(imported) => hand_over(args, &imported, voice),
        Err(refused) => refuse(args, &refused, voice),
    }
}

/// What is wrong with `--region`, and how to write it.
fn wrong_region(options: &Options, regions: &Regions) -> Option<Bilingual> {
    let region = options.region.as_deref()?;
    let day = options.year.and_then(|year| Date::new(year, 12, 31).ok());
    let edition = match day {
        // A year before the first edition is reported with the list.
        Some(day) => Some(regions.edition_on(day)?),
        None => regions.editions.last_key(),
    };
    let written = Spanned::new(region.to_owned(), Span::new(SourceId(0), 0..0));
    let diagnostic = regions.find_place(&written, edition).err()?;
    let hint = diagnostic.hint?;
    Some(Bilingual::new(
        format!("--region {region}：{}；{}", diagnostic.message.zh, hint.zh),
        format!("--region {region}: {}; {}", diagnostic.message.en, hint.en),
    ))
}

fn kind(what: What) -> Option<Kind> {
    match what {
        What::Notice => None,
        What::PilotList => Some(Kind::Pilots),
        What::Assessment => Some(Kind::Assessment),
        What::Schedule => Some(Kind::Schedule),
    }
}

fn is_text(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    matches!(ending.to_ascii_lowercase().as_str(), "txt" | "md" | "text")
}

/// Writes or prints the file, then the report.
fn hand_over(args: &ImportArgs, imported: &Imported, voice: Voice) -> u8 {
    let new = NewFile {
        path: &imported.path,
        text: &imported.text,
    };
    let outcome = match files::write(args, &[new], voice) {
        Ok(outcome) => outcome,
        Err(code) => return code,
    };
    let path = args.site.join(&imported.path);
    let open = open(&imported.remarks).count();
    match args.format {
        OutputFormat::Json => voice.print(&as_json(imported, outcome)),
        OutputFormat::Text => {
            say_remarks(&imported.remarks, voice);
            match outcome {
                Outcome::Tried => voice.print(&imported.text),
                Outcome::Written => {
                    say_written(&path, open, voice);
                    say_draft(drafts::marks(&imported.text), voice);
                }
            }
        }
    }
    CLEAN
}

fn say_written(path: &Path, open: usize, voice: Voice) {
    let path = path.display();
    if open == 0 {
        voice.say(
            &format!("写好了：{path}。请与原文逐一核对，再运行 mingbai check"),
            &format!("wrote {path}. Compare it with the official text, then run mingbai check"),
        );
    } else {
        voice.say(
            &format!("写好了：{path}。有 {open} 处待核，见上面；核对以后运行 mingbai check"),
            &format!(
                "wrote {path}. {} to confirm, listed above; then run mingbai check",
                plural(open, "thing")
            ),
        );
    }
}

fn as_json(imported: &Imported, outcome: Outcome) -> String {
    let value = json!({
        "path": imported.path,
        "kind": imported.kind.key(),
        "written": outcome == Outcome::Written,
        "remarks": remarks_as_json(&imported.remarks),
        "text": imported.text,
    });
    format!("{value:#}\n")
}

/// `a=b`
fn pair<'a>(text: &'a str, flag: &str) -> Result<(&'a str, &'a str), Bilingual> {
    match text.split_once('=') {
        Some((a, b)) if !a.trim().is_empty() && !b.trim().is_empty() => Ok((a.trim(), b.trim())),
        _ => Err(Bilingual::new(
            format!("{flag} 要写成 名=值：{text}"),
            format!("{flag} {text}: write it as NAME=VALUE"),
        )),
    }
}

fn is_sound(id: &str) -> bool {
    model::is_id(id) && !id.starts_with('-') && !id.ends_with('-')
}

fn options(args: &ImportArgs) -> Result<Options, Bilingual> {
    // A file name in Chinese cannot be an ID: the table then says what it is a list of.
    let stem = args.file.file_stem().unwrap_or_default().to_string_lossy();
    let named = Some(stem.into_owned()).filter(|stem| is_sound(stem));
    if let Some(id) = args.id.as_ref().filter(|id| !is_sound(id)) {
        return Err(Bilingual::new(
            format!("“{id}”不能作编号：用小写字母、数字和短横，如 --id shanxi-2020-remote"),
            format!(
                "\"{id}\" is not a valid ID: use lowercase letters, digits and hyphens, such as --id shanxi-2020-remote"
            ),
        ));
    }
    let id = args.id.clone().or(named).unwrap_or_default();
    let mut columns = Vec::new();
    for text in &args.table.columns {
        let (role, column) = pair(text, "--column")?;
        let role = Role::named(role).ok_or_else(|| {
            Bilingual::new(
                format!("--column 不认识“{role}”；有：{}", Role::all_names()),
                format!(
                    "--column: there is no role \"{role}\"; available: {}",
                    Role::all_names()
                ),
            )
        })?;
        columns.push((role, column.to_owned()));
    }
    let lists = args
        .table
        .lists
        .iter()
        .map(|text| match text.split_once('=') {
            Some((grade, clause)) => (Some(grade.trim().to_owned()), clause.trim().to_owned()),
            None => (None, text.clone()),
        })
        .collect();
    let mut corrections = Vec::new();
    for text in &args.table.corrections {
        let (printed, right) = pair(text, "--correct")?;
        corrections.push(Correction {
            printed: printed.to_owned(),
            right: right.to_owned(),
            why: None,
        });
    }
    Ok(Options {
        id,
        kind: args.kind.and_then(kind),
        sheet: args.table.sheet.clone(),
        columns,
        title: args.table.title.clone(),
        year: args.table.year,
        region: args.table.region.clone(),
        programme: args.table.programme.clone(),
        source: args.table.source.clone(),
        clause: args.table.clause.clone(),
        bodies: args.table.bodies.clone(),
        topics: args.table.topics.clone(),
        lists,
        corrections,
    })
}
