//! What a roster means for the shop and for its people.

use crate::roster::Roster;
use crate::week::Week;

/// The shifts that lack people, with how many they lack.
pub fn open(week: &Week, roster: &Roster) -> Vec<(String, usize)> {
    todo!()
}

/// A line a person: what they work.
pub fn hours(week: &Week, roster: &Roster) -> Vec<String> {
    todo!()
}
