/// An order with its amount in cents and the day on which its state changed last.
#[derive(Debug, Clone)]
pub struct Order {
    pub number: u32,
    pub amount: u64,
    pub since: u32,
    pub(crate) state: String,
}

impl Order {
    pub fn new(number: u32, amount: u64, day: u32) -> Order {
        Order { number, amount, since: day, state: "new".to_string() }
    }

    /// What customers are told of the state.
    pub fn tell(&self) -> &'static str {
        if self.state == "new" {
            "We have your order."
        } else if self.state == "paid" {
            "We pack your parcel."
        } else if self.state == "sent" {
            "Your parcel is on its way."
        } else if self.state == "returned" {
            "You will get your money back."
        } else {
            "This order is closed."
        }
    }

    /// Whether the amount is ours.
    pub fn is_ours(&self) -> bool {
        self.state == "paid" || self.state == "sent" || self.state == "done"
    }
}
