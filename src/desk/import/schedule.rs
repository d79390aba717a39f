//! The schedule of a county: `data/schedules/<id>.yaml`, made from the plan that a county publishes.
//!
//! Comes in: the candidates and what was recognised of the document. Goes out: the text of the file, in which every list is a candidate. A
//! notice cannot have these lists, and a document of a province or of the whole country arranges nothing for one county.

use super::candidates::{Candidates, Section};
use super::layout::Layout;
use super::parts::Request;
use super::yaml::Yaml;
use crate::model::{Kind, Regions, UnitKind};

/// A schedule that was found in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Stem of the file.
    pub id: String,
    /// The file.
    pub text: String,
}

/// The path of the county whose schedule a document may give: `山西省 朔州市 右玉县`.
pub(super) fn county<'a>(
    found: &Candidates,
    layout: &'a Layout,
    regions: &Regions,
) -> Option<&'a str> {
    let (path, _) = layout.region.as_ref()?;
    let name = path.split_whitespace().last()?;
    let is_county = regions
        .units
        .iter()
        .any(|unit| unit.kind == UnitKind::County && unit.name == name);
    let arranges = Section::ALL
        .into_iter()
        .filter(|section| section.is_of_schedule())
        .any(|section| !found.of(section).is_empty());
    let year = layout.year.or_else(|| layout.issued.map(|day| day.year()));
    (is_county && arranges && year.is_some() && path.contains(' ')).then_some(path)
}

/// Stem of the schedule that belongs to the notice `id`: `youyu-2023` for `youyu-2023-plan`.
pub(super) fn id_for(notice: &str) -> String {
    let last_digits = notice.rfind(|c: char| c.is_ascii_digit());
    match last_digits.map(|at| &notice[..=at]) {
        Some(stem) if stem != notice => stem.to_owned(),
        _ => format!("{notice}-schedule"),
    }
}

/// The file of the schedule, based on the notice `source`.
pub(super) fn write(
    found: &Candidates,
    layout: &Layout,
    county: &str,
    source: &str,
    request: &Request,
) -> Option<Schedule> {
    let year = layout
        .year
        .or_else(|| layout.issued.map(|day| day.year()))?;
    let mut out = Yaml::default();
    out.say(&format!(
        "由 mingbai import 从“{}”写成。每一项都要对照原文看过：对的，去掉行首的“# ”；不对的，改正或者删去。",
        request.name
    ));
    out.value("title", &title(&layout.title, county, year), None);
    out.value("county", county, None);
    out.value("year", &year.to_string(), None);
    out.value("source", source, None);
    for section in Section::ALL {
        if section.is_of_schedule() {
            out.candidates(section, found);
        }
    }
    out.check("原文没有写咨询电话的，写 contacts: 未载明；写了的，一处一条（office、duty、phone、clause、quote）");
    let id = id_for(source);
    let mut documents = request.model.documents.iter();
    let is_taken =
        documents.any(|document| document.id == id && !matches!(document.kind, Kind::Schedule(_)));
    Some(Schedule {
        id: if is_taken {
            format!("{source}-schedule")
        } else {
            id
        },
        text: out.text,
    })
}

/// `右玉县2023年生源地信用助学贷款受理安排` of `…受理工作方案`.
fn title(title: &str, county: &str, year: i16) -> String {
    const GENRES: [&str; 7] = [
        "工作实施方案",
        "工作方案",
        "实施方案",
        "工作的通知",
        "的通知",
        "方案",
        "通知",
    ];
    let stem = GENRES.iter().find_map(|genre| title.strip_suffix(genre));
    match stem {
        Some(stem) if !title.contains("关于") && stem.chars().count() >= 4 => {
            format!("{stem}安排")
        }
        _ => {
            let place = county.split_whitespace().last().unwrap_or(county);
            format!("{place}{year}年受理安排")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_has_a_name_of_its_own() {
        assert_eq!(id_for("youyu-2023-plan"), "youyu-2023");
        assert_eq!(id_for("youyu-2023"), "youyu-2023-schedule");
        assert_eq!(id_for("plan"), "plan-schedule");
    }
}
