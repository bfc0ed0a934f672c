//! What a roster means for the shop and for its people.

use crate::roster::{by_start, Roster};
use crate::text;
use crate::week::{Span, Week};

const DAY: u32 = 24 * 60;
const NIGHT: (u32, u32) = (23 * 60, 30 * 60);

/// The shifts that lack people, with how many they lack.
pub fn open(week: &Week, roster: &Roster) -> Vec<(String, usize)> {
    by_start(week)
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
            let worked = text::hours(roster.minutes(week, who));
            let line = format!("{} {worked} of {}", person.name, text::hours(person.most));
            match roster.worked(week, who).map(at_night).sum() {
                0 => line,
                night => format!("{line}, {} at night", text::hours(night)),
            }
        })
        .collect()
}

/// The minutes of a span that lie between 23:00 and 06:00.
fn at_night(span: Span) -> u32 {
    (0..=span.end / DAY)
        .map(|day| span.end.min(day * DAY + NIGHT.1).saturating_sub(span.start.max(day * DAY + NIGHT.0)))
        .sum()
}
