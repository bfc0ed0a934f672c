use route_times::Timetable;

fn ask(table: &str, from: &str, to: &str, moment: u32) -> Option<(u32, Vec<String>)> {
    Timetable::parse(table)?.journey(from, to, moment).map(|journey| (journey.arrives, journey.trains))
}

pub fn drive() {
    let one = "S1 Aach 08:10 Buir 08:30\n";
    emit!(ask(one, "Aach", "Buir", 487));
    emit!(ask(one, "Aach", "Buir", 490));
    emit!(ask(one, "Aach", "Buir", 491));
    emit!(ask(one, "Aach", "Buir", 1929));
    let two = "S1 Aach 08:10 Buir 08:30\nS2 Aach 08:12 Buir 08:20\n";
    emit!(ask(two, "Aach", "Buir", 489));
    emit!(ask("S1 Aach 00:01 Buir 00:05\n", "Aach", "Buir", 0));
}
