use seat_map::{Hall, Row};

pub fn drive() {
    emit!(Row::parse("xxx...").place(3));
    emit!(Row::parse("....").place(4));
    emit!(Row::parse("xx.").place(1));
    emit!(Row::parse(".").place(1));
    emit!(Row::parse("..x..").place(2));
    emit!(Row::parse(".xx..").place(2));
    emit!(Row::parse("..x").place(1));
    emit!(Row::parse("x..").place(2));
    let mut hall = Hall::parse("xx..\n....");
    emit!((hall.book("a", 2), hall.book("b", 4), hall.book("c", 1)));
    emit!(hall.cancel("b"));
    emit!((hall.book("c", 3), hall.book("d", 1), hall.show()));
}
