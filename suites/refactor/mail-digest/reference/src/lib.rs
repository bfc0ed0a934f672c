//! A digest of the mails of a list.

mod digest;
mod mail;
mod text;
mod threads;

pub use digest::digest;
pub use mail::{Mail, Wish};
