//! A digest of the mails of a list.

mod digest;
mod mail;

pub use digest::digest;
pub use mail::{Mail, Wish};
