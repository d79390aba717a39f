//! The picture of a decision: its diagram as SVG, drawn at build time.
//!
//! One row per question, from the first asked to the last, and the outcomes below; a line leads from each answer to what
//! comes next. Rows are ordered so that few lines cross: each node is near the middle of what leads to it. Colours come from the style sheet.

use std::collections::HashMap;

use crate::rules::Compiled;
use crate::rules::diagram::{MOST_OUTCOMES, NodeId, TERMINALS};
use crate::rules::self_check::DecisionId;
use crate::text::escape;

const COLUMN: i64 = 176;
const ROW: i64 = 104;
const BOX: (i64, i64) = (132, 34);
const MARGIN: i64 = 12;
/// Characters that fit into a box, and on a line.
const FIT: usize = 9;
const FIT_LINE: usize = 6;

/// Draws a decision.
pub fn draw(compiled: &Compiled, decision: DecisionId) -> String {
    let rows = rows(compiled, decision);
    let widest = rows.iter().map(Vec::len).max().unwrap_or(1) as i64;
    let width = widest * COLUMN + 2 * MARGIN;
    let height = rows.len() as i64 * ROW - (ROW - BOX.1) + 2 * MARGIN;
    let picture = Picture {
        places: places(compiled, &rows, width),
        compiled,
        decision,
    };
    let name = &compiled.check[decision].name.value;
    let mut svg = format!(
        "<svg class=\"tree\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{}\">",
        escape(&compiled.check.language.of(
            format!("{name}的判断图，内容与下面的表相同"),
            format!("The rules of {name} as a picture; the table below says the same"),
        ))
    );
    let questions = rows.iter().flatten().filter(|node| **node >= TERMINALS);
    for &node in questions {
        picture.lines(node, &mut svg);
    }
    let mut nodes: Vec<NodeId> = picture.places.keys().copied().collect();
    nodes.sort_unstable();
    for node in nodes {
        picture.node(node, &mut svg);
    }
    svg.push_str("</svg>");
    svg
}

/// The nodes by level, the first one asked in the first row, and the outcomes that are reached in the last.
fn rows(compiled: &Compiled, decision: DecisionId) -> Vec<Vec<NodeId>> {
    let program = &compiled.interview;
    let root = program.decision(decision);
    let mut nodes = program.diagram.below(&[root]);
    nodes.reverse();
    let level = |node: &NodeId| program.diagram.level(*node);
    let mut rows: Vec<Vec<NodeId>> = nodes
        .chunk_by(|a, b| level(a) == level(b))
        .map(<[NodeId]>::to_vec)
        .collect();
    let reached = program.diagram.reached(root);
    let outcomes = (0..MOST_OUTCOMES).filter(|leaf| reached & 1 << leaf != 0);
    rows.push(outcomes.collect());
    rows
}

/// The middle of each node, row by row: a node is near the middle of what leads to it.
fn places(compiled: &Compiled, rows: &[Vec<NodeId>], width: i64) -> HashMap<NodeId, (i64, i64)> {
    let diagram = &compiled.interview.diagram;
    let mut places: HashMap<NodeId, (i64, i64)> = HashMap::new();
    for (number, row) in rows.iter().enumerate() {
        let above = |node: NodeId| -> i64 {
            let parents = places
                .iter()
                .filter(|(parent, _)| diagram.children(**parent).contains(&node));
            let xs: Vec<i64> = parents.map(|(_, (x, _))| *x).collect();
            xs.iter().sum::<i64>() / (xs.len() as i64).max(1)
        };
        let mut ordered: Vec<(i64, NodeId)> = row.iter().map(|&node| (above(node), node)).collect();
        ordered.sort_unstable();
        let free = width - row.len() as i64 * COLUMN;
        for (i, (_, node)) in ordered.into_iter().enumerate() {
            let x = free / 2 + i as i64 * COLUMN + COLUMN / 2;
            let y = MARGIN + number as i64 * ROW + BOX.1 / 2;
            places.insert(node, (x, y));
        }
    }
    places
}

/// A decision whose nodes have their places.
struct Picture<'a> {
    compiled: &'a Compiled,
    decision: DecisionId,
    places: HashMap<NodeId, (i64, i64)>,
}

impl Picture<'_> {
    /// One line a child, with all the answers that lead there.
    fn lines(&self, node: NodeId, svg: &mut String) {
        let program = &self.compiled.interview;
        let variable = &program.variables[program.diagram.level(node)];
        let mut lines: Vec<(NodeId, Vec<String>)> = Vec::new();
        for (class, &child) in program.diagram.children(node).iter().enumerate() {
            let words = variable.class_words(&self.compiled.check, class);
            match lines.iter_mut().find(|(other, _)| *other == child) {
                Some((_, list)) => list.push(words),
                None => lines.push((child, vec![words])),
            }
        }
        let (x, y) = self.places[&node];
        let count = lines.len() as i64;
        lines.sort_by_key(|(child, _)| self.places[child].0);
        for (i, (child, words)) in lines.iter().enumerate() {
            let (to_x, to_y) = self.places[child];
            let from_x = x - BOX.0 / 2 + BOX.0 * (2 * i as i64 + 1) / (2 * count);
            let (from_y, to_y) = (y + BOX.1 / 2, to_y - BOX.1 / 2);
            let middle = (from_y + to_y) / 2;
            svg.push_str(&format!(
                "<path class=\"line\" d=\"M{from_x} {from_y}C{from_x} {middle} {to_x} {middle} {to_x} {to_y}\"/>"
            ));
            let words = self.compiled.check.language.either(words);
            svg.push_str(&format!(
                "<text class=\"word\" x=\"{from_x}\" y=\"{}\">{}<title>{}</title></text>",
                from_y + 15 + (i as i64 % 2) * 13,
                escape(&cut(&words, FIT_LINE)),
                escape(&words)
            ));
        }
    }

    /// The box of a question or of an outcome.
    fn node(&self, node: NodeId, svg: &mut String) {
        let (check, program) = (&self.compiled.check, &self.compiled.interview);
        let (class, words) = if node < TERMINALS {
            let outcome = &check[self.decision].outcomes[node as usize];
            let class = format!("end {}", outcome.verdict.key());
            (class, outcome.name.value.clone())
        } else {
            let variable = &program.variables[program.diagram.level(node)];
            let questions = variable.questions().into_iter();
            let names: Vec<&str> = questions
                .map(|question| check[question].name.value.as_str())
                .collect();
            (
                "node".to_owned(),
                names.join(check.language.of("与", " and ")),
            )
        };
        let (x, y) = self.places[&node];
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
