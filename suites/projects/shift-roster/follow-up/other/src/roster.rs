//! Who works which shift.

use crate::text::hours;
use crate::week::{Span, Week};

/// For each shift of a week, in the week's order, the places of its people in `Week::people`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    pub shifts: Vec<Vec<usize>>,
}

/// What keeps somebody from a shift.
enum Obstacle {
    Away,
    Tired,
    Full(u32),
}

/// Gives people to all shifts of a week.
pub fn fill(week: &Week) -> Roster {
    let mut empty = Roster { shifts: week.shifts.iter().map(|_| Vec::new()).collect() };
    complete(week, &mut empty);
    empty
}

/// Fills the seats that are free.
pub fn complete(week: &Week, roster: &mut Roster) {
    for at in order(week) {
        while roster.shifts[at].len() < week.shifts[at].needs {
            match next(week, roster, at) {
                Some(who) => roster.shifts[at].push(who),
                None => break,
            }
        }
    }
}

fn next(week: &Week, roster: &Roster, at: usize) -> Option<usize> {
    let before = |who: usize| {
        let others = (0..week.shifts.len()).filter(|other| *other != at && roster.shifts[*other].contains(&who));
        others.map(|other| u64::from(week.shifts[other].span.minutes())).sum::<u64>()
    };
    let mut best: Option<usize> = None;
    for who in 0..week.people.len() {
        if check(week, roster, who, week.shifts[at].span).is_err() {
            continue;
        }
        let most = |who: usize| u64::from(week.people[who].most);
        let better = match best {
            None => true,
            Some(other) => before(who) * most(other) < before(other) * most(who),
        };
        if better {
            best = Some(who);
        }
    }
    best
}

pub fn order(week: &Week) -> Vec<usize> {
    let mut pairs: Vec<(u32, usize)> = week.shifts.iter().enumerate().map(|(at, shift)| (shift.span.start, at)).collect();
    pairs.sort();
    pairs.into_iter().map(|(_, at)| at).collect()
}

pub fn spans(week: &Week, roster: &Roster, who: usize) -> Vec<Span> {
    let mut spans = Vec::new();
    for (at, people) in roster.shifts.iter().enumerate() {
        if people.contains(&who) {
            spans.push(week.shifts[at].span);
        }
    }
    spans
}

fn check(week: &Week, roster: &Roster, who: usize, span: Span) -> Result<(), Obstacle> {
    let person = &week.people[who];
    if person.away.iter().any(|away| away.overlaps(span)) {
        return Err(Obstacle::Away);
    }
    let mut minutes = span.minutes();
    for other in spans(week, roster, who) {
        let (first, second) = if other.start < span.start { (other, span) } else { (span, other) };
        if first.end + 660 > second.start {
            return Err(Obstacle::Tired);
        }
        minutes += other.minutes();
    }
    if minutes > person.most {
        return Err(Obstacle::Full(minutes));
    }
    Ok(())
}

fn who(week: &Week, name: &str) -> Result<usize, String> {
    for (at, person) in week.people.iter().enumerate() {
        if person.name == name {
            return Ok(at);
        }
    }
    Err(format!("nobody is called {name}"))
}

impl Roster {
    /// Puts somebody in another's place.
    pub fn swap(&mut self, week: &Week, shift: &str, from: &str, to: &str) -> Result<(), String> {
        let Some(at) = week.shifts.iter().position(|one| one.name == shift) else {
            return Err(format!("no shift {shift}"));
        };
        let (old, new) = (who(week, from)?, who(week, to)?);
        let Some(seat) = self.shifts[at].iter().position(|one| *one == old) else {
            return Err(format!("{from} does not work {shift}"));
        };
        if self.shifts[at].contains(&new) {
            return Err(format!("{to} works {shift} already"));
        }
        match check(week, self, new, week.shifts[at].span) {
            Ok(()) => {
                self.shifts[at][seat] = new;
                Ok(())
            }
            Err(Obstacle::Away) => Err(format!("{to} is away")),
            Err(Obstacle::Tired) => Err(format!("{to} has too little rest")),
            Err(Obstacle::Full(minutes)) => {
                Err(format!("{to} would work {} of {}", hours(minutes), hours(week.people[new].most)))
            }
        }
    }

    /// Takes somebody out.
    pub fn ill(&mut self, week: &Week, name: &str, from: u32) -> Result<Vec<String>, String> {
        let gone = who(week, name)?;
        let mut names = Vec::new();
        for at in order(week) {
            if week.shifts[at].span.end <= from {
                continue;
            }
            if let Some(seat) = self.shifts[at].iter().position(|one| *one == gone) {
                self.shifts[at].remove(seat);
                names.push(week.shifts[at].name.clone());
            }
        }
        Ok(names)
    }
}
