//! Numbers beneath each other.

/// The cells of a number column such that, set flush right, their decimal points stand beneath each other.
pub fn aligned(cells: &[&str]) -> Vec<String> {
    todo!()
}
