//! Stores and servers elsewhere as places, by Apache OpenDAL: S3 and what speaks like it, OSS, SFTP, WebDAV.
//!
//! Comes in: the address of a store, and credentials. Goes out: a [`Place`]. What fails on the way is tried again, with longer and longer pauses;
//! what cannot succeed is not. Stores replace a file in one step; a server gets it under another name first. Errors say what to do, in our
//! words: those of the libraries may have anything in them.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use opendal::{Buffer, ErrorKind, Operator, services};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;
use tokio_stream::StreamExt as _;

use crate::place::{NEW, OURS, Place};
use crate::served::{cache_control, content_type};
use crate::target::{Address, Credentials, Kind};
use crate::text::Bilingual;
use crate::turn::LOCK;

/// The first pause before another try, and the longest.
const PAUSES: [Duration; 2] = [Duration::from_millis(200), Duration::from_secs(10)];
/// How long an answer may take,
const ANSWER: Duration = Duration::from_secs(30);
/// and how many bytes must get through in a second.
const SLOWEST: u64 = 16 << 10;

/// A store or a server elsewhere.
pub struct Store {
    runtime: Runtime,
    link: Arc<Link>,
}

/// What several tasks need of a store.
struct Link {
    address: Address,
    credentials: Credentials,
    operator: Mutex<Operator>,
    /// How long what fails is tried again.
    patience: Duration,
    /// Whether a file is replaced in one step.
    is_whole: bool,
    /// How many files are sent at the same time.
    at_once: usize,
}

/// Why something failed.
enum Trouble {
    Slow,
    Failed(opendal::Error),
}

impl Store {
    /// Opens a store. Nothing is asked of it yet.
    ///
    /// # Errors
    /// If it cannot be spoken with from here.
    pub fn open(
        address: Address,
        credentials: Credentials,
        patience: Duration,
    ) -> Result<Self, Bilingual> {
        // Without effect if that was done before.
        let _ = rustls::crypto::ring::default_provider().install_default();
        opendal_http_transport_reqwest::install_default();
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Bilingual::of_io(&error))?;
        let operator = operator(&address, &credentials)
            .map_err(|error| words(&address, &Trouble::Failed(error)).at(&address))?;
        let is_whole = matches!(address.kind, Kind::S3 | Kind::Oss);
        let at_once = if address.kind == Kind::Sftp { 3 } else { 8 };
        let link = Link {
            address,
            credentials,
            operator: Mutex::new(operator),
            patience,
            is_whole,
            at_once,
        };
        Ok(Self {
            runtime,
            link: Arc::new(link),
        })
    }
}

/// What OpenDAL needs to know of a store. It looks for credentials nowhere else.
fn operator(address: &Address, keys: &Credentials) -> opendal::Result<Operator> {
    match address.kind {
        Kind::S3 => {
            let mut builder = services::S3::default()
                .bucket(&address.host)
                .root(&address.folder)
                .endpoint(&address.endpoint)
                .region(&address.region)
                .access_key_id(&keys.key_id)
                .secret_access_key(&keys.key_secret)
                .session_token(&keys.session_token)
                .disable_config_load()
                .disable_ec2_metadata();
            if address.is_virtual_host {
                builder = builder.enable_virtual_host_style();
            }
            Operator::new(builder)
        }
        Kind::Oss => Operator::new(
            services::Oss::default()
                .bucket(&address.host)
                .root(&address.folder)
                .endpoint(&address.endpoint)
                .access_key_id(&keys.key_id)
                .access_key_secret(&keys.key_secret)
                .security_token(&keys.session_token),
        ),
        Kind::Webdav => {
            let builder = services::Webdav::default()
                .endpoint(&address.endpoint)
                .root(&address.folder);
            Operator::new(if keys.token.is_empty() {
                builder.username(&keys.user).password(&keys.password)
            } else {
                builder.token(&keys.token)
            })
        }
        #[cfg(unix)]
        Kind::Sftp => Operator::new(
            services::Sftp::default()
                .endpoint(&format!("ssh://{}", address.host))
                .user(address.user.as_deref().unwrap_or_default())
                .root(&address.folder)
                .key(&keys.ssh_key),
        ),
        #[cfg(not(unix))]
        Kind::Sftp => Err(opendal::Error::new(ErrorKind::Unsupported, "sftp")),
    }
}

impl Link {
    fn operator(&self) -> Operator {
        let held = self.operator.lock();
        held.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A new connection instead of one that broke.
    fn renew(&self) {
        if let Ok(fresh) = operator(&self.address, &self.credentials) {
            *self.operator.lock().unwrap_or_else(PoisonError::into_inner) = fresh;
        }
    }

    /// Does something until it succeeds, cannot succeed, or patience ends. It must be the same to do it twice.
    async fn persist<T, F>(
        &self,
        path: &str,
        bytes: u64,
        task: impl Fn(Operator) -> F,
    ) -> Result<T, Bilingual>
    where
        F: Future<Output = opendal::Result<T>>,
    {
        let [mut pause, longest] = PAUSES;
        let began = Instant::now();
        let limit = ANSWER + Duration::from_secs(bytes / SLOWEST);
        loop {
            let trouble = match tokio::time::timeout(limit, task(self.operator())).await {
                Ok(Ok(done)) => return Ok(done),
                Ok(Err(error)) => Trouble::Failed(error),
                Err(_) => Trouble::Slow,
            };
            if !may_pass(&trouble) || began.elapsed() + pause > self.patience {
                return Err(self.words(&trouble, path));
            }
            tokio::time::sleep(pause).await;
            pause = longest.min(pause * 2);
            self.renew();
        }
    }

    fn words(&self, trouble: &Trouble, path: &str) -> Bilingual {
        let mut words = words(&self.address, trouble);
        for secret in self.credentials.secrets() {
            words.zh = words.zh.replace(secret, "…");
            words.en = words.en.replace(secret, "…");
        }
        words.at(format!("{} {path}", self.address))
    }

    async fn write(&self, path: String, bytes: Vec<u8>) -> Result<(), Bilingual> {
        let size = bytes.len() as u64;
        let bytes = Buffer::from(bytes);
        let is_whole = self.is_whole;
        let (to, aside) = (path.clone(), aside(&path));
        let task = move |operator: Operator| {
            let (to, aside, bytes) = (to.clone(), aside.clone(), bytes.clone());
            async move {
                if is_whole || to == LOCK {
                    let mut write = operator.write_with(&to, bytes);
                    if is_whole {
                        write = write.content_type(content_type(&to));
                        write = write.cache_control(cache_control(&to));
                    }
                    write.await?;
                } else {
                    operator.write(&aside, bytes).await?;
                    operator.rename(&aside, &to).await?;
                }
                Ok(())
            }
        };
        self.persist(&path, size, task).await
    }

    async fn list(&self) -> Result<BTreeMap<String, u64>, Bilingual> {
        let task = |operator: Operator| async move {
            let mut files = BTreeMap::new();
            let listed = match operator.list_with("").recursive(true).await {
                // The folder of the site is made with its first file.
                Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
                listed => listed?,
            };
            for entry in listed {
                let (path, about) = entry.into_parts();
                if !path.ends_with('/') && !path.is_empty() {
                    files.insert(path, about.content_length());
                }
            }
            Ok(files)
        };
        self.persist("", 1 << 20, task).await
    }

    async fn is_empty(&self) -> Result<bool, Bilingual> {
        let task = |operator: Operator| async move {
            let mut lister = operator.lister_with("").recursive(true).await?;
            loop {
                let entry = match lister.next().await {
                    None => return Ok(true),
                    Some(Err(error)) if error.kind() == ErrorKind::NotFound => return Ok(true),
                    Some(entry) => entry?,
                };
                let is_file = !entry.path().ends_with('/') && !entry.path().is_empty();
                if is_file && !entry.name().starts_with(OURS) {
                    return Ok(false);
                }
            }
        };
        self.persist("", 0, task).await
    }
}

/// The name under which a server gets a file first.
fn aside(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/{NEW}{name}"),
        None => format!("{NEW}{path}"),
    }
}

impl Place for Store {
    fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, Bilingual> {
        let task = |operator: Operator| async move {
            match operator.read(path).await {
                Ok(bytes) => Ok(Some(bytes.to_vec())),
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
                Err(error) => Err(error),
            }
        };
        // The size is not known.
        self.runtime
            .block_on(self.link.persist(path, 1 << 20, task))
    }

    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Bilingual> {
        self.runtime
            .block_on(self.link.write(path.to_owned(), bytes.to_vec()))
    }

    fn write_all(&mut self, files: Vec<(String, Vec<u8>)>) -> Result<(), Bilingual> {
        let link = &self.link;
        self.runtime.block_on(async move {
            let mut tasks = JoinSet::new();
            let mut result = Ok(());
            for (path, bytes) in files {
                if tasks.len() >= link.at_once {
                    result = joined(tasks.join_next().await);
                }
                if result.is_err() {
                    break;
                }
                let link = Arc::clone(link);
                tasks.spawn(async move { link.write(path, bytes).await });
            }
            // Nothing is still being sent when this returns.
            while let Some(done) = tasks.join_next().await {
                result = result.and(joined(Some(done)));
            }
            result
        })
    }

    fn remove(&mut self, path: &str) -> Result<(), Bilingual> {
        let aside = (!self.link.is_whole).then(|| aside(path));
        let task = |operator: Operator| {
            let paths = [aside.clone(), Some(path.to_owned())];
            async move {
                for path in paths.into_iter().flatten() {
                    match operator.delete(&path).await {
                        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                        _ => {}
                    }
                }
                Ok(())
            }
        };
        self.runtime.block_on(self.link.persist(path, 0, task))
    }

    fn is_empty(&mut self) -> Result<bool, Bilingual> {
        self.runtime.block_on(self.link.is_empty())
    }

    fn list(&mut self) -> Result<BTreeMap<String, u64>, Bilingual> {
        self.runtime.block_on(self.link.list())
    }
}

type Joined = Result<Result<(), Bilingual>, tokio::task::JoinError>;

fn joined(done: Option<Joined>) -> Result<(), Bilingual> {
    match done {
        Some(Err(_)) => Err(Bilingual::new("没有送完", "was not sent")),
        Some(Ok(result)) => result,
        None => Ok(()),
    }
}

/// Whether it may be otherwise the next time.
fn may_pass(trouble: &Trouble) -> bool {
    let Trouble::Failed(error) = trouble else {
        return true;
    };
    let never = [
        ErrorKind::NotFound,
        ErrorKind::PermissionDenied,
        ErrorKind::ConfigInvalid,
        ErrorKind::Unsupported,
    ];
    !never.contains(&kind(error)) && ssh(error).is_none()
}

/// The kind of an error. A server that does not know who asks is not a broken connection.
fn kind(error: &opendal::Error) -> ErrorKind {
    let is_refused = error.kind() == ErrorKind::Unexpected
        && ["status: 401", "status: 403"]
            .iter()
            .any(|status| error.to_string().contains(status));
    if is_refused {
        ErrorKind::PermissionDenied
    } else {
        error.kind()
    }
}

/// What went wrong, and what to do.
fn words(address: &Address, trouble: &Trouble) -> Bilingual {
    let Trouble::Failed(error) = trouble else {
        return Bilingual::new(
            "一直没有回答；检查网络，再发布一次会接着做",
            "does not answer; check the network, and publish again: it goes on from here",
        );
    };
    if let Some(words) = ssh(error) {
        return words;
    }
    let code = code(error);
    let said = |lang: &str| match (&code, lang) {
        (Some(code), "zh") => format!("（服务器说：{code}）"),
        (Some(code), _) => format!(" (the server says: {code})"),
        (None, _) => String::new(),
    };
    let (zh, en) = match kind(error) {
        ErrorKind::PermissionDenied => (
            "服务器不接受这个账号或密钥，或者它不能在那里写；请核对账号和权限",
            "the server does not accept these credentials, or they may not write there; check them",
        ),
        ErrorKind::NotFound => (
            "没有这个桶或文件夹；请核对地址，桶要先建好",
            "there is no such bucket or folder; check the address, and make the bucket first",
        ),
        ErrorKind::ConfigInvalid => (
            "地址里缺了什么，或者写得不对；请核对 endpoint 和 region",
            "something in the address is missing or wrong; check endpoint and region",
        ),
        ErrorKind::Unsupported if address.kind == Kind::Sftp && cfg!(not(unix)) => (
            "Windows 上还不能用 sftp；请用别的方式",
            "sftp cannot be used on Windows yet; use another way",
        ),
        ErrorKind::Unsupported => (
            "服务器做不到要做的事",
            "the server cannot do what is needed",
        ),
        ErrorKind::RateLimited => (
            "服务器太忙；过一会儿再发布一次，会接着做",
            "the server is too busy; publish again later: it goes on from here",
        ),
        _ => (
            "连不上，或者断了；检查网络和地址，再发布一次会接着做",
            "cannot be reached, or the connection broke; check network and address, and publish again: it goes on from here",
        ),
    };
    Bilingual::new(format!("{zh}{}", said("zh")), format!("{en}{}", said("en")))
}

/// The word by which an S3 store names an error: `code: "NoSuchBucket"`.
fn code(error: &opendal::Error) -> Option<String> {
    let text = error.to_string();
    let (_, rest) = text.split_once("code: \"")?;
    let code = rest.split('"').next()?;
    let is_word = !code.is_empty() && code.chars().all(|c| c.is_ascii_alphanumeric());
    is_word.then(|| code.to_owned())
}

/// What `ssh` cannot do without a person.
fn ssh(error: &opendal::Error) -> Option<Bilingual> {
    let mut text = String::new();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&error.to_string());
        text.push('\n');
        cause = error.source();
    }
    if text.contains("Host key verification failed") || text.contains("host key") {
        return Some(Bilingual::new(
            "还不认识这台服务器，或者它的指纹变了；先在终端里用 ssh 连接一次，向管理员核对指纹",
            "this server is not known yet, or its key changed; connect once with ssh in a terminal and compare its key with the administrator",
        ));
    }
    if text.contains("Permission denied (") {
        return Some(Bilingual::new(
            "服务器不接受这个用户的密钥；核对用户名，用 MINGBAI_SSH_KEY 指明密钥文件（密码登录不行）",
            "the server does not accept the key of this user; check the user, and name the file of the key in MINGBAI_SSH_KEY (passwords do not work)",
        ));
    }
    let is_missing =
        error.to_string().contains("ssh error") && text.contains("No such file or directory");
    is_missing.then(|| {
        Bilingual::new(
            "sftp 要用系统的 ssh 程序，这里没有；请装 openssh-client",
            "sftp needs the ssh program of the system, and it is not here; install openssh-client",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::tests::address;

    #[test]
    fn what_the_libraries_say_is_in_no_message_except_the_name_of_an_error() {
        let s3 = address("s3://www?region=x");
        let kinds = [
            ErrorKind::Unexpected,
            ErrorKind::NotFound,
            ErrorKind::PermissionDenied,
            ErrorKind::ConfigInvalid,
            ErrorKind::RateLimited,
        ];
        for kind in kinds {
            let text = "geheim S3Error { code: \"NoSuchKey\", message: \"geheim\" }";
            let words = words(&s3, &Trouble::Failed(opendal::Error::new(kind, text)));
            assert!(words.zh.contains("NoSuchKey") && words.en.contains("NoSuchKey"));
            assert!(
                !words.zh.contains("geheim") && !words.en.contains("geheim"),
                "{words:?}"
            );
        }
        let odd = opendal::Error::new(ErrorKind::Unexpected, "code: \"geheim 1\"");
        assert_eq!(code(&odd), None);
    }

    #[test]
    fn what_only_a_person_can_do_is_not_tried_again() {
        let said = |text: &str| {
            let cause = std::io::Error::other(text.to_owned());
            let error = opendal::Error::new(ErrorKind::Unexpected, "ssh error");
            Trouble::Failed(error.set_source(cause))
        };
        let sftp = address("sftp://web@www.example/srv");
        for (text, expected) in [
            (
                "web@www.example: Permission denied (publickey).",
                "MINGBAI_SSH_KEY",
            ),
            ("Host key verification failed.", "指纹"),
            ("No such file or directory (os error 2)", "openssh-client"),
        ] {
            assert!(!may_pass(&said(text)), "{text}");
            assert!(words(&sftp, &said(text)).zh.contains(expected), "{text}");
        }
        assert!(may_pass(&said("Connection reset by peer")));
        assert!(may_pass(&Trouble::Slow));
    }

    #[test]
    fn a_file_is_written_next_to_where_it_belongs() {
        assert_eq!(aside("a/b/c.html"), "a/b/.mingbai-new-c.html");
        assert_eq!(aside("index.html"), ".mingbai-new-index.html");
    }
}
