//! The seats of a hall, and places for groups in it.

mod hall;
mod row;

pub use hall::Hall;
pub use row::Row;
