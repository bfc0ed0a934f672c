//! Tables of text for the reports of a command line program.

pub mod column;
pub mod numbers;
pub mod table;
pub mod wrap;

pub use column::{Align, Column};
pub use table::Table;
