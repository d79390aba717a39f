//! `mingbai publish`: sends a built site to where it is shown from.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Args;
use mingbai_published::manifest::{LARGEST, SIGNATURE, SUMS};
use mingbai_published::place::Place;
use mingbai_published::places::{Folder, write_zip};
use mingbai_published::send::{Order, send};
#[cfg(feature = "stores")]
use mingbai_published::target::Credentials;
use mingbai_published::target::{Address, Target};
use mingbai_published::turn::Sender;
use mingbai_published::{Manifest, folder, last};

use super::progress::Progress;
use super::voice::Voice;
use super::{CLEAN, beijing_today, now};
use crate::desk::init::{Leftovers, NO_ADDRESS};
use crate::diag::Sink;
use crate::model::load_site;
use crate::output;
use crate::sources::{self, Sources, read_bytes, read_file};
use crate::text::Bilingual;

/// The record of publications, in the site folder: who approved which site, and when.
const RECORD: &str = "publications.csv";
/// The settings of a site.
const SETTINGS: &str = "data/site.yaml";
/// The most files that are named.
const MOST: usize = 20;
/// A file of a site is at most this large.
const LARGEST_FILE: u64 = 1 << 30;

#[derive(Debug, Args)]
pub(super) struct PublishArgs {
    /// 网站文件夹（含 content、data、themes） / site folder
    #[arg(default_value = ".", value_name = "DIR")]
    site: PathBuf,
    /// 发布到哪里：文件夹、以 .zip 结尾的压缩包，或 s3://、oss://、obs://、cos://、sftp://、webdav+https:// 地址（默认 data/site.yaml 的 publish_to） / where to: a folder, a file that ends in .zip, or an address with s3://, oss://, obs://, cos://, sftp:// or webdav+https:// (default: publish_to of data/site.yaml)
    #[arg(long, value_name = "PLACE")]
    to: Option<OsString>,
    /// 生成的网站在哪里（默认网站文件夹下的 public） / the built site (default: public in the site folder)
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// 谁批准发布，记在网站文件夹的 publications.csv 里 / who approves, recorded in publications.csv of the site folder
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// 账号和密钥的文件，一行一个“名称=值”，要在网站文件夹以外；不写就看环境变量 / file of credentials, a line NAME=value each, outside of the site; otherwise the environment
    #[arg(long, value_name = "FILE")]
    credentials: Option<PathBuf>,
    /// 把那里的文件一个一个看过，缺的、被改过的重新送去 / look at every file there, and send again what is gone or was changed
    #[arg(long)]
    verify: bool,
    /// 那里已经有另一个网站，也换成这一个 / replace another site that is there
    #[arg(long)]
    replace: bool,
    /// 连不上时最多再试几秒 / for how long to try again what fails on the way
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    wait: u64,
}

pub(super) fn run(args: &PublishArgs, voice: Voice) -> u8 {
    publish(args, voice).unwrap_or_else(|words| voice.trouble(&words))
}

fn publish(args: &PublishArgs, voice: Voice) -> Result<u8, Bilingual> {
    let to = target(args)?;
    let out = args.out.clone().unwrap_or_else(|| args.site.join("public"));
    let sums = out.join(SUMS);
    if !folder::is_there(&sums) {
        let words = Bilingual::new(
            "还没有生成的网站，先运行 mingbai build",
            "there is no built site; run mingbai build first",
        );
        return Err(words.at(out.display()));
    }
    let sources = sources::read(&args.site, &mut Sink::default()).map_err(|error| error.words())?;
    check_ready(&sources)?;
    let manifest = Manifest::read(&folder::text(&sums, LARGEST)?)?;
    let file = |path: &str| folder::bytes(&out.join(path), LARGEST_FILE);
    let shown = match &to {
        Target::Zip(path) => {
            check_apart(path, &args.site, &out)?;
            let files = write_zip(path, &manifest, &file, &check_list(&manifest))?;
            let to = path.display();
            voice.say(
                &format!("已写成 {to}：{files} 个文件，怎样上传见里面的“上传说明.txt”"),
                &format!("wrote {to}: {files} files; UPLOAD.txt in it says what to do"),
            );
            to.to_string()
        }
        Target::Folder(path) => {
            check_apart(path, &args.site, &out)?;
            let mut place = Folder::open(path)?;
            let to = path.display().to_string();
            transfer(args, voice, (&manifest, &out), &to, &mut place)?;
            to
        }
        Target::Store(address) => {
            let to = address.to_string();
            let mut place = store(args, address, voice)?;
            transfer(args, voice, (&manifest, &out), &to, &mut place)?;
            to
        }
    };
    record(args, &shown, &manifest)?;
    keep(args, &out, &manifest, &sources)?;
    Ok(CLEAN)
}

/// Refuses a site that still has the address or the examples of a new one.
fn check_ready(sources: &Sources) -> Result<(), Bilingual> {
    let left = Leftovers::find(sources);
    if left.has_no_address {
        return Err(Bilingual::new(
            format!(
                "网址还是 {NO_ADDRESS}：把 data/site.yaml 的 base_url（网址）改成自己的，重新生成，再发布"
            ),
            format!(
                "the address is still {NO_ADDRESS}: write your own as base_url of data/site.yaml, build the site again, and publish it then"
            ),
        ));
    }
    if left.examples.is_empty() {
        return Ok(());
    }
    let list = left.examples.join("、");
    Err(Bilingual::new(
        format!("示例不是政策，不能发布：删去 {list}，重新生成，再发布"),
        format!(
            "examples are not policy and are not published: remove {list}, build the site again, and publish it then"
        ),
    ))
}

/// Keeps what was sent, so that the next time says what changed since.
fn keep(
    args: &PublishArgs,
    out: &Path,
    manifest: &Manifest,
    sources: &Sources,
) -> Result<(), Bilingual> {
    let own = sources
        .numbered()
        .filter(|(id, _)| !sources.is_built_in(*id))
        .map(|(_, file)| (file.path.as_str(), file.text.as_bytes()));
    last::keep(&args.site, out, manifest, own)
}

/// Where to: what `--to` says, else the settings of the site.
fn target(args: &PublishArgs) -> Result<Target, Bilingual> {
    if let Some(to) = &args.to {
        return match to.to_str() {
            Some(text) => Target::read(text),
            None => Ok(Target::Folder(to.into())),
        };
    }
    let Some(text) = configured(&args.site) else {
        return Err(Bilingual::new(
            "发布到哪里？用 --to 指明，或者写进 data/site.yaml 的 publish_to（发布到）",
            "where to? Name it with --to, or write it into publish_to of data/site.yaml",
        ));
    };
    // A folder is meant from where the settings are, not from where somebody calls the program.
    Ok(match Target::read(&text)? {
        Target::Folder(path) => Target::Folder(args.site.join(path)),
        Target::Zip(path) => Target::Zip(args.site.join(path)),
        store @ Target::Store(_) => store,
    })
}

/// The place in the settings of a site.
fn configured(site: &Path) -> Option<String> {
    let text = read_file(&site.join(SETTINGS)).ok()?;
    let sources = Sources::default().with(SETTINGS, text);
    // What is wrong with the settings, a build says.
    load_site(&sources, &mut Sink::default()).publish_to
}

#[cfg(feature = "stores")]
fn store(
    args: &PublishArgs,
    address: &Address,
    voice: Voice,
) -> Result<mingbai_published::stores::Store, Bilingual> {
    let named = args.credentials.clone();
    let named = named.or_else(|| voice.credential("MINGBAI_CREDENTIALS").map(PathBuf::from));
    let environment = |name: &str| voice.credential(name);
    let keys = Credentials::find(address, named.as_deref(), &environment)?;
    if address.is_plain() {
        voice.note(
            "注意：http:// 没有加密，路上的人看得见送的内容和密码",
            "note: http:// is not encrypted; whoever is on the way can read the files and the password",
        );
    }
    let patience = std::time::Duration::from_secs(args.wait);
    mingbai_published::stores::Store::open(address.clone(), keys, patience)
}

#[cfg(not(feature = "stores"))]
fn store(_: &PublishArgs, address: &Address, _: Voice) -> Result<Folder, Bilingual> {
    let words = Bilingual::new(
        "这个程序只能发布到文件夹和压缩包；安装包里的程序可以（自己编译要加 --features stores）",
        "this program publishes to folders and zip files only; the one in the packages can do this (or compile it with --features stores)",
    );
    Err(words.at(address))
}

/// Sends the site, and says what was done.
fn transfer(
    args: &PublishArgs,
    voice: Voice,
    (manifest, out): (&Manifest, &Path),
    to: &str,
    place: &mut dyn Place,
) -> Result<(), Bilingual> {
    let signature = out.join(SIGNATURE);
    let signature = if folder::is_there(&signature) {
        Some(folder::bytes(&signature, LARGEST)?)
    } else {
        None
    };
    let sender = folder::one_sender(out)?;
    let progress = Progress::start(voice, false);
    let order = Order {
        site: manifest,
        signature: signature.as_deref(),
        file: &|path: &str| folder::bytes(&out.join(path), LARGEST_FILE),
        sender: Sender {
            id: &sender.id,
            now: &|| now().0,
        },
        replace: args.replace,
        verify: args.verify,
        said: &|files, all| progress.sent(files, all),
    };
    let sent = send(&order, place)?;
    drop(progress);
    list(voice, &sent.damaged, "缺了或者被改过", "gone or changed");
    list(
        voice,
        &sent.strange,
        "不是这个网站的，没有动",
        "not of this site, left alone",
    );
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
    Ok(())
}

/// Names files, the first of many.
fn list(voice: Voice, files: &[String], zh: &str, en: &str) {
    for path in files.iter().take(MOST) {
        voice.say(&format!("{zh}：{path}"), &format!("{en}: {path}"));
    }
    if files.len() > MOST {
        let more = files.len() - MOST;
        voice.say(
            &format!("{zh}：还有 {more} 个"),
            &format!("{en}: {more} more"),
        );
    }
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
fn record(args: &PublishArgs, to: &str, manifest: &Manifest) -> Result<(), Bilingual> {
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
        cell(to),
        manifest.files.len(),
        &sums[..16],
    );
    output::replace(&path, format!("{old}{line}").as_bytes()).map_err(|error| error.words())
}
