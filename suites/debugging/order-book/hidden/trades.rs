use order_book::{Book, Order, Side};
use Side::{Buy, Sell};

fn order(id: u32, owner: u32, size: u32) -> Order {
    Order { id, owner, size }
}

pub fn drive() {
    let mut book = Book::new();
    emit!((book.place(Sell, 100, order(1, 1, 5)), book.place(Sell, 99, order(2, 2, 3)), book.place(Buy, 98, order(3, 3, 4))));
    emit!((book.best(Sell), book.best(Buy)));
    emit!(book.place(Buy, 100, order(4, 4, 4)));
    emit!((book.best(Sell), book.best(Buy)));
    emit!(book.place(Sell, 98, order(5, 5, 10)));
    emit!((book.best(Sell), book.best(Buy)));
    emit!((book.place(Buy, 97, order(5, 6, 1)), book.place(Buy, 97, order(6, 6, 0))));

    let mut book = Book::new();
    book.place(Sell, 10, order(1, 7, 5));
    book.place(Sell, 10, order(2, 8, 5));
    emit!(book.place(Buy, 10, order(3, 7, 3)));
    emit!((book.best(Sell), book.cancel(1), book.resize(1, 2)));

    let mut book = Book::new();
    book.place(Sell, 20, order(1, 1, 5));
    book.place(Sell, 20, order(2, 2, 5));
    emit!((book.resize(1, 3), book.best(Sell)));
    emit!(book.place(Buy, 25, order(9, 9, 3)));
    book.place(Sell, 20, order(3, 3, 5));
    emit!((book.resize(2, 6), book.resize(2, 0), book.resize(99, 1)));
    emit!(book.place(Buy, 20, order(10, 9, 5)));
    emit!((book.best(Sell), book.best(Buy)));

    let mut book = Book::new();
    for (id, price) in [(1, 30), (2, 31), (3, 30), (4, 29)] {
        book.place(Buy, price, order(id, id, 2));
    }
    emit!((book.cancel(1), book.cancel(1), book.cancel(9)));
    emit!(book.place(Sell, 30, order(5, 5, 7)));
    emit!((book.best(Sell), book.best(Buy)));
}
