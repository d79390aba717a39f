//! The QR code that leads from paper to the web page.
//!
//! Comes in: an address. Goes out: an `<svg>`, error level M, with the quiet zone of four modules that the standard
//! requires. It is black on white in every colour scheme, because scanners expect it.

use crate::rules::language::Language;
use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};

/// The width of the quiet zone in modules.
const QUIET: usize = 4;
/// The largest number of modules. A module must be 0.4 mm wide to be readable on cheap paper; the theme prints the
/// code 34 mm wide, including the quiet zone.
const MOST_MODULES: usize = 85;

/// The code of an address; nothing if its modules would be too small.
pub fn svg(language: Language, address: &str) -> Option<String> {
    let code = QRBuilder::new(address.as_bytes())
        .ecl(ECL::M)
        .build()
        .ok()?;
    let side = code.size + 2 * QUIET;
    if side > MOST_MODULES {
        return None;
    }
    // One line for each run of dark modules, one module thick.
    let mut path = String::with_capacity(4096);
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            if !code[y][x].value() {
                x += 1;
                continue;
            }
            let start = x;
            while x < code.size && code[y][x].value() {
                x += 1;
            }
            // Writing into a string cannot fail.
            let _ = write!(path, "M{} {}.5h{}", start + QUIET, y + QUIET, x - start);
        }
    }
    let label = language.of("二维码，扫一扫打开网页", "Code that opens the web page");
    Some(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" role=\"img\" aria-label=\"{label}\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path stroke=\"#000\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::svg;
    use crate::rules::language::Language;

    #[test]
    fn a_code_has_its_quiet_zone_and_the_three_corners() {
        let svg = svg(Language::Chinese, "https://mingbai.example/").unwrap_or_default();
        // 24 characters at level M need version 2: 25 modules and 8 of the quiet zone.
        assert!(svg.contains("viewBox=\"0 0 33 33\""), "{svg}");
        for corner in ["M4 4.5h7", "M22 4.5h7", "M4 28.5h7"] {
            assert!(svg.contains(corner), "{corner}: {svg}");
        }
    }

    #[test]
    fn an_address_too_long_for_paper_has_no_code() {
        assert!(svg(Language::Chinese, &"a".repeat(400)).is_some());
        assert!(svg(Language::Chinese, &"a".repeat(500)).is_none());
    }
}
