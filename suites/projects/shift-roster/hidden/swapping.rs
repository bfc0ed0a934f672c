use shift_roster::roster::Roster;
use shift_roster::text;

const WEEK: &str = "
person Ana 16:00
person Bo 40:00
person Cy 12:00
person Di 40:00
away Cy Mon 05:00-06:01
shift early Mon 06:00-14:00 2
shift late Mon 14:00-22:00 2
shift next Tue 09:00-17:00 1
shift last Thu 09:00-18:00 1
";

pub fn drive() {
    let week = text::week(WEEK).unwrap();
    let start = Roster { shifts: vec![vec![0, 1], vec![2, 3], vec![0], vec![1]] };
    let mut roster = start.clone();
    let mut swap = |shift: &str, from: &str, to: &str| {
        let outcome = roster.swap(&week, shift, from, to);
        (outcome, roster.shifts.clone())
    };
    emit!(swap("night", "Zoe", "Zed").0);
    emit!(swap("early", "Zoe", "Zed").0);
    emit!(swap("early", "Di", "Zed").0);
    emit!(swap("early", "Di", "Bo").0);
    emit!(swap("early", "Bo", "Ana").0);
    emit!(swap("early", "Bo", "Bo").0);
    emit!(swap("early", "Ana", "Cy").0);
    emit!(swap("early", "Ana", "Di").0);
    emit!(swap("late", "Di", "Ana").0);
    emit!(swap("next", "Ana", "Cy").0);
    emit!(swap("last", "Bo", "Cy").0);
    emit!(swap("last", "Bo", "Ana").0);
    emit!(&swap("last", "Bo", "Zed").1 == &start.shifts);
    emit!(swap("last", "Bo", "Di"));
    emit!(swap("next", "Ana", "Bo"));
    emit!(swap("late", "Cy", "Ana"));
    emit!(swap("late", "Di", "Bo"));
    let mut odd = Roster { shifts: vec![vec![0, 0, 2], vec![], vec![], vec![]] };
    emit!((odd.swap(&week, "early", "Cy", "Di"), odd.shifts));
}
