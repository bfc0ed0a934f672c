//! The orders of a small exchange, and the trades between them.

mod book;
mod level;

pub use book::{Book, Side};
pub use level::Order;
