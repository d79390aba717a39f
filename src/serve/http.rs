//! Requests and answers: who may ask, what was asked for, and what is sent.
//!
//! Comes in: a request as the HTTP library read it. Goes out: its path and query as text, a refusal, or an answer with the headers
//! that every answer has. Only the server's own name is answered: a page from elsewhere that gives its own name to this machine's
//! address gets nothing.

use axum::body::Body;
use axum::http::header::{self, HeaderName};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::Response;
use percent_encoding::percent_decode_str;

use super::version;

/// What was asked for, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Decoded, without the leading slash and what follows `?`: `notices/index.html`.
    pub path: String,
    /// What follows `?`, as names and values.
    pub query: Vec<(String, String)>,
    /// The version that the browser has.
    pub if_none_match: Option<String>,
    /// The cookies, as names and values.
    pub cookies: Vec<(String, String)>,
    pub is_post: bool,
}

impl Asked {
    /// Reads a request to the server at `port`.
    ///
    /// # Errors
    /// The status of the refusal: 400 for what is not text or names no host, 403 for another name than ours or a form of
    /// another site, 405 for a method that is not allowed.
    pub fn read(
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
        port: u16,
        may_post: bool,
    ) -> Result<Self, StatusCode> {
        let hosts: Vec<&HeaderValue> = headers.get_all(header::HOST).iter().collect();
        let names = ["127.0.0.1", "localhost"].map(|name| format!("{name}:{port}"));
        // A browser leaves out the port of the web.
        let is_ours = |host: &str| {
            names.iter().any(|name| name.eq_ignore_ascii_case(host))
                || port == 80 && ["127.0.0.1", "localhost"].contains(&host)
        };
        let host = match hosts.as_slice() {
            [one] => one.to_str().map_err(|_| StatusCode::FORBIDDEN)?,
            _ => return Err(StatusCode::BAD_REQUEST),
        };
        if !is_ours(host) {
            return Err(StatusCode::FORBIDDEN);
        }
        let is_post = *method == Method::POST;
        if is_post && may_post {
            // A browser says which page a form comes from.
            let origin = headers
                .get(header::ORIGIN)
                .and_then(|origin| origin.to_str().ok());
            let origin = origin.and_then(|origin| origin.strip_prefix("http://"));
            if !origin.is_some_and(|origin| origin.eq_ignore_ascii_case(host)) {
                return Err(StatusCode::FORBIDDEN);
            }
        } else if ![Method::GET, Method::HEAD].contains(method) {
            return Err(StatusCode::METHOD_NOT_ALLOWED);
        }
        let path = uri
            .path()
            .strip_prefix('/')
            .and_then(decoded)
            .ok_or(StatusCode::BAD_REQUEST)?;
        if uri.scheme().is_some() || uri.authority().is_some() {
            return Err(StatusCode::BAD_REQUEST);
        }
        Ok(Self {
            path,
            query: pairs(uri.query().unwrap_or_default(), '&'),
            if_none_match: text_of(headers, header::IF_NONE_MATCH),
            cookies: pairs(&text_of(headers, header::COOKIE).unwrap_or_default(), ';'),
            is_post,
        })
    }

    /// The value of a parameter of the query.
    pub fn query(&self, name: &str) -> Option<&str> {
        let mut pairs = self.query.iter();
        let (_, value) = pairs.find(|(other, _)| other == name)?;
        Some(value)
    }
}

fn text_of(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn pairs(text: &str, between: char) -> Vec<(String, String)> {
    text.split(between)
        .filter_map(|pair| {
            let (name, value) = pair.trim().split_once('=')?;
            Some((
                decoded(&name.replace('+', " "))?,
                decoded(&value.replace('+', " "))?,
            ))
        })
        .collect()
}

/// `%E5%8E%BF` -> 县. Nothing for what is not text, or where `%` is not followed by two hexadecimal digits.
fn decoded(text: &str) -> Option<String> {
    plain(text).filter(|text| !text.contains(char::is_control))
}

/// The fields of a form: texts may have several lines. Nothing if one of them is not text.
pub fn form(text: &str) -> Option<Vec<(String, String)>> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Some((
            decoded(&name.replace('+', " "))?,
            plain(&value.replace('+', " "))?,
        ))
    });
    pairs.collect()
}

/// Decodes `%E5%8E%BF`. Nothing for what is not text.
fn plain(text: &str) -> Option<String> {
    let sound = text.split('%').skip(1).all(|rest| {
        let digits = rest.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    let text = percent_decode_str(text).decode_utf8().ok()?;
    (sound && !text.contains('\0')).then(|| text.into_owned())
}

/// An answer with a body; the extension of `name` gives its type.
pub fn send(asked: &Asked, status: StatusCode, name: &str, body: Vec<u8>) -> Response {
    let tag = format!("\"{}\"", version(&body));
    let is_page = name.ends_with(".html");
    let is_known = !is_page && asked.if_none_match.as_deref() == Some(tag.as_str());
    let mut answer = Response::new(if is_known {
        Body::empty()
    } else {
        Body::from(body)
    });
    *answer.status_mut() = if is_known {
        StatusCode::NOT_MODIFIED
    } else {
        status
    };
    // A page that is gone back to is to be as new as any other.
    let caching = if is_page { "no-store" } else { "no-cache" };
    put(
        &mut answer,
        header::CONTENT_TYPE,
        mingbai_published::served::content_type(name),
    );
    put(&mut answer, header::CACHE_CONTROL, caching);
    put(&mut answer, header::ETAG, &tag);
    common(answer)
}

/// The answer to what cannot be served.
pub fn refuse(status: StatusCode) -> Response {
    let words = format!(
        "{} {}\n",
        status.as_u16(),
        status.canonical_reason().unwrap_or_default()
    );
    let mut answer = Response::new(Body::from(words));
    *answer.status_mut() = status;
    put(
        &mut answer,
        header::CONTENT_TYPE,
        "text/plain; charset=utf-8",
    );
    put(&mut answer, header::ALLOW, "GET, HEAD");
    common(answer)
}

/// Sets a header.
pub fn put(answer: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(name, value);
    }
}

/// The headers of every answer.
pub fn common(mut answer: Response) -> Response {
    put(&mut answer, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(
        &mut answer,
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    put(&mut answer, header::REFERRER_POLICY, "same-origin");
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(method: Method, target: &str, host: &str) -> Result<Asked, StatusCode> {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_str(host).unwrap());
        let uri = target.parse().map_err(|_| StatusCode::BAD_REQUEST)?;
        Asked::read(&method, &uri, &headers, 8000, true)
    }

    #[test]
    fn a_path_is_decoded_and_its_query_taken_apart() {
        let asked = ask(
            Method::GET,
            "/notices/%E5%8E%BF.html?page=a%2Fb&v=1",
            "localhost:8000",
        )
        .unwrap();
        assert_eq!(asked.path, "notices/县.html");
        assert_eq!(asked.query("page"), Some("a/b"));
        assert_eq!(asked.query("v"), Some("1"));
    }

    #[test]
    fn only_our_own_name_is_answered() {
        let with = |method: Method, host: &str| ask(method, "/", host).map(|asked| asked.is_post);
        assert_eq!(with(Method::GET, "127.0.0.1:8000"), Ok(false));
        assert_eq!(with(Method::HEAD, "LOCALHOST:8000"), Ok(false));
        for host in [
            "evil.example:8000",
            "127.0.0.1",
            "127.0.0.1:8001",
            "127.0.0.1.evil.example:8000",
            "",
        ] {
            assert_eq!(
                with(Method::GET, host),
                Err(StatusCode::FORBIDDEN),
                "{host}"
            );
        }
    }

    #[test]
    fn a_form_comes_from_a_page_of_ours() {
        let post = |origin: Option<&str>, may_post| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("127.0.0.1:8000"));
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, HeaderValue::from_str(origin).unwrap());
            }
            let uri = Uri::from_static("/.desk/save");
            Asked::read(&Method::POST, &uri, &headers, 8000, may_post).map(|asked| asked.is_post)
        };
        assert_eq!(post(Some("http://127.0.0.1:8000"), true), Ok(true));
        assert_eq!(
            post(Some("http://127.0.0.1:8000"), false),
            Err(StatusCode::METHOD_NOT_ALLOWED)
        );
        for origin in [
            None,
            Some("null"),
            Some("http://evil.example"),
            Some("https://127.0.0.1:8000"),
            Some("http://localhost:8000"),
            Some("http://127.0.0.1:80"),
        ] {
            assert_eq!(post(origin, true), Err(StatusCode::FORBIDDEN), "{origin:?}");
        }
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
            let said = ask(Method::GET, path, "localhost:8000");
            assert_eq!(said, Err(StatusCode::BAD_REQUEST), "{path}");
        }
    }
}
