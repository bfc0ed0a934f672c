use std::collections::VecDeque;

/// An order that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    pub id: u32,
    pub owner: u32,
    pub size: u32,
}

/// The orders of one side at one price, the one that waits longest first. There is always one at least.
#[derive(Debug, Clone, Default)]
pub struct Level {
    orders: VecDeque<Order>,
}

impl Level {
    pub fn push(&mut self, order: Order) {
        self.orders.push_back(order);
    }

    pub fn first(&self) -> Option<Order> {
        self.orders.front().copied()
    }

    /// Takes a part of the first order, which keeps its place with the rest of its size; whether it is carried out.
    pub fn take(&mut self, size: u32) -> bool {
        let Some(mut order) = self.orders.pop_front() else { return false };
        order.size -= size;
        if order.size > 0 {
            self.push(order);
        }
        order.size == 0
    }

    pub fn remove(&mut self, id: u32) -> Option<Order> {
        let at = self.orders.iter().position(|order| order.id == id)?;
        self.orders.remove(at)
    }

    /// Gives an order another size. One that becomes smaller keeps its place, one that becomes larger loses it.
    pub fn resize(&mut self, id: u32, size: u32) {
        let Some(order) = self.orders.iter_mut().find(|order| order.id == id) else { return };
        let grows = size > order.size;
        order.size = size;
        if grows {
            if let Some(order) = self.remove(id) {
                self.push(order);
            }
        }
    }

    pub fn size(&self) -> u32 {
        self.orders.iter().map(|order| order.size).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.orders.is_empty()
    }
}
