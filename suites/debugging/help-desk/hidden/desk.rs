use help_desk::{preview, Desk, Urgency};

pub fn drive() {
    let mut desk = Desk::new();
    emit!(desk.next().map(|ticket| ticket.id));
    emit!(desk.close(1));
    let ids: Vec<u32> = [
        (Urgency::Low, "Chair squeaks"),
        (Urgency::High, "Water in the cellar"),
        (Urgency::Normal, "New screen, please"),
    ]
    .into_iter()
    .map(|(urgency, subject)| desk.open(urgency, 5, subject))
    .collect();
    emit!(ids);
    emit!(desk.wall(40));
    emit!(desk.waiting());
    emit!((desk.close(3), desk.close(3), desk.close(4)));
    emit!(desk.wall(9));
    let served: Vec<u32> = std::iter::from_fn(|| desk.next()).map(|ticket| ticket.id).collect();
    emit!(served);
    emit!((desk.close(1), desk.waiting()));
    emit!((preview("abc", 3), preview("abcd", 3), preview("a bcd", 3), preview("", 0)));
    desk.open(Urgency::Low, 7, "one");
    desk.open(Urgency::Low, 7, "two");
    desk.open(Urgency::Low, 7, "three");
    emit!(desk.wall(9));
}
