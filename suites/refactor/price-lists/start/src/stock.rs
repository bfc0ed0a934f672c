/// A plant with its price in cents, tax included, and the number that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plant {
    pub name: String,
    pub price: u64,
    pub count: u32,
    pub code: u32,
}
