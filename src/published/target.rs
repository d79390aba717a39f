//! Where to, in words: a folder, a zip file, or a store or server elsewhere.
//!
//! Comes in: what follows `--to` or in `data/site.yaml`, and what the environment or a file says. Goes out: a [`Target`] and the
//! [`Credentials`] for it. An address never has a password in it; no message repeats one, because no message repeats an address that was not read.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::folder;
use crate::text::Bilingual;

/// A file of credentials is at most this large.
const LARGEST: u64 = 64 << 10;

/// Where a site is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A folder of this computer.
    Folder(PathBuf),
    /// A zip file.
    Zip(PathBuf),
    /// A store or a server elsewhere.
    Store(Address),
}

/// What is spoken with a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The interface of Amazon S3, which most stores have: also OBS of Huawei and COS of Tencent.
    S3,
    /// OSS of Alibaba.
    Oss,
    /// SFTP, by the `ssh` program of the system.
    Sftp,
    /// WebDAV.
    Webdav,
}

/// The address of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// What is spoken with it.
    pub kind: Kind,
    /// The bucket; of a server its name, with the port if one is given.
    pub host: String,
    /// Who signs in, if the address says so.
    pub user: Option<String>,
    /// The folder of the site in it, without slashes around it.
    pub folder: String,
    /// Where the store answers: `https://…`.
    pub endpoint: String,
    /// The region of an S3 store.
    pub region: String,
    /// Whether the bucket is part of the name of the host.
    pub is_virtual_host: bool,
    /// The address as it was written.
    text: String,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

const SCHEMES: &str = "s3://, oss://, obs://, cos://, sftp://, webdav+https://";

impl Target {
    /// Reads what follows `--to`.
    ///
    /// # Errors
    /// If it is an address that cannot be used.
    pub fn read(text: &str) -> Result<Self, Bilingual> {
        if let Some((scheme, rest)) = text.split_once("://") {
            return Address::read(text, scheme, rest).map(Self::Store);
        }
        let path = PathBuf::from(text);
        let ending = path.extension();
        Ok(
            if ending.is_some_and(|ending| ending.eq_ignore_ascii_case("zip")) {
                Self::Zip(path)
            } else {
                Self::Folder(path)
            },
        )
    }
}

impl Address {
    fn read(text: &str, scheme: &str, rest: &str) -> Result<Self, Bilingual> {
        let (kind, is_secure) = match scheme {
            "s3" | "obs" | "cos" => (Kind::S3, true),
            "oss" => (Kind::Oss, true),
            "sftp" => (Kind::Sftp, true),
            "webdav+https" => (Kind::Webdav, true),
            "webdav+http" => (Kind::Webdav, false),
            _ => {
                return Err(Bilingual::new(
                    format!("不认识这种地址；可以写文件夹、.zip 文件，或者以 {SCHEMES} 开头的地址"),
                    format!(
                        "addresses of this kind are unknown; write a folder, a .zip file, or an address that begins with {SCHEMES}"
                    ),
                ));
            }
        };
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, folder) = rest.split_once('/').unwrap_or((rest, ""));
        let (user, host) = match authority.rsplit_once('@') {
            Some((user, host)) => (Some(user), host),
            None => (None, authority),
        };
        if user.is_some_and(|user| user.contains(':')) || text.matches('@').count() > 1 {
            return Err(Bilingual::new(
                "地址里不能写密码：密码写在环境变量里，或写在网站文件夹以外的文件里（--credentials）",
                "an address has no password in it: put it into the environment, or into a file outside of the site (--credentials)",
            ));
        }
        let folder = folder.trim_matches('/');
        if !is_host(host) || user.is_some_and(|user| !is_name(user)) || !is_folder(folder) {
            return Err(bad(scheme));
        }
        let mut options = options(query)?;
        let mut option = |name: &str| options.remove(name);
        let (endpoint, region, style) = (option("endpoint"), option("region"), option("style"));
        let is_bucket = matches!(kind, Kind::S3 | Kind::Oss);
        let is_odd = if is_bucket {
            user.is_some() || host.contains(':')
        } else {
            endpoint.is_some() || region.is_some() || style.is_some()
        };
        if is_odd {
            return Err(bad(scheme));
        }
        let mut address = Self {
            kind,
            host: host.to_owned(),
            user: user.map(str::to_owned),
            folder: folder.to_owned(),
            endpoint: String::new(),
            region: String::new(),
            is_virtual_host: style.map_or(scheme != "s3", |style| style == "host"),
            text: text.to_owned(),
        };
        if is_bucket {
            address.region = region
                .or_else(|| region_of(endpoint.as_deref(), scheme))
                .unwrap_or_default();
            address.endpoint = endpoint_of(endpoint, scheme, &address.region)?;
        } else {
            let protocol = if is_secure { "https" } else { "http" };
            address.endpoint = format!("{protocol}://{host}");
        }
        if address.region.is_empty() {
            "us-east-1".clone_into(&mut address.region);
        }
        Ok(address)
    }

    /// Whether what is sent can be read on the way.
    pub fn is_plain(&self) -> bool {
        self.endpoint.starts_with("http://")
    }
}

fn bad(scheme: &str) -> Bilingual {
    let example = match scheme {
        "sftp" => "sftp://web@www.example.gov.cn/srv/www",
        "webdav+https" | "webdav+http" => "webdav+https://dav.example.gov.cn/www",
        "oss" => "oss://bucket/www?endpoint=oss-cn-beijing.aliyuncs.com",
        "obs" => "obs://bucket/www?endpoint=obs.cn-north-4.myhuaweicloud.com",
        "cos" => "cos://bucket-1250000000/www?endpoint=cos.ap-beijing.myqcloud.com",
        _ => "s3://bucket/www?endpoint=https://s3.example.gov.cn&region=cn-north-1",
    };
    Bilingual::new(
        format!("地址写得不对；照这样写：{example}"),
        format!("the address is not written as it must be, which is {example}"),
    )
}

/// The part after the question mark.
fn options(query: &str) -> Result<BTreeMap<String, String>, Bilingual> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let is_known = ["endpoint", "region", "style"].contains(&name);
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._:/[]".contains(c);
            if is_known && !value.is_empty() && value.chars().all(is_plain) {
                Ok((name.to_owned(), value.to_owned()))
            } else {
                Err(Bilingual::new(
                    "问号后面只能有 endpoint、region、style；密钥不写在地址里",
                    "after the question mark there are only endpoint, region and style; keys are not part of an address",
                ))
            }
        })
        .collect()
}

fn endpoint_of(endpoint: Option<String>, scheme: &str, region: &str) -> Result<String, Bilingual> {
    match endpoint {
        Some(text) if text.starts_with("https://") || text.starts_with("http://") => Ok(text),
        Some(text) if !text.contains("//") => Ok(format!("https://{text}")),
        None if scheme == "s3" && !region.is_empty() => {
            let china = if region.starts_with("cn-") { ".cn" } else { "" };
            Ok(format!("https://s3.{region}.amazonaws.com{china}"))
        }
        _ => Err(bad(scheme)),
    }
}

/// OBS and COS name the region in their addresses: `obs.cn-north-4.myhuaweicloud.com`.
fn region_of(endpoint: Option<&str>, scheme: &str) -> Option<String> {
    let host = endpoint?.rsplit('/').next()?;
    ["obs", "cos"]
        .contains(&scheme)
        .then(|| host.split('.').nth(1).map(str::to_owned))?
}

fn is_host(host: &str) -> bool {
    !host.is_empty()
        && !host.starts_with('-')
        && host
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-._:[]".contains(c))
}

fn is_name(user: &str) -> bool {
    !user.is_empty()
        && user
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-._".contains(c))
        && !user.starts_with('-')
}

fn is_folder(folder: &str) -> bool {
    let is_plain = |c: char| !c.is_control() && !"?#\\\"'%".contains(c);
    folder.is_empty()
        || folder.chars().all(is_plain)
            && folder
                .split('/')
                .all(|part| !["", ".", ".."].contains(&part))
}

/// What proves to a store who sends. It is shown nowhere.
#[derive(Clone, Default)]
pub struct Credentials {
    /// Name of a key of S3 or OSS.
    pub key_id: String,
    /// The key itself.
    pub key_secret: String,
    /// What a key for some hours needs besides.
    pub session_token: String,
    /// Who signs in to WebDAV.
    pub user: String,
    /// The password.
    pub password: String,
    /// Instead of both.
    pub token: String,
    /// The file of the key for `ssh`; without one, `ssh` decides itself.
    pub ssh_key: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials")
    }
}

impl Credentials {
    /// Finds what a store needs: in a file of lines `NAME=value`, else in the environment.
    ///
    /// # Errors
    /// If something is missing, or the file can be read by others or is in the folder of a site.
    pub fn find(
        address: &Address,
        file: Option<&Path>,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, Bilingual> {
        let lines = file.map_or_else(|| Ok(BTreeMap::new()), lines)?;
        let of = |names: &[&str]| {
            let found = names.iter().find_map(|name| lines.get(*name).cloned());
            let found = found.or_else(|| names.iter().find_map(|name| environment(name)));
            found.unwrap_or_default()
        };
        let mut found = Self::default();
        match address.kind {
            Kind::S3 | Kind::Oss => {
                let [id, secret, token] = if address.kind == Kind::S3 {
                    [
                        "AWS_ACCESS_KEY_ID",
                        "AWS_SECRET_ACCESS_KEY",
                        "AWS_SESSION_TOKEN",
                    ]
                } else {
                    [
                        "ALIBABA_CLOUD_ACCESS_KEY_ID",
                        "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
                        "ALIBABA_CLOUD_SECURITY_TOKEN",
                    ]
                };
                found.key_id = of(&["MINGBAI_KEY_ID", id]);
                found.key_secret = of(&["MINGBAI_KEY_SECRET", secret]);
                found.session_token = of(&["MINGBAI_SESSION_TOKEN", token]);
                if found.key_id.is_empty() || found.key_secret.is_empty() {
                    return Err(missing(
                        "MINGBAI_KEY_ID、MINGBAI_KEY_SECRET",
                        "MINGBAI_KEY_ID and MINGBAI_KEY_SECRET",
                    ));
                }
            }
            Kind::Webdav => {
                found.token = of(&["MINGBAI_TOKEN"]);
                found.user = address
                    .user
                    .clone()
                    .unwrap_or_else(|| of(&["MINGBAI_USER"]));
                found.password = of(&["MINGBAI_PASSWORD"]);
                if found.token.is_empty() && (found.user.is_empty() || found.password.is_empty()) {
                    return Err(missing(
                        "MINGBAI_USER、MINGBAI_PASSWORD",
                        "MINGBAI_USER and MINGBAI_PASSWORD",
                    ));
                }
            }
            Kind::Sftp => {
                found.ssh_key = of(&["MINGBAI_SSH_KEY"]);
                if !found.ssh_key.is_empty() {
                    check(Path::new(&found.ssh_key))?;
                }
            }
        }
        Ok(found)
    }

    /// What must be in no message.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        let all = [
            &self.key_secret,
            &self.session_token,
            &self.password,
            &self.token,
            &self.key_id,
        ];
        all.into_iter()
            .map(String::as_str)
            .filter(|text| !text.is_empty())
    }
}

fn missing(zh: &str, en: &str) -> Bilingual {
    Bilingual::new(
        format!(
            "还缺账号或密钥：设环境变量 {zh}，或者写进网站文件夹以外的文件，用 --credentials 指明"
        ),
        format!(
            "there are no credentials: set {en} in the environment, or write them into a file outside of the site and name it with --credentials"
        ),
    )
}

/// A file of secrets is outside of every site, and its owner's alone.
fn check(path: &Path) -> Result<(), Bilingual> {
    if !folder::is_private(path)? {
        let words = Bilingual::new(
            "别人也能读这个文件；运行 chmod 600",
            "others can read this file; run chmod 600",
        );
        return Err(words.at(path.display()));
    }
    if let Some(site) = folder::site_around(path)? {
        let words = Bilingual::new(
            format!("密钥文件不能放在网站文件夹里（{}）", site.display()),
            format!(
                "a file of credentials cannot be in the folder of a site ({})",
                site.display()
            ),
        );
        return Err(words.at(path.display()));
    }
    Ok(())
}

/// The lines `NAME=value` of a file.
fn lines(path: &Path) -> Result<BTreeMap<String, String>, Bilingual> {
    check(path)?;
    let text = folder::text(path, LARGEST)?;
    let mut lines = BTreeMap::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let pair = line.split_once('=').filter(|(name, _)| {
            let is_plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
            name.trim_end().chars().all(is_plain)
        });
        let Some((name, value)) = pair else {
            let number = number + 1;
            let words = Bilingual::new(
                format!("第 {number} 行读不懂；一行写一个，如 MINGBAI_USER=web"),
                format!("line {number} cannot be read; write one a line, such as MINGBAI_USER=web"),
            );
            return Err(words.at(path.display()));
        };
        lines.insert(name.trim_end().to_owned(), value.trim().to_owned());
    }
    Ok(lines)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn address(text: &str) -> Address {
        match Target::read(text) {
            Ok(Target::Store(address)) => address,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn a_target_is_a_folder_a_zip_file_or_a_store() {
        assert_eq!(Target::read("a/b.d"), Ok(Target::Folder("a/b.d".into())));
        assert_eq!(Target::read("a.ZIP"), Ok(Target::Zip("a.ZIP".into())));
        let s3 = address("s3://www/a/b/?endpoint=http://127.0.0.1:9000&region=x");
        assert_eq!(
            (
                s3.host.as_str(),
                s3.folder.as_str(),
                s3.endpoint.as_str(),
                s3.region.as_str()
            ),
            ("www", "a/b", "http://127.0.0.1:9000", "x")
        );
        assert!(s3.is_plain() && !s3.is_virtual_host);
        let obs = address("obs://www?endpoint=obs.cn-north-4.myhuaweicloud.com");
        assert_eq!(
            (
                obs.kind,
                obs.endpoint.as_str(),
                obs.region.as_str(),
                obs.is_virtual_host
            ),
            (
                Kind::S3,
                "https://obs.cn-north-4.myhuaweicloud.com",
                "cn-north-4",
                true
            )
        );
        assert_eq!(
            address("cos://b-1?endpoint=cos.ap-beijing.myqcloud.com").region,
            "ap-beijing"
        );
        assert_eq!(
            address("s3://www?region=cn-north-1").endpoint,
            "https://s3.cn-north-1.amazonaws.com.cn"
        );
        let sftp = address("sftp://web@www.example:2222/srv/网站");
        assert_eq!(
            (
                sftp.host.as_str(),
                sftp.user.as_deref(),
                sftp.folder.as_str()
            ),
            ("www.example:2222", Some("web"), "srv/网站")
        );
        let dav = address("webdav+https://dav.example/x");
        assert_eq!(
            (dav.endpoint.as_str(), dav.is_plain()),
            ("https://dav.example", false)
        );
        assert!(address("webdav+http://dav.example/x").is_plain());
    }

    #[test]
    fn an_address_that_cannot_be_used_is_not_repeated() {
        for text in [
            "ftp://a/geheim",
            "https://a/geheim",
            "s3://geheim",
            "s3://geheim@b?region=x",
            "s3://a?region=x&secret=geheim",
            "s3://a?region=x&geheim",
            "s3://a?endpoint=https://u:geheim@h",
            "sftp://web:geheim@a/x",
            "sftp://web:ge@heim@a/x",
            "sftp://-oProxyCommand=geheim/x",
            "sftp://web@-geheim/x",
            "webdav+https://u:geheim@a/x",
            "webdav+https://u@a:geheim@b",
            "webdav+https://a/../geheim",
            "webdav+https:///geheim",
            "oss://geheim/x",
        ] {
            let words = Target::read(text).expect_err(text);
            assert!(
                !words.zh.contains("geheim") && !words.en.contains("geheim"),
                "{text}: {words:?}"
            );
        }
    }

    #[test]
    fn credentials_are_of_the_environment_or_of_a_private_file_outside_of_the_site() {
        let s3 = address("s3://www?region=x");
        let nothing = |_: &str| None;
        assert!(Credentials::find(&s3, None, &nothing).is_err());
        let environment = |name: &str| match name {
            "AWS_ACCESS_KEY_ID" => Some("甲".to_owned()),
            "MINGBAI_KEY_SECRET" => Some("乙".to_owned()),
            _ => None,
        };
        let found = Credentials::find(&s3, None, &environment).expect("credentials");
        assert_eq!(
            (found.key_id.as_str(), found.key_secret.as_str()),
            ("甲", "乙")
        );
        assert_eq!(format!("{found:?}"), "Credentials");
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join("keys");
        folder::write_new(&path, "\u{feff}# 说明\nMINGBAI_KEY_SECRET = 丙=丁\n", true)
            .expect("a file");
        let found = Credentials::find(&s3, Some(&path), &environment).expect("credentials");
        assert_eq!(
            (found.key_id.as_str(), found.key_secret.as_str()),
            ("甲", "丙=丁")
        );
        let bad = home.path().join("bad");
        folder::write_new(&bad, "\n丙丁\n", true).expect("a file");
        let words = Credentials::find(&s3, Some(&bad), &nothing).expect_err("no line");
        assert!(
            words.en.contains("line 2") && !words.zh.contains('丙'),
            "{words:?}"
        );
        #[cfg(unix)]
        {
            let open = home.path().join("open");
            folder::write_new(&open, "MINGBAI_KEY_ID=甲\n", false).expect("a file");
            assert!(Credentials::find(&s3, Some(&open), &environment).is_err());
        }
        folder::write_new(&home.path().join("SHA256SUMS"), "", false).expect("a file");
        let words = Credentials::find(&s3, Some(&path), &environment).expect_err("in a site");
        assert!(words.zh.contains("不能放在网站文件夹里"), "{words:?}");
    }
}
