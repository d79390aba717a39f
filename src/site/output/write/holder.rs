//! Who writes to a folder, and since when.
//!
//! Comes in: what a build wrote into its lock. Goes out: words for whoever waits.

use std::time::SystemTime;

use jiff::Timestamp;

use crate::text::{Bilingual, visible_name};

/// Who holds a lock.
#[derive(Debug, Clone)]
pub struct Holder {
    process: Option<u32>,
    user: String,
    since: Option<SystemTime>,
}

impl Holder {
    /// Reads what a build wrote into its lock, `since` then.
    pub(super) fn read(text: &str, since: Option<SystemTime>) -> Self {
        let mut lines = text.lines();
        Self {
            process: lines.next().and_then(|line| line.parse().ok()),
            user: lines.next().unwrap_or_default().to_owned(),
            since,
        }
    }

    /// What a build of this process writes into its lock.
    pub(super) fn sign(user: &str) -> String {
        format!("{}\n{user}\n", std::process::id())
    }

    /// Whether the build that holds the lock has written into it.
    pub(super) fn has_signed(&self) -> bool {
        self.process.is_some()
    }

    /// Who writes to the folder now.
    pub fn words(&self) -> Bilingual {
        let (mut zh, mut en) = (Vec::new(), Vec::new());
        if let Some(process) = self.process {
            zh.push(format!("进程 {process}"));
            en.push(format!("process {process}"));
        }
        if !self.user.is_empty() {
            let user = visible_name(&self.user);
            zh.push(format!("用户 {user}"));
            en.push(format!("user {user}"));
        }
        if let Some(since) = self.since.and_then(beijing_time) {
            zh.push(format!("{since} 开始"));
            en.push(format!("since {since}"));
        }
        Bilingual::new(
            format!("另一次生成正在写这个文件夹（{}）", zh.join("，")),
            format!(
                "another build is writing to this folder ({})",
                en.join(", ")
            ),
        )
    }
}

/// `2026-11-29 10:22:01`, in Beijing.
pub(super) fn beijing_time(time: SystemTime) -> Option<String> {
    let time = Timestamp::try_from(time).ok()?;
    let time = jiff::tz::offset(8).to_datetime(time);
    Some(time.strftime("%Y-%m-%d %H:%M:%S").to_string())
}
