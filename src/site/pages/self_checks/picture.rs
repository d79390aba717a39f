//! The picture of a decision: its diagram as SVG, drawn at build time.
//!
//! One row per question, from the first asked to the last, and the outcomes below; a line leads from each answer to what
//! comes next. Rows are ordered so that few lines cross: each node is near the middle of what leads to it. Colours come from the style sheet.

use std::collections::HashMap;

use crate::rules::Compiled;
use crate::rules::diagram::{NodeId, TERMINALS};
use crate::text::escape;

const COLUMN: i64 = 176;
const ROW: i64 = 104;
const BOX: (i64, i64) = (132, 34);
const MARGIN: i64 = 12;
/// Characters that fit into a box, and on a line.
const FIT: usize = 9;
const FIT_LINE: usize = 6;

/// Draws a decision.
pub fn draw(compiled: &Compiled, decision: usize) -> String {
    let program = &compiled.program;
    let root = program.decisions[decision];
    let mut nodes = program.diagram.below(&[root]);
    nodes.reverse();
    let mut rows: Vec<Vec<NodeId>> = Vec::new();
    let mut last = usize::MAX;
    for &node in &nodes {
        let level = program.diagram.level(node);
        if level != last {
            rows.push(Vec::new());
            last = level;
        }
        if let Some(row) = rows.last_mut() {
            row.push(node);
        }
    }
    let reached = program.diagram.reached(root);
    rows.push(
        (0..TERMINALS)
            .filter(|leaf| reached & 1 << leaf != 0)
            .collect(),
    );
    let widest = rows.iter().map(Vec::len).max().unwrap_or(1) as i64;
    let width = widest * COLUMN + 2 * MARGIN;
    let height = rows.len() as i64 * ROW - (ROW - BOX.1) + 2 * MARGIN;

    // Middle of each node, row by row.
    let mut places: HashMap<NodeId, (i64, i64)> = HashMap::new();
    for (number, row) in rows.iter().enumerate() {
        let mut row: Vec<(i64, NodeId)> = row
            .iter()
            .map(|&node| {
                let above: Vec<i64> = nodes
                    .iter()
                    .filter(|&&parent| {
                        places.contains_key(&parent)
                            && program.diagram.children(parent).contains(&node)
                    })
                    .map(|parent| places[parent].0)
                    .collect();
                let middle = above.iter().sum::<i64>() / (above.len() as i64).max(1);
                (middle, node)
            })
            .collect();
        row.sort_unstable();
        let free = width - row.len() as i64 * COLUMN;
        for (i, (_, node)) in row.into_iter().enumerate() {
            let x = free / 2 + i as i64 * COLUMN + COLUMN / 2;
            let y = MARGIN + number as i64 * ROW + BOX.1 / 2;
            places.insert(node, (x, y));
        }
    }
    let name = &compiled.check.decisions[decision].name.value;
    let mut svg = format!(
        "<svg class=\"tree\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{}的判断图，内容与下面的表相同\">",
        escape(name)
    );
    for &node in &nodes {
        let (x, y) = places[&node];
        let variable = &program.variables[program.diagram.level(node)];
        // One line a child, with all the answers that lead there.
        let mut lines: Vec<(NodeId, Vec<String>)> = Vec::new();
        for (class, &child) in program.diagram.children(node).iter().enumerate() {
            let words = variable.class_words(&compiled.check, class);
            match lines.iter_mut().find(|(other, _)| *other == child) {
                Some((_, list)) => list.push(words),
                None => lines.push((child, vec![words])),
            }
        }
        let count = lines.len() as i64;
        lines.sort_by_key(|(child, _)| places[child].0);
        for (i, (child, words)) in lines.iter().enumerate() {
            let (to_x, to_y) = places[child];
            let from_x = x - BOX.0 / 2 + BOX.0 * (2 * i as i64 + 1) / (2 * count);
            let (from_y, to_y) = (y + BOX.1 / 2, to_y - BOX.1 / 2);
            let middle = (from_y + to_y) / 2;
            svg.push_str(&format!(
                "<path class=\"line\" d=\"M{from_x} {from_y}C{from_x} {middle} {to_x} {middle} {to_x} {to_y}\"/>"
            ));
            let words = words.join("或");
            svg.push_str(&format!(
                "<text class=\"word\" x=\"{from_x}\" y=\"{}\">{}<title>{}</title></text>",
                from_y + 15 + (i as i64 % 2) * 13,
                escape(&cut(&words, FIT_LINE)),
                escape(&words)
            ));
        }
    }
    for (&node, &(x, y)) in sorted(&places) {
        let (class, words) = if node < TERMINALS {
            let outcome = &compiled.check.decisions[decision].outcomes[node as usize];
            (
                format!("end {}", outcome.verdict.key()),
                outcome.name.value.clone(),
            )
        } else {
            let variable = &program.variables[program.diagram.level(node)];
            let names: Vec<&str> = variable
                .facts()
                .into_iter()
                .map(|fact| compiled.check.facts[fact].name.value.as_str())
                .collect();
            ("node".to_owned(), names.join("与"))
        };
        svg.push_str(&format!(
            "<g class=\"{class}\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"4\"/><text x=\"{x}\" y=\"{}\">{}<title>{}</title></text></g>",
            x - BOX.0 / 2,
            y - BOX.1 / 2,
            BOX.0,
            BOX.1,
            y + 5,
            escape(&cut(&words, FIT)),
            escape(&words)
        ));
    }
    svg.push_str("</svg>");
    svg
}

fn sorted(places: &HashMap<NodeId, (i64, i64)>) -> Vec<(&NodeId, &(i64, i64))> {
    let mut list: Vec<_> = places.iter().collect();
    list.sort_unstable();
    list
}

/// At most `most` characters.
fn cut(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let mut short: String = words.chars().take(most - 1).collect();
    short.push('…');
    short
}
