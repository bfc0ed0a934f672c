use help_desk::{Desk, Urgency};

pub fn drive() {
    let mut desk = Desk::new();
    for _ in 0..5 {
        desk.open(Urgency::Normal, 1, "x");
    }
    desk.close(4);
    emit!(desk.waiting());
    desk.close(2);
    desk.close(2);
    desk.close(9);
    emit!(desk.waiting());
    emit!(desk.next().map(|ticket| ticket.id));
    emit!(desk.waiting());
    emit!(desk.next().map(|ticket| ticket.id));
    emit!(desk.waiting());
    desk.close(5);
    emit!(desk.waiting());
    desk.open(Urgency::Low, 2, "x");
    emit!(desk.waiting());
    emit!(desk.next().map(|ticket| ticket.id));
    emit!((desk.waiting(), desk.wall(9).len()));
    for _ in 0..3 {
        desk.open(Urgency::High, 3, "x");
    }
    emit!((desk.close(9), desk.close(8), desk.waiting()));
    emit!(desk.next().map(|ticket| ticket.id));
    emit!((desk.next().map(|ticket| ticket.id), desk.waiting()));
}
