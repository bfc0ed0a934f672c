use order_book::{Book, Order, Side};
use Side::{Buy, Sell};

fn order(id: u32, owner: u32, size: u32) -> Order {
    Order { id, owner, size }
}

pub fn drive() {
    for side in [Sell, Buy] {
        let against = if side == Sell { Buy } else { Sell };
        let mut book = Book::new();
        for id in 1..=3 {
            book.place(side, 10, order(id, id, 5));
        }
        emit!(book.place(against, 10, order(11, 11, 2)));
        emit!(book.place(against, 10, order(12, 11, 4)));
        emit!(book.best(side));
        emit!(book.place(against, 10, order(13, 11, 20)));
        emit!((book.best(side), book.best(against)));
    }
    let mut book = Book::new();
    book.place(Sell, 10, order(1, 1, 5));
    book.place(Sell, 10, order(2, 2, 5));
    book.place(Buy, 10, order(3, 3, 1));
    emit!((book.resize(1, 2), book.place(Buy, 10, order(4, 3, 3))));
    emit!((book.resize(2, 9), book.place(Sell, 10, order(5, 5, 1)), book.place(Buy, 10, order(6, 3, 9))));
}
