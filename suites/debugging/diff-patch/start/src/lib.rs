//! Patches: read, applied to a text that may have changed a little, and undone.

mod apply;
mod patch;

pub use patch::{Hunk, Line, Patch};
