use order_states::{Book, Order};

const EVENTS: [&str; 8] = ["pay", "send", "arrive", "return", "refund", "cancel", "Pay", ""];
const WAYS: [&[&str]; 6] =
    [&[], &["pay"], &["pay", "send"], &["pay", "send", "arrive"], &["pay", "cancel"], &["cancel"]];

pub fn drive() {
    for way in WAYS {
        let mut book = Book::new();
        book.add(Order::new(7, 250, 1));
        for event in way {
            book.happen(7, event, 2).unwrap();
        }
        let order = book.order(7).unwrap();
        emit!((order.tell(), order.is_ours(), order.since, book.states()));
        emit!(EVENTS.map(|event| {
            let mut book = book.clone();
            let result = book.happen(7, event, 3);
            (result, book.states(), book.order(7).unwrap().since)
        }));
    }
    emit!(Book::new().happen(3, "pay", 1));
    emit!(Book::new().happen(3, "nonsense", 1));
}
