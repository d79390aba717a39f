//! The base address of a site.
//!
//! Comes in: what an author or a command line wrote. Goes out: the address in the form of the URL standard, taken apart
//! once. Nothing here fetches anything.

use std::fmt;
use std::ops::Deref;

use url::{Host, Url};

/// A base address: `https` or `http`, a host, a path that ends with `/`; no account, query or fragment.
///
/// It reads as its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(Url);

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
        // The standard forgives these; who types them means something else.
        let strange = |c: char| c.is_whitespace() || c.is_control() || "?#\"'<>\\@".contains(c);
        if rest.starts_with('/') || rest.contains(strange) {
            return None;
        }
        let slash = if text.ends_with('/') { "" } else { "/" };
        Url::parse(&format!("{text}{slash}")).ok().map(Self)
    }

    /// The host, and the port if it is not the usual one: `mingbai.example`, `localhost:8000`.
    pub fn host(&self) -> &str {
        self.0.authority()
    }

    /// `/`, or `/zizhu/`.
    pub fn path(&self) -> &str {
        self.0.path()
    }

    /// `mingbai.example/zizhu/`
    pub fn without_scheme(&self) -> &str {
        let at = self.0.scheme().len() + "://".len();
        self.0.as_str().get(at..).unwrap_or_default()
    }

    /// Whether the address is reserved for examples or is this computer.
    pub fn is_reserved(&self) -> bool {
        match self.0.host() {
            Some(Host::Domain(domain)) => RESERVED.iter().any(|name| {
                domain
                    .strip_suffix(name)
                    .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            }),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
    }
}

impl Default for BaseUrl {
    /// That of a site that does not name one.
    fn default() -> Self {
        Self(Url::parse("https://example.org/").expect("a valid address"))
    }
}

impl Deref for BaseUrl {
    type Target = str;

    fn deref(&self) -> &str {
        self.0.as_str()
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
    fn an_address_is_written_as_other_programs_write_it() {
        assert_eq!(
            &*parsed("https://Mingbai.Example:443"),
            "https://mingbai.example/"
        );
        assert_eq!(
            &*parsed("https://明白.example/资助/"),
            "https://xn--gfr09g.example/%E8%B5%84%E5%8A%A9/"
        );
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
            "https://[::1/",
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
            "http://[::1]/",
            "https://a.b.test/x/",
        ] {
            assert!(parsed(url).is_reserved(), "{url}");
        }
        for url in [
            "https://example.gov.cn/",
            "https://notexample.org/",
            "https://latest/",
        ] {
            assert!(!parsed(url).is_reserved(), "{url}");
        }
    }
}
