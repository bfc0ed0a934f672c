//! A week: its people and its shifts. Times are minutes since Monday, 00:00.

/// From a minute to before another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn minutes(self) -> u32 {
        self.end - self.start
    }

    /// Whether they have a minute in common.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

#[derive(Debug, Clone)]
pub struct Person {
    pub name: String,
    /// The most minutes that they may work in the week.
    pub most: u32,
    pub away: Vec<Span>,
}

#[derive(Debug, Clone)]
pub struct Shift {
    pub name: String,
    pub span: Span,
    /// How many people it needs.
    pub needs: usize,
}

/// The names of people are all different, and so are the names of shifts.
#[derive(Debug, Clone, Default)]
pub struct Week {
    pub people: Vec<Person>,
    pub shifts: Vec<Shift>,
}
