use std::collections::{BTreeSet, VecDeque};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotLent {
    Never,
    Before,
}

#[derive(Debug, Clone)]
pub struct Pool {
    size: u32,
    rest: u64,
    next: u32,
    lent: BTreeSet<u32>,
    free: BTreeSet<u32>,
    resting: VecDeque<(u64, u32)>,
}

impl Pool {
    pub fn new(size: u32, rest: u64) -> Pool {
        Pool { size, rest, next: 0, lent: BTreeSet::new(), free: BTreeSet::new(), resting: VecDeque::new() }
    }

    pub fn lend(&mut self, now: u64) -> Option<u32> {
        while let Some((_, id)) = self.resting.front().copied().filter(|(until, _)| *until <= now) {
            self.resting.pop_front();
            self.free.insert(id);
        }
        let id = self.free.pop_first().or_else(|| {
            let fresh = (self.next < self.size).then_some(self.next)?;
            self.next += 1;
            Some(fresh)
        })?;
        self.lent.insert(id);
        Some(id)
    }

    pub fn give_back(&mut self, id: u32, now: u64) -> Result<(), NotLent> {
        if !self.lent.remove(&id) {
            return Err(if id < self.next { NotLent::Before } else { NotLent::Never });
        }
        self.resting.push_back((now.saturating_add(self.rest), id));
        Ok(())
    }

    pub fn lent(&self) -> usize {
        self.lent.len()
    }

    pub fn grow(&mut self, size: u32) -> bool {
        let grows = size >= self.size;
        self.size = self.size.max(size);
        grows
    }
}
