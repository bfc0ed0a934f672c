//! Routes for hikers, read from a text.

mod read;
mod route;

pub use read::read;
pub use route::{Point, Route};
