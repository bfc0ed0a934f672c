use help_desk::{Desk, Urgency};

pub fn drive() {
    let mut desk = Desk::new();
    desk.open(Urgency::Normal, 480, "Printer on fire");
    desk.open(Urgency::Normal, 540, "No coffee");
    desk.open(Urgency::High, 600, "Door locked");
    emit!(desk.wall(12));
    emit!(desk.next().map(|ticket| ticket.id));
    emit!(desk.waiting());
}
