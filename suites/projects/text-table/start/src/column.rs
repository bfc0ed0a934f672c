//! What is said of a column.

/// Where the text of a column stands in it. Numbers stand with their decimal points beneath each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Center,
    Right,
    Number,
}

/// A column with its title; `max` is how many characters wide it may be at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub title: String,
    pub align: Align,
    pub max: Option<usize>,
}

impl Column {
    pub fn new(title: &str, align: Align) -> Column {
        Column { title: title.to_string(), align, max: None }
    }

    /// The same column, at most so many characters wide (1 or more).
    pub fn at_most(self, max: usize) -> Column {
        Column { max: Some(max), ..self }
    }
}
