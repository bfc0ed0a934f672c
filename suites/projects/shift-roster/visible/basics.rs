use shift_roster::{report, roster, text};

const WEEK: &str = "
person Ana 16:00
person Bo 40:00
shift early Mon 06:00-14:00 1
shift late Mon 14:00-22:00 2
shift night Tue 22:00-06:00 1
";

pub fn drive() {
    let week = text::week(WEEK).unwrap_or_else(|error| panic!("{error}"));
    let mut roster = roster::fill(&week);
    emit!(&roster.shifts);
    emit!(report::open(&week, &roster));
    emit!(report::hours(&week, &roster));
    emit!(roster.swap(&week, "night", "Bo", "Ana"));
    emit!(roster.swap(&week, "night", "Ana", "Bo"));
    emit!(&roster.shifts);
}
