//! Files of a running server.
//!
//! Comes in: the address of a site and paths. Goes out: the bytes that the server sends for each, at most as many as asked
//! for, or where it redirects to. Nothing that a server says is trusted here: who asks compares the bytes with a signed
//! manifest. `http` is spoken by this file; `https` by the program `curl` of the system, because a library for it would be
//! a twentieth of this program, and the certificate proves less than the signature does.

use std::io::{self, Read, Write as _};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::text::Bilingual;

/// How long one file may take.
const LONGEST: Duration = Duration::from_secs(60);
/// How long one read may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// The head of an answer is at most this large.
const LARGEST_HEAD: u64 = 32 << 10;
/// Characters of a path that stay as they are.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b'/');

/// The address of a site: `http://host:port/folder/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    is_secure: bool,
    /// Host and port, as in the address.
    host: String,
    /// Begins and ends with a slash.
    path: String,
}

/// What a server says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The bytes of the file.
    Found(Vec<u8>),
    /// More bytes than asked for, or fewer than announced.
    Other,
    /// It redirects to this path of the same site, or (nothing) elsewhere.
    Moved(Option<String>),
    /// There is no such file: the status.
    Missing(u16),
}

impl Address {
    /// Whether a text is an address, and not a folder.
    pub fn is_one(text: &str) -> bool {
        text.starts_with("http://") || text.starts_with("https://")
    }

    /// Reads an address.
    ///
    /// # Errors
    /// If it has a user, a query or no host.
    pub fn read(text: &str) -> Result<Self, Bilingual> {
        let parts = text.split_once("://").and_then(|(scheme, rest)| {
            let is_secure = match scheme {
                "http" => false,
                "https" => true,
                _ => return None,
            };
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._:[]".contains(c);
            let is_sound = !host.is_empty() && host.chars().all(is_plain);
            let is_path = !path.contains(['?', '#', '\\', ' ', '\r', '\n', '\t', '"']);
            let path = path.trim_end_matches('/');
            let path = if path.is_empty() {
                "/".to_owned()
            } else {
                format!("/{path}/")
            };
            (is_sound && is_path).then(|| Self {
                is_secure,
                host: host.to_owned(),
                path,
            })
        });
        parts.ok_or_else(|| {
            Bilingual::new(
                "不是网站的网址；写成 https://example.gov.cn/zizhu/",
                "is not the address of a site; write https://example.gov.cn/zizhu/",
            )
            .at(text)
        })
    }

    /// Asks for a file, of which at most `most` bytes are read.
    ///
    /// # Errors
    /// If the server cannot be reached or does not speak HTTP.
    pub fn get(&self, path: &str, most: u64) -> Result<Answer, Bilingual> {
        let wanted = format!("{}{}", self.path, utf8_percent_encode(path, PLAIN));
        let answer = if self.is_secure {
            self.by_curl(&wanted, most)
        } else {
            self.by_hand(&wanted, most)
        };
        let place = || format!("{}://{}{wanted}", self.scheme(), self.host);
        answer.map_err(|words| words.at(place()))
    }

    fn scheme(&self) -> &'static str {
        if self.is_secure { "https" } else { "http" }
    }

    /// HTTP 1.0: the answer is one piece and ends with the connection.
    fn by_hand(&self, wanted: &str, most: u64) -> Result<Answer, Bilingual> {
        let io = |error: io::Error| Bilingual::of_io(&error);
        let has_port = self
            .host
            .rsplit_once(':')
            .is_some_and(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
        let socket = if has_port {
            self.host.clone()
        } else {
            format!("{}:80", self.host)
        };
        let mut last = io::Error::from(io::ErrorKind::NotFound);
        let mut stream = None;
        for address in socket.to_socket_addrs().map_err(io)? {
            match TcpStream::connect_timeout(&address, PATIENCE) {
                Ok(open) => {
                    stream = Some(open);
                    break;
                }
                Err(error) => last = error,
            }
        }
        let mut stream = stream.ok_or_else(|| io(last))?;
        stream.set_read_timeout(Some(PATIENCE)).map_err(io)?;
        stream.set_write_timeout(Some(PATIENCE)).map_err(io)?;
        let host = &self.host;
        let request = format!(
            "GET {wanted} HTTP/1.0\r\nHost: {host}\r\nUser-Agent: mingbai\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).map_err(io)?;
        let bytes = read_at_most(&mut stream, most + LARGEST_HEAD).map_err(io)?;
        self.answer(&bytes, most, true)
    }

    /// The same answer from `curl`, which is asked for its head, too.
    fn by_curl(&self, wanted: &str, most: u64) -> Result<Answer, Bilingual> {
        let address = format!("https://{}{wanted}", self.host);
        let seconds = LONGEST.as_secs().to_string();
        let child = Command::new("curl")
            .args([
                "--silent",
                "--include",
                "--http1.1",
                "--globoff",
                "--path-as-is",
            ])
            .args(["--suppress-connect-headers", "--proto", "=https"])
            .args([
                "--header",
                "Accept-Encoding: identity",
                "--user-agent",
                "mingbai",
            ])
            .args(["--max-time", &seconds, "--url", &address])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut child = child.map_err(|_| {
            Bilingual::new(
                "核对 https 网址要用系统的 curl，这里没有",
                "to check an https address, the system's curl is needed, and it is not here",
            )
        })?;
        let read = match child.stdout.take() {
            Some(mut pipe) => read_at_most(&mut pipe, most + LARGEST_HEAD),
            None => Ok(Vec::new()),
        };
        // It may still be sending: what was read is enough.
        child.kill().unwrap_or_default();
        child.wait().map_err(|error| Bilingual::of_io(&error))?;
        let bytes = read.map_err(|error| Bilingual::of_io(&error))?;
        if bytes.is_empty() {
            return Err(Bilingual::new(
                "连不上服务器，或者它的证书不对",
                "the server cannot be reached, or its certificate is not valid",
            ));
        }
        self.answer(&bytes, most, false)
    }

    /// Reads an answer. `is_raw`: the length that its head announces is that of what follows.
    fn answer(&self, bytes: &[u8], most: u64, is_raw: bool) -> Result<Answer, Bilingual> {
        let mut headers = [httparse::EMPTY_HEADER; 96];
        let mut head = httparse::Response::new(&mut headers);
        let parsed = head.parse(bytes);
        let (Ok(httparse::Status::Complete(start)), Some(status)) = (parsed, head.code) else {
            return Err(Bilingual::new(
                "服务器的回答读不懂",
                "the answer of the server cannot be read",
            ));
        };
        let header = |name: &str| {
            let found = head
                .headers
                .iter()
                .find(|header| header.name.eq_ignore_ascii_case(name))?;
            std::str::from_utf8(found.value).ok()
        };
        let body = &bytes[start..];
        Ok(match status {
            200 => {
                let announced = header("content-length").and_then(|text| text.parse::<u64>().ok());
                let length = body.len() as u64;
                let is_whole = !is_raw || announced.is_none_or(|announced| announced == length);
                if length > most || !is_whole {
                    Answer::Other
                } else {
                    Answer::Found(body.to_vec())
                }
            }
            301 | 302 | 303 | 307 | 308 => {
                Answer::Moved(header("location").and_then(|to| self.inside(to)))
            }
            status => Answer::Missing(status),
        })
    }

    /// The path below this site that a redirect leads to.
    fn inside(&self, to: &str) -> Option<String> {
        let path = match to.split_once("://") {
            None => to,
            Some((_, rest)) => {
                let at = rest.find('/')?;
                let (host, path) = rest.split_at(at);
                (host == self.host).then_some(path)?
            }
        };
        let path = path.strip_prefix(&self.path)?;
        let path = path.split(['#', '?']).next().unwrap_or(path);
        let path = percent_decode_str(path).decode_utf8().ok()?;
        (!path.starts_with('/') && !path.contains("..")).then(|| path.into_owned())
    }
}

/// Reads until the end, at most this many bytes and one more, and not forever.
fn read_at_most(from: &mut impl Read, most: u64) -> io::Result<Vec<u8>> {
    let until = Instant::now() + LONGEST;
    let mut bytes = Vec::new();
    let mut piece = [0; 16 << 10];
    while (bytes.len() as u64) <= most {
        let count = match from.read(&mut piece) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        bytes.extend_from_slice(&piece[..count]);
        if Instant::now() > until {
            return Err(io::ErrorKind::TimedOut.into());
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;
    use std::thread;

    /// A server that gives one answer.
    fn answers(answer: &'static [u8]) -> Address {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a guest");
            let mut request = [0; 4096];
            let _ = stream.read(&mut request);
            let _ = stream.write_all(answer);
        });
        Address::read(&format!("http://127.0.0.1:{port}/z")).expect("an address")
    }

    #[test]
    fn addresses_are_a_host_and_a_folder() {
        for text in [
            "http://",
            "http:///a",
            "ftp://a/",
            "http://u@a/",
            "http://a/?x",
            "http://a/ b",
            "http://a b/",
            "https://a\r\nb/",
        ] {
            assert!(Address::read(text).is_err(), "{text}");
        }
        let address = Address::read("https://a.example:8443/zizhu").expect("an address");
        assert_eq!(
            (address.path.as_str(), address.host.as_str()),
            ("/zizhu/", "a.example:8443")
        );
    }

    #[test]
    fn an_answer_is_the_file_or_says_what_it_is_instead() {
        for (answer, expected) in [
            (
                &b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"[..],
                Answer::Found(b"abc".to_vec()),
            ),
            (b"HTTP/1.1 200 OK\r\n\r\nabcde", Answer::Other),
            (
                b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc",
                Answer::Other,
            ),
            (b"HTTP/1.1 404 Not Found\r\n\r\nabc", Answer::Missing(404)),
            (
                b"HTTP/1.1 301 Moved\r\nLocation: /z/new.html#c1\r\n\r\n",
                Answer::Moved(Some("new.html".into())),
            ),
            (
                b"HTTP/1.1 301 Moved\r\nLocation: /elsewhere.html\r\n\r\n",
                Answer::Moved(None),
            ),
            (
                b"HTTP/1.1 302 Found\r\nLocation: https://evil.example/z/a\r\n\r\n",
                Answer::Moved(None),
            ),
        ] {
            assert_eq!(answers(answer).get("a b.html", 4), Ok(expected));
        }
    }

    #[test]
    fn what_is_not_http_is_an_error_and_an_endless_answer_ends() {
        assert!(answers(b"hello").get("a", 4).is_err());
        let endless: &'static [u8] = vec![b'x'; 1 << 20].leak();
        let answer = [&b"HTTP/1.0 200 OK\r\n\r\n"[..], endless].concat().leak();
        assert_eq!(answers(answer).get("a", 1000), Ok(Answer::Other));
    }
}
