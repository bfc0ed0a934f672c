use order_book::{Book, Order, Side};
use Side::{Buy, Sell};

fn order(id: u32, owner: u32, size: u32) -> Order {
    Order { id, owner, size }
}

pub fn drive() {
    let mut book = Book::new();
    book.place(Sell, 10, order(1, 1, 5));
    emit!(book.place(Buy, 10, order(2, 2, 5)));
    emit!((book.cancel(1), book.resize(1, 3), book.cancel(2)));
    emit!(book.place(Sell, 10, order(1, 1, 3)));
    emit!(book.place(Buy, 11, order(2, 2, 4)));
    emit!((book.cancel(1), book.resize(2, 2), book.best(Buy)));

    let mut book = Book::new();
    book.place(Buy, 10, order(5, 5, 5));
    book.place(Sell, 10, order(6, 6, 2));
    emit!((book.place(Sell, 12, order(5, 5, 1)), book.place(Sell, 12, order(6, 6, 1))));
    emit!((book.resize(5, 4), book.best(Buy)));
    emit!(book.place(Sell, 9, order(7, 7, 4)));
    emit!((book.cancel(5), book.cancel(6), book.cancel(7)));
    emit!(book.place(Buy, 3, order(5, 5, 1)));
}
