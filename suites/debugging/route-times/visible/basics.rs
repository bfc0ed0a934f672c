use route_times::Timetable;

fn ask(table: &str, from: &str, to: &str, moment: u32) -> Option<Vec<String>> {
    Timetable::parse(table)?.journey(from, to, moment).map(|journey| journey.trains)
}

pub fn drive() {
    let table = "S1 Aach 08:10 Buir 08:30\nS2 Buir 08:34 Dorn 08:50\n";
    emit!(ask(table, "Aach", "Dorn", 480));
    emit!(ask(table, "Dorn", "Aach", 480));
    emit!(ask(table, "Aach", "Buir", 487));
}
