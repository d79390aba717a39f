//! Open data: files for programs, made from the same facts as the pages.
//!
//! Comes in: the [`Atlas`]. Goes out: files at addresses that stay. Calendars: [`ical`] knows the lines of an iCalendar
//! file, [`calendars`] what stands in them.

mod calendars;
mod ical;

use crate::assets::Asset;
use crate::diag::Sink;
use crate::pages::atlas::Atlas;

/// Makes every file that is no page.
pub fn files(atlas: &Atlas, _sink: &mut Sink) -> Vec<Asset> {
    calendars::files(atlas)
}
