//! Formulas on one line, and raised or lowered words.
//!
//! Comes in: an element of a formula, or words. Goes out: words of the same meaning: `1/12`, `√(a+b)`, `10⁴`. What has no sign of its own gets
//! `^` or `_`.

use super::super::xml::Element;
use super::styles::Rise;

/// A formula on one line.
pub(super) fn linear(formula: &Element) -> String {
    let mut out = String::new();
    inside(formula, &mut out);
    out
}

fn inside(parent: &Element, out: &mut String) {
    for child in parent.children() {
        one(child, out);
    }
}

/// An operand of an element.
fn part(element: &Element, name: &str) -> String {
    element.child(name).map_or_else(String::new, linear)
}

fn property<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    let properties = element
        .children()
        .find(|child| child.name.ends_with("Pr") && child.child(name).is_some())?;
    properties.child(name)?.attribute("val")
}

fn one(element: &Element, out: &mut String) {
    let name = element.name.as_str();
    match name {
        "t" => out.push_str(&element.text),
        "del" | "moveFrom" | "ctrlPr" => {}
        "f" => {
            let bar = match property(element, "type") {
                Some("noBar") => "¦",
                _ => "/",
            };
            out.push_str(&atom(&part(element, "num")));
            out.push_str(bar);
            out.push_str(&atom(&part(element, "den")));
        }
        "sSup" | "sSub" | "sSubSup" | "nary" | "limLow" | "limUpp" => scripts(element, out),
        "sPre" => {
            out.push_str(&script(&part(element, "sub"), Rise::Lowered));
            out.push_str(&script(&part(element, "sup"), Rise::Raised));
            out.push_str(&atom(&part(element, "e")));
        }
        "rad" => {
            out.push_str(&script(&part(element, "deg"), Rise::Raised));
            out.push('√');
            out.push_str(&atom(&part(element, "e")));
        }
        "d" => {
            let sign = |name: &str, usual| property(element, name).unwrap_or(usual).to_owned();
            let operands: Vec<String> = element
                .children()
                .filter(|child| child.name == "e")
                .map(linear)
                .collect();
            out.push_str(&sign("begChr", "("));
            out.push_str(&operands.join(&sign("sepChr", "|")));
            out.push_str(&sign("endChr", ")"));
        }
        "func" => {
            out.push_str(&part(element, "fName"));
            let operand = part(element, "e");
            let spaced =
                out.ends_with(char::is_alphanumeric) && operand.starts_with(char::is_alphanumeric);
            if spaced {
                out.push(' ');
            }
            out.push_str(&operand);
        }
        "m" | "eqArr" => rows(element, out),
        "acc" | "bar" => {
            inside(element, out);
            let sign = match name {
                "acc" => property(element, "chr").unwrap_or("\u{302}"),
                _ => "\u{305}",
            };
            out.push_str(sign);
        }
        _ => inside(element, out),
    }
}

/// A base with what is above and below it.
fn scripts(element: &Element, out: &mut String) {
    let name = element.name.as_str();
    let base = match name {
        "nary" => property(element, "chr").unwrap_or("∫").to_owned(),
        _ => atom(&part(element, "e")),
    };
    out.push_str(&base);
    let (lower, upper) = match name {
        "limLow" => (part(element, "lim"), String::new()),
        "limUpp" => (String::new(), part(element, "lim")),
        _ => (part(element, "sub"), part(element, "sup")),
    };
    out.push_str(&script(&lower, Rise::Lowered));
    out.push_str(&script(&upper, Rise::Raised));
    if name == "nary" {
        out.push_str(&atom(&part(element, "e")));
    }
}

fn rows(element: &Element, out: &mut String) {
    let list = |parent: &Element, name: &str, between: &str| {
        let parts: Vec<String> = parent
            .children()
            .filter(|child| child.name == name)
            .map(linear)
            .collect();
        parts.join(between)
    };
    if element.name == "eqArr" {
        out.push_str(&list(element, "e", "；"));
        return;
    }
    let rows: Vec<String> = element
        .children()
        .filter(|child| child.name == "mr")
        .map(|row| list(row, "e", "，"))
        .collect();
    out.push_str(&format!("[{}]", rows.join("；")));
}

/// A fraction.
pub(super) fn fraction(above: &str, below: &str) -> String {
    format!("{}/{}", atom(above), atom(below))
}

/// Words that need no brackets as an operand, or the words in brackets.
fn atom(words: &str) -> String {
    let words = words.trim();
    let number = words
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '.' | '%'));
    let name = words.chars().all(|c| c.is_alphanumeric() && !c.is_ascii());
    let bracketed =
        words.starts_with('(') && words.find(')') == Some(words.len().saturating_sub(1));
    if words.chars().count() <= 1 || number || name || bracketed {
        words.to_owned()
    } else {
        format!("({words})")
    }
}

/// Raised or lowered words after their base.
pub(super) fn script(words: &str, rise: Rise) -> String {
    let words = words.trim();
    if words.is_empty() {
        return String::new();
    }
    in_signs(words, rise).unwrap_or_else(|| {
        let mark = if rise == Rise::Lowered { '_' } else { '^' };
        format!("{mark}{}", atom(words))
    })
}

/// The words in raised or lowered signs, if there is one for every character.
pub(super) fn in_signs(words: &str, rise: Rise) -> Option<String> {
    const LEVEL: &str = "0123456789+-=()";
    let signs = match rise {
        Rise::Level => return Some(words.to_owned()),
        Rise::Raised => "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾",
        Rise::Lowered => "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎",
    };
    let sign = |c: char| {
        let c = match c {
            '−' | '－' => '-',
            '０'..='９' => char::from_u32(c as u32 - 0xFEE0)?,
            'n' if rise == Rise::Raised => return Some('ⁿ'),
            c => c,
        };
        signs
            .chars()
            .nth(LEVEL.chars().position(|level| level == c)?)
    };
    words.chars().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::xml::parse;
    use super::*;

    #[test]
    fn formulas_keep_their_meaning_on_one_line() {
        for (xml, line) in [
            (
                "<f><num><r><t>1</t></r></num><den><r><t>12</t></r></den></f>",
                "1/12",
            ),
            (
                "<f><num><r><t>a+b</t></r></num><den><r><t>2</t></r></den></f>",
                "(a+b)/2",
            ),
            (
                "<f><num><r><t>利息</t></r></num><den><r><t>本金</t></r></den></f>",
                "利息/本金",
            ),
            (
                "<sSup><e><r><t>10</t></r></e><sup><r><t>4</t></r></sup></sSup>",
                "10⁴",
            ),
            (
                "<sSup><e><r><t>x</t></r></e><sup><r><t>a+b</t></r></sup></sSup>",
                "x^(a+b)",
            ),
            (
                "<sSub><e><r><t>a</t></r></e><sub><r><t>i</t></r></sub></sSub>",
                "a_i",
            ),
            ("<rad><deg/><e><r><t>2</t></r></e></rad>", "√2"),
            (
                "<rad><deg><r><t>3</t></r></deg><e><r><t>a+b</t></r></e></rad>",
                "³√(a+b)",
            ),
            (
                "<d><dPr><begChr val=\"[\"/><endChr val=\"]\"/></dPr><e><r><t>a</t></r></e></d>",
                "[a]",
            ),
            (
                "<nary><naryPr><chr val=\"∑\"/></naryPr><sub><r><t>1</t></r></sub><sup><r><t>9</t></r></sup><e><r><t>k</t></r></e></nary>",
                "∑₁⁹k",
            ),
        ] {
            let formula = parse(&format!("<oMath>{xml}</oMath>")).expect("XML");
            assert_eq!(linear(&formula), line);
        }
    }
}
