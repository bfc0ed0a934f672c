//! The queue of a help desk: what is urgent first, and of that what has waited longest.

mod desk;
mod ticket;

pub use desk::Desk;
pub use ticket::{preview, Ticket, Urgency};
