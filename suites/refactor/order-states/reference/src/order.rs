/// Where an order is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    New,
    Paid,
    Sent,
    Done,
    Returned,
    Closed,
}

impl State {
    pub(crate) const ALL: [State; 6] =
        [State::New, State::Paid, State::Sent, State::Done, State::Returned, State::Closed];

    pub(crate) fn name(self) -> &'static str {
        match self {
            State::New => "new",
            State::Paid => "paid",
            State::Sent => "sent",
            State::Done => "done",
            State::Returned => "returned",
            State::Closed => "closed",
        }
    }
}

/// An order with its amount in cents and the day on which its state changed last.
#[derive(Debug, Clone)]
pub struct Order {
    pub number: u32,
    pub amount: u64,
    pub since: u32,
    pub(crate) state: State,
}

impl Order {
    pub fn new(number: u32, amount: u64, day: u32) -> Order {
        Order { number, amount, since: day, state: State::New }
    }

    /// What customers are told of the state.
    pub fn tell(&self) -> &'static str {
        match self.state {
            State::New => "We have your order.",
            State::Paid => "We pack your parcel.",
            State::Sent => "Your parcel is on its way.",
            State::Returned => "You will get your money back.",
            State::Done | State::Closed => "This order is closed.",
        }
    }

    /// Whether the amount is ours.
    pub fn is_ours(&self) -> bool {
        matches!(self.state, State::Paid | State::Sent | State::Done)
    }
}
