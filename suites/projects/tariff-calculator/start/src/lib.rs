//! What customers pay, by formulas that a tariff gives.

pub mod amount;
pub mod formula;
pub mod tariff;
pub mod token;

pub use amount::Amount;
pub use formula::Formula;
pub use tariff::Tariff;
