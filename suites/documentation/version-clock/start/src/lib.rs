use std::cmp::Ordering;
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Clock {
    counts: BTreeMap<String, u64>,
}

impl Clock {
    pub fn new() -> Clock {
        Clock::default()
    }

    pub fn tick(&mut self, place: &str) -> u64 {
        let count = self.counts.entry(place.to_string()).or_default();
        *count = count.saturating_add(1);
        *count
    }

    pub fn merge(&mut self, other: &Clock) {
        for (place, count) in &other.counts {
            let own = self.counts.entry(place.clone()).or_default();
            *own = (*own).max(*count);
        }
    }

    pub fn count(&self, place: &str) -> u64 {
        self.counts.get(place).copied().unwrap_or(0)
    }

    pub fn covers(&self, other: &Clock) -> bool {
        other.counts.iter().all(|(place, count)| *count <= self.count(place))
    }

    pub fn text(&self) -> String {
        let parts: Vec<String> = self.counts.iter().map(|(place, count)| format!("{place}={count}")).collect();
        if parts.is_empty() { "-".to_string() } else { parts.join(",") }
    }

    pub fn prune(&mut self, keep: impl Fn(&str) -> bool) {
        self.counts.retain(|place, _| keep(place));
    }
}

impl PartialOrd for Clock {
    fn partial_cmp(&self, other: &Clock) -> Option<Ordering> {
        match (self.covers(other), other.covers(self)) {
            (true, true) => Some(Ordering::Equal),
            (true, false) => Some(Ordering::Greater),
            (false, true) => Some(Ordering::Less),
            (false, false) => None,
        }
    }
}
