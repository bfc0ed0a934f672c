use seat_map::Hall;

pub fn drive() {
    let mut hall = Hall::parse("..xx....\n........");
    emit!(hall.book("Ann", 4));
}
