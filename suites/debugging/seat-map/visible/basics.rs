use seat_map::Hall;

pub fn drive() {
    let mut hall = Hall::parse("..xx....\n........");
    emit!(hall.free());
    emit!(hall.book("Ann", 2));
    emit!(hall.book("Bob", 4));
    emit!(hall.show());
}
