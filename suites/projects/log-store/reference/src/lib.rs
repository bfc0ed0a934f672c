//! Values by key, in a log that survives a loss of power.

pub mod disk;
mod frame;
pub mod store;
pub mod sum;
