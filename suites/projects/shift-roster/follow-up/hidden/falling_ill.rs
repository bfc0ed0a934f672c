use shift_roster::roster::{fill, Roster};
use shift_roster::text;

const WEEK: &str = "person Ana 40:00\nperson Bo 40:00\nshift late Tue 8:00-12:00 2\nshift early Mon 8:00-12:00 2\nshift night Sun 22:00-06:00 1";

pub fn drive() {
    let week = text::week(WEEK).unwrap();
    let full = fill(&week);
    emit!(full.shifts);
    let ill = |name: &str, from: u32| {
        let mut roster = full.clone();
        let left = roster.ill(&week, name, from);
        (left, roster.shifts)
    };
    let (left, shifts) = ill("Ana", 0);
    emit!(left.unwrap());
    emit!(shifts);
    emit!(ill("Bo", 0).0.unwrap());
    emit!(ill("Bo", 12 * 60 - 1).0.unwrap());
    emit!(ill("Bo", 12 * 60).0.unwrap());
    emit!(ill("Ana", 99_999).0.unwrap().len());
    let (left, shifts) = ill("Zoe", 0);
    emit!(left.unwrap_err());
    emit!(shifts == full.shifts);
    let mut roster = Roster { shifts: vec![vec![1, 0], vec![0], vec![]] };
    emit!(roster.ill(&week, "Bo", 0).unwrap());
    emit!(roster.shifts);
}
