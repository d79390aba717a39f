//! Places as people type them: characters, pinyin, initials, with or without the places above them.
//!
//! Comes in: the regions and something typed (右玉, youyu, yy, 朔州 右玉). Goes out: whole names as files need them
//! (山西省 朔州市 右玉县), best first, and the one place that was meant, or why it is not known which. Names are those
//! of one edition. It reads no file and writes none.

use jiff::civil::Date;

use crate::model::{Regions, UnitKind};
use crate::text::{Bilingual, nearest, plain_pinyin};

/// The most suggestions that are shown.
const MOST: usize = 8;

/// Which kinds of places to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Provinces, prefectures, counties and the whole country.
    Any,
    /// Counties only.
    Counties,
}

/// A name in the forms in which it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Name {
    /// 右玉县
    full: String,
    /// 右玉
    short: String,
    /// youyuxian
    sound: String,
    /// youyu
    short_sound: String,
    /// yyx
    initials: String,
}

impl Name {
    fn new(name: &str, pinyin: &str) -> Self {
        const ENDINGS: [&str; 8] = [
            "特别行政区",
            "自治区",
            "自治州",
            "自治县",
            "省",
            "市",
            "县",
            "区",
        ];
        let plain = plain_pinyin(pinyin);
        let syllables: Vec<&str> = plain.split([' ', '-']).filter(|s| !s.is_empty()).collect();
        let ending = ENDINGS
            .iter()
            .find(|ending| name.ends_with(**ending))
            .map_or(0, |ending| ending.chars().count());
        let characters = name.chars().count();
        // 云县, 陵县: nobody types a single character as a name.
        let kept = if characters > ending + 1 {
            characters - ending
        } else {
            characters
        };
        Self {
            full: name.to_owned(),
            short: name.chars().take(kept).collect(),
            sound: syllables.concat(),
            short_sound: syllables.iter().take(kept).copied().collect(),
            initials: syllables.iter().filter_map(|s| s.chars().next()).collect(),
        }
    }

    /// How well a word typed fits, 0 best.
    fn fit(&self, typed: &str) -> Option<u8> {
        if typed.is_ascii() {
            let typed = typed.to_ascii_lowercase();
            let initials = self.initials.as_str();
            return if self.short_sound == typed || self.sound == typed {
                Some(0)
            } else if initials == typed
                || (initials.len() > 2
                    && initials.starts_with(&typed)
                    && initials.len() == typed.len() + 1)
            {
                Some(1)
            } else if self.sound.starts_with(&typed) {
                Some(2)
            } else if initials.starts_with(&typed) {
                Some(3)
            } else {
                None
            };
        }
        if self.full == typed || self.short == typed {
            Some(0)
        } else if self.full.starts_with(typed) {
            Some(2)
        } else if self.full.contains(typed) {
            Some(3)
        } else {
            None
        }
    }
}

/// A place with the places above it, from the province down.
#[derive(Debug)]
struct Entry {
    path: String,
    names: Vec<Name>,
    county: bool,
    /// youyu: for file names.
    sound: String,
}

impl Entry {
    fn new(names: Vec<Name>, county: bool) -> Self {
        let words: Vec<&str> = names.iter().map(|name| name.full.as_str()).collect();
        Self {
            path: words.join(" "),
            sound: names
                .last()
                .map_or_else(String::new, |name| name.short_sound.clone()),
            names,
            county,
        }
    }

    /// How well what was typed fits: the last word is the place's own name, those before it are the places above.
    fn fit(&self, typed: &str) -> Option<u8> {
        let words: Vec<&str> = typed.split_whitespace().collect();
        let (own, above) = self.names.split_last()?;
        let (last, before) = words.split_last()?;
        let mut worst = own.fit(last);
        for word in before {
            let fit = above.iter().filter_map(|name| name.fit(word)).min();
            worst = worst.zip(fit).map(|(a, b)| a.max(b));
        }
        // 山西省朔州市右玉县, you yu
        let whole = words.concat();
        let joined = self
            .names
            .iter()
            .map(|name| name.full.as_str())
            .collect::<String>();
        let run = if joined == whole {
            Some(0)
        } else if !whole.is_ascii() && joined.ends_with(&whole) {
            Some(1)
        } else if !before.is_empty() {
            own.fit(&whole).filter(|fit| *fit < 3)
        } else {
            None
        };
        worst.into_iter().chain(run).min()
    }
}

/// All places of one edition.
#[derive(Debug)]
pub struct Gazetteer {
    entries: Vec<Entry>,
}

impl Gazetteer {
    /// The places of the edition valid on a day; of the newest one without a day.
    pub fn new(regions: &Regions, day: Option<Date>) -> Self {
        let edition = match day {
            Some(day) => regions.edition_on(day),
            None => regions.editions.last_key(),
        };
        let mut entries = Vec::new();
        let province_names: Vec<Name> = regions
            .provinces
            .iter()
            .map(|p| Name::new(&p.name, &p.pinyin))
            .collect();
        for name in &province_names {
            entries.push(Entry::new(vec![name.clone()], false));
        }
        let Some(edition) = edition else {
            return Self { entries };
        };
        for prefecture in &regions.prefectures {
            if (prefecture.first..=prefecture.last).contains(&edition) && !prefecture.is_heading() {
                entries.push(Entry::new(
                    vec![
                        province_names[prefecture.province.index()].clone(),
                        Name::new(&prefecture.name, &prefecture.pinyin),
                    ],
                    false,
                ));
            }
        }
        for unit in &regions.units {
            if !(unit.first..=unit.last).contains(&edition) {
                continue;
            }
            let prefecture = &regions.prefectures[unit.prefecture];
            let mut names = vec![province_names[unit.province.index()].clone()];
            if !prefecture.is_heading() {
                names.push(Name::new(&prefecture.name, &prefecture.pinyin));
            }
            names.push(Name::new(&unit.name, &unit.pinyin));
            entries.push(Entry::new(names, unit.kind != UnitKind::CityCentre));
        }
        Self { entries }
    }

    fn wanted(&self, wanted: Wanted) -> impl Iterator<Item = &Entry> {
        self.entries
            .iter()
            .filter(move |entry| wanted == Wanted::Any || entry.county)
    }

    /// Whole names that begin with what was typed, sound like it or have its initials; the best first.
    pub fn suggest(&self, typed: &str, wanted: Wanted) -> Vec<String> {
        let mut found: Vec<(u8, &Entry)> = self
            .wanted(wanted)
            .filter_map(|entry| Some((entry.fit(typed)?, entry)))
            .collect();
        found.sort_by_key(|(fit, _)| *fit);
        found
            .into_iter()
            .take(MOST)
            .map(|(_, entry)| entry.path.clone())
            .collect()
    }

    /// The one place that was meant, by its whole name.
    ///
    /// # Errors
    /// No place of this name, or several, in words with what is alike.
    pub fn find(&self, typed: &str, wanted: Wanted) -> Result<String, Bilingual> {
        let words: Vec<&str> = typed.split_whitespace().collect();
        let path = words.join(" ");
        if wanted == Wanted::Any && path == "全国" {
            return Ok(path);
        }
        if self.wanted(wanted).any(|entry| entry.path == path) {
            return Ok(path);
        }
        let exact: Vec<&Entry> = self
            .wanted(wanted)
            .filter(|entry| entry.fit(typed) == Some(0))
            .collect();
        match exact[..] {
            [one] => Ok(one.path.clone()),
            [] => Err(self.unknown(typed, &path, wanted)),
            _ => {
                let paths: Vec<&str> = exact.iter().take(MOST).map(|e| e.path.as_str()).collect();
                Err(Bilingual::new(
                    format!("“{path}”不止一处，请写全：{}", paths.join("、")),
                    format!(
                        "there are several places named \"{path}\"; write the full name: {}",
                        paths.join(", ")
                    ),
                ))
            }
        }
    }

    fn unknown(&self, typed: &str, path: &str, wanted: Wanted) -> Bilingual {
        let mut alike: Vec<String> = Vec::new();
        if path.contains(' ') {
            let paths = self.wanted(wanted).map(|entry| entry.path.as_str());
            alike.extend(nearest(path, paths).map(str::to_owned));
        }
        if alike.is_empty() {
            let last = path.rsplit(' ').next().unwrap_or(path);
            let own = |entry: &Entry| entry.names.last().map(|name| name.full.clone());
            let names: Vec<String> = self.wanted(wanted).filter_map(own).collect();
            if let Some(near) = nearest(last, names.iter().map(String::as_str)) {
                alike.extend(
                    self.wanted(wanted)
                        .filter(|entry| own(entry).as_deref() == Some(near))
                        .map(|entry| entry.path.clone()),
                );
            }
        }
        if alike.is_empty() {
            alike = self.suggest(typed, wanted);
        }
        if alike.is_empty() {
            return Bilingual::new(
                format!(
                    "查无此地“{path}”：写全称（山西省 朔州市 右玉县）、县名或拼音（youyu）都行"
                ),
                format!(
                    "unknown place \"{path}\": write its full name (山西省 朔州市 右玉县), the county or its pinyin (youyu)"
                ),
            );
        }
        alike.truncate(MOST);
        Bilingual::new(
            format!("查无此地“{path}”，是否应为：{}", alike.join("、")),
            format!(
                "unknown place \"{path}\"; did you mean: {}",
                alike.join(", ")
            ),
        )
    }

    /// The pinyin of a place's own name without its ending (youyu), for file names; empty if it is unknown.
    pub fn sound(&self, path: &str) -> &str {
        self.entries
            .iter()
            .find(|entry| entry.path == path)
            .map_or("", |entry| entry.sound.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Sink;
    use crate::model::region;
    use crate::sources::{SourceFile, Sources, built_in};

    fn gazetteer() -> Gazetteer {
        let files = built_in::files()
            .filter(|file| file.path.starts_with("data/regions/"))
            .map(|file| {
                let path = file.path.to_owned();
                let text = String::from_utf8_lossy(file.bytes).into_owned();
                std::sync::Arc::new(SourceFile { path, text })
            })
            .collect();
        let sources = Sources {
            files,
            ..Sources::default()
        };
        let mut sink = Sink::default();
        let regions = region::load(&sources, &mut sink);
        assert!(sink.is_empty());
        Gazetteer::new(&regions, None)
    }

    const YOUYU: &str = "山西省 朔州市 右玉县";

    #[test]
    fn characters_pinyin_and_initials_lead_to_the_county() {
        let places = gazetteer();
        for typed in [
            "右玉",
            "右玉县",
            "youyu",
            "YouYu",
            "you yu",
            "youyux",
            "朔州 右玉",
            "山西 右玉县",
            "shanxi youyu",
            "山西省朔州市右玉县",
            "朔州市右玉县",
        ] {
            let found = places.suggest(typed, Wanted::Counties);
            assert_eq!(found.first().map(String::as_str), Some(YOUYU), "{typed}");
        }
        assert!(
            places
                .suggest("yy", Wanted::Counties)
                .iter()
                .any(|path| path == YOUYU)
        );
        assert_eq!(
            places
                .suggest("sz yy", Wanted::Counties)
                .first()
                .map(String::as_str),
            Some(YOUYU)
        );
    }

    #[test]
    fn one_place_is_found_by_any_sure_name() {
        let places = gazetteer();
        for typed in [
            YOUYU,
            "右玉县",
            "右玉",
            "youyu",
            "山西省朔州市右玉县",
            " 山西省  朔州市 右玉县 ",
        ] {
            assert_eq!(
                places.find(typed, Wanted::Counties).as_deref(),
                Ok(YOUYU),
                "{typed}"
            );
        }
        assert_eq!(
            places.find("朔州", Wanted::Any).as_deref(),
            Ok("山西省 朔州市")
        );
        assert_eq!(places.find("全国", Wanted::Any).as_deref(), Ok("全国"));
        assert_eq!(
            places.find("济源", Wanted::Counties).as_deref(),
            Ok("河南省 济源市")
        );
        assert_eq!(
            places.find("北京 东城区", Wanted::Counties).as_deref(),
            Ok("北京市 东城区")
        );
    }

    #[test]
    fn a_wrong_or_doubtful_name_is_reported_with_similar_ones() {
        let places = gazetteer();
        let words = places.find("石玉县", Wanted::Counties).unwrap_err();
        assert!(words.zh.contains(YOUYU), "{}", words.zh);
        let words = places
            .find("山西省 朔州市 右王县", Wanted::Counties)
            .unwrap_err();
        assert!(words.zh.contains(YOUYU), "{}", words.zh);
        let words = places.find("鼓楼区", Wanted::Counties).unwrap_err();
        assert!(
            words.zh.contains("不止一处") && words.zh.contains("开封市"),
            "{}",
            words.zh
        );
        assert!(places.find("山西省", Wanted::Counties).is_err());
        assert!(places.find("", Wanted::Any).is_err());
    }

    #[test]
    fn file_names_come_from_the_sound() {
        assert_eq!(gazetteer().sound(YOUYU), "youyu");
    }
}
