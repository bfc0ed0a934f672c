//! One job and the leases on it.

/// Who holds a job: its number and which attempt this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    pub job: u64,
    pub attempt: u32,
}

/// A job that is not done.
#[derive(Debug, Clone)]
pub struct Job {
    pub id: u64,
    pub name: String,
    pub due: u64,
    /// The higher it is the sooner the job is taken.
    pub priority: u8,
    pub attempts: u32,
    /// Until when it is leased.
    pub leased_until: Option<u64>,
}

impl Job {
    pub fn new(id: u64, name: &str, due: u64, priority: u8) -> Job {
        Job { id, name: name.to_string(), due, priority, attempts: 0, leased_until: None }
    }

    /// Whether this lease is the one that holds the job.
    pub fn is_held_by(&self, lease: Lease) -> bool {
        self.leased_until.is_some() && self.attempts == lease.attempt
    }
}
