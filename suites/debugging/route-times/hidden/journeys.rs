use route_times::Timetable;

fn ask(table: &str, from: &str, to: &str, moment: u32) -> Option<(u32, Vec<String>)> {
    Timetable::parse(table)?.journey(from, to, moment).map(|journey| (journey.arrives, journey.trains))
}

pub fn drive() {
    let table = "S1 Aach 08:10 Buir 08:30 Celle 08:55\nS2 Buir 08:34 Dorn 08:50\nS3 Buir 08:33 Dorn 08:41\n";
    emit!(ask(table, "Aach", "Dorn", 480));
    emit!(ask(table, "Aach", "Celle", 480));
    emit!(ask(table, "Celle", "Aach", 480));
    emit!(ask(table, "Aach", "Aach", 480));
    emit!(ask(table, "Aach", "Buir", 500));
    let ties = "S6 Aach 08:40 Eich 08:50\nS7 Eich 08:54 Celle 09:30\nS5 Aach 09:00 Celle 09:30\n";
    emit!(ask(ties, "Aach", "Celle", 510));
    for table in ["S1 Aach", "S1 Aach 08:10 Buir", "S1 Aach 24:00 Buir 00:10", "S1 Aach 08:60 Buir 09:10", "S1"] {
        emit!(Timetable::parse(table).is_none());
    }
    emit!(Timetable::parse("").map(|table| table.trains.len()));
    emit!([0, 490, 1439, 1440, 3000].map(route_times::show_time));
    let train = &Timetable::parse("S1 Aach 08:10 Buir 08:30").unwrap().trains[0];
    emit!((train.takes(), train.departs_from(490), train.departs_from(491), train.departs_from(0)));
}
