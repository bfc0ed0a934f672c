use order_states::{Book, Order};

pub fn drive() {
    let mut book = Book::new();
    book.add(Order::new(1, 500, 0));
    emit!(book.happen(1, "send", 1));
    emit!(book.happen(1, "pay", 1));
    emit!(book.order(1).map(|order| order.tell()));
    emit!(book.states());
}
