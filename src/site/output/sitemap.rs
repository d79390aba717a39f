//! The lists of pages for search engines.
//!
//! Comes in: the addresses of pages. Goes out: `sitemap.xml`, which lists them. The format allows a number of addresses in a
//! file: in a larger site, `sitemap.xml` lists files that list them.

use crate::assets::Asset;
use crate::atlas::routes;
use crate::text::escape;

/// Where search engines begin.
pub(super) const PATH: &str = "sitemap.xml";
/// A file lists at most this many pages; so does the list of files.
const MOST: usize = 50_000;
const FIRST_LINE: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const FORMAT: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The files for pages at these addresses.
pub(super) fn files(pages: &[&str], base_url: &str) -> Vec<Asset> {
    in_files_of(MOST, pages, base_url)
}

fn in_files_of(most: usize, pages: &[&str], base_url: &str) -> Vec<Asset> {
    if pages.len() <= most {
        return vec![list(PATH.to_owned(), "urlset", "url", pages, base_url)];
    }
    let mut files: Vec<Asset> = (1..)
        .zip(pages.chunks(most))
        .map(|(number, part)| {
            let path = format!("sitemap-{number}.xml");
            list(path, "urlset", "url", part, base_url)
        })
        .collect();
    let parts: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let index = list(PATH.to_owned(), "sitemapindex", "sitemap", &parts, base_url);
    files.push(index);
    files
}

fn list(path: String, list: &str, item: &str, addresses: &[&str], base_url: &str) -> Asset {
    let mut out = format!("{FIRST_LINE}<{list} xmlns=\"{FORMAT}\">\n");
    for address in addresses {
        let url = routes::canonical(base_url, address);
        out.push_str(&format!("<{item}><loc>{}</loc></{item}>\n", escape(&url)));
    }
    out.push_str(&format!("</{list}>\n"));
    Asset {
        path,
        bytes: out.into_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(most: usize, pages: &[&str]) -> Vec<(String, String)> {
        let files = in_files_of(most, pages, "https://x.example/");
        let text = |bytes| String::from_utf8(bytes).expect("a text");
        let files = files.into_iter();
        files.map(|file| (file.path, text(file.bytes))).collect()
    }

    #[test]
    fn a_site_that_fits_has_one_list() {
        let files = texts(2, &["a.html", "b&c.html"]);
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].0, "sitemap.xml");
        assert!(
            files[0]
                .1
                .contains("<url><loc>https://x.example/b&amp;c.html</loc></url>")
        );
    }

    #[test]
    fn a_larger_one_has_a_list_of_lists_with_every_page_once() {
        let files = texts(2, &["a.html", "b.html", "c.html"]);
        let names: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(names, ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]);
        let index = &files[2].1;
        assert!(index.contains("<sitemapindex xmlns="), "{index}");
        assert!(index.contains("<sitemap><loc>https://x.example/sitemap-2.xml</loc></sitemap>"));
        for page in ["a.html", "b.html", "c.html"] {
            let address = format!("<loc>https://x.example/{page}</loc>");
            let count = files
                .iter()
                .filter(|(_, text)| text.contains(&address))
                .count();
            assert_eq!(count, 1, "{page}");
        }
    }
}
