use order_states::{Book, Order};

pub fn drive() {
    let mut book = Book::new();
    for (number, way) in [(1, &[][..]), (2, &["pay"]), (3, &["pay", "send"]), (4, &["cancel"]), (5, &["pay", "send", "return"])] {
        book.add(Order::new(number, u64::from(number) * 100, 10));
        for event in way {
            book.happen(number, event, 10).unwrap();
        }
    }
    book.add(Order::new(6, 1, 12));
    for day in [10, 23, 24, 25, 26, 39, 40, 100] {
        emit!((book.tidy(day), book.states(), book.ours()));
    }
    emit!((1..=6).map(|number| book.order(number).map(|order| order.since)).collect::<Vec<_>>());
    emit!(Book::new().states().len());
}
