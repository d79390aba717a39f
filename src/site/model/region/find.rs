//! Names of places, found in the regions: whole names as files write them, and names in lists.
//!
//! Comes in: a name as written, with its place, and the edition of the document. Goes out: the place, or the diagnostic
//! that says why there is none and how the name is written. A name that several counties have is never decided here.

use super::{EditionId, Place, PrefectureId, ProvinceId, Regions, UnitId, UnitKind};
use crate::diag::{Diagnostic, Span, Spanned, codes};
use crate::text::nearest;

/// How to write a place: a hint in both languages.
const PATH_FORM: (&str, &str) = (
    "从省写起，写全称，用空格分开，如 山西省 朔州市 右玉县；全国的写“全国”",
    "write the full names from the province down, separated by spaces: 山西省 朔州市 右玉县; for the whole country, write 全国",
);

/// At most this many names are proposed.
const MOST_PROPOSED: usize = 8;

impl Regions {
    /// Finds `全国`, `山西省`, `河南省 开封市`, `山西省 朔州市 右玉县`.
    ///
    /// # Diagnostics
    /// MB0208 for an unknown name, MB0209 for a county of another prefecture, MB0226 for a name below the province if
    /// no edition is given.
    pub fn find_place(
        &self,
        path: &Spanned<String>,
        edition: Option<EditionId>,
    ) -> Result<Place, Box<Diagnostic>> {
        let words: Vec<&str> = path.value.split_whitespace().collect();
        let place_of = |word: &str| {
            let at = path.value.find(word).unwrap_or(0);
            path.part(at..at + word.len())
        };
        let Some(first) = words.first() else {
            return Err(Box::new(self.no_such_path(path)));
        };
        if *first == "全国" && words.len() == 1 {
            return Ok(Place::Country);
        }
        let proposed = |diagnostic: Diagnostic| propose(diagnostic, &self.meant(&words, edition));
        let Some(province) = self.province(first) else {
            let names = self.provinces.iter().map(|p| p.name.as_str());
            let near = nearest(first, names.chain(["全国"]));
            let diagnostic = Diagnostic::new(
                &codes::UNKNOWN_REGION,
                place_of(first),
                format!("查无省级行政区“{first}”"),
                format!("unknown province \"{first}\""),
            )
            .did_you_mean_or(near, PATH_FORM.0, PATH_FORM.1);
            return Err(Box::new(proposed(diagnostic)));
        };
        if words.len() == 1 {
            return Ok(Place::Province(province));
        }
        let Some(edition) = edition else {
            return Err(Box::new(self.no_edition(path.span, false)));
        };
        match self.prefecture(province, words[1], edition) {
            Some(prefecture) if words.len() == 2 => Ok(Place::Prefecture(prefecture)),
            Some(prefecture) if words.len() == 3 => self
                .find_unit(
                    province,
                    Some(prefecture),
                    &Spanned::new(words[2].to_owned(), place_of(words[2])),
                    edition,
                )
                .map(Place::Unit)
                // A path is not a list, so nothing can be moved: the hint gives the whole path.
                .map_err(|diagnostic| {
                    if diagnostic.code == &codes::WRONG_PREFECTURE {
                        Box::new(proposed(*diagnostic))
                    } else {
                        diagnostic
                    }
                }),
            // 北京市 东城区, 河南省 济源市: counties directly under the province
            None if words.len() == 2
                && self.units.keys().any(|i| {
                    self.units[i].province == province && self.units[i].name == words[1]
                }) =>
            {
                self.find_unit(
                    province,
                    None,
                    &Spanned::new(words[1].to_owned(), place_of(words[1])),
                    edition,
                )
                .map(Place::Unit)
            }
            _ if words.len() > 3 => Err(Box::new(self.no_such_path(path))),
            _ => {
                let name = Spanned::new(words[1].to_owned(), place_of(words[1]));
                let names = self.prefectures_of(province, edition);
                let diagnostic = self.unknown_prefecture(province, &name, &names);
                Err(Box::new(proposed(diagnostic)))
            }
        }
    }

    /// The whole names of the places that a path was perhaps meant to name: those with its last name, of which as many
    /// of the names before it are right as possible; or the places of a path written without spaces.
    fn meant(&self, words: &[&str], edition: Option<EditionId>) -> Vec<String> {
        let Some(edition) = edition.or_else(|| self.editions.last_key()) else {
            return Vec::new();
        };
        let Some((last, above)) = words.split_last() else {
            return Vec::new();
        };
        let counties = self
            .units
            .keys()
            .filter(|&unit| self.in_edition(unit, edition))
            .map(Place::Unit);
        let prefectures = self
            .prefectures
            .iter_enumerated()
            .filter(|(_, p)| (p.first..=p.last).contains(&edition) && !p.is_heading())
            .map(|(id, _)| Place::Prefecture(id));
        let joined = words.concat();
        let mut best: (usize, Vec<String>) = (0, Vec::new());
        for place in prefectures.chain(counties) {
            let whole = self.whole_name(place);
            let is_joined = words.len() == 1 && joined.ends_with(last_of(&whole)) && {
                let plain = whole.replace(' ', "");
                plain.ends_with(&joined)
            };
            let score = if is_joined || self.name(place) == *last {
                above.iter().filter(|word| has_word(&whole, word)).count()
            } else {
                continue;
            };
            if score > best.0 || best.1.is_empty() {
                best = (score, vec![whole]);
            } else if score == best.0 {
                best.1.push(whole);
            }
        }
        best.1
    }

    fn no_such_path(&self, path: &Spanned<String>) -> Diagnostic {
        Diagnostic::new(
            &codes::UNKNOWN_REGION,
            path.span,
            format!("“{}”不是“省 市 县”的写法", path.value),
            format!(
                "\"{}\" does not have the form \"province prefecture county\"",
                path.value
            ),
        )
        .hint(PATH_FORM.0, PATH_FORM.1)
    }

    /// The diagnostic (MB0226) for a document without an edition. `dated`: whether the document has a date.
    pub fn no_edition(&self, span: Span, dated: bool) -> Diagnostic {
        let first = self
            .editions
            .first()
            .map_or_else(String::new, |e| e.as_of.to_string());
        if !dated {
            return Diagnostic::new(
                &codes::NO_EDITION,
                span,
                "文件没有日期和年度，不知道按哪一版区划查对地名",
                "the document has neither a date nor a year, so no edition of the regions can be chosen",
            )
            .hint("补上 year（年度）", "add `year`");
        }
        Diagnostic::new(
            &codes::NO_EDITION,
            span,
            format!("文件早于最早的区划版本（{first}），地名无从查对"),
            format!("the document is older than the first edition of the regions ({first})"),
        )
        .hint(
            "核对年度和日期；确实这么早的，须补充更早的区划数据",
            "check the year and the dates; if the document really is that old, add older regions data",
        )
    }

    /// Finds a county of a prefecture (or of the whole province, if the document gives no prefecture).
    fn find_unit(
        &self,
        province: ProvinceId,
        prefecture: Option<PrefectureId>,
        name: &Spanned<String>,
        edition: EditionId,
    ) -> Result<UnitId, Box<Diagnostic>> {
        let in_scope =
            |&i: &UnitId| self.units[i].province == province && self.in_edition(i, edition);
        let exact: Vec<UnitId> = match prefecture {
            Some(prefecture) => self
                .by_name
                .get(&(prefecture, name.value.clone()))
                .into_iter()
                .flatten()
                .copied()
                .filter(in_scope)
                .collect(),
            None => self
                .units
                .keys()
                .filter(|&i| {
                    self.units[i].name == name.value && self.units[i].kind == UnitKind::County
                })
                .filter(in_scope)
                .collect(),
        };
        if let [unit] = exact[..] {
            return Ok(unit);
        }
        let era = &self.editions[edition].id;
        let base = Diagnostic::new(
            &codes::UNKNOWN_REGION,
            name.span,
            format!("查无此地“{}”（按 {era} 年版区划）", name.value),
            format!("unknown county \"{}\" (in the {era} edition)", name.value),
        );
        if exact.len() > 1 {
            let several = Diagnostic::new(
                &codes::UNKNOWN_REGION,
                name.span,
                format!("“{}”不止一处（按 {era} 年版区划）", name.value),
                format!(
                    "there are several counties named \"{}\" (in the {era} edition)",
                    name.value
                ),
            );
            let names: Vec<String> = exact
                .iter()
                .map(|&unit| self.whole_name(Place::Unit(unit)))
                .collect();
            return Err(Box::new(propose(several, &names)));
        }
        // The same characters in other forms: 郟县 for 郏县.
        let folded = self.fold_variants(&name.value);
        let near: Vec<&str> = match prefecture {
            Some(prefecture) => self
                .units_of(prefecture, edition)
                .map(|i| self.units[i].name.as_str())
                .collect(),
            None => self
                .units
                .keys()
                .filter(in_scope)
                .map(|i| self.units[i].name.as_str())
                .collect(),
        };
        if let Some(same) = near.iter().find(|candidate| **candidate == folded) {
            return Err(Box::new(base.did_you_mean(Some(same))));
        }
        if let Some(prefecture) = prefecture
            && let there = self.elsewhere(province, &folded, edition)
            && !there.is_empty()
        {
            let wrong = &self.prefectures[prefecture].name;
            return Err(Box::new(
                Diagnostic::new(
                    &codes::WRONG_PREFECTURE,
                    name.span,
                    format!("“{}”属于{}，不属于{wrong}", name.value, there.join("或")),
                    format!(
                        "\"{}\" belongs to {}, not to {wrong}",
                        name.value,
                        there.join(" or ")
                    ),
                )
                .hint(
                    format!("移到“{}”之下", there.join("”或“")),
                    format!("move it under \"{}\"", there.join("\" or \"")),
                ),
            ));
        }
        let other_time = prefecture
            .and_then(|prefecture| self.by_name.get(&(prefecture, folded.clone())))
            .and_then(|list| list.first());
        if let Some(&unit) = other_time {
            let now = &self.units[self.current(unit)].name;
            return Err(Box::new(base.hint(
                format!("这个名称属于另一时期，相应单位为“{now}”"),
                format!("the name belongs to another period; the corresponding unit is \"{now}\""),
            )));
        }
        let suggestion = nearest(&folded, near.iter().copied());
        let here = match prefecture {
            Some(prefecture) => &self.prefectures[prefecture].name,
            None => &self.provinces[province].name,
        };
        Err(Box::new(base.did_you_mean_or(
            suggestion,
            format!("{here}有：{}", few(&near, "、")),
            format!("{here} has: {}", few(&near, ", ")),
        )))
    }

    /// The prefectures of the province that have a county with this name.
    fn elsewhere(&self, province: ProvinceId, name: &str, edition: EditionId) -> Vec<&str> {
        let units = self.units.iter_enumerated().filter(|(id, unit)| {
            unit.name == name
                && unit.kind == UnitKind::County
                && unit.province == province
                && self.in_edition(*id, edition)
        });
        units
            .map(|(_, unit)| self.prefectures[unit.prefecture].name.as_str())
            .collect()
    }

    /// Finds a name in a list, under a heading that is a prefecture or a grouping (省直管县（市）).
    pub fn find_listed(
        &self,
        province: ProvinceId,
        heading: &Spanned<String>,
        name: &Spanned<String>,
        edition: EditionId,
    ) -> Result<UnitId, Box<Diagnostic>> {
        if let Some(prefecture) = self.prefecture(province, &heading.value, edition) {
            return self.find_unit(province, Some(prefecture), name, edition);
        }
        match self
            .groupings
            .iter()
            .find(|g| g.province == province && g.name == heading.value)
        {
            Some(grouping) if grouping.members.contains(&name.value) => {
                self.find_unit(province, None, name, edition)
                    .map_err(|diagnostic| {
                        let there = self.elsewhere(province, &name.value, edition);
                        if there.len() < 2 {
                            return diagnostic;
                        }
                        // A list has names only: the heading has to say which one.
                        Box::new(diagnostic.hint(
                            format!("移到所属的市之下：{}", there.join("、")),
                            format!("move it under its prefecture: {}", there.join(", ")),
                        ))
                    })
            }
            Some(grouping) => Err(Box::new(
                Diagnostic::new(
                    &codes::WRONG_PREFECTURE,
                    name.span,
                    format!("“{}”不在“{}”之列", name.value, heading.value),
                    format!(
                        "\"{}\" is not a member of \"{}\"",
                        name.value, heading.value
                    ),
                )
                .did_you_mean_or(
                    nearest(&name.value, grouping.members.iter().map(String::as_str)),
                    format!("“{}”有：{}", heading.value, grouping.members.join("、")),
                    format!("\"{}\" has: {}", heading.value, grouping.members.join(", ")),
                ),
            )),
            None => Err(Box::new(self.unknown_heading(province, heading, edition))),
        }
    }

    /// Whether a heading of a list is known.
    pub fn check_heading(
        &self,
        province: ProvinceId,
        heading: &Spanned<String>,
        edition: EditionId,
    ) -> Result<(), Box<Diagnostic>> {
        let known = self.prefecture(province, &heading.value, edition).is_some()
            || self
                .groupings
                .iter()
                .any(|g| g.province == province && g.name == heading.value);
        if known {
            Ok(())
        } else {
            Err(Box::new(self.unknown_heading(province, heading, edition)))
        }
    }

    fn unknown_heading(
        &self,
        province: ProvinceId,
        heading: &Spanned<String>,
        edition: EditionId,
    ) -> Diagnostic {
        let groupings = self.groupings(province).map(|(name, _)| name);
        let mut names = self.prefectures_of(province, edition);
        names.extend(groupings);
        self.unknown_prefecture(province, heading, &names)
    }

    fn prefectures_of(&self, province: ProvinceId, edition: EditionId) -> Vec<&str> {
        self.prefectures
            .iter()
            .filter(|p| p.province == province && (p.first..=p.last).contains(&edition))
            .map(|p| p.name.as_str())
            .collect()
    }

    /// The diagnostic (MB0208) for a name that is none of the names that are known.
    fn unknown_prefecture(
        &self,
        province: ProvinceId,
        name: &Spanned<String>,
        known: &[&str],
    ) -> Diagnostic {
        let whole = &self.provinces[province].name;
        Diagnostic::new(
            &codes::UNKNOWN_REGION,
            name.span,
            format!("查无地级行政区“{}”", name.value),
            format!("unknown prefecture \"{}\"", name.value),
        )
        .did_you_mean_or(
            nearest(&name.value, known.iter().copied()),
            format!("{whole}有：{}", few(known, "、")),
            format!("{whole} has: {}", few(known, ", ")),
        )
    }
}

/// The first names of a list, for a hint.
fn few(names: &[&str], between: &str) -> String {
    const MOST: usize = 20;
    let end = if names.len() > MOST { "……" } else { "" };
    format!("{}{end}", names[..names.len().min(MOST)].join(between))
}

/// The last name of a whole name.
fn last_of(whole: &str) -> &str {
    whole.rsplit(' ').next().unwrap_or(whole)
}

/// Whether a whole name has this name among its own.
fn has_word(whole: &str, word: &str) -> bool {
    whole.split(' ').any(|name| name == word)
}

/// The hint with the whole names that can be written instead; the diagnostic as it is without any.
fn propose(diagnostic: Diagnostic, names: &[String]) -> Diagnostic {
    let names = &names[..names.len().min(MOST_PROPOSED)];
    match names {
        [] => diagnostic,
        [one] => diagnostic.hint(format!("写作“{one}”"), format!("write \"{one}\"")),
        _ => diagnostic.hint(
            format!("写全称：{}", names.join("、")),
            format!("write the full name: {}", names.join(", ")),
        ),
    }
}
