//! `mingbai keygen`, `sign` and `verify`: who vouches for a site, and whether it is still as it was.

use std::path::{Path, PathBuf};

use clap::Args;
use mingbai_published::fetch::Address;
use mingbai_published::keys::{self, Signed, Signer, Verifier};
use mingbai_published::manifest::{self, SIGNATURE, SUMS};
use mingbai_published::verify::Site;
use mingbai_published::{Difference, Manifest, folder};
use serde_json::json;

use super::voice::Voice;
use super::{CLEAN, OutputFormat, PROBLEMS, beijing_today, plural};
use crate::text::{Bilingual, visible};

#[derive(Debug, Args)]
pub(super) struct KeygenArgs {
    /// 密钥写到哪个文件（公钥写到同名的 .pub） / file for the secret key (the public key gets the ending .pub)
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    password: PasswordArgs,
    /// 不设口令，给自动签名的机器用 / no password, for a machine that signs by itself
    #[arg(long, conflicts_with = "password_file")]
    no_password: bool,
}

#[derive(Debug, Args)]
struct PasswordArgs {
    /// 从文件的第一行读口令（默认在终端里问） / read the password from the first line of a file (default: ask in the terminal)
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct SignArgs {
    /// 生成的网站文件夹 / folder of the built site
    #[arg(default_value = "public", value_name = "FOLDER")]
    folder: PathBuf,
    /// 密钥文件 / file of the secret key
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    #[command(flatten)]
    password: PasswordArgs,
}

#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// 网站的文件夹或网址 / folder or address of a site
    #[arg(value_name = "FOLDER|URL")]
    site: String,
    /// 公钥文件，或公钥本身；换密钥期间可以写几个 / file of the public key, or the key itself; several while a key is being changed
    #[arg(long, value_name = "KEY", required_unless_present = "manifest")]
    key: Vec<String>,
    /// 不验签名，和自己另存的 SHA256SUMS 比 / compare with your own copy of SHA256SUMS instead of checking a signature
    #[arg(long, value_name = "FILE", conflicts_with = "key")]
    manifest: Option<PathBuf>,
    /// 结果的格式 / format of the result
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
}

pub(super) fn keygen(args: &KeygenArgs, voice: Voice) -> u8 {
    make_keys(args, voice).unwrap_or_else(|words| voice.trouble(&words))
}

pub(super) fn sign(args: &SignArgs, voice: Voice) -> u8 {
    sign_folder(args, voice).unwrap_or_else(|words| voice.trouble(&words))
}

pub(super) fn verify(args: &VerifyArgs, voice: Voice) -> u8 {
    check(args, voice).unwrap_or_else(|words| voice.trouble(&words))
}

fn make_keys(args: &KeygenArgs, voice: Voice) -> Result<u8, Bilingual> {
    let mut public = args.file.clone().into_os_string();
    public.push(".pub");
    let public = PathBuf::from(public);
    refuse_site(&args.file)?;
    for path in [&args.file, &public] {
        if folder::is_there(path) {
            let words =
                Bilingual::new("已经有了，没有改动它", "already exists and was not changed");
            return Err(words.at(path.display()));
        }
    }
    let password = if args.no_password {
        None
    } else {
        Some(args.password.read(voice, true)?)
    };
    let pair = keys::generate(password)?;
    folder::write_new(&args.file, &pair.secret, true)?;
    folder::write_new(&public, &pair.public, false)?;
    let (secret, public) = (args.file.display(), public.display());
    voice.say(
        &format!(
            "密钥 {}：{secret}（只有您能读；另存一份在别处，不要给别人）\n公钥：{public}\n{}",
            pair.id, pair.line
        ),
        &format!(
            "key {}: {secret} (only you can read it; keep a copy elsewhere, give it to nobody)\npublic key: {public}\n{}",
            pair.id, pair.line
        ),
    );
    Ok(CLEAN)
}

/// A secret key is in no folder that is published, or from which a site is made.
fn refuse_site(path: &Path) -> Result<(), Bilingual> {
    match folder::site_around(path)? {
        None => Ok(()),
        Some(site) => {
            let site = site.display();
            Err(Bilingual::new(
                format!("密钥不能放在网站的文件夹里（{site}），放到别处"),
                format!(
                    "a secret key must not be in the folder of a site ({site}); keep it elsewhere"
                ),
            )
            .at(path.display()))
        }
    }
}

impl PasswordArgs {
    /// The password: from the file, or from the person at the terminal; twice for a new key.
    fn read(&self, voice: Voice, is_new: bool) -> Result<String, Bilingual> {
        if let Some(path) = &self.password_file {
            let text = folder::text(path, keys::LARGEST)?;
            return Ok(text.lines().next().unwrap_or_default().to_owned());
        }
        if !voice.can_ask() {
            return Err(Bilingual::new(
                "要口令：在终端里运行，或用 --password-file",
                "a password is needed: run in a terminal, or use --password-file",
            ));
        }
        let words = voice.lang.line("口令", "password");
        let mut prompt = inquire::Password::new(&words);
        if !is_new {
            prompt = prompt.without_confirmation();
        }
        prompt
            .prompt()
            .map_err(|_| Bilingual::new("没有输入口令", "no password was given"))
    }
}

fn sign_folder(args: &SignArgs, voice: Voice) -> Result<u8, Bilingual> {
    refuse_site(&args.key)?;
    if !folder::is_private(&args.key)? {
        return Err(Bilingual::new(
            "别人也能读这个密钥；运行 chmod 600",
            "others can read this key; run chmod 600",
        )
        .at(args.key.display()));
    }
    let site = Site::Folder(&args.folder);
    let (text, _) = site
        .manifest()
        .map_err(|words| words.at(args.folder.display()))?;
    let manifest = Manifest::read(&text).map_err(|words| words.at(SUMS))?;
    let difference = site.compare(&manifest)?;
    if !difference.is_empty() {
        voice.note(
            "生成以后有人动过这个文件夹，没有签名：",
            "the folder was changed after the build, and was not signed:",
        );
        voice.print(&list(&difference, voice));
        return Ok(PROBLEMS);
    }
    let key = folder::text(&args.key, keys::LARGEST)?;
    let password = if keys::needs_password(&key) {
        Some(args.password.read(voice, false)?)
    } else {
        None
    };
    let signer = Signer::read(&key, password).map_err(|words| words.at(args.key.display()))?;
    let count = manifest.files.len();
    let signature = signer.sign(&text, &format!("{} {count} files", beijing_today()))?;
    let path = args.folder.join(SIGNATURE);
    folder::replace(&path, &signature)?;
    let path = path.display();
    voice.say(
        &format!("已签名：{count} 个文件 → {path}"),
        &format!("signed {} → {path}", plural(count, "file")),
    );
    Ok(CLEAN)
}

fn check(args: &VerifyArgs, voice: Voice) -> Result<u8, Bilingual> {
    let site = if Address::is_one(&args.site) {
        Site::Address(Address::read(&args.site)?)
    } else {
        Site::Folder(Path::new(&args.site))
    };
    let (text, signed) = match &args.manifest {
        Some(path) => (folder::text(path, manifest::LARGEST)?, None),
        None => {
            // The keys are read first: what is wrong with them is the operator's trouble, not the site's.
            let keys = args.key.iter().map(|key| public_key(key));
            let keys = keys.collect::<Result<Vec<_>, _>>()?;
            let (text, signature) = site.manifest().map_err(|words| words.at(&args.site))?;
            match signer_of(&keys, &text, signature.as_deref()) {
                Ok(signed) => (text, Some(signed)),
                Err(words) => return Ok(refuse(&words, args, voice)),
            }
        }
    };
    let manifest = Manifest::read(&text).map_err(|words| words.at(SUMS))?;
    let difference = site.compare(&manifest)?;
    let count = manifest.files.len();
    if args.format == OutputFormat::Json {
        let signed = signed.map(|signed| json!({ "key": signed.id, "comment": signed.comment }));
        let value = json!({
            "signed": signed,
            "files": count,
            "changed": difference.changed,
            "added": difference.added,
            "removed": difference.removed,
        });
        voice.print(&format!("{value:#}\n"));
    } else {
        if let Some(Signed { id, comment }) = &signed {
            let comment = visible(comment);
            voice.say(
                &format!("签名有效：{comment}，密钥 {id}"),
                &format!("the signature is valid: {comment}, key {id}"),
            );
        }
        voice.print(&list(&difference, voice));
        say_result(&difference, count, &site, voice);
    }
    Ok(if difference.is_empty() {
        CLEAN
    } else {
        PROBLEMS
    })
}

fn say_result(difference: &Difference, count: usize, site: &Site, voice: Voice) {
    let Difference {
        changed,
        added,
        removed,
    } = difference;
    let (zh, en) = match site {
        Site::Folder(_) => ("", ""),
        Site::Address(_) => (
            "；服务器上多出来的文件从外面看不见",
            "; files that were added on a server cannot be seen from outside",
        ),
    };
    let files = plural(count, "file");
    if difference.is_empty() {
        voice.say(
            &format!("没有变化：{count} 个文件都和清单一样{zh}"),
            &format!("nothing changed: {files} as in the manifest{en}"),
        );
        return;
    }
    let (changed, added, removed) = (changed.len(), added.len(), removed.len());
    voice.say(
        &format!(
            "清单有 {count} 个文件：改动 {changed} 个，多出 {added} 个，缺少 {removed} 个{zh}"
        ),
        &format!(
            "the manifest has {files}: {changed} changed, {added} added, {removed} removed{en}"
        ),
    );
}

/// A public key, given as a file or as itself.
fn public_key(given: &str) -> Result<Verifier, Bilingual> {
    let path = Path::new(given);
    let text = if folder::is_there(path) {
        folder::text(path, keys::LARGEST)?
    } else {
        given.to_owned()
    };
    Verifier::read(&text).map_err(|words| words.at(visible(given)))
}

/// Who signed; an error is the last key's reason.
fn signer_of(keys: &[Verifier], text: &str, signature: Option<&str>) -> Result<Signed, Bilingual> {
    let missing = || {
        Bilingual::new(
            format!("没有签名 {SIGNATURE}"),
            format!("there is no signature {SIGNATURE}"),
        )
    };
    let signature = signature.ok_or_else(missing)?;
    let mut refused = missing();
    for key in keys {
        match key.verify(text, signature) {
            Ok(signed) => return Ok(signed),
            Err(words) => refused = words,
        }
    }
    Err(refused)
}

/// Says that nothing vouches for a site: the exit code.
fn refuse(words: &Bilingual, args: &VerifyArgs, voice: Voice) -> u8 {
    if args.format == OutputFormat::Json {
        let value = json!({ "signed": null, "problem": { "zh": words.zh, "en": words.en } });
        voice.print(&format!("{value:#}\n"));
    } else {
        voice.note(&words.zh, &words.en);
    }
    PROBLEMS
}

/// The files that differ, one a line.
fn list(difference: &Difference, voice: Voice) -> String {
    let groups = [
        (voice.lang.line("改动", "changed"), &difference.changed),
        (voice.lang.line("多出", "added"), &difference.added),
        (voice.lang.line("缺少", "removed"), &difference.removed),
    ];
    let mut out = String::new();
    for (word, paths) in groups {
        for path in paths {
            out.push_str(&format!("{word}  {}\n", visible(path)));
        }
    }
    out
}
