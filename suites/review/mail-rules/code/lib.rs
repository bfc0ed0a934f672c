pub mod parse;
pub mod sort;
