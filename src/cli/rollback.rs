//! `mingbai rollback`: puts an earlier edition of the site back in its place.

use std::path::PathBuf;

use clap::Args;

use super::build::{WriteArgs, options};
use super::voice::Voice;
use super::{CLEAN, beijing_today};
use crate::output;
use crate::text::Bilingual;

#[derive(Debug, Args)]
pub(super) struct RollbackArgs {
    /// 网站文件夹（含 content、data、themes） / site folder
    #[arg(default_value = ".", value_name = "DIR")]
    site: PathBuf,
    /// 输出文件夹（默认网站文件夹下的 public） / output folder (default: public in the site folder)
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// 只列出旧版，不换 / list the earlier editions, change nothing
    #[arg(long)]
    list: bool,
    /// 换回哪一版（默认最近的一版） / the edition to put back (default: the last one)
    #[arg(long, value_name = "N")]
    to: Option<u64>,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn run(args: &RollbackArgs, voice: Voice) -> u8 {
    roll_back(args, voice).unwrap_or_else(|words| voice.trouble(&words))
}

fn roll_back(args: &RollbackArgs, voice: Voice) -> Result<u8, Bilingual> {
    let out = args.out.clone().unwrap_or_else(|| args.site.join("public"));
    let target = output::check_target(&args.site, &out).map_err(|error| error.words())?;
    if args.list {
        let editions = output::editions(&target).map_err(|error| error.words())?;
        for edition in editions.iter().rev() {
            let (number, made, files) = (edition.number, &edition.made, edition.files);
            voice.say(
                &format!("{number}  {made}  {files} 个文件"),
                &format!("{number}  {made}  {files} files"),
            );
        }
        if editions.is_empty() {
            voice.say("没有旧版", "there are no earlier editions");
        }
        return Ok(CLEAN);
    }
    let held = |holder: &output::Holder| voice.waits_for(holder);
    let options = options(&args.write, beijing_today(), voice, &held, None);
    let (edition, written) =
        output::roll_back(&target, args.to, &options).map_err(|error| error.words())?;
    let (number, made, out) = (edition.number, &edition.made, out.display());
    voice.say(
        &format!("已换回第 {number} 版（{made} 生成，{} 个文件）→ {out}；刚才的网站留作旧版", written.files),
        &format!(
            "put edition {number} back (built {made}, {} files) → {out}; the site that it replaces is now an edition",
            written.files
        ),
    );
    voice.note_left(&written);
    voice.note_signature(&written);
    Ok(CLEAN)
}
