use help_desk::{preview, Desk, Urgency};

pub fn drive() {
    emit!(preview("Rückfrage zur Kündigung", 10));
    emit!(preview("Rückfrage zur Kündigung", 3));
    emit!(preview("Grüße", 5));
    emit!(preview("Überstunden", 11));
    emit!(preview("Überstunden", 10));
    emit!(preview("日本語のキーボード", 4));
    emit!(preview("öö öö", 4));
    emit!(preview("ä", 1));
    let mut desk = Desk::new();
    desk.open(Urgency::High, 1, "Tür klemmt");
    emit!(desk.wall(3));
}
