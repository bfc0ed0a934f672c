pub mod map;
pub mod walk;
