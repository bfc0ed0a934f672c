//! Polls: votes are collected, and the options are ranked.

mod poll;
mod ranking;

pub use poll::Poll;
pub use ranking::{ranking, Place};
