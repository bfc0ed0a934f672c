//! Who works which shift.

use crate::text;
use crate::week::{Person, Span, Week};

const REST: u32 = 11 * 60;

/// For each shift of a week, in the week's order, the places of its people in `Week::people`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    pub shifts: Vec<Vec<usize>>,
}

/// Gives people to all shifts of a week.
pub fn fill(week: &Week) -> Roster {
    let mut roster = Roster { shifts: vec![vec![]; week.shifts.len()] };
    complete(week, &mut roster);
    roster
}

/// Gives people to all shifts that have too few.
pub fn complete(week: &Week, roster: &mut Roster) {
    for at in by_start(week) {
        let shift = &week.shifts[at];
        let lacking = shift.needs.saturating_sub(roster.shifts[at].len());
        let mut able: Vec<usize> =
            (0..week.people.len()).filter(|who| roster.obstacle(week, *who, shift.span).is_none()).collect();
        // Shares are compared as products: a / b < c / d where a * d < c * b. Nobody's `most` is 0 here.
        able.sort_by(|a, b| {
            let worked = |who| u64::from(roster.minutes(week, who));
            let most = |who: usize| u64::from(week.people[who].most);
            (worked(*a) * most(*b)).cmp(&(worked(*b) * most(*a)))
        });
        able.truncate(shift.needs);
        roster.shifts[at] = able;
    }
}

/// The places of the shifts, in the order of their starts.
pub fn by_start(week: &Week) -> Vec<usize> {
    let mut order: Vec<usize> = (0..week.shifts.len()).collect();
    order.sort_by_key(|at| week.shifts[*at].span.start);
    order
}

impl Roster {
    /// Puts somebody in another's place.
    pub fn swap(&mut self, week: &Week, shift: &str, from: &str, to: &str) -> Result<(), String> {
        let place = |name: &str| {
            week.people.iter().position(|person| person.name == name).ok_or(format!("nobody is called {name}"))
        };
        let at = week.shifts.iter().position(|other| other.name == shift).ok_or(format!("no shift {shift}"))?;
        let (leaves, comes) = (place(from)?, place(to)?);
        let seat = self.shifts[at].iter().position(|who| *who == leaves);
        let seat = seat.ok_or(format!("{from} does not work {shift}"))?;
        if self.shifts[at].contains(&comes) {
            return Err(format!("{to} works {shift} already"));
        }
        if let Some(obstacle) = self.obstacle(week, comes, week.shifts[at].span) {
            return Err(obstacle);
        }
        self.shifts[at][seat] = comes;
        Ok(())
    }

    /// Takes somebody out of all their shifts that end after a moment; the names of these shifts.
    pub fn ill(&mut self, week: &Week, name: &str, from: u32) -> Result<Vec<String>, String> {
        let who = week.people.iter().position(|person| person.name == name);
        let who = who.ok_or(format!("nobody is called {name}"))?;
        let mut left = vec![];
        for at in by_start(week) {
            if week.shifts[at].span.end > from && self.shifts[at].contains(&who) {
                self.shifts[at].retain(|other| *other != who);
                left.push(week.shifts[at].name.clone());
            }
        }
        Ok(left)
    }

    /// The spans of the shifts that somebody works.
    pub fn worked<'a>(&'a self, week: &'a Week, who: usize) -> impl Iterator<Item = Span> + 'a {
        self.shifts.iter().zip(&week.shifts).filter(move |(people, _)| people.contains(&who)).map(|(_, shift)| shift.span)
    }

    pub fn minutes(&self, week: &Week, who: usize) -> u32 {
        self.worked(week, who).map(Span::minutes).sum()
    }

    /// Why somebody cannot work in a span beside what they work.
    fn obstacle(&self, week: &Week, who: usize, span: Span) -> Option<String> {
        let Person { name, most, away } = &week.people[who];
        if away.iter().any(|away| away.overlaps(span)) {
            return Some(format!("{name} is away"));
        }
        if self.worked(week, who).any(|other| span.start < other.end + REST && other.start < span.end + REST) {
            return Some(format!("{name} has too little rest"));
        }
        let minutes = self.minutes(week, who) + span.minutes();
        (minutes > *most).then(|| format!("{name} would work {} of {}", text::hours(minutes), text::hours(*most)))
    }
}
