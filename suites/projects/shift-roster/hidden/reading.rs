use shift_roster::text;
use shift_roster::week::Span;

pub fn drive() {
    let week = text::week("person Ana 38:30\naway Ana Sun 20:00-24:00\n\nshift night Sun 22:00-06:00 2\n").unwrap();
    let ana = &week.people[0];
    emit!((&ana.name, ana.most, ana.away[0].start, ana.away[0].end));
    let night = &week.shifts[0];
    emit!((&night.name, night.span.start, night.span.end, night.needs));
    emit!(night.span.minutes());
    emit!(night.span.overlaps(ana.away[0]));
    emit!(Span { start: 0, end: 5 }.overlaps(Span { start: 5, end: 9 }));
    for bad in ["person Ana 38", "person A 1:00\nperson A 2:00", "away Bo Mon 1:00-2:00", "shift s Mon 24:00-25:00 1"] {
        emit!(text::week(bad).err());
    }
    emit!((text::hours(485), text::hours(0)));
}
