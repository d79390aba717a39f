//! `mingbai config`: ready configuration for web servers.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::voice::Voice;
use super::{CLEAN, CheckArgs, build};
use crate::diag::Sink;
use crate::hosting::{Kind, Place};
use crate::text::Bilingual;
use crate::{pipeline, sources};

#[derive(Debug, Args)]
pub(super) struct ConfigArgs {
    /// 哪种服务器 / which server
    #[arg(value_enum, value_name = "KIND")]
    kind: ConfigKind,
    #[command(flatten)]
    common: CheckArgs,
    /// 生成的网站在服务器上的哪个文件夹（默认网站文件夹下的 public） / folder of the built site on the server (default: public in the site folder)
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// 在哪个地址和端口上服务（默认 80 端口） / address and port to listen on (default: port 80)
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ConfigKind {
    Nginx,
    Caddy,
    Headers,
    Redirects,
}

pub(super) fn run(args: &ConfigArgs, voice: Voice) -> u8 {
    config(args, voice).unwrap_or_else(|words| voice.trouble(&words))
}

fn config(args: &ConfigArgs, voice: Voice) -> Result<u8, Bilingual> {
    let site = &args.common.site;
    let mut sink = Sink::default();
    let sources = sources::read(site, &mut sink).map_err(|error| error.words())?;
    let config = build::config(&args.common, &build::Aim::default(), voice)?;
    let hosted = pipeline::hosted(&sources, &config, &mut sink);
    if sink.has_errors() {
        return Ok(voice.refuse(sink, &sources));
    }
    let root = args.root.clone().unwrap_or_else(|| site.join("public"));
    let root = std::path::absolute(&root).map_err(|error| Bilingual::of_io(&error))?;
    let place = Place {
        root: word(root.to_str().unwrap_or("\n"), "--root")?,
        listen: match &args.listen {
            Some(listen) => Some(word(listen, "--listen")?),
            None => None,
        },
    };
    if !hosted.is_plain() {
        return Err(Bilingual::new(
            "网址的路径里有特殊的字，服务器配置只写得出字母、数字和 -._~/",
            "the path of the address has special characters; server configuration can only have letters, digits and -._~/",
        ));
    }
    let kind = match args.kind {
        ConfigKind::Nginx => Kind::Nginx,
        ConfigKind::Caddy => Kind::Caddy,
        ConfigKind::Headers => Kind::Headers,
        ConfigKind::Redirects => Kind::Redirects,
    };
    voice.print(&hosted.config(kind, &place));
    Ok(CLEAN)
}

/// A word that means itself in a configuration file.
fn word(text: &str, flag: &str) -> Result<String, Bilingual> {
    let strange = |c: char| c.is_control() || "\"'\\${};`".contains(c);
    if text.is_empty() || text.contains(strange) {
        return Err(Bilingual::new(
            "里面有引号、$、分号或花括号，写不进服务器配置",
            "contains quotation marks, $, semicolons or braces, which cannot be written into server configuration",
        )
        .at(flag));
    }
    Ok(text.to_owned())
}
