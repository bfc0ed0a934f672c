//! The earliest journey between two stops.

mod search;
mod timetable;

pub use search::Journey;
pub use timetable::{show_time, Timetable, Train, DAY};
