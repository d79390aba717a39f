//! The instructions of a page, carried out as far as text and lines are concerned (PDF 1.7, 8.4, 8.5, 9.3 and 9.4).
//!
//! Comes in: a page. Goes out: its characters and ruled lines, in the order in which they are drawn.

use std::ops::Mul;
use std::rc::Rc;

use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::{Page as Source, Resources};

use crate::bounds::{Left, take};
use crate::font::{Font, Fonts};
use crate::{Drawn, Failure, Glyph, Page, Rule};

/// Forms within forms.
const DEPTH: usize = 12;
/// States that are kept for later.
const KEPT: usize = 256;
/// The thickest line, in points: what is thicker is a box.
const LINE: f64 = 3.0;
/// The shortest line, in points.
const SHORTEST: f64 = 4.0;

/// Reads a page.
///
/// # Errors
/// [`Failure::TooLarge`].
pub fn read(source: &Source, fonts: &mut Fonts, left: &mut Left) -> Result<Page, Failure> {
    let (width, height) = source.render_dimensions();
    let mut run = Run {
        page: Page {
            width: f64::from(width),
            height: f64::from(height),
            ..Page::default()
        },
        fonts,
        left,
    };
    let start = Matrix(source.initial_transform(true).as_coeffs());
    if let Some(bytes) = source.page_stream() {
        run.stream(bytes, source.resources(), State::new(start), 0)?;
    }
    Ok(run.page)
}

/// An affine map: `[a b c d e f]` as PDF writes it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Matrix([f64; 6]);

impl Matrix {
    const SAME: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    const fn moved(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    fn of(numbers: &[f64]) -> Option<Self> {
        Some(Self(numbers.get(..6)?.try_into().ok()?))
    }

    fn point(self, (x, y): (f64, f64)) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }
}

/// First the right one, then the left one.
impl Mul for Matrix {
    type Output = Self;

    fn mul(self, first: Self) -> Self {
        let [a, b, c, d, e, f] = self.0;
        let [p, q, r, s, t, u] = first.0;
        Self([
            a * p + c * q,
            b * p + d * q,
            a * r + c * s,
            b * r + d * s,
            a * t + c * u + e,
            b * t + d * u + f,
        ])
    }
}

/// The state of drawing.
#[derive(Clone)]
struct State {
    to_page: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    /// Between characters, and more between words.
    spacing: f64,
    word_spacing: f64,
    /// The width of text, as a share.
    stretch: f64,
    leading: f64,
    rise: f64,
    /// 3 is invisible (table 106).
    mode: i64,
}

impl State {
    fn new(to_page: Matrix) -> Self {
        Self {
            to_page,
            font: None,
            size: 0.0,
            spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        }
    }
}

/// A line or a box that is not drawn yet.
#[derive(Debug, Clone, Copy)]
struct Piece {
    from: (f64, f64),
    to: (f64, f64),
    is_box: bool,
}

/// A page that is being read.
struct Run<'r> {
    page: Page,
    fonts: &'r mut Fonts,
    left: &'r mut Left,
}

/// One stream of instructions.
struct Stage {
    state: State,
    kept: Vec<State>,
    /// Where the next character goes, and where its line begins.
    text: Matrix,
    line: Matrix,
    path: Vec<Piece>,
    start: (f64, f64),
    at: (f64, f64),
}

impl Run<'_> {
    fn stream(
        &mut self,
        bytes: &[u8],
        resources: &Resources,
        state: State,
        depth: usize,
    ) -> Result<(), Failure> {
        let mut stage = Stage {
            state,
            kept: Vec::new(),
            text: Matrix::SAME,
            line: Matrix::SAME,
            path: Vec::new(),
            start: (0.0, 0.0),
            at: (0.0, 0.0),
        };
        let mut instructions = UntypedIter::new(bytes);
        while let Some(one) = instructions.next() {
            take(&mut self.left.instructions)?;
            let operator: &[u8] = one.operator;
            let operands: Vec<&Object> = one.operands().collect();
            let numbers: Vec<f64> = operands
                .iter()
                .filter_map(|object| number(object))
                .collect();
            if stage.graphics(operator, &numbers) || self.path(&mut stage, operator, &numbers)? {
                continue;
            }
            match (operator, operands.as_slice()) {
                (b"Tf", [Object::Name(name), ..]) => {
                    stage.state.font = resources.get_font(name).map(|dict| self.fonts.get(&dict));
                    stage.state.size = numbers.first().copied().unwrap_or(0.0);
                }
                (b"gs", [Object::Name(name)]) => {
                    let font = resources
                        .get_ext_g_state(name)
                        .and_then(|set| set.get::<Array>("Font"));
                    if let Some(font) = font {
                        stage.state.font =
                            font.iter::<Dict>().next().map(|dict| self.fonts.get(&dict));
                        stage.state.size = font.iter::<f64>().next().unwrap_or(stage.state.size);
                    }
                }
                (b"Tj", [Object::String(text)]) => self.show(&mut stage, text)?,
                (b"'", [Object::String(text)]) => {
                    stage.next_line();
                    self.show(&mut stage, text)?;
                }
                (b"\"", [_, _, Object::String(text)]) => {
                    if let [word, character, ..] = numbers[..] {
                        (stage.state.word_spacing, stage.state.spacing) = (word, character);
                    }
                    stage.next_line();
                    self.show(&mut stage, text)?;
                }
                (b"TJ", [Object::Array(parts)]) => {
                    for part in parts.iter::<Object>() {
                        match &part {
                            Object::String(text) => self.show(&mut stage, text)?,
                            other => stage.back(number(other).unwrap_or(0.0)),
                        }
                    }
                }
                (b"Do", [Object::Name(name)]) => self.object(&stage, name, resources, depth)?,
                (b"BI" | b"ID" | b"EI", _) => self.page.pictures += usize::from(operator == b"EI"),
                _ => {}
            }
        }
        Ok(())
    }

    /// A form or a picture.
    fn object(
        &mut self,
        stage: &Stage,
        name: &Name,
        resources: &Resources,
        depth: usize,
    ) -> Result<(), Failure> {
        let Some(object) = resources.get_x_object(name) else {
            return Ok(());
        };
        let dict = object.dict();
        let kind = dict.get::<Name>("Subtype");
        match kind.as_ref().map(|kind| kind.as_ref()) {
            Some(b"Image") => self.page.pictures += 1,
            Some(b"Form") if depth < DEPTH => return self.form(stage, &object, resources, depth),
            _ => {}
        }
        Ok(())
    }

    fn form(
        &mut self,
        stage: &Stage,
        form: &Stream,
        resources: &Resources,
        depth: usize,
    ) -> Result<(), Failure> {
        let Ok(bytes) = form.decoded_data() else {
            return Ok(());
        };
        let matrix = form.dict().get::<Array>("Matrix");
        let matrix: Vec<f64> = matrix.iter().flat_map(|m| m.iter::<f64>()).collect();
        let mut state = stage.state.clone();
        state.to_page = state.to_page * Matrix::of(&matrix).unwrap_or(Matrix::SAME);
        match form.dict().get::<Dict>("Resources") {
            Some(own) => self.stream(&bytes, &Resources::new(own), state, depth + 1),
            None => self.stream(&bytes, resources, state, depth + 1),
        }
    }

    /// Puts the characters of a text on the page.
    fn show(&mut self, stage: &mut Stage, bytes: &[u8]) -> Result<(), Failure> {
        let state = stage.state.clone();
        let Some(font) = state.font else {
            return Ok(());
        };
        let size = Matrix([
            state.size * state.stretch,
            0.0,
            0.0,
            state.size,
            0.0,
            state.rise,
        ]);
        for shown in font.show(bytes) {
            take(&mut self.left.glyphs)?;
            let blank = if shown.is_blank {
                state.word_spacing
            } else {
                0.0
            };
            let to_page = state.to_page * stage.text * size;
            let [a, b, c, d, x, y] = to_page.0;
            let length = a.hypot(b);
            // The page counts downwards, so the way up is negative.
            let is_upright =
                a > 0.0 && b.abs() < 0.05 * length && c.abs() < 0.5 * d.abs() && d < 0.0;
            self.page.glyphs.push(Glyph {
                text: shown.text,
                x,
                y,
                width: shown.width * length,
                size: c.hypot(d),
                drawn: match state.mode {
                    3 | 7 => Drawn::Invisible,
                    _ if is_upright && !font.is_vertical => Drawn::Upright,
                    _ => Drawn::Turned,
                },
            });
            let across = (shown.width * state.size + state.spacing + blank) * state.stretch;
            stage.text = stage.text
                * match font.is_vertical {
                    true => Matrix::moved(0.0, -(state.size + state.spacing + blank)),
                    false => Matrix::moved(across, 0.0),
                };
        }
        Ok(())
    }

    /// Instructions for lines and boxes; false if it is another one.
    fn path(
        &mut self,
        stage: &mut Stage,
        operator: &[u8],
        numbers: &[f64],
    ) -> Result<bool, Failure> {
        match (operator, numbers) {
            (b"m", &[x, y, ..]) => (stage.start, stage.at) = ((x, y), (x, y)),
            (b"l", &[x, y, ..]) => self.piece(stage, (x, y), false)?,
            (b"c", &[_, _, _, _, x, y, ..]) | (b"v" | b"y", &[_, _, x, y, ..]) => stage.at = (x, y),
            (b"h", _) => self.piece(stage, stage.start, false)?,
            (b"re", &[x, y, width, height, ..]) => {
                stage.at = (x, y);
                self.piece(stage, (x + width, y + height), true)?;
                (stage.start, stage.at) = ((x, y), (x, y));
            }
            (b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*", _) => {
                if matches!(operator, b"s" | b"b" | b"b*") {
                    self.piece(stage, stage.start, false)?;
                }
                self.draw(stage, true);
            }
            (b"f" | b"F" | b"f*", _) => self.draw(stage, false),
            (b"n", _) => stage.path.clear(),
            (b"W" | b"W*", _) => {}
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn piece(&mut self, stage: &mut Stage, to: (f64, f64), is_box: bool) -> Result<(), Failure> {
        take(&mut self.left.rules)?;
        stage.path.push(Piece {
            from: stage.at,
            to,
            is_box,
        });
        stage.at = to;
        Ok(())
    }

    /// Draws the path: its lines, or what it fills if that is as thin as a line.
    fn draw(&mut self, stage: &mut Stage, has_lines: bool) {
        for piece in std::mem::take(&mut stage.path) {
            let to_page = stage.state.to_page;
            let (from, to) = (to_page.point(piece.from), to_page.point(piece.to));
            let (x0, x1) = (from.0.min(to.0), from.0.max(to.0));
            let (y0, y1) = (from.1.min(to.1), from.1.max(to.1));
            let mut line = |x0: f64, y0: f64, x1: f64, y1: f64| {
                let is_line = (x1 - x0).min(y1 - y0) <= LINE && (x1 - x0).max(y1 - y0) >= SHORTEST;
                if is_line && [x0, y0, x1, y1].iter().all(|place| place.is_finite()) {
                    self.page.rules.push(Rule { x0, y0, x1, y1 });
                }
            };
            let is_thin = (x1 - x0).min(y1 - y0) <= LINE;
            if piece.is_box && has_lines && !is_thin {
                line(x0, y0, x1, y0);
                line(x0, y1, x1, y1);
                line(x0, y0, x0, y1);
                line(x1, y0, x1, y1);
            } else if piece.is_box || has_lines {
                line(x0, y0, x1, y1);
            }
        }
    }
}

impl Stage {
    /// Instructions that change the state only; false if it is another one.
    fn graphics(&mut self, operator: &[u8], numbers: &[f64]) -> bool {
        let first = numbers.first().copied();
        match operator {
            b"q" if self.kept.len() < KEPT => self.kept.push(self.state.clone()),
            b"Q" => {
                if let Some(state) = self.kept.pop() {
                    self.state = state;
                }
            }
            b"cm" => {
                if let Some(matrix) = Matrix::of(numbers) {
                    self.state.to_page = self.state.to_page * matrix;
                }
            }
            b"BT" => (self.text, self.line) = (Matrix::SAME, Matrix::SAME),
            b"Tc" => self.state.spacing = first.unwrap_or(0.0),
            b"Tw" => self.state.word_spacing = first.unwrap_or(0.0),
            b"Tz" => self.state.stretch = first.unwrap_or(100.0) / 100.0,
            b"TL" => self.state.leading = first.unwrap_or(0.0),
            b"Ts" => self.state.rise = first.unwrap_or(0.0),
            b"Tr" => self.state.mode = first.unwrap_or(0.0) as i64,
            b"Td" | b"TD" => {
                if let [x, y, ..] = *numbers {
                    if operator == b"TD" {
                        self.state.leading = -y;
                    }
                    self.line = self.line * Matrix::moved(x, y);
                    self.text = self.line;
                }
            }
            b"Tm" => {
                if let Some(matrix) = Matrix::of(numbers) {
                    (self.text, self.line) = (matrix, matrix);
                }
            }
            b"T*" => self.next_line(),
            _ => return false,
        }
        true
    }

    fn next_line(&mut self) {
        self.line = self.line * Matrix::moved(0.0, -self.state.leading);
        self.text = self.line;
    }

    /// Moves back by thousandths of the size.
    fn back(&mut self, thousandths: f64) {
        let length = -thousandths / 1000.0 * self.state.size;
        let is_vertical = self
            .state
            .font
            .as_ref()
            .is_some_and(|font| font.is_vertical);
        self.text = self.text
            * match is_vertical {
                true => Matrix::moved(0.0, length),
                false => Matrix::moved(length * self.state.stretch, 0.0),
            };
    }
}

fn number(object: &Object) -> Option<f64> {
    match object {
        Object::Number(number) => Some(number.as_f64()),
        _ => None,
    }
}
