//! Limits how often something may happen within a sliding window of time.

use std::collections::VecDeque;

/// A sliding window: at most `limit` hits within `width` milliseconds.
///
/// Times are milliseconds from any moment on. One that is earlier than the latest one is taken as the latest.
#[derive(Debug, Clone)]
pub struct Window {
    limit: usize,
    width: u64,
    latest: u64,
    hits: VecDeque<u64>,
}

impl Window {
    /// A window without hits; `None` if the limit or the width is 0.
    ///
    /// ```
    /// use rate_window::Window;
    ///
    /// assert!(Window::new(0, 1000).is_none());
    /// ```
    pub fn new(limit: usize, width: u64) -> Option<Self> {
        (limit > 0 && width > 0).then(|| Window { limit, width, latest: 0, hits: VecDeque::new() })
    }

    /// Records a hit and returns how many more would be let through now.
    ///
    /// Where there is no room the hit is refused and not recorded; the error is how long to wait, in milliseconds.
    pub fn hit(&mut self, now: u64) -> Result<usize, u64> {
        self.forget(now);
        if self.hits.len() >= self.limit {
            return Err(self.hits[0] + self.width - self.latest);
        }
        self.hits.push_back(self.latest);
        Ok(self.limit - self.hits.len())
    }

    /// How many hits the window has at a time.
    pub fn count(&mut self, now: u64) -> usize {
        self.forget(now);
        self.hits.len()
    }

    fn forget(&mut self, now: u64) {
        self.latest = self.latest.max(now);
        while self.hits.front().is_some_and(|&at| at + self.width <= self.latest) {
            self.hits.pop_front();
        }
    }
}

/// A window of a thousand milliseconds; `None` if the limit is 0.
pub fn per_second(limit: usize) -> Option<Window> {
    Window::new(limit, 1000)
}
