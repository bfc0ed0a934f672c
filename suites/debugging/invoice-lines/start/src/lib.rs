//! Invoices from a text with a line for each item.

mod cents;
mod invoice;

pub use cents::{parse_cents, show_cents};
pub use invoice::{Invoice, Tax};
