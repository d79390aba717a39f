//! What a server says of a file: its media type, and how long a browser may keep it.
//!
//! Comes in: the path of a file of a site. Goes out: values of headers.

/// For files whose address stays when they change: browsers ask each time.
pub const SHORT: &str = "no-cache";
/// For files with a hash in their name: forever.
pub const LONG: &str = "public, max-age=31536000, immutable";

/// How long a file may be kept (`Cache-Control`).
pub fn cache_control(path: &str) -> &'static str {
    let is_shelf = path
        .strip_prefix("search/")
        .is_some_and(|below| below.contains('/'));
    if path.starts_with("assets/") || is_shelf {
        LONG
    } else {
        SHORT
    }
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

    #[test]
    fn only_files_with_a_hash_in_their_name_are_kept() {
        for path in ["assets/site.0123.css", "search/0123/s5.bin"] {
            assert_eq!(cache_control(path), LONG, "{path}");
        }
        for path in [
            "index.html",
            "search/index.html",
            "search.html",
            "data/assets/x.csv",
            "robots.txt",
        ] {
            assert_eq!(cache_control(path), SHORT, "{path}");
        }
    }
}
