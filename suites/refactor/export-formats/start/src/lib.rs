//! Time sheets, and the formats in which they are handed in.

mod export;
mod sheet;

pub use export::{to_csv, to_html, to_markdown};
pub use sheet::{Entry, Sheet};
