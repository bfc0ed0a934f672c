use shift_roster::roster::{complete, fill, Roster};
use shift_roster::text;

fn completed(text: &str, shifts: &[&[usize]]) -> Vec<Vec<usize>> {
    let week = text::week(text).unwrap();
    let mut roster = Roster { shifts: shifts.iter().map(|people| people.to_vec()).collect() };
    complete(&week, &mut roster);
    roster.shifts
}

pub fn drive() {
    let three = "person A 40:00\nperson B 40:00\nperson C 40:00\nshift x Mon 8:00-12:00 2\nshift y Tue 8:00-12:00 1\nshift z Wed 8:00-12:00 3";
    emit!(completed(three, &[&[], &[], &[]]) == fill(&text::week(three).unwrap()).shifts);
    emit!(completed(three, &[&[2], &[], &[1]]));
    emit!(completed(three, &[&[2, 1, 0], &[1], &[0, 2]]));
    emit!(completed(three, &[&[], &[0], &[0]]));
    emit!(completed("person A 8:00\nperson B 40:00\nshift x Mon 8:00-12:00 2\nshift y Wed 8:00-16:00 1", &[&[], &[0]]));
    emit!(completed("person A 40:00\nshift x Mon 20:00-24:00 1\nshift y Tue 8:00-9:00 1", &[&[], &[0]]));
    emit!(completed("person A 30:00\nperson B 20:00\nshift x Mon 6:00-12:00 1\nshift y Wed 6:00-10:00 1\nshift z Fri 6:00-9:00 1", &[&[0], &[1], &[]]));
    let week = text::week(three).unwrap();
    let mut roster = fill(&week);
    roster.ill(&week, "B", 0).unwrap();
    complete(&week, &mut roster);
    emit!(roster.shifts);
}
