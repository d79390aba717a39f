//! Minifies HTML.
//!
//! Comes in: the HTML of a page. Goes out: the same page in fewer bytes. Scripts and styles are separate files and
//! not changed here. Nearly every page is minified in one pass (`quick`), which takes a tenth of the time of `minify-html`
//! (`reference`) and gives the same bytes; a page that has something unusual is left to `minify-html`.

mod names;
mod quick;
mod reference;
mod tags;

use super::attributes::{Tag, tags};

/// Reads the start tags of a page while it is minified.
pub trait Reader {
    /// Reads a tag.
    fn see(&mut self, tag: &Tag);

    /// What was seen of the page is wrong: it is shown again from its beginning.
    fn forget(&mut self);
}

/// Reads nothing.
pub struct NoReader;

impl Reader for NoReader {
    fn see(&mut self, _: &Tag) {}

    fn forget(&mut self) {}
}

/// Minified HTML. Its start tags are shown to `reader`, as they were before.
pub fn html(html: &str, reader: &mut dyn Reader) -> Vec<u8> {
    quick::html(html, reader).unwrap_or_else(|| {
        reader.forget();
        tags(html, |tag| reader.see(tag));
        reference::page(html)
    })
}

/// The spaces that HTML knows.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\u{c}' | '\r')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::attributes::{Tag, tags};
    use super::{NoReader, Reader, reference};

    fn html(page: &str) -> Vec<u8> {
        super::html(page, &mut NoReader)
    }

    fn quick(page: &str) -> Option<Vec<u8>> {
        super::quick::html(page, &mut NoReader)
    }

    /// Tags as text.
    #[derive(Default)]
    struct Written(Vec<String>);

    impl Written {
        fn add(&mut self, tag: &Tag) {
            let attributes = tag
                .attributes()
                .map(|(name, value)| format!(" {name}={value:?}"));
            self.0
                .push(format!("{}{}", tag.name, attributes.collect::<String>()));
        }
    }

    impl Reader for Written {
        fn see(&mut self, tag: &Tag) {
            self.add(tag);
        }

        fn forget(&mut self) {
            self.0.clear();
        }
    }

    /// The start tags of a page, as the quick way and as a browser reads them.
    fn tags_of(page: &str) -> (Vec<String>, Vec<String>) {
        let (mut quick, mut standard) = (Written::default(), Written::default());
        super::html(page, &mut quick);
        tags(page, |tag| standard.add(tag));
        (quick.0, standard.0)
    }

    #[test]
    fn words_keep_their_spaces_and_text_is_unchanged() {
        let out = String::from_utf8(html("<!doctype html><html lang=\"zh-CN\"><head><title>甲</title></head><body>\n  <p>应 县  <a href=\"x.html\">乙</a> 丙</p>\n</body></html>")).unwrap();
        assert!(
            out.contains("<p>应 县 <a href=x.html>乙</a> 丙</p>"),
            "{out}"
        );
        assert!(
            out.contains("<html lang=zh-CN>") && out.contains("</body>"),
            "{out}"
        );
    }

    /// The quick way takes this page, and gives the bytes of the reference.
    fn is_taken(page: &str) {
        let minified = quick(page).unwrap_or_else(|| panic!("not taken: {page}"));
        let reference = reference::page(page);
        assert_eq!(
            String::from_utf8_lossy(&minified),
            String::from_utf8_lossy(&reference),
            "{page}"
        );
        let (quick, standard) = tags_of(page);
        assert_eq!(shown(quick), shown(standard));
    }

    /// Start tags without what is written differently from how it is read: in a tag for the width of phones, values lose their spaces.
    fn shown(tags: Vec<String>) -> Vec<String> {
        let of_phones = |tag: String| {
            if tag.starts_with("meta ") && tag.contains("name=\"viewport\"") {
                tag.replace(' ', "")
            } else {
                tag
            }
        };
        tags.into_iter().map(of_phones).collect()
    }

    #[test]
    fn what_a_theme_writes_is_taken() {
        for page in [
            "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title> 甲 &amp; 乙 &lt;丙&gt; </title>\n<script src=\"a.js\" defer></script>\n<script type=\"application/ld+json\"> {\"a\": \"</b>\"} </script>\n</head>\n<body class=\"  a  b \">\n<p>  x  <b> y </b> z  </p>\n</body>\n</html>\n",
            "<ul>\n <li>a\n <li> </ul>"
                .replace("<li>a\n <li> ", "<li>a </li>\n <li> b</li>")
                .as_str(),
            "<p>&lt;a href=x&gt; &amp; &amp;amp; &amp;copy &copy; &quot;x&quot; &#39;y&#39; A&B &nosuch; &#32; </p>",
            "<a href=\"x.html?a=1&amp;b=2&amp;copy=3\" title=\"&quot;'&quot;\">x</a><a title='\"x\"'>y</a><a title=\"it's \">z</a>",
            "<svg viewbox=\"0 0 1 1\" aria-hidden=\"true\"><g class=\"a b\"> <path d=\"M0 0\"/><use href=#x /><text> a <tspan> b </tspan> </text><title> &amp; t </title></g></svg>",
            "<pre> a\n  b <code> c &lt; </code> </pre><p> <br> x <br/> </p>",
            "<input type=\"text\" name=q value=\"\" disabled=\"disabled\"><button type=\"submit\" class=\"\"> go </button>",
            "<p><meta class=\" \" name=\"viewport\"></p>",
            "<table>\n <tr> <td colspan=\"1\"> 1 </td> <th scope=\"col\"></th> </tr>\n</table>",
            "",
            "  ",
            " a  b ",
        ] {
            is_taken(page);
        }
    }

    #[test]
    fn what_is_unusual_is_left_to_the_reference() {
        for page in [
            "<p>a<!-- b --></p>",
            "<p>a<p>b",
            "<div><span>a</div>",
            "<marquee>a</marquee>",
            "<P>a</P>",
            "<html><html></html></html>",
            "<p>a < b</p>",
            "<p",
            "<p>a</p",
            "<script>a</script ",
            "<a href=\"x\"title=\"y\">z</a>",
            "<p>\u{226B}\u{20D2}</p>",
        ] {
            assert!(quick(page).is_none(), "{page}");
            assert_eq!(html(page), reference::page(page));
        }
    }

    /// Pieces of pages, from which any nesting is made.
    fn piece() -> impl Strategy<Value = String> {
        let text = prop_oneof![
            "[ a\n\t甲。]{0,6}",
            Just("&amp;".to_owned()),
            Just("&lt;b&gt;".to_owned()),
            Just("&quot;".to_owned()),
            Just("&#39;&#32;&#10;x".to_owned()),
            Just("&amp;copy;&copy&nosuch;&".to_owned()),
            Just(">".to_owned()),
        ];
        let attribute = (
            prop::sample::select(vec![
                "class",
                "href",
                "id",
                "type",
                "title",
                "colspan",
                "hidden",
                "lang",
                "value",
                "content",
                "name",
                "data-x",
                "aria-label",
                "d",
                "media",
                "rel",
                "target",
            ]),
            prop_oneof![
                Just(None),
                prop::sample::select(vec![
                    "",
                    " ",
                    "a",
                    " a  b ",
                    "x.html#c1",
                    "it's",
                    "a=b",
                    "&amp;c",
                    "&quot;'",
                    "1",
                    "text",
                    "TEXT",
                    "submit",
                    "viewport",
                    "all",
                    "stylesheet",
                    "_self",
                    "甲 乙",
                    "`",
                ])
                .prop_map(Some),
            ],
        );
        let attributes = prop::collection::vec(attribute, 0..4).prop_map(|list| {
            let mut out = String::new();
            for (name, value) in list {
                out.push_str(&format!(" {name}"));
                if let Some(value) = value {
                    out.push_str(&format!("=\"{value}\""));
                }
            }
            out
        });
        let void = (
            prop::sample::select(vec!["br", "img", "input", "meta", "link", "hr"]),
            attributes.clone(),
            prop::sample::select(vec![">", "/>", " />"]),
        )
            .prop_map(|(name, attributes, end)| format!("<{name}{attributes}{end}"));
        let leaf = prop_oneof![3 => text, 1 => void];
        leaf.prop_recursive(5, 60, 5, move |inner| {
            let names = vec![
                "p", "div", "span", "a", "li", "ul", "h2", "td", "tr", "table", "svg", "g", "text",
                "path", "title", "pre", "button", "b", "section", "dt", "dd", "dl", "script",
                "option", "select", "html", "head", "body", "details", "summary", "small",
            ];
            (
                prop::sample::select(names),
                attributes.clone(),
                prop::collection::vec(inner, 0..5),
                prop::sample::select(vec![">", ">", ">", "/>"]),
            )
                .prop_map(|(name, attributes, inside, end)| {
                    format!("<{name}{attributes}{end}{}</{name}>", inside.concat())
                })
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn the_quick_way_gives_what_the_reference_gives(
            pieces in prop::collection::vec(piece(), 0..5)
        ) {
            let page = pieces.concat();
            if let Some(quick) = quick(&page) {
                let reference = reference::page(&page);
                prop_assert_eq!(
                    String::from_utf8_lossy(&quick),
                    String::from_utf8_lossy(&reference)
                );
            }
            let (quick, standard) = tags_of(&page);
            prop_assert_eq!(shown(quick), shown(standard));
        }

        #[test]
        fn any_text_is_read_to_its_end(page in "[<>/a-z\"'= &!\n-]{0,40}") {
            if let Some(quick) = quick(&page) {
                prop_assert_eq!(quick, reference::page(&page));
            }
            let (quick, standard) = tags_of(&page);
            prop_assert_eq!(shown(quick), shown(standard));
        }
    }
}
