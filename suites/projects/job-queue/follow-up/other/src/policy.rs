//! How often and how late a job is tried again.

/// Limits in attempts and ticks.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    pub attempts: u32,
    pub lease: u64,
    pub base: u64,
    pub longest: u64,
}

impl Policy {
    /// Ticks between the n-th failure and the next attempt.
    pub fn delay(&self, failures: u32) -> u64 {
        let doubled = 2u64.checked_pow(failures.saturating_sub(1)).unwrap_or(u64::MAX);
        self.base.saturating_mul(doubled).min(self.longest)
    }
}
