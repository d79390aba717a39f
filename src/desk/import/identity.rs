//! The name of the file.
//!
//! Comes in: what was recognised, the regions and topics of the site. Goes out: an id such as `shanxi-2020-renewal`,
//! or none where the document does not say enough.

use super::layout::Layout;
use super::signs;
use crate::model::{Model, Regions, is_id};
use crate::text::plain_pinyin;

/// Proposes an id: place, year, subject.
pub(super) fn propose(layout: &Layout, model: &Model) -> Option<String> {
    let (path, _) = layout.region.as_ref()?;
    let place = path.split_whitespace().last()?;
    let year = layout
        .issued
        .map(|day| day.year())
        .or(layout.year)
        .or_else(|| first_year(&layout.title))?;
    let year = layout.year.unwrap_or(year);
    let subject = subject(&layout.title, model)?;
    let id = format!("{}-{year}-{subject}", latin(place, &model.regions)?);
    is_id(&id).then_some(id)
}

/// 右玉县 -> youyu, 全国 -> national
pub(crate) fn latin(place: &str, regions: &Regions) -> Option<String> {
    if place == "全国" {
        return Some("national".into());
    }
    let named = |name: &str, pinyin: &str| (name == place).then(|| pinyin.to_owned());
    let pinyin = regions
        .provinces
        .iter()
        .find_map(|p| named(&p.name, &p.pinyin))
        .or_else(|| {
            regions
                .prefectures
                .iter()
                .find_map(|p| named(&p.name, &p.pinyin))
        })
        .or_else(|| regions.units.iter().find_map(|u| named(&u.name, &u.pinyin)))?;
    let plain = plain_pinyin(&pinyin);
    let mut words: Vec<&str> = plain.split_whitespace().collect();
    // 省、市、县 are not part of the name.
    if words.len() > 2 {
        words.pop();
    }
    Some(words.concat())
}

/// The first four digits of a title that can be a year.
fn first_year(title: &str) -> Option<i16> {
    let plain = crate::text::strip_width(title);
    plain
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .find(|year| (1990..=2100).contains(year))
}

/// The subject of a title: the topic it names, else its kind.
fn subject(title: &str, model: &Model) -> Option<String> {
    const GENRES: [(&str, &str); 8] = [
        ("工作方案", "plan"),
        ("工作指引", "guide"),
        ("操作细则", "rules"),
        ("通知", "notice"),
        ("通报", "circular"),
        ("办法", "measures"),
        ("意见", "opinion"),
        ("公告", "announcement"),
    ];
    let named = model
        .topics
        .iter()
        .filter(|topic| {
            title.contains(&topic.name) || topic.aliases.iter().any(|a| title.contains(a.as_str()))
        })
        .map(|topic| topic.id.clone())
        .next();
    named.or_else(|| {
        let (genre, _) = signs::genre(title)?;
        GENRES
            .iter()
            .find(|(word, _)| *word == genre)
            .map(|(_, english)| (*english).to_owned())
    })
}
