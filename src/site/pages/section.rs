//! The main sections of the site, as the navigation shows them.

use super::view::Link;
use crate::model::DocumentKind;
use crate::rules::language::Language;

/// A main section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Home,
    Counties,
    Times,
    Checks,
    Notices,
    Schedules,
    Assessments,
    Topics,
}

impl Section {
    /// Every section, in the order of the navigation.
    pub const ALL: [Self; 8] = [
        Self::Home,
        Self::Counties,
        Self::Times,
        Self::Checks,
        Self::Notices,
        Self::Schedules,
        Self::Assessments,
        Self::Topics,
    ];

    /// The address of its page.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Home => "index.html",
            Self::Counties => "counties/index.html",
            Self::Times => "deadlines.html",
            Self::Checks => "checks/index.html",
            Self::Notices => DocumentKind::Notice.index(),
            Self::Schedules => DocumentKind::Schedule.index(),
            Self::Assessments => DocumentKind::Assessment.index(),
            Self::Topics => "topics/index.html",
        }
    }

    /// Its name in the navigation.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Home => "首页",
            Self::Counties => "查我的县",
            Self::Times => "时间",
            Self::Checks => "自查",
            Self::Notices => DocumentKind::Notice.name(),
            Self::Schedules => DocumentKind::Schedule.name(),
            Self::Assessments => DocumentKind::Assessment.name(),
            Self::Topics => "主题",
        }
    }

    /// The section of a kind of document; pilot lists have none.
    pub const fn of(kind: DocumentKind) -> Option<Self> {
        match kind {
            DocumentKind::Notice => Some(Self::Notices),
            DocumentKind::Schedule => Some(Self::Schedules),
            DocumentKind::Assessment => Some(Self::Assessments),
            DocumentKind::Pilots => None,
        }
    }

    /// The crumb of its page.
    pub fn crumb(self) -> Link {
        Link::new(self.path(), self.name())
    }

    /// Its name in the navigation of a page in a language.
    pub fn name_in(self, language: Language) -> &'static str {
        let english = match self {
            Self::Home => "Home",
            Self::Counties => "My county",
            Self::Times => "Dates",
            Self::Checks => "Self-checks",
            Self::Notices => "Documents",
            Self::Schedules => "County schedules",
            Self::Assessments => "Assessments",
            Self::Topics => "Topics",
        };
        language.of(self.name(), english)
    }

    /// The crumb of its page, on a page in a language.
    pub fn crumb_in(self, language: Language) -> Link {
        Link::new(self.path(), self.name_in(language))
    }
}
