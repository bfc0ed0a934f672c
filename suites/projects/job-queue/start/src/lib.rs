//! Jobs that are tried again when they fail. Time is a number of ticks that the caller gives.

mod job;
mod policy;
mod queue;

pub use job::{Job, Lease};
pub use policy::Policy;
pub use queue::Queue;
