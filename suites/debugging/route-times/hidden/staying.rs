use route_times::Timetable;

fn ask(table: &str, from: &str, to: &str, moment: u32) -> Option<(u32, Vec<String>)> {
    Timetable::parse(table)?.journey(from, to, moment).map(|journey| (journey.arrives, journey.trains))
}

pub fn drive() {
    let table = "X Aach 08:10 Buir 08:20\nS1 Aach 08:12 Buir 08:22 Celle 08:40\nY Buir 08:30 Celle 08:50\nZ Celle 08:44 Dorn 08:55\n";
    emit!(ask(table, "Aach", "Celle", 480));
    emit!(ask(table, "Aach", "Dorn", 480));
    emit!(ask(table, "Aach", "Buir", 480));
    let later = table.replace("08:22", "08:36");
    emit!(ask(&later, "Aach", "Celle", 480));
    let ring = "R Eich 10:00 Fels 10:10 Eich 10:20\nQ Eich 10:30 Gent 10:40\nR Gent 10:50 Fels 11:00";
    emit!(ask(ring, "Fels", "Aach", 540));
    emit!(ask(ring, "Fels", "Gent", 540).map(|(arrives, trains)| (arrives, trains.len())));
}
