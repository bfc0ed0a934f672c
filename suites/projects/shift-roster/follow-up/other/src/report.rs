//! What a roster means for the shop and for its people.

use crate::roster::{order, spans, Roster};
use crate::text;
use crate::week::{Span, Week};

const DAY: u32 = 24 * 60;
const NIGHT: (u32, u32) = (23 * 60, 30 * 60);

/// The shifts that lack people, with how many they lack.
pub fn open(week: &Week, roster: &Roster) -> Vec<(String, usize)> {
    order(week)
        .into_iter()
        .map(|at| (week.shifts[at].name.clone(), week.shifts[at].needs.saturating_sub(roster.shifts[at].len())))
        .filter(|(_, lacking)| *lacking > 0)
        .collect()
}

/// A line a person: what they work.
pub fn hours(week: &Week, roster: &Roster) -> Vec<String> {
    week.people
        .iter()
        .enumerate()
        .map(|(who, person)| {
            let worked = spans(week, roster, who);
            let all = text::hours(worked.iter().map(|span| span.minutes()).sum());
            let line = format!("{} {all} of {}", person.name, text::hours(person.most));
            match worked.into_iter().map(at_night).sum() {
                0 => line,
                night => format!("{line}, {} at night", text::hours(night)),
            }
        })
        .collect()
}

/// The minutes of a span that lie between 23:00 and 06:00.
fn at_night(span: Span) -> u32 {
    // Monday's first hours belong to the night of the day before: times are moved on by a day.
    let (start, end) = (span.start + DAY, span.end + DAY);
    (0..=end / DAY)
        .map(|day| end.min(day * DAY + NIGHT.1).saturating_sub(start.max(day * DAY + NIGHT.0)))
        .sum()
}
