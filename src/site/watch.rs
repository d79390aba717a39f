//! Who watches a run: which stage it is in, how much of it is left, what each thing costs.
//!
//! Comes in: nothing. Goes out: [`Watch`], which the stages call. They do not know what time it is; whoever watches may.

/// A stage of a run, in the order of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Files become a model.
    Load,
    /// Names become what they name.
    Link,
    /// Checks that involve several files, and the search for personal data in sources.
    Lints,
    /// What a file says is compared with the official words.
    Evidence,
    /// Self-checks become modules.
    Rules,
    /// Theme files and attachments are prepared.
    Assets,
    /// Who is mentioned where, and the tables.
    Facts,
    /// Which pages there are, and the templates.
    Plan,
    /// Files for programs: tables, API, calendars.
    Data,
    /// Pages.
    Pages,
    /// The search index, and what is copied.
    Index,
    /// Links, anchors, markup, personal data.
    Check,
    /// What the next run may use.
    Record,
}

impl Stage {
    /// In Chinese and in English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Load => ("读入", "load"),
            Self::Link => ("找引用", "link"),
            Self::Lints => ("检查", "lints"),
            Self::Evidence => ("与原文核对", "compare with the official words"),
            Self::Rules => ("编译自查", "compile self-checks"),
            Self::Assets => ("准备主题文件", "theme files"),
            Self::Facts => ("汇总", "facts and tables"),
            Self::Plan => ("排定页面", "plan"),
            Self::Data => ("生成数据文件", "data files"),
            Self::Pages => ("生成页面", "pages"),
            Self::Index => ("生成搜索索引", "search index"),
            Self::Check => ("查链接", "check links"),
            Self::Record => ("记录", "record"),
        }
    }
}

/// A step of making one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// It is the same as before: that is found out.
    Keep,
    /// It is made: its view, and its template.
    Make,
    /// It is made smaller, and its links are noted.
    Minify,
    /// It is searched for personal data, compressed and handed on.
    HandOn,
}

impl Step {
    /// All steps, in their order.
    pub const ALL: [Self; 4] = [Self::Keep, Self::Make, Self::Minify, Self::HandOn];
}

/// Somebody who watches. Every method is called from any thread.
pub trait Watch: Sync {
    /// A stage begins; it has so many parts, or none that are counted.
    fn enter(&self, _stage: Stage, _parts: usize) {}

    /// A part of the stage is done.
    fn part(&self) {}

    /// What the clock of this thread shows, in a unit of the watcher's own.
    fn clock(&self) -> u64 {
        0
    }

    /// A step of one thing of a kind is done; it began when the clock showed `since`.
    fn done(&self, _kind: &str, _step: Step, _since: u64) {}
}

/// Nobody watches.
#[derive(Debug)]
pub struct Unwatched;

impl Watch for Unwatched {}
