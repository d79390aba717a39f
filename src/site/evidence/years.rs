//! The year of a day that is printed without one.
//!
//! Comes in: a document. Goes out: the years that a day of its text may have. A day without a year belongs to the year
//! that the document arranges (printed in its title), or otherwise to the year of its date (GB/T 15835-2011 asks for
//! four digits where a year is printed; official texts leave it out where the title has it).

use mingbai_reading::{What, Year, read};

use crate::model::{Document, Kind, Phase};

/// The years of a document.
#[derive(Debug, Clone, Default)]
pub(super) struct Years {
    /// Printed in the title.
    title: Vec<i16>,
    /// The year of its date.
    issued: Option<i16>,
    /// The year that its file gives.
    own: Option<i16>,
}

impl Years {
    /// The years of a document.
    pub fn of<P: Phase>(document: &Document<P>) -> Self {
        let issued = match &document.kind {
            Kind::Notice(notice) => notice.issued.map(|day| day.year()),
            _ => None,
        };
        Self {
            title: printed(&document.title.value),
            issued,
            own: document.year(),
        }
    }

    /// The years that a day with this `year` may have. Nothing if the words name no single year.
    pub fn resolve(&self, year: &Year) -> Option<Vec<i16>> {
        let here = self.here();
        match year {
            Year::Printed(year) | Year::Carried(year) => Some(vec![*year]),
            Year::This | Year::Unsaid => Some(here),
            Year::Next => Some(here.iter().map(|year| year + 1).collect()),
            Year::Last => Some(here.iter().map(|year| year - 1).collect()),
            Year::Every | Year::Of(_) => None,
        }
    }

    /// Whether a day with this `said` year may be of `year`. A document that names no year leaves it open.
    pub fn may_be(&self, said: &Year, year: i16) -> bool {
        let years = self.resolve(said);
        years.is_some_and(|years| years.is_empty() || years.contains(&year))
    }

    /// Whether the document sets rules for every year: it names none in its title. 当年 is then each year.
    pub fn is_lasting(&self) -> bool {
        self.title.is_empty()
    }

    /// The year that the document is about.
    fn here(&self) -> Vec<i16> {
        if !self.title.is_empty() {
            self.title.clone()
        } else if let Some(year) = self.issued.or(self.own) {
            vec![year]
        } else {
            Vec::new()
        }
    }
}

/// The years that a text prints.
pub(super) fn printed(text: &str) -> Vec<i16> {
    let mut years: Vec<i16> = Vec::new();
    for reading in read(text) {
        if let What::Day(day) = reading.what
            && let Year::Printed(year) = day.year
            && !years.contains(&year)
        {
            years.push(year);
        }
    }
    years
}
