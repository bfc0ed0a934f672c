use std::cmp::Ordering;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    Low,
    Normal,
    High,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    pub id: u32,
    pub urgency: Urgency,
    /// Minutes since the desk was opened for the first time.
    pub opened: u64,
    pub subject: String,
}

/// The greatest ticket is served next: the most urgent one, of those the one opened first, of those the
/// one with the smallest id.
impl Ord for Ticket {
    fn cmp(&self, other: &Self) -> Ordering {
        self.urgency
            .cmp(&other.urgency)
            .then_with(|| self.opened.cmp(&other.opened))
            .then_with(|| other.id.cmp(&self.id))
    }
}

impl PartialOrd for Ticket {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A subject for the wall: at most `width` characters, the last of which is `…` where some were cut off.
pub fn preview(subject: &str, width: usize) -> String {
    if subject.len() <= width {
        return subject.to_string();
    }
    let kept = &subject[..width.saturating_sub(1)];
    format!("{}…", kept.trim_end())
}
