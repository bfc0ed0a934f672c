//! Small numbers that are lent and given back.

use std::collections::{BTreeSet, VecDeque};

/// Why an id cannot be given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotLent {
    /// It was never lent.
    Never,
    /// It was given back before.
    Before,
}

/// Ids from 0 on. The lowest free one is lent; one that was given back rests before it is free again.
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
    /// A pool with the ids from 0 to `size - 1`, which rest for so many ticks. The caller says what a tick is.
    pub fn new(size: u32, rest: u64) -> Pool {
        Pool { size, rest, next: 0, lent: BTreeSet::new(), free: BTreeSet::new(), resting: VecDeque::new() }
    }

    /// Lends the lowest id that is free at a tick; `None` if all are lent or rest. An id that was given back at tick
    /// `t` is free from `t + rest` on.
    ///
    /// ```
    /// let mut pool = id_pool::Pool::new(1, 10);
    /// assert_eq!(pool.lend(0), Some(0));
    /// pool.give_back(0, 5).unwrap();
    /// assert_eq!((pool.lend(14), pool.lend(15)), (None, Some(0)));
    /// ```
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

    /// Takes an id back, which then rests. Ticks never go back from one call to the next.
    pub fn give_back(&mut self, id: u32, now: u64) -> Result<(), NotLent> {
        if !self.lent.remove(&id) {
            return Err(if id < self.next { NotLent::Before } else { NotLent::Never });
        }
        self.resting.push_back((now.saturating_add(self.rest), id));
        Ok(())
    }

    /// How many ids are lent; those that rest are not.
    pub fn lent(&self) -> usize {
        self.lent.len()
    }

    /// Makes the pool larger; `false`, and nothing happens, if it would become smaller.
    pub fn grow(&mut self, size: u32) -> bool {
        let grows = size >= self.size;
        self.size = self.size.max(size);
        grows
    }
}
