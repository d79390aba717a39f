//! Minifies scripts and style sheets, for browsers as old as those the site is written for.
//!
//! Comes in: a `.js` or `.css` file of a theme. Goes out: the same program in fewer bytes, in a language version no
//! newer than the original (ES2015 for scripts; Chrome 53 and Safari 10 for styles). A file that cannot be parsed is
//! published as it is. The libraries are those that `minify-html` uses, but called with target browsers, which
//! `minify-html` does not support.

use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};
use lightningcss::targets::{Browsers, Targets};
use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_compat::EngineTargets;
use oxc_mangler::MangleOptions;
use oxc_minifier::{CompressOptions, Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;

/// The language version of scripts.
const SCRIPT: &str = "es2015";

/// A file of the theme in fewer bytes; nothing if its type is unknown or it cannot be parsed.
pub fn smaller(name: &str, text: &str) -> Option<String> {
    let small = match name.rsplit_once('.')?.1 {
        "js" => script(text)?,
        "css" => style(text)?,
        _ => return None,
    };
    (small.len() < text.len()).then_some(small)
}

fn script(text: &str) -> Option<String> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, SourceType::cjs()).parse();
    if parsed.panicked || !parsed.errors.is_empty() {
        return None;
    }
    let mut program = parsed.program;
    let options = MinifierOptions {
        mangle: Some(MangleOptions::default()),
        compress: Some(CompressOptions {
            target: EngineTargets::from_target(SCRIPT).ok()?,
            ..CompressOptions::smallest()
        }),
    };
    let done = Minifier::new(options).minify(&allocator, &mut program);
    let code = Codegen::new()
        .with_options(CodegenOptions::minify())
        .with_scoping(done.scoping)
        .build(&program)
        .code;
    Some(code)
}

fn style(text: &str) -> Option<String> {
    const MAJOR: u32 = 1 << 16;
    let targets = Targets::from(Browsers {
        chrome: Some(53 * MAJOR),
        firefox: Some(60 * MAJOR),
        safari: Some(10 * MAJOR),
        ios_saf: Some(10 * MAJOR),
        ..Browsers::default()
    });
    let mut sheet = StyleSheet::parse(text, ParserOptions::default()).ok()?;
    let options = MinifyOptions {
        targets,
        ..MinifyOptions::default()
    };
    sheet.minify(options).ok()?;
    let printed = sheet.to_css(PrinterOptions {
        minify: true,
        targets,
        ..PrinterOptions::default()
    });
    printed.ok().map(|printed| printed.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_become_smaller_and_no_newer() {
        let text = "(function () {\n  var total = 0; // a comment\n  var a = total == null ? 1 : total;\n  window.x = a;\n})();\n";
        let small = smaller("a.js", text).expect("this parses");
        assert!(small.len() < text.len() && !small.contains("comment"));
        assert!(!small.contains("??"), "{small}");
    }

    #[test]
    fn styles_keep_the_old_form_of_media_queries() {
        let text = "@media (max-width: 600px) {\n  .a { color: #ff0000; }\n}\n";
        let small = smaller("a.css", text).expect("this parses");
        assert!(small.contains("(max-width:600px)"), "{small}");
    }

    #[test]
    fn what_cannot_be_parsed_stays() {
        assert_eq!(smaller("a.js", "var = ;"), None);
        assert_eq!(smaller("a.svg", "<svg/>"), None);
    }
}
