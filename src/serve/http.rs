//! Requests and answers: as much of HTTP/1.1 as browsers need of a local preview.
//!
//! Comes in: bytes from a connection. Goes out: a [`Request`] or what is wrong with it; and the head of an answer. Only
//! reading is possible (GET, HEAD), and only under the server's own name: a page from elsewhere that gives its own name to this
//! machine's address gets nothing.

use std::io::{self, Read};
use std::time::{Duration, Instant};

use percent_encoding::percent_decode_str;

/// The longest head of a request.
const LONGEST: usize = 16 * 1024;
/// The most lines of a head.
const MOST_HEADERS: usize = 64;

/// A request that may be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// HEAD: only the head of the answer is sent.
    pub head_only: bool,
    /// Decoded, without the leading slash and what follows `?`: `notices/index.html`.
    pub path: String,
    /// What follows `?`, as names and values.
    pub query: Vec<(String, String)>,
    /// The version that the browser has.
    pub if_none_match: Option<String>,
}

/// What is answered to a request that cannot be served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// 400
    Malformed,
    /// 403: another name than ours.
    Foreign,
    /// 405
    Method,
    /// 408
    Slow,
    /// 431
    TooLong,
    /// The browser went away: nothing is answered.
    Gone,
}

impl Refusal {
    /// The status to answer with; nothing if the connection is closed without an answer.
    pub fn status(self) -> Option<Status> {
        Some(match self {
            Self::Malformed => Status(400, "Bad Request"),
            Self::Foreign => Status(403, "Forbidden"),
            Self::Method => Status(405, "Method Not Allowed"),
            Self::Slow => Status(408, "Request Timeout"),
            Self::TooLong => Status(431, "Request Header Fields Too Large"),
            Self::Gone => return None,
        })
    }
}

/// A status code with its phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status(pub u16, pub &'static str);

pub const OK: Status = Status(200, "OK");
pub const NOT_MODIFIED: Status = Status(304, "Not Modified");
pub const NOT_FOUND: Status = Status(404, "Not Found");
pub const UNAVAILABLE: Status = Status(503, "Service Unavailable");

/// Reads the head of a request, in the time given for all of it.
///
/// # Errors
/// What is wrong with it.
pub fn read(connection: &mut impl Read, time: Duration) -> Result<Vec<u8>, Refusal> {
    let start = Instant::now();
    let mut head = Vec::new();
    let mut piece = [0; 2048];
    loop {
        if start.elapsed() > time {
            return Err(Refusal::Slow);
        }
        match connection.read(&mut piece) {
            Ok(0) => return Err(Refusal::Gone),
            Ok(n) => head.extend_from_slice(&piece[..n]),
            Err(error) => match error.kind() {
                io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => return Err(Refusal::Slow),
                io::ErrorKind::Interrupted => {}
                _ => return Err(Refusal::Gone),
            },
        }
        if head.windows(4).any(|four| four == b"\r\n\r\n") {
            return Ok(head);
        }
        if head.len() > LONGEST {
            return Err(Refusal::TooLong);
        }
    }
}

/// Understands the head of a request to the server at `port`.
///
/// # Errors
/// What is wrong with it.
pub fn parse(head: &[u8], port: u16) -> Result<Request, Refusal> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(head) {
        Ok(httparse::Status::Complete(_)) => {}
        Ok(httparse::Status::Partial) => return Err(Refusal::Malformed),
        Err(httparse::Error::TooManyHeaders) => return Err(Refusal::TooLong),
        Err(_) => return Err(Refusal::Malformed),
    }
    let values = |name: &str| -> Vec<&str> {
        let named = request.headers.iter();
        let named = named.filter(|header| header.name.eq_ignore_ascii_case(name));
        named
            .map(|header| std::str::from_utf8(header.value).unwrap_or_default())
            .collect()
    };
    let host = values("host");
    let names = ["127.0.0.1", "localhost"].map(|name| format!("{name}:{port}"));
    // A browser leaves out the port of the web.
    let is_ours = |host: &str| {
        names.iter().any(|name| name.eq_ignore_ascii_case(host))
            || port == 80 && ["127.0.0.1", "localhost"].contains(&host)
    };
    match host.as_slice() {
        [one] if is_ours(one) => {}
        [_] => return Err(Refusal::Foreign),
        _ => return Err(Refusal::Malformed),
    }
    let head_only = match request.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Err(Refusal::Method),
    };
    let target = request.path.unwrap_or_default();
    let target = target.split('#').next().unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let path = path.strip_prefix('/').ok_or(Refusal::Malformed)?;
    Ok(Request {
        head_only,
        path: decoded(path).ok_or(Refusal::Malformed)?,
        query: query
            .split('&')
            .filter_map(|pair| {
                let (name, value) = pair.split_once('=')?;
                Some((decoded(name)?, decoded(value)?))
            })
            .collect(),
        if_none_match: values("if-none-match").first().map(|&v| v.to_owned()),
    })
}

impl Request {
    /// The value of a parameter of the query.
    pub fn query(&self, name: &str) -> Option<&str> {
        let mut pairs = self.query.iter();
        let (_, value) = pairs.find(|(other, _)| other == name)?;
        Some(value)
    }
}

/// `%E5%8E%BF` -> 县. Nothing for what is not text, or where `%` is not followed by two hexadecimal digits.
fn decoded(text: &str) -> Option<String> {
    let sound = text.split('%').skip(1).all(|rest| {
        let digits = rest.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    let text = percent_decode_str(text).decode_utf8().ok()?;
    (sound && !text.contains(char::is_control)).then(|| text.into_owned())
}

/// The head of an answer.
pub fn head(status: Status, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut out = format!("HTTP/1.1 {} {}\r\n", status.0, status.1);
    for (name, value) in headers {
        out.push_str(&format!("{name}: {value}\r\n"));
    }
    for line in [
        "X-Content-Type-Options: nosniff",
        "Cross-Origin-Resource-Policy: same-origin",
        "Referrer-Policy: same-origin",
        "Connection: close",
    ] {
        out.push_str(line);
        out.push_str("\r\n");
    }
    out.push_str("\r\n");
    out.into_bytes()
}

/// The media type of a file, by its extension: the types that a site can contain. (A crate for it knows a thousand others, and
/// neither the charset nor which XML is a feed.)
pub fn content_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "xml" if name == "atom.xml" || path.starts_with("feeds/") => {
            "application/atom+xml; charset=utf-8"
        }
        "xml" => "application/xml; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "wasm" => "application/wasm",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xls" => "application/vnd.ms-excel",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "doc" => "application/msword",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ask(lines: &str) -> Result<Request, Refusal> {
        parse(format!("{lines}\r\n\r\n").as_bytes(), 8000)
    }

    #[test]
    fn a_path_is_decoded_and_its_query_taken_apart() {
        let request =
            ask("GET /notices/%E5%8E%BF.html?page=a%2Fb&v=1#c1 HTTP/1.1\r\nHost: localhost:8000")
                .unwrap();
        assert_eq!(request.path, "notices/县.html");
        assert_eq!(request.query("page"), Some("a/b"));
        assert_eq!(request.query("v"), Some("1"));
    }

    #[test]
    fn only_reading_under_our_own_name_is_allowed() {
        let with = |method: &str, host: &str| ask(&format!("{method} / HTTP/1.1\r\nHost: {host}"));
        assert!(with("GET", "127.0.0.1:8000").is_ok());
        assert_eq!(
            with("HEAD", "LOCALHOST:8000").map(|r| r.head_only),
            Ok(true)
        );
        assert_eq!(with("POST", "127.0.0.1:8000"), Err(Refusal::Method));
        for host in [
            "evil.example:8000",
            "127.0.0.1",
            "127.0.0.1:8001",
            "127.0.0.1.evil.example:8000",
            "",
        ] {
            assert_eq!(with("GET", host), Err(Refusal::Foreign), "{host}");
        }
        assert_eq!(ask("GET / HTTP/1.1"), Err(Refusal::Malformed));
        let twice = "GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nHost: evil.example";
        assert_eq!(ask(twice), Err(Refusal::Malformed));
    }

    #[test]
    fn what_is_no_text_is_no_path() {
        for path in [
            "/%",
            "/%4",
            "/%zz",
            "/%ff",
            "/a%00b",
            "/a%0d%0ab",
            "/%+1",
            "*",
            "http://a/",
        ] {
            let said = ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost:8000"));
            assert_eq!(said, Err(Refusal::Malformed), "{path}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_understood_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let _ = parse(&bytes, 8000);
            let mut all = b"GET /".to_vec();
            all.extend(&bytes);
            all.extend(b" HTTP/1.1\r\nHost: localhost:8000\r\n\r\n");
            if let Ok(request) = parse(&all, 8000) {
                prop_assert!(!request.path.contains(['\r', '\n', '\0']));
            }
        }
    }
}
