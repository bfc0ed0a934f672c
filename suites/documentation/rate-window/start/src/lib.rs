use std::collections::VecDeque;

#[derive(Debug, Clone)]
pub struct Window {
    limit: usize,
    width: u64,
    latest: u64,
    hits: VecDeque<u64>,
}

impl Window {
    /// Panics if the limit or the width is 0.
    pub fn new(limit: usize, width: u64) -> Option<Self> {
        (limit > 0 && width > 0).then(|| Window { limit, width, latest: 0, hits: VecDeque::new() })
    }

    pub fn hit(&mut self, now: u64) -> Result<usize, u64> {
        self.forget(now);
        if self.hits.len() == self.limit {
            return Err(self.hits[0] + self.width - self.latest);
        }
        self.hits.push_back(self.latest);
        Ok(self.limit - self.hits.len())
    }

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

pub fn per_second(limit: usize) -> Option<Window> {
    Window::new(limit, 1000)
}
