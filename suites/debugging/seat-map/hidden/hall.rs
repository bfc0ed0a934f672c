use seat_map::Hall;

pub fn drive() {
    let mut hall = Hall::parse("..........\nx..x......");
    emit!(hall.free());
    emit!(["a", "b", "c", "d"].map(|name| hall.book(name, if "ad".contains(name) { 2 } else { 3 })));
    emit!((hall.book("a", 1), hall.book("e", 0), hall.book("f", 11)));
    emit!((hall.cancel("c"), hall.cancel("c")));
    emit!(hall.show());
    emit!((hall.book("g", 2), hall.book("h", 1)));
    emit!(hall.free());
}
