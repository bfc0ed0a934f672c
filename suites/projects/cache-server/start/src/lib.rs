//! A cache that sessions share. Time is a number of seconds that the caller gives; it never goes back.

pub mod cache;
pub mod command;
pub mod server;

pub use cache::{Cache, Refused, Stats, Stored};
pub use command::Command;
pub use server::{Server, Session};
