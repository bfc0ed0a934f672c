use shift_roster::{roster, text};

fn fill(text: &str) -> Vec<Vec<usize>> {
    roster::fill(&text::week(text).unwrap()).shifts
}

pub fn drive() {
    emit!(fill("person A 40:00\nperson B 40:00\nshift x Mon 8:00-12:00 1\nshift y Tue 8:00-12:00 1\nshift z Wed 8:00-12:00 1"));
    emit!(fill("person A 40:00\nperson B 20:00\nshift x Mon 8:00-12:00 2\nshift y Tue 8:00-12:00 1\nshift z Wed 8:00-12:00 2"));
    emit!(fill("person A 40:00\nperson B 40:00\nshift late Tue 8:00-12:00 1\nshift early Mon 8:00-9:00 1\nshift last Wed 8:00-9:00 2"));
    emit!(fill("person A 30:00\nperson B 20:00\nshift x Mon 6:00-12:00 1\nshift y Mon 6:00-10:00 1\nshift z Wed 6:00-9:00 1"));
    emit!(fill("person A 40:00\nshift x Mon 8:00-12:00 3\nshift y Mon 8:00-12:00 1\nshift none Thu 8:00-9:00 0"));
    emit!(fill("shift x Mon 8:00-12:00 1"));
    emit!(fill("person A 8:00"));
}
