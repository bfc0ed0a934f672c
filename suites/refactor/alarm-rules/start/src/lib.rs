//! What is to be done when a sensor of the building says something.

mod decide;
mod model;

pub use decide::{decide, round};
pub use model::{Action, Kind, Reading, Site};
