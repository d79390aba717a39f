//! Why something could not be written, in words for the operator.

use std::path::{Path, PathBuf};
use std::{fmt, io};

use super::holder::Holder;
use crate::text::{Bilingual, Lang};

/// Why a folder or file could not be written.
#[derive(Debug)]
pub enum WriteError {
    Io {
        path: PathBuf,
        error: io::Error,
    },
    /// The folder cannot be the output folder.
    Unfit {
        path: PathBuf,
        why: Unfit,
    },
    /// The file already exists.
    Exists {
        path: PathBuf,
    },
    /// A folder that must be empty is not; with the names of its first entries.
    NotEmpty {
        path: PathBuf,
        names: Vec<String>,
    },
    /// Another build writes to the folder.
    Locked {
        path: PathBuf,
        holder: Holder,
    },
    /// There is no earlier edition, or not the one asked for.
    NoEdition {
        path: PathBuf,
    },
}

/// Why a folder cannot be the output folder. Nothing in it was changed.
#[derive(Debug)]
pub enum Unfit {
    /// It contains files but was not created by mingbai.
    NotOurs,
    /// It is inside a source folder or contains one.
    InSources,
    /// It is inside another site that mingbai wrote, which would carry it along.
    InSite(PathBuf),
    /// It contains this, which can be neither copied nor opened: a pipe, a socket, a device.
    Special,
    /// It can be filled but not replaced: a mount point, or a part of another file system.
    Fixed,
    /// It belongs to another user, and the new site could not.
    OtherOwner(u32),
}

impl WriteError {
    /// The message for the operator.
    pub fn words(&self) -> Bilingual {
        match self {
            Self::Io { path, error } => Bilingual::of_io(error).at(path.display()),
            Self::Unfit { path, why } => why.words(path),
            Self::Exists { path } => {
                Bilingual::new("已经有了，没有改动它", "already exists and was not changed")
                    .at(path.display())
            }
            Self::NotEmpty { path, names } => Bilingual::new(
                format!(
                    "文件夹 {} 不是空的，没有改动它。里面有：{}",
                    path.display(),
                    names.join("、")
                ),
                format!(
                    "the folder {} is not empty and was not changed. It contains: {}",
                    path.display(),
                    names.join(", ")
                ),
            ),
            Self::Locked { path, holder } => {
                let words = holder.words();
                Bilingual::new(
                    format!("{}。稍后再试，或用 --wait 600 多等一会儿", words.zh),
                    format!(
                        "{}. Try again later, or wait longer with --wait 600",
                        words.en
                    ),
                )
                .at(path.display())
            }
            Self::NoEdition { path } => Bilingual::new(
                "没有这样的旧版；mingbai rollback --list 列出有哪些",
                "there is no such earlier edition; mingbai rollback --list lists them",
            )
            .at(path.display()),
        }
    }
}

impl Unfit {
    fn words(&self, path: &Path) -> Bilingual {
        let path = path.display();
        let (zh, en) = match self {
            Self::NotOurs => (
                format!(
                    "输出文件夹 {path} 里有不是 mingbai 生成的文件，没有改动它。请用 --out 另选一个空文件夹，或先自行清空。"
                ),
                format!(
                    "the output folder {path} contains files that mingbai did not create, so nothing was changed. Choose an empty folder with --out, or empty it yourself."
                ),
            ),
            Self::InSources => (
                format!("输出文件夹 {path} 不能放在 content、data、themes 之内，也不能包含它们。"),
                format!(
                    "the output folder {path} must not be inside content, data or themes, and must not contain them."
                ),
            ),
            Self::InSite(site) => (
                format!(
                    "输出文件夹 {path} 在另一个网站 {} 里面。请用 --out 选它外面的文件夹。",
                    site.display()
                ),
                format!(
                    "the output folder {path} is inside another site, {}. Choose a folder outside it with --out.",
                    site.display()
                ),
            ),
            Self::Special => (
                format!("{path} 是管道、套接字或设备，不是文件；没有改动网站。把它移走再生成。"),
                format!(
                    "{path} is a pipe, a socket or a device, not a file; the site was not changed. Move it away and build again."
                ),
            ),
            Self::Fixed => (
                format!(
                    "输出文件夹 {path} 是挂载点或在别的文件系统上，不能整个换成新的，没有改动它。请用 --out 选它里面的文件夹，例如 --out {path}/site"
                ),
                format!(
                    "the output folder {path} is a mount point or is on another file system, so it cannot be replaced as a whole and was not changed. Choose a folder inside it with --out, for example --out {path}/site"
                ),
            ),
            Self::OtherOwner(owner) => (
                format!(
                    "输出文件夹 {path} 属于另一个用户（用户号 {owner}），没有改动它。请以该用户运行，或用 --out 另选文件夹。"
                ),
                format!(
                    "the output folder {path} belongs to another user (number {owner}) and was not changed. Run as that user, or choose another folder with --out."
                ),
            ),
        };
        Bilingual::new(zh, en)
    }

    /// The error for a path.
    pub(super) fn at(self, path: &Path) -> WriteError {
        WriteError::Unfit {
            path: path.to_owned(),
            why: self,
        }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().line(Lang::Both))
    }
}

impl std::error::Error for WriteError {}

pub(super) fn io_error(path: &Path) -> impl FnOnce(io::Error) -> WriteError + '_ {
    move |error| WriteError::Io {
        path: path.to_owned(),
        error,
    }
}
