/// A mail as it came; the time is in minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    pub id: u32,
    pub answers: Option<u32>,
    pub from: String,
    pub subject: String,
    pub time: u64,
    pub text: String,
}

/// What a reader wants to have in a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    pub since: u64,
    pub muted: Vec<String>,
    /// Characters of a line.
    pub width: usize,
    /// Lines of a mail.
    pub lines: usize,
}
