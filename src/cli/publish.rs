//! `mingbai publish`: sends a built site to where it is shown from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use mingbai_published::manifest::{LARGEST, SIGNATURE, SUMS};
use mingbai_published::places::{Folder, write_zip};
use mingbai_published::send::send;
use mingbai_published::{Manifest, folder};

use super::voice::Voice;
use super::{CLEAN, beijing_today};
use crate::output;
use crate::sources::read_bytes;
use crate::text::Bilingual;

/// The record of publications, in the site folder: who approved which site, and when.
const RECORD: &str = "publications.csv";
/// A file of a site is at most this large.
const LARGEST_FILE: u64 = 1 << 30;

#[derive(Debug, Args)]
pub(super) struct PublishArgs {
    /// 网站文件夹（含 content、data、themes） / site folder
    #[arg(default_value = ".", value_name = "DIR")]
    site: PathBuf,
    /// 发布到哪里：一个文件夹，或以 .zip 结尾的压缩包 / where to: a folder, or a file that ends in .zip
    #[arg(long, value_name = "PLACE")]
    to: PathBuf,
    /// 生成的网站在哪里（默认网站文件夹下的 public） / the built site (default: public in the site folder)
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// 谁批准发布，记在网站文件夹的 publications.csv 里 / who approves, recorded in publications.csv of the site folder
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

pub(super) fn run(args: &PublishArgs, voice: Voice) -> u8 {
    publish(args, voice).unwrap_or_else(|words| voice.trouble(&words))
}

fn publish(args: &PublishArgs, voice: Voice) -> Result<u8, Bilingual> {
    let out = args.out.clone().unwrap_or_else(|| args.site.join("public"));
    let sums = out.join(SUMS);
    if !folder::is_there(&sums) {
        let words = Bilingual::new(
            "还没有生成的网站，先运行 mingbai build",
            "there is no built site; run mingbai build first",
        );
        return Err(words.at(out.display()));
    }
    check_apart(&args.to, &args.site, &out)?;
    let manifest = Manifest::read(&folder::text(&sums, LARGEST)?)?;
    let file = |path: &str| folder::bytes(&out.join(path), LARGEST_FILE);
    let is_zip = args
        .to
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
    let to = args.to.display();
    if is_zip {
        let files = write_zip(&args.to, &manifest, &file, &check_list(&manifest))?;
        voice.say(
            &format!("已写成 {to}：{files} 个文件，怎样上传见里面的“上传说明.txt”"),
            &format!("wrote {to}: {files} files; UPLOAD.txt in it says what to do"),
        );
    } else {
        let mut place = Folder::open(&args.to)?;
        let signature = out.join(SIGNATURE);
        let signature = if folder::is_there(&signature) {
            Some(folder::bytes(&signature, LARGEST)?)
        } else {
            None
        };
        let sent = send(
            &manifest,
            signature.as_deref(),
            &file,
            &mut place,
            &mut |_, _| {},
        )?;
        voice.say(
            &format!(
                "已发布到 {to}：送出 {} 个文件，{} 个没有变，删去 {} 个",
                sent.files, sent.same, sent.removed
            ),
            &format!(
                "published to {to}: {} files sent, {} unchanged, {} removed",
                sent.files, sent.same, sent.removed
            ),
        );
    }
    record(args, &manifest)?;
    Ok(CLEAN)
}

/// The place may not be within the site folder's sources or the built site, nor around them.
fn check_apart(to: &Path, site: &Path, out: &Path) -> Result<(), Bilingual> {
    let (to, site, out) = (whole(to)?, whole(site)?, whole(out)?);
    let sources = ["content", "data", "themes"].map(|name| site.join(name));
    let is_within = sources
        .iter()
        .chain([&out])
        .any(|folder| to.starts_with(folder));
    if is_within || site.starts_with(&to) || out.starts_with(&to) {
        return Err(Bilingual::new(
            "不能发布到来源文件或生成的网站里面，也不能发布到包着它们的文件夹",
            "a site cannot be published into its own sources or its built site, or into a folder around them",
        )
        .at(to.display()));
    }
    Ok(())
}

/// Where a path leads, with its links resolved as far as it exists.
fn whole(path: &Path) -> Result<PathBuf, Bilingual> {
    let path =
        std::path::absolute(path).map_err(|error| Bilingual::of_io(&error).at(path.display()))?;
    let mut rest = Vec::new();
    for above in path.ancestors() {
        if let Some(real) = crate::sources::canonical(above) {
            return Ok(rest
                .iter()
                .rev()
                .fold(real, |path: PathBuf, name| path.join(name)));
        }
        match above.file_name() {
            Some(name) => rest.push(name),
            None => break,
        }
    }
    Err(Bilingual::new("不是能用的路径", "is not a usable path").at(path.display()))
}

/// What the web site group does with a zip file.
fn check_list(manifest: &Manifest) -> BTreeMap<String, String> {
    let count = manifest.files.len();
    let zh = format!(
        "上传说明\n\n1. 解开压缩包，site 文件夹里是整个网站，共 {count} 个文件，另有一份清单 SHA256SUMS。\n2. 先上传 assets 和 search 两个文件夹，再上传其余的文件，最后上传 index.html。\n3. 文件名、大小写和文件夹都不要改。\n4. 上传以后，网站上有、清单 SHA256SUMS 里没有的旧文件，最后再删。\n5. 打开首页、任意一个县的页面和搜索看一看。\n6. 用 mingbai verify 网址 可以核对每一个文件。\n"
    );
    let en = format!(
        "How to upload\n\n1. Unpack the file. The folder site is the whole site, {count} files and a manifest, SHA256SUMS.\n2. Upload the folders assets and search first, then the other files, and index.html last.\n3. Do not change names, upper and lower case, or folders.\n4. Afterwards remove old files that are not in SHA256SUMS.\n5. Look at the home page, the page of a county, and the search.\n6. mingbai verify ADDRESS compares every file.\n"
    );
    BTreeMap::from([
        ("上传说明.txt".to_owned(), zh),
        ("UPLOAD.txt".to_owned(), en),
    ])
}

/// Notes the publication.
fn record(args: &PublishArgs, manifest: &Manifest) -> Result<(), Bilingual> {
    let path = args.site.join(RECORD);
    let old = if output::exists(&path) {
        String::from_utf8_lossy(&read_bytes(&path).map_err(|error| error.words())?).into_owned()
    } else {
        "\u{feff}日期,批准人,发布到,文件数,清单\r\n".to_owned()
    };
    let cell = |text: &str| {
        let text = text.replace(['"', '\r', '\n'], "'");
        // A spreadsheet takes what begins so for a formula.
        let guard = if text.starts_with(['=', '+', '-', '@', '\t']) {
            "'"
        } else {
            ""
        };
        format!("\"{guard}{text}\"")
    };
    let sums = mingbai_published::Entry::of(manifest.text().as_bytes()).hex();
    let line = format!(
        "{},{},{},{},{}\r\n",
        beijing_today(),
        cell(args.by.as_deref().unwrap_or("未写明")),
        cell(&args.to.to_string_lossy()),
        manifest.files.len(),
        &sums[..16],
    );
    output::replace(&path, format!("{old}{line}").as_bytes()).map_err(|error| error.words())
}
