//! One publication at a time: a lock at the place, which says who sends and since when.
//!
//! Comes in: a place, who sends, and the time. Goes out: a turn, or words about who has it. Only a sender that was cut off leaves its lock: the
//! same sender takes it up again at once, anybody else after [`STALE`]. A place that cannot create a file only if it is not there leaves a
//! moment in which two may begin; the one that wrote last goes on, and the other one sees that before its next files.

use crate::place::Place;
use crate::text::Bilingual;

/// The lock of a run that sends.
pub const LOCK: &str = ".mingbai-lock";
/// After so many seconds without a sign of life, nobody sends any more.
pub const STALE: i64 = 600;
/// After so many seconds, a sign of life is given.
const FRESH: i64 = 60;

/// Who sends, and what time it is.
pub struct Sender<'a> {
    /// The same for every run from one computer and site, and for no other.
    pub id: &'a str,
    /// The time in seconds since 1970.
    pub now: &'a dyn Fn() -> i64,
}

/// The turn of a sender.
pub(crate) struct Turn<'a> {
    sender: &'a Sender<'a>,
    /// When it last gave a sign of life.
    signed: i64,
}

impl<'a> Turn<'a> {
    /// Takes the lock of a place.
    ///
    /// # Errors
    /// If somebody else sends, or the place cannot be reached.
    pub fn take(sender: &'a Sender<'a>, place: &mut dyn Place) -> Result<Self, Bilingual> {
        let now = (sender.now)();
        let mine = text(sender.id, now);
        if !place.claim(LOCK, mine.as_bytes())? {
            let (id, since) = holder(place)?.unwrap_or_default();
            let age = now.saturating_sub(since);
            // A clock of another computer may be ahead.
            if id != sender.id && age.abs() < STALE {
                let (age, left) = (age.max(0) / 60, (STALE - age) / 60 + 1);
                return Err(Bilingual::new(
                    format!("{age} 分钟前有人正在往那里发布；等它做完，或者 {left} 分钟以后再来"),
                    format!(
                        "somebody was publishing there {age} minutes ago; wait for the end of it, or try again in {left} minutes"
                    ),
                ));
            }
            place.write(LOCK, mine.as_bytes())?;
        }
        let turn = Self {
            sender,
            signed: now,
        };
        turn.check(place)?;
        Ok(turn)
    }

    /// Gives a sign of life, and sees whether somebody else took over.
    ///
    /// # Errors
    /// If somebody did, or the place cannot be reached.
    pub fn keep(&mut self, place: &mut dyn Place) -> Result<(), Bilingual> {
        self.check(place)?;
        let now = (self.sender.now)();
        if now.saturating_sub(self.signed) >= FRESH {
            place.write(LOCK, text(self.sender.id, now).as_bytes())?;
            self.signed = now;
        }
        Ok(())
    }

    /// Gives the lock back.
    ///
    /// # Errors
    /// If the place cannot be reached.
    pub fn end(self, place: &mut dyn Place) -> Result<(), Bilingual> {
        place.remove(LOCK)
    }

    fn check(&self, place: &mut dyn Place) -> Result<(), Bilingual> {
        if holder(place)?.is_some_and(|(id, _)| id == self.sender.id) {
            return Ok(());
        }
        Err(Bilingual::new(
            "有人同时在往那里发布；等它做完再发布一次",
            "somebody else is publishing there at the same time; publish again when that is done",
        ))
    }
}

/// Whether an earlier run of the same sender left its lock.
///
/// # Errors
/// If the place cannot be reached.
pub(crate) fn is_left(sender: &Sender, place: &mut dyn Place) -> Result<bool, Bilingual> {
    Ok(holder(place)?.is_some_and(|(id, _)| id == sender.id))
}

fn text(id: &str, now: i64) -> String {
    format!("# mingbai lock 1\n{id}\n{now}\n")
}

/// Who holds the lock, and since when.
fn holder(place: &mut dyn Place) -> Result<Option<(String, i64)>, Bilingual> {
    let bytes = place.read(LOCK)?.unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let mut lines = text.lines().skip(1);
    let id = lines.next().map(str::to_owned);
    let since = lines.next().and_then(|line| line.parse().ok());
    Ok(id.zip(since))
}
