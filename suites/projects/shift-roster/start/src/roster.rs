//! Who works which shift.

use crate::week::Week;

/// For each shift of a week, in the week's order, the places of its people in `Week::people`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    pub shifts: Vec<Vec<usize>>,
}

/// Gives people to all shifts of a week.
pub fn fill(week: &Week) -> Roster {
    todo!()
}

impl Roster {
    /// Puts somebody in another's place.
    pub fn swap(&mut self, week: &Week, shift: &str, from: &str, to: &str) -> Result<(), String> {
        todo!()
    }
}
