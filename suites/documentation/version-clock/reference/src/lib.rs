//! Clocks for copies of data that are changed in several places.

use std::cmp::Ordering;
use std::collections::BTreeMap;

/// How often each place has changed something. Places that have changed nothing are not kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Clock {
    counts: BTreeMap<String, u64>,
}

impl Clock {
    /// The clock before any change.
    pub fn new() -> Clock {
        Clock::default()
    }

    /// Counts a change at a place and returns the place's count, 1 for the first change. At the largest number that has
    /// 64 bits it stays.
    pub fn tick(&mut self, place: &str) -> u64 {
        let count = self.counts.entry(place.to_string()).or_default();
        *count = count.saturating_add(1);
        *count
    }

    /// Takes in what another clock has seen: for each place the larger count. The order of merges makes no difference,
    /// and merging twice neither.
    pub fn merge(&mut self, other: &Clock) {
        for (place, count) in &other.counts {
            let own = self.counts.entry(place.clone()).or_default();
            *own = (*own).max(*count);
        }
    }

    /// The count of a place, 0 for one that is not known.
    pub fn count(&self, place: &str) -> u64 {
        self.counts.get(place).copied().unwrap_or(0)
    }

    /// Whether everything that the other clock has seen has been seen by this one too. A clock covers itself.
    pub fn covers(&self, other: &Clock) -> bool {
        other.counts.iter().all(|(place, count)| *count <= self.count(place))
    }

    /// The text `place=count` with commas between, the places in alphabetical order; `-` for a clock without changes.
    pub fn text(&self) -> String {
        let parts: Vec<String> = self.counts.iter().map(|(place, count)| format!("{place}={count}")).collect();
        if parts.is_empty() { "-".to_string() } else { parts.join(",") }
    }

    /// The clock without places that are not kept, for those that are gone for good. What they changed is forgotten, so
    /// two clocks can be compared only if both have been pruned in the same way.
    pub fn prune(&mut self, keep: impl Fn(&str) -> bool) {
        self.counts.retain(|place, _| keep(place));
    }
}

impl PartialOrd for Clock {
    /// `Less` for a clock that is covered by the other and differs from it; `None` for clocks of which each has seen something
    /// that the other has not: their data were changed independently and are in conflict.
    ///
    /// ```
    /// use version_clock::Clock;
    ///
    /// let (mut here, mut there) = (Clock::new(), Clock::new());
    /// here.tick("a");
    /// assert!(there < here);
    /// there.tick("b");
    /// assert_eq!(here.partial_cmp(&there), None);
    /// ```
    fn partial_cmp(&self, other: &Clock) -> Option<Ordering> {
        match (self.covers(other), other.covers(self)) {
            (true, true) => Some(Ordering::Equal),
            (true, false) => Some(Ordering::Greater),
            (false, true) => Some(Ordering::Less),
            (false, false) => None,
        }
    }
}
