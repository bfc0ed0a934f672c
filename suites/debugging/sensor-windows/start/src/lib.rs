//! Readings of sensors, summed up in windows of time.

mod window;
mod windows;

pub use window::Summary;
pub use windows::{Reading, Windows};
