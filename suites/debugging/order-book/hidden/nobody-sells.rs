use order_book::{Book, Order, Side};
use Side::{Buy, Sell};

fn order(id: u32, owner: u32, size: u32) -> Order {
    Order { id, owner, size }
}

pub fn drive() {
    let mut book = Book::new();
    book.place(Sell, 10, order(1, 1, 5));
    book.place(Sell, 11, order(2, 2, 5));
    emit!(book.cancel(1));
    emit!(book.best(Sell));
    emit!(book.place(Buy, 12, order(3, 3, 2)));
    emit!(book.best(Buy));

    let mut book = Book::new();
    book.place(Buy, 10, order(1, 1, 5));
    book.place(Buy, 9, order(2, 2, 5));
    book.place(Buy, 10, order(3, 3, 5));
    emit!((book.cancel(3), book.cancel(1), book.best(Buy)));
    emit!(book.place(Sell, 8, order(4, 4, 6)));
    emit!((book.best(Buy), book.best(Sell)));

    let mut book = Book::new();
    book.place(Sell, 10, order(1, 7, 5));
    book.place(Sell, 11, order(2, 8, 5));
    emit!(book.place(Buy, 11, order(3, 7, 2)));
    emit!((book.best(Sell), book.best(Buy)));
    emit!((book.cancel(2), book.best(Sell)));
    emit!((book.place(Sell, 11, order(2, 8, 1)), book.best(Sell)));
}
