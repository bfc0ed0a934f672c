use crate::order::Order;

/// All orders.
#[derive(Debug, Clone, Default)]
pub struct Book {
    orders: Vec<Order>,
}

impl Book {
    pub fn new() -> Book {
        Book::default()
    }

    pub fn add(&mut self, order: Order) {
        self.orders.push(order);
    }

    pub fn order(&self, number: u32) -> Option<&Order> {
        self.orders.iter().find(|order| order.number == number)
    }

    /// Something happens to an order: `pay`, `send`, `arrive`, `return`, `refund` or `cancel`.
    pub fn happen(&mut self, number: u32, event: &str, day: u32) -> Result<(), String> {
        let order = self.orders.iter_mut().find(|order| order.number == number);
        let order = order.ok_or(format!("no order {number}"))?;
        let next = if event == "pay" && order.state == "new" {
            "paid"
        } else if event == "send" && order.state == "paid" {
            "sent"
        } else if event == "arrive" && order.state == "sent" {
            "done"
        } else if event == "return" && (order.state == "sent" || order.state == "done") {
            "returned"
        } else if event == "refund" && order.state == "returned" {
            "closed"
        } else if event == "cancel" && (order.state == "new" || order.state == "paid") {
            if order.state == "paid" {
                "returned"
            } else {
                "closed"
            }
        } else if !["pay", "send", "arrive", "return", "refund", "cancel"].contains(&event) {
            return Err(format!("no event {event}"));
        } else {
            return Err(format!("order {number} is {}, so it cannot {event}", order.state));
        };
        order.state = next.to_string();
        order.since = day;
        Ok(())
    }

    /// New orders that are not paid for 14 days are closed, and what was sent 30 days ago counts as done.
    pub fn tidy(&mut self, day: u32) -> usize {
        let mut count = 0;
        for order in &mut self.orders {
            if order.state == "new" && day >= order.since + 14 {
                order.state = "closed".to_string();
                order.since = day;
                count += 1;
            } else if order.state == "sent" && day >= order.since + 30 {
                order.state = "done".to_string();
                order.since = day;
                count += 1;
            }
        }
        count
    }

    /// How many orders there are in each state that any has, in the order of the states' lives, with their amounts.
    pub fn states(&self) -> Vec<(String, usize, u64)> {
        let mut states = Vec::new();
        for state in ["new", "paid", "sent", "done", "returned", "closed"] {
            let count = self.orders.iter().filter(|order| order.state == state).count();
            let amount = self.orders.iter().filter(|order| order.state == state).map(|order| order.amount).sum();
            if count > 0 {
                states.push((state.to_string(), count, amount));
            }
        }
        states
    }

    /// The sum of what is ours.
    pub fn ours(&self) -> u64 {
        self.orders.iter().filter(|order| order.is_ours()).map(|order| order.amount).sum()
    }
}
