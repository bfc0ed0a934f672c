//! Weeks as text.
//!
//! ```text
//! person Ana 38:00
//! away Ana Tue 08:00-24:00
//! shift night Mon 22:00-06:00 2
//! ```

use crate::week::{Person, Shift, Span, Week};

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const DAY: u32 = 24 * 60;

/// Reads a week; the error names the line.
pub fn week(text: &str) -> Result<Week, String> {
    let mut week = Week::default();
    for (number, line) in text.lines().enumerate() {
        add(&mut week, line).ok_or(format!("line {}: {line}", number + 1))?;
    }
    Ok(week)
}

fn add(week: &mut Week, line: &str) -> Option<()> {
    match *line.split_whitespace().collect::<Vec<_>>() {
        [] => {}
        ["person", name, most] if week.people.iter().all(|person| person.name != name) => {
            week.people.push(Person { name: name.to_string(), most: minutes(most)?, away: vec![] });
        }
        ["away", name, day, times] => {
            let person = week.people.iter_mut().find(|person| person.name == name)?;
            person.away.push(span(day, times)?);
        }
        ["shift", name, day, times, needs] if week.shifts.iter().all(|shift| shift.name != name) => {
            week.shifts.push(Shift { name: name.to_string(), span: span(day, times)?, needs: needs.parse().ok()? });
        }
        _ => return None,
    }
    Some(())
}

/// A span that ends at or before the hour of its start ends on the next day.
fn span(day: &str, times: &str) -> Option<Span> {
    let day = DAYS.iter().position(|name| *name == day)? as u32 * DAY;
    let (start, end) = times.split_once('-')?;
    let (start, end) = (minutes(start)?, minutes(end)?);
    if start >= DAY || end > DAY {
        return None;
    }
    let end = if end <= start { end + DAY } else { end };
    Some(Span { start: day + start, end: day + end })
}

fn minutes(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes) = (hours.parse::<u32>().ok()?, minutes.parse::<u32>().ok()?);
    (hours < 1000 && minutes < 60).then_some(hours * 60 + minutes)
}

/// Minutes as hours: `8:05`.
pub fn hours(minutes: u32) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}
