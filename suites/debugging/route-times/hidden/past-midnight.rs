use route_times::Timetable;

fn ask(table: &str, from: &str, to: &str, moment: u32) -> Option<(u32, Vec<String>)> {
    Timetable::parse(table)?.journey(from, to, moment).map(|journey| (journey.arrives, journey.trains))
}

pub fn drive() {
    let table = "N1 Aach 23:30 Buir 00:40\nS1 Aach 06:00 Buir 06:30\nN2 Buir 00:44 Celle 01:00\nN3 Aach 23:45 Celle 05:00\n";
    emit!(ask(table, "Aach", "Buir", 1380));
    emit!(ask(table, "Aach", "Celle", 1380));
    emit!(ask("N1 Aach 23:50 Buir 00:00 Celle 00:10", "Aach", "Celle", 1200));
    emit!(Timetable::parse("N1 Aach 00:01 Buir 00:00").map(|table| table.trains[0].takes()));
    emit!(Timetable::parse(table).map(|table| table.trains.iter().map(|train| train.takes()).collect::<Vec<_>>()));
}
