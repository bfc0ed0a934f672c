//! Outlines: headings below headings, with their numbers.

mod node;
mod outline;

pub use outline::{Id, Outline};
