//! Which handler a request belongs to.

pub mod method;
pub mod path;
pub mod pattern;
pub mod router;
