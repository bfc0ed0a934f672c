//! Price lists of a market garden, for those who buy, those who sell and the till.

mod lists;
mod stock;

pub use lists::{for_customers, for_shops, for_the_till};
pub use stock::Plant;
