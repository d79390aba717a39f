//! Windows that end within days, and schedules of the current year whose windows have all ended.
//!
//! MB0705, MB0706. Both depend on today, but neither is given only because years pass: what ended last year is an
//! archive.

use jiff::civil::Date;

use crate::diag::{Diagnostic, Sink, codes};
use crate::model::{Code, DocumentId, Kind, Model, date, window_state};

pub(super) fn check(model: &Model, index: DocumentId, today: Date, sink: &mut Sink) {
    let document = &model.documents[index];
    for window in &document.windows {
        let ending = matches!(
            window_state(window, today).code,
            Code::Closing | Code::Today
        );
        let Some(until) = window.until.as_ref().filter(|_| ending) else {
            continue;
        };
        let Some(day) = until.value.day() else {
            continue;
        };
        let left = today.until(day).map_or(0, |span| span.get_days());
        let (zh, en) = match left {
            0 => ("今天截止".to_owned(), "ends today".to_owned()),
            1 => ("明天截止".to_owned(), "ends tomorrow".to_owned()),
            days => (format!("还有{days}天截止"), format!("ends in {days} days")),
        };
        sink.push(
            Diagnostic::new(
                &codes::WINDOW_ENDING,
                until.span,
                format!("“{}”{zh}，日期还对吗", window.what),
                format!("\"{}\" {en}; is the date still correct?", window.what),
            )
            .hint(
                "看有没有延期或提前的通知；有，就改日期和依据；没有，不用改",
                "check whether a notice extended or shortened it; if so, change the date and the clause; if not, no change is needed",
            ),
        );
    }
    check_over(model, index, today, sink);
}

fn check_over(model: &Model, index: DocumentId, today: Date, sink: &mut Sink) {
    let document = &model.documents[index];
    let this_year = document.year() == Some(today.year());
    if !this_year || !matches!(document.kind, Kind::Schedule(_)) || document.windows.is_empty() {
        return;
    }
    let mut last: Option<Date> = None;
    for window in &document.windows {
        if window_state(window, today).code != Code::Closed {
            return;
        }
        last = last.max(window.until.as_ref().and_then(|b| b.value.day()));
    }
    let (Some(last), Some(place)) = (last, document.place) else {
        return;
    };
    // Whatever came later for the same place tells how it goes on.
    let later = model.documents.iter().any(|other| {
        let day = match &other.kind {
            Kind::Notice(notice) => notice.issued.max(notice.printed_on),
            _ => None,
        };
        other.place == Some(place)
            && (day.is_some_and(|day| day >= last) || other.year() > document.year())
    });
    if later {
        return;
    }
    sink.push(
        Diagnostic::new(
            &codes::WINDOWS_OVER,
            document.year_span.unwrap_or(document.span),
            format!(
                "今年的受理窗口到{}全部结束了，后来没有收录新的通知",
                date::chinese(last)
            ),
            format!("the last window of this year ended on {last}, and no later notice has been added"),
        )
        .hint(
            "有延期、补办的，补上那份通知和窗口；没有，不用改",
            "if there is an extension or a second round, add the notice and the window; if not, no change is needed",
        ),
    );
}
