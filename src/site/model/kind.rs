//! The kinds of documents, and everything that is fixed for a kind: folder, name, address.
//!
//! Comes in: a kind, or a folder's name. Goes out: its words and addresses. It does not know any document.

use serde::{Deserialize, Serialize};

/// What a document is: an official text, or a data file made from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DocumentKind {
    Notice,
    Pilots,
    Schedule,
    Assessment,
}

/// What is fixed for a kind.
struct Facts {
    folder: &'static str,
    sources: &'static str,
    name: &'static str,
    about: &'static str,
    template: &'static str,
    index: &'static str,
}

const NOTICE: Facts = Facts {
    folder: "notices",
    sources: "content/notices",
    name: "文件",
    about: "官方文件原文，每一条都可以单独引用。",
    template: "notice.html",
    index: "notices/index.html",
};

const PILOTS: Facts = Facts {
    folder: "pilots",
    sources: "data/pilots",
    name: "试点名单",
    about: "各项试点的名单，逐县可查。",
    template: "pilot.html",
    index: "pilots/index.html",
};

const SCHEDULE: Facts = Facts {
    folder: "schedules",
    sources: "data/schedules",
    name: "受理安排",
    about: "各县公布的受理时间、地点、方式和名额。",
    template: "schedule.html",
    index: "schedules/index.html",
};

const ASSESSMENT: Facts = Facts {
    folder: "assessments",
    sources: "data/assessments",
    name: "考核结果",
    about: "考核名单与比率，原文所述与名单计算并列。",
    template: "assessment.html",
    index: "assessments/index.html",
};

impl DocumentKind {
    /// Every kind, in the order in which the site lists them.
    pub const ALL: [Self; 4] = [Self::Notice, Self::Pilots, Self::Schedule, Self::Assessment];

    const fn facts(self) -> &'static Facts {
        match self {
            Self::Notice => &NOTICE,
            Self::Pilots => &PILOTS,
            Self::Schedule => &SCHEDULE,
            Self::Assessment => &ASSESSMENT,
        }
    }

    /// The folder of its pages, and the last folder of its sources: `pilots`.
    pub const fn folder(self) -> &'static str {
        self.facts().folder
    }

    /// The folder of its source files, seen from the site folder: `data/pilots`.
    pub const fn sources(self) -> &'static str {
        self.facts().sources
    }

    /// What the site calls it, as a heading and as a value: `试点名单`.
    pub const fn name(self) -> &'static str {
        self.facts().name
    }

    /// The sentence above the list of all documents of this kind.
    pub const fn about(self) -> &'static str {
        self.facts().about
    }

    /// The template of its pages: `pilot.html`.
    pub const fn template(self) -> &'static str {
        self.facts().template
    }

    /// The address of the first page of its list.
    pub const fn index(self) -> &'static str {
        self.facts().index
    }

    /// The kind whose documents are in a folder.
    pub fn of_folder(folder: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.folder() == folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_addresses_agree() {
        for kind in DocumentKind::ALL {
            assert_eq!(DocumentKind::of_folder(kind.folder()), Some(kind));
            let (root, last) = kind.sources().split_once('/').expect("two folders");
            assert!(root == "content" || root == "data");
            assert_eq!(last, kind.folder());
            assert_eq!(kind.index(), format!("{}/index.html", kind.folder()));
        }
        assert_eq!(DocumentKind::of_folder("checks"), None);
    }
}
