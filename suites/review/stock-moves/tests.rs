use stock_moves::{Stock, StockError};

fn stock() -> Stock {
    let mut stock = Stock::new();
    stock.add("a", "nut", 5).unwrap();
    stock.add("b", "nut", u32::MAX - 1).unwrap();
    stock.add("b", "bolt", 2).unwrap();
    stock
}

#[test]
fn a_failed_transfer_changes_nothing() {
    let mut stock = stock();
    assert_eq!(stock.transfer("a", "b", "nut", 2), Err(StockError::TooMuch));
    assert_eq!(stock.at("a"), [("nut".to_string(), 5)]);
    assert_eq!(stock.transfer("a", "b", "nut", 6), Err(StockError::TooLittle));
    assert_eq!(stock.transfer("b", "a", "bolt", 2), Ok(()));
    assert_eq!(stock.at("b"), [("nut".to_string(), u32::MAX - 1)]);
    assert_eq!(stock.at("a"), [("bolt".to_string(), 2), ("nut".to_string(), 5)]);
}

#[test]
fn to_itself() {
    let mut stock = stock();
    assert_eq!(stock.transfer("b", "b", "nut", u32::MAX - 1), Ok(()));
    assert_eq!(stock.transfer("b", "b", "bolt", 3), Err(StockError::TooLittle));
    assert_eq!(stock.at("b").len(), 2);
}

#[test]
fn totals() {
    let stock = stock();
    assert_eq!(stock.total("nut"), u64::from(u32::MAX) + 4);
    assert_eq!(stock.total("bolt"), 2);
    assert_eq!(stock.total("nail"), 0);
    assert_eq!(stock.at("c"), []);
}
