//! Datasets: the tables of the site and their descriptions.
//!
//! Comes in: the atlas. Goes out: [`Dataset`]s. The columns are defined in the modules of the tables.

use jiff::civil::Date;

use super::table::Table;
use super::volumes::{Volume, volumes};
use super::{documents, lists, notes, regions, schedules, times};
use crate::atlas::Facts;
use crate::atlas::links::CiteView;
use crate::atlas::routes;
use crate::lints::figures;
use crate::memo::Keyed;
use crate::model::{DocumentId, DocumentKind, Kind};

/// The number of rows on one page: with their citations, some 100 kB.
const PER_PART: usize = 200;

/// One or several tables with the same origin.
#[derive(Debug)]
pub struct Dataset {
    /// `regions`, `pilots/shanxi-2020-remote`
    pub id: String,
    /// The site path of its page.
    pub page: String,
    pub title: String,
    pub about: String,
    pub method: String,
    pub limits: Vec<String>,
    pub issuers: Vec<String>,
    pub cite: Option<CiteView>,
    pub licence: Option<String>,
    /// The day of the last check, or of the newest edition.
    pub changed: Option<Date>,
    /// The list that the dataset contains, if it is one.
    pub document: Option<DocumentId>,
    pub resources: Vec<Resource>,
}

/// A table with its own address.
#[derive(Debug)]
pub struct Resource {
    /// `regions`, `schedules/quotas`, `pilots/shanxi-2020-remote`
    pub name: String,
    pub title: String,
    pub table: Table,
    /// The column that identifies a row.
    pub key: &'static str,
    /// The pages that show its rows. The first is the page of the dataset.
    pub parts: Vec<Part>,
    /// Its files.
    pub volumes: Vec<Volume>,
}

/// A volume with the table and the dataset that it is of.
#[derive(Debug, Clone, Copy)]
pub struct VolumeOf<'t> {
    pub dataset: &'t Dataset,
    pub resource: &'t Resource,
    pub volume: &'t Volume,
}

impl Dataset {
    /// What is said of the dataset besides its rows, as a key in the making: descriptions, pages, volumes.
    pub fn key(&self) -> Keyed {
        let about = [&self.id, &self.page, &self.title, &self.about, &self.method];
        let keyed = about
            .into_iter()
            .fold(Keyed::new(), |keyed, text| keyed.text(text));
        let rest = (&self.limits, &self.issuers, &self.licence, &self.changed);
        let mut keyed = keyed.text(&format!("{rest:?} {:?}", self.cite));
        for resource in &self.resources {
            keyed = keyed.text(&resource.title).number(resource.table.len());
            for part in &resource.parts {
                keyed = keyed.text(&part.page).text(&part.title);
            }
            for volume in &resource.volumes {
                keyed = keyed.text(&volume.title).number(volume.rows.len());
            }
        }
        keyed
    }

    /// As [`Dataset::key`], with the sizes of all files that were made.
    pub fn key_with_sizes(&self) -> Keyed {
        let volumes = self.resources.iter().flat_map(|resource| &resource.volumes);
        let sizes = volumes.flat_map(|volume| &volume.sizes);
        sizes.fold(self.key(), |keyed, size| {
            keyed.number(size.get().copied().unwrap_or_default())
        })
    }
}

/// The volumes of all tables of datasets, in their order.
pub fn all_volumes(datasets: &[Dataset]) -> impl Iterator<Item = VolumeOf<'_>> {
    let tables = datasets.iter().flat_map(|dataset| {
        let resources = dataset.resources.iter();
        resources.map(move |resource| (dataset, resource))
    });
    tables.flat_map(|(dataset, resource)| {
        let volumes = resource.volumes.iter();
        volumes.map(move |volume| VolumeOf {
            dataset,
            resource,
            volume,
        })
    })
}

/// The rows on one page.
#[derive(Debug)]
pub struct Part {
    /// The site path.
    pub page: String,
    pub title: String,
    pub rows: std::ops::Range<usize>,
}

/// All datasets: those of the whole site first, then the lists, newest first.
pub fn datasets(facts: &Facts, today: Date) -> Vec<Dataset> {
    let mut all: Vec<Dataset> = SITE
        .iter()
        .map(|drawn| drawn.dataset(facts, today))
        .collect();
    let lists = facts
        .of_kind(DocumentKind::Pilots)
        .iter()
        .chain(facts.of_kind(DocumentKind::Assessment));
    all.extend(lists.map(|&document| list(facts, today, document)));
    all
}

type Draw = fn(&Facts, Date) -> Table;

/// The definition of a dataset of the whole site.
struct Drawn {
    id: &'static str,
    title: &'static str,
    about: &'static str,
    method: &'static str,
    limits: &'static [&'static str],
    /// Tables: name (empty for the name of the dataset), title, key column, table.
    tables: &'static [(&'static str, &'static str, &'static str, Draw)],
}

const FROM_CLAUSES: &str = "每一行都取自官方文件的一条，照抄原话为证；程序核对过：原话在那一条里，日期在原话里。日期的上限、下限、每年和没有年份的写法都保留。";

const ONLY_STATED: &str = "原文没有写的，格子是空的，不推算。本站没有收录的文件，这里没有。";

const SITE: [Drawn; 7] = [
    Drawn {
        id: "windows",
        title: "受理窗口",
        about: "什么时候可以办什么：文件写明的全部受理时间。",
        method: FROM_CLAUSES,
        limits: &[
            ONLY_STATED,
            "“不早于”是下限，“不晚于”是上限，都不是准确的起止日期。",
        ],
        tables: &[("", "受理窗口", "id", times::windows)],
    },
    Drawn {
        id: "deadlines",
        title: "时限",
        about: "谁在什么时候以前要做什么：给学生和家长定的、给机构定的，分开标明。",
        method: FROM_CLAUSES,
        limits: &[ONLY_STATED, "原文没有写年份的日期照录，没有补年份。"],
        tables: &[("", "时限", "id", times::deadlines)],
    },
    Drawn {
        id: "schedules",
        title: "各县受理安排",
        about: "各县公布的受理安排：地点、方式、申请对象、材料、每天的名额、场次和联系单位。受理的起止日期在“受理窗口”里。",
        method: FROM_CLAUSES,
        limits: &[ONLY_STATED, "各县自己公布的，写法不一，不宜直接拿来排名。"],
        tables: &[
            ("", "受理安排", "document", schedules::schedules),
            ("facts", "办理事项", "id", schedules::facts),
            ("quotas", "名额", "id", schedules::quotas),
            ("sessions", "场次", "id", schedules::sessions),
            ("contacts", "联系单位", "id", schedules::contacts),
        ],
    },
    Drawn {
        id: "documents",
        title: "文件目录",
        about: "本站收录的全部文件和各项要素：标题、文号、发文机关、日期、公开方式、适用地区等；它们引用了哪些文件，有哪些附件。",
        method: "要素照原文录入，原文没有的为空。有效性按生成网页的那一天计算。",
        limits: &[ONLY_STATED],
        tables: &[
            ("", "文件目录", "id", documents::documents),
            ("citations", "引用", "id", documents::citations),
            ("attachments", "附件", "id", documents::attachments),
        ],
    },
    Drawn {
        id: "stated",
        title: "数目核对",
        about: "名单的原文说有多少，按名单数出来是多少，相差多少。",
        method: "按名单逐一计数；百分比用整数计算，四舍五入到原文的位数。",
        limits: &["两个数不同的，写明差在哪里；弄不清楚的不猜。"],
        tables: &[("", "数目核对", "id", notes::stated)],
    },
    Drawn {
        id: "corrections",
        title: "更正",
        about: "原文印错的，和本站登错的：原来怎样写，应当怎样写，为什么，从哪一天起更正。",
        method: "原文印错的，在网页上原样保留，旁边标明更正；本站登错的，改过来并在网页上写明；名单、县的网页和数据用更正后的写法，并留着原来的写法。",
        limits: &["只列看得出来的印误；是印误还是另有所指、说不准的，在说明里写明。"],
        tables: &[("", "更正", "id", notes::corrections)],
    },
    Drawn {
        id: "regions",
        title: "行政区划",
        about: "全国县级以上行政区划的代码、名称、拼音、变更，还有办理业务而不在代码表里的单位。别的数据里的区划代码都指到这里。",
        method: "",
        limits: &[
            "只有下面几版，两版之间的变更只知道发生了，不都知道在哪一年。",
            "一地分入几处的，不写后继代码。",
        ],
        tables: &[("", "行政区划", "code", regions::table)],
    },
];

impl Drawn {
    fn dataset(&self, facts: &Facts, today: Date) -> Dataset {
        let regions = &facts.regions();
        let of_regions = self.id == "regions";
        let page = format!("data/{}.html", self.id);
        let resources = self
            .tables
            .iter()
            .map(|(below, title, key, draw)| {
                let name = match *below {
                    "" => self.id.to_owned(),
                    below => format!("{}/{below}", self.id),
                };
                let table = draw(facts, today);
                let parts = if of_regions {
                    by_province(facts, &page, table.len())
                } else {
                    by_number(&name, &page, table.len(), PER_PART / self.tables.len())
                };
                Resource {
                    title: (*title).to_owned(),
                    volumes: volumes(facts, &name, &table),
                    name,
                    table,
                    key,
                    parts,
                }
            })
            .collect();
        let checked = facts.documents().filter_map(|i| facts.checked(i));
        Dataset {
            id: self.id.to_owned(),
            page,
            title: self.title.to_owned(),
            about: self.about.to_owned(),
            method: if of_regions {
                let editions: Vec<String> = regions
                    .editions
                    .iter()
                    .map(|e| format!("{} 年版（自 {} 起用）", e.id, e.as_of))
                    .collect();
                format!(
                    "分版本整理：{}。一份文件里的地名，按文件当时的那一版查。",
                    editions.join("、")
                )
            } else {
                self.method.to_owned()
            },
            limits: self.limits.iter().map(|&l| l.to_owned()).collect(),
            issuers: if of_regions {
                vec![regions.source.clone()]
            } else {
                Vec::new()
            },
            cite: None,
            licence: if of_regions {
                Some(regions.licence.clone()).filter(|l| !l.is_empty())
            } else {
                facts.site().licence.clone()
            },
            changed: if of_regions {
                regions.editions.last().map(|e| e.as_of)
            } else {
                checked.max()
            },
            document: None,
            resources,
        }
    }
}

/// The pages of a table. The first is that of the dataset, which has the first rows of its other tables, too: it shows
/// `first` rows of each.
fn by_number(name: &str, page: &str, rows: usize, first: usize) -> Vec<Part> {
    let further = (first..rows).step_by(PER_PART).enumerate();
    let further = further.map(|(i, start)| Part {
        page: format!("data/{name}/page-{}.html", i + 2),
        title: format!("第 {} 页", i + 2),
        rows: start..(start + PER_PART).min(rows),
    });
    std::iter::once(Part {
        page: page.to_owned(),
        title: "第 1 页".to_owned(),
        rows: 0..first.min(rows),
    })
    .chain(further)
    .collect()
}

fn by_province(facts: &Facts, page: &str, rows: usize) -> Vec<Part> {
    let starts = regions::provinces(facts);
    let end = |i: usize| starts.get(i).map_or(rows, |(_, start)| *start);
    let provinces = starts.iter().enumerate().map(|(i, &(province, start))| {
        let province = &facts.regions().provinces[province];
        Part {
            page: format!("data/regions/{}.html", province.code),
            title: province.name.clone(),
            rows: start..end(i + 1),
        }
    });
    std::iter::once(Part {
        page: page.to_owned(),
        title: "各省".into(),
        rows: 0..end(0),
    })
    .chain(provinces)
    .collect()
}

/// The dataset of a pilot list or an assessment.
fn list(facts: &Facts, today: Date, index: DocumentId) -> Dataset {
    let document = facts.document(index);
    let page = routes::document(facts, index);
    let id = format!("{}/{}", document.kind.folder(), document.id);
    let table = lists::table(facts, today, index);
    let (programme, cite) = match &document.kind {
        Kind::Pilots(list) => (list.programme.as_str(), Some(&list.cite)),
        Kind::Assessment(assessment) => (assessment.programme.as_str(), Some(&assessment.cite)),
        _ => ("", None),
    };
    let issuers = match &facts.document(facts.text_of(index)).kind {
        Kind::Notice(notice) => notice.issuers.clone(),
        _ => Vec::new(),
    };
    let year = document
        .year()
        .map_or_else(String::new, |y| format!("{y}年，"));
    let place = document
        .place
        .map_or_else(String::new, |p| format!("{}，", facts.regions().name(p)));
    let mut limits = vec![
        "名单只说那一年的事；以后有没有变动，原文没有说。".to_owned(),
        "排列照原文的先后；原文没有说先后就是名次的，不能当作名次。".to_owned(),
    ];
    for figure in figures(facts.regions(), &document.kind) {
        if !figure.compared.agrees {
            limits.push(format!(
                "{}：原文所述 {}，按名单计算 {}。{}",
                figure.what,
                figure.compared.said,
                figure.compared.computed,
                figure.compared.difference
            ));
        }
    }
    Dataset {
        title: document.title.value.clone(),
        about: format!(
            "{programme}：{place}{year}共 {} 个单位，每个一行，原文印的名称和更正后的名称并列。",
            table.len()
        ),
        method: format!(
            "名称照原文录入，照原文的先后排列，程序逐字核对过。印错的名称另列更正，原来的写法保留。代码按 {} 查对。数目按名单逐一计数，百分比用整数计算，四舍五入到原文的位数。",
            facts.edition_text(index)
        ),
        limits,
        issuers,
        cite: cite.map(|cite| facts.cite(cite)),
        licence: facts.site().licence.clone(),
        changed: facts.checked(index),
        document: Some(index),
        resources: vec![Resource {
            volumes: vec![Volume::whole(&id, &table)],
            name: id.clone(),
            title: document.title.value.clone(),
            key: "region_code",
            parts: vec![Part {
                page: page.clone(),
                title: String::new(),
                rows: 0..table.len(),
            }],
            table,
        }],
        page,
        id,
    }
}
