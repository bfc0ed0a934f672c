use crate::order::{Order, State};

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
        let moves: &[(State, State)] = match event {
            "pay" => &[(State::New, State::Paid)],
            "send" => &[(State::Paid, State::Sent)],
            "arrive" => &[(State::Sent, State::Done)],
            "return" => &[(State::Sent, State::Returned), (State::Done, State::Returned)],
            "refund" => &[(State::Returned, State::Closed)],
            "cancel" => &[(State::New, State::Closed), (State::Paid, State::Closed)],
            _ => return Err(format!("no event {event}")),
        };
        match moves.iter().find(|(from, _)| *from == order.state) {
            Some((_, next)) => order.state = *next,
            None => return Err(format!("order {number} is {}, so it cannot {event}", order.state.name())),
        }
        order.since = day;
        Ok(())
    }

    /// New orders that are not paid for 14 days are closed, and what was sent 30 days ago counts as done.
    pub fn tidy(&mut self, day: u32) -> usize {
        let mut count = 0;
        for order in &mut self.orders {
            let (days, next) = match order.state {
                State::New => (14, State::Closed),
                State::Sent => (30, State::Done),
                _ => continue,
            };
            if day >= order.since + days {
                order.state = next;
                order.since = day;
                count += 1;
            }
        }
        count
    }

    /// How many orders there are in each state that any has, in the order of the states' lives, with their amounts.
    pub fn states(&self) -> Vec<(String, usize, u64)> {
        let mut states = Vec::new();
        for state in State::ALL {
            let count = self.orders.iter().filter(|order| order.state == state).count();
            let amount = self.orders.iter().filter(|order| order.state == state).map(|order| order.amount).sum();
            if count > 0 {
                states.push((state.name().to_string(), count, amount));
            }
        }
        states
    }

    /// The sum of what is ours.
    pub fn ours(&self) -> u64 {
        self.orders.iter().filter(|order| order.is_ours()).map(|order| order.amount).sum()
    }
}
