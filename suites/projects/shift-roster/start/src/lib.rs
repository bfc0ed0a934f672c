//! Who works when in a week.

pub mod report;
pub mod roster;
pub mod text;
pub mod week;
