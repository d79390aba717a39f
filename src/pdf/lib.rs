//! What a PDF file shows: characters and ruled lines, with their places on the page.
//!
//! Comes in: the bytes of a file. Goes out: [`Page`]s. It joins nothing to words or lines; [`lines`] does that, for text
//! that is read from left to right. Pictures are counted and not looked into.
//!
//! Files are hostile: streams that become too long, forms that contain themselves and pages without end are refused.

#![forbid(unsafe_code)]
#![allow(clippy::disallowed_types)] // Places on a page.

mod bounds;
mod content;
mod font;
pub mod lines;

use hayro_syntax::{LoadPdfError, Pdf};

/// A page. Its places are in points (1/72 inch) from the upper left corner.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub width: f64,
    pub height: f64,
    /// In the order in which the file draws them.
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
    /// How many pictures there are.
    pub pictures: usize,
}

/// A character on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// What it means; nothing if the file does not say so.
    pub text: Option<String>,
    /// The left end of its base line.
    pub x: f64,
    /// The height of its base line.
    pub y: f64,
    pub width: f64,
    /// The size of its font.
    pub size: f64,
    /// How it is drawn.
    pub drawn: Drawn,
}

/// How a character is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    /// As text is read.
    Upright,
    /// Turned, as a watermark is.
    Turned,
    /// Not at all: text over a scanned picture, for searching.
    Invisible,
}

/// A straight line, horizontal or vertical.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    pub x0: f64,
    pub y0: f64,
    pub x1: f64,
    pub y1: f64,
}

impl Rule {
    /// Whether it lies.
    pub fn is_horizontal(&self) -> bool {
        self.x1 - self.x0 >= self.y1 - self.y0
    }
}

/// Why a file is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// It asks for a password.
    Locked,
    /// It is not a PDF file, or damaged.
    Broken,
    /// It is larger than what is read, or becomes larger.
    TooLarge,
}

/// Reads a file.
///
/// # Errors
/// [`Failure`].
pub fn read(bytes: &[u8]) -> Result<Vec<Page>, Failure> {
    bounds::check(bytes)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|why| match why {
        LoadPdfError::Decryption(_) => Failure::Locked,
        LoadPdfError::Invalid => Failure::Broken,
    })?;
    let pages = pdf.pages();
    if pages.len() > bounds::PAGES {
        return Err(Failure::TooLarge);
    }
    let mut left = bounds::Left::default();
    let mut fonts = font::Fonts::default();
    pages
        .iter()
        .map(|page| content::read(page, &mut fonts, &mut left))
        .collect()
}
