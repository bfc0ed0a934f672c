use std::collections::{BTreeMap, HashMap};

use crate::level::{Level, Order};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Buy,
    Sell,
}

impl Side {
    fn other(self) -> Side {
        match self {
            Side::Buy => Side::Sell,
            Side::Sell => Side::Buy,
        }
    }
}

/// Orders that wait, by side and price.
#[derive(Debug, Clone, Default)]
pub struct Book {
    buys: BTreeMap<u32, Level>,
    sells: BTreeMap<u32, Level>,
    /// Where the orders that wait are, by their ids.
    waiting: HashMap<u32, (Side, u32)>,
}

impl Book {
    pub fn new() -> Book {
        Book::default()
    }

    /// Takes an order on: it trades with orders of the other side whose price is as good as its own or better, the best
    /// price first and at one price the order that waits longest, at the price of the order that waited. An order
    /// never trades with one of the same owner: that one is cancelled when its turn comes. What is left of the size
    /// waits. Trades are given as id of the other order, price and size. `None`, and nothing happens, if the size is
    /// 0 or an order with the id waits; the id of an order that does not wait any more may be used again.
    pub fn place(&mut self, side: Side, price: u32, mut order: Order) -> Option<Vec<(u32, u32, u32)>> {
        if order.size == 0 || self.waiting.contains_key(&order.id) {
            return None;
        }
        let mut trades = Vec::new();
        while order.size > 0 {
            let Some((best, level)) = self.best_level(side.other()) else { break };
            if if side == Side::Buy { best > price } else { best < price } {
                break;
            }
            let Some(first) = level.first() else { break };
            if first.owner == order.owner {
                self.cancel(first.id);
                continue;
            }
            let size = order.size.min(first.size);
            trades.push((first.id, best, size));
            order.size -= size;
            if level.take(size) {
                self.tidy(side.other(), best);
            }
        }
        if order.size > 0 {
            self.levels(side).entry(price).or_default().push(order);
            self.waiting.insert(order.id, (side, price));
        }
        Some(trades)
    }

    /// Cancels an order; `false` if none with this id waits.
    pub fn cancel(&mut self, id: u32) -> bool {
        let Some((side, price)) = self.waiting.remove(&id) else { return false };
        if let Some(level) = self.levels(side).get_mut(&price) {
            level.remove(id);
        }
        true
    }

    /// Gives an order that waits another size, which is not 0; `false` if none with this id waits. One that becomes
    /// larger goes behind the others of its price.
    pub fn resize(&mut self, id: u32, size: u32) -> bool {
        let Some((side, price)) = self.waiting.get(&id).copied() else { return false };
        if let Some(level) = self.levels(side).get_mut(&price).filter(|_| size > 0) {
            level.resize(id, size);
        }
        size > 0
    }

    /// The best price of a side and the size of all orders at it.
    pub fn best(&mut self, side: Side) -> Option<(u32, u32)> {
        self.best_level(side).map(|(price, level)| (price, level.size()))
    }

    fn best_level(&mut self, side: Side) -> Option<(u32, &mut Level)> {
        let levels = self.levels(side).iter_mut();
        let best = if side == Side::Buy { levels.last() } else { levels.take(1).next() };
        best.map(|(price, level)| (*price, level))
    }

    /// Takes a price out that no order has any more.
    fn tidy(&mut self, side: Side, price: u32) {
        let levels = self.levels(side);
        if levels.get(&price).is_some_and(Level::is_empty) {
            levels.remove(&price);
        }
    }

    fn levels(&mut self, side: Side) -> &mut BTreeMap<u32, Level> {
        match side {
            Side::Buy => &mut self.buys,
            Side::Sell => &mut self.sells,
        }
    }
}
