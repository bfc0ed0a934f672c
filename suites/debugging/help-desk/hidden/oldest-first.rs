use help_desk::{Desk, Urgency};

pub fn drive() {
    let mut desk = Desk::new();
    for opened in [600, 480, 540] {
        desk.open(Urgency::Normal, opened, "x");
    }
    emit!(desk.next().map(|ticket| ticket.opened));
    desk.open(Urgency::High, 700, "x");
    desk.open(Urgency::High, 660, "x");
    desk.open(Urgency::Low, 10, "x");
    emit!(desk.wall(5));
    let mut seed: u64 = 11;
    for _ in 0..200 {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        let urgency = [Urgency::Low, Urgency::Normal, Urgency::High][(seed >> 33) as usize % 3];
        desk.open(urgency, (seed >> 40) % 50, "x");
    }
    let mut broken = 0;
    let mut last = desk.next().unwrap();
    while let Some(ticket) = desk.next() {
        let later = (std::cmp::Reverse(ticket.urgency), ticket.opened, ticket.id);
        broken += usize::from((std::cmp::Reverse(last.urgency), last.opened, last.id) > later);
        last = ticket;
    }
    emit!(broken);
}
