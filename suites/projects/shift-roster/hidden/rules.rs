use shift_roster::{roster, text};

fn fill(people: &str, shifts: &str) -> Vec<Vec<usize>> {
    let week: String = [people, shifts].join("; ").replace("; ", "\n");
    roster::fill(&text::week(&week).unwrap()).shifts
}

pub fn drive() {
    let one = "person A 40:00";
    emit!(fill(one, "shift x Mon 6:00-14:00 1; shift y Tue 1:00-5:00 1"));
    emit!(fill(one, "shift x Mon 6:00-14:00 1; shift y Tue 0:59-5:00 1"));
    emit!(fill("person A 8:00", "shift x Mon 6:00-14:00 1; shift y Wed 6:00-6:01 1"));
    emit!(fill("person A 8:00", "shift x Mon 6:00-14:01 1; shift y Wed 6:00-14:00 1"));
    emit!(fill("person A 40:00; away A Tue 0:00-6:00", "shift x Mon 20:00-0:00 1"));
    emit!(fill("person A 40:00; away A Tue 0:00-6:00", "shift x Mon 20:00-0:01 1; shift y Tue 6:00-7:00 1"));
    emit!(fill("person A 40:00; away A Mon 5:00-5:01; away A Tue 5:00-5:01", "shift x Mon 4:00-6:00 1; shift y Tue 4:00-6:00 1"));
    emit!(fill(
        "person A 60:00; person B 60:00; away B Mon 0:00-24:00",
        "shift long Mon 0:00-20:00 1; shift in Mon 2:00-3:00 1; shift after Tue 6:00-8:00 2; shift then Tue 7:00-9:00 1"
    ));
    emit!(fill("person A 0:00; person B 1:00", "shift x Mon 4:00-5:00 2"));
    emit!(fill(
        "person A 999:59; person B 999:58; person C 999:57",
        "shift x Mon 0:00-8:00 3; shift y Tue 0:00-8:00 1; shift z Wed 0:00-8:00 1"
    ));
}
