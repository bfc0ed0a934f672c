use order_book::{Book, Order, Side};
use Side::{Buy, Sell};

fn order(id: u32, owner: u32, size: u32) -> Order {
    Order { id, owner, size }
}

pub fn drive() {
    let mut book = Book::new();
    emit!(book.place(Sell, 11, order(1, 1, 5)));
    emit!(book.place(Sell, 10, order(2, 2, 5)));
    emit!((book.best(Sell), book.best(Buy)));
    emit!(book.place(Buy, 11, order(3, 3, 7)));
    emit!(book.cancel(1));
    emit!(book.best(Sell));
}
