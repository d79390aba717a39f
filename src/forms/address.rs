//! The base address of a site.
//!
//! Comes in: what an author or a command line wrote. Goes out: the address as written, with a final slash, taken apart
//! once. Nothing here fetches anything.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::ops::{Deref, Range};

/// A base address: `https` or `http`, a host, a path that ends with `/`; no account, query or fragment.
///
/// It reads as its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    /// The range of host and port in the text; the path follows.
    authority: Range<usize>,
}

/// Names that are never a public site, nor the names below them (RFC 2606, RFC 6761).
const RESERVED: [&str; 7] = [
    "example",
    "example.com",
    "example.net",
    "example.org",
    "invalid",
    "localhost",
    "test",
];

impl BaseUrl {
    /// The address that a text is, or nothing. A final slash is added.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))?;
        let strange = |c: char| c.is_whitespace() || c.is_control() || "?#\"'<>\\@".contains(c);
        let authority = rest.split('/').next().unwrap_or(rest);
        if rest.contains(strange) || !is_authority(authority) {
            return None;
        }
        let start = text.len() - rest.len();
        let slash = if text.ends_with('/') { "" } else { "/" };
        Some(Self {
            text: format!("{text}{slash}"),
            authority: start..start + authority.len(),
        })
    }

    /// The host, with the port if there is one: `mingbai.example`, `localhost:8000`.
    pub fn host(&self) -> &str {
        &self.text[self.authority.clone()]
    }

    /// `/`, or `/zizhu/`.
    pub fn path(&self) -> &str {
        &self.text[self.authority.end..]
    }

    /// `mingbai.example/zizhu/`
    pub fn without_scheme(&self) -> &str {
        &self.text[self.authority.start..]
    }

    /// Whether the address is reserved for examples or is this computer.
    pub fn is_reserved(&self) -> bool {
        let (host, _) = split_port(self.host());
        if let Some(address) = address(host) {
            return address.is_loopback();
        }
        let host = host.to_ascii_lowercase();
        RESERVED.iter().any(|name| {
            host.strip_suffix(name)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
    }
}

/// `localhost:8000` -> `localhost`, `8000`; `[::1]` -> `[::1]`, nothing.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

/// The address that a host is in numbers.
fn address(host: &str) -> Option<IpAddr> {
    match host.strip_prefix('[') {
        Some(rest) => rest
            .strip_suffix(']')?
            .parse::<Ipv6Addr>()
            .ok()
            .map(IpAddr::V6),
        None => host.parse().ok().filter(IpAddr::is_ipv4),
    }
}

/// A name in labels or an address in numbers, and a port.
fn is_authority(authority: &str) -> bool {
    let (host, port) = split_port(authority);
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .chars()
                .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    port.is_none_or(|port| !port.starts_with('+') && port.parse::<u16>().is_ok())
        && (address(host).is_some() || host.split('.').all(is_label))
}

impl Default for BaseUrl {
    /// That of a site that does not name one.
    fn default() -> Self {
        Self::parse("https://example.org/").expect("a valid address")
    }
}

impl Deref for BaseUrl {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> BaseUrl {
        BaseUrl::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn an_address_is_taken_apart() {
        let url = parsed("https://mingbai.example/zizhu");
        assert_eq!(&*url, "https://mingbai.example/zizhu/");
        assert_eq!(url.host(), "mingbai.example");
        assert_eq!(url.path(), "/zizhu/");
        assert_eq!(url.without_scheme(), "mingbai.example/zizhu/");
        let url = parsed("http://localhost:8000");
        assert_eq!((url.host(), url.path()), ("localhost:8000", "/"));
        assert_eq!(url.to_string(), "http://localhost:8000/");
    }

    #[test]
    fn an_address_is_published_as_it_was_written() {
        for text in ["https://明白.example/资助/", "https://Mingbai.Example:443/"] {
            assert_eq!(&*parsed(text), text);
        }
    }

    #[test]
    fn what_is_not_an_address_is_refused() {
        for text in [
            "",
            "mingbai.example",
            "ftp://mingbai.example/",
            "https://",
            "https:///a/",
            "https://:80/",
            "https://a b/",
            "https://a.example/?x",
            "https://a.example/#x",
            "https://me@a.example/",
            "https://a.example:99999/",
            "https://a\\b/",
            "https://a.example/'x'/",
            "https://a.example:/",
            "https://a..example/",
            "https://[::1/",
            "https://::1/",
        ] {
            assert_eq!(BaseUrl::parse(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_for_examples_are_not_public() {
        for url in [
            "https://example.org/",
            "https://mingbai.example/",
            "http://localhost:8000/",
            "http://127.0.0.1:80/",
            "http://[::1]:8000/",
            "https://A.Example.ORG",
            "https://a.b.test/x/",
        ] {
            assert!(parsed(url).is_reserved(), "{url}");
        }
        for url in [
            "https://example.gov.cn/",
            "https://notexample.org/",
            "https://latest/",
            "https://10.0.0.1/",
        ] {
            assert!(!parsed(url).is_reserved(), "{url}");
        }
    }
}
