//! The queue itself.

use crate::job::{Job, Lease};
use crate::policy::Policy;
use std::collections::BTreeMap;

/// Where a job is.
enum Place {
    Waiting { due: u64 },
    Leased { until: u64 },
    Dead { order: u64 },
}

struct Entry {
    job: Job,
    priority: u8,
    place: Place,
}

/// Jobs by their numbers.
pub struct Queue {
    policy: Policy,
    entries: BTreeMap<u64, Entry>,
    numbers: u64,
    deaths: u64,
}

impl Queue {
    pub fn new(policy: Policy) -> Queue {
        Queue { policy, entries: BTreeMap::new(), numbers: 0, deaths: 0 }
    }

    pub fn submit(&mut self, name: &str, now: u64) -> u64 {
        self.submit_with(name, now, 0)
    }

    pub fn submit_with(&mut self, name: &str, now: u64, priority: u8) -> u64 {
        self.numbers += 1;
        let entry = Entry { job: Job::new(self.numbers, name, now), priority, place: Place::Waiting { due: now } };
        self.entries.insert(self.numbers, entry);
        self.numbers
    }

    pub fn len(&self) -> usize {
        self.entries.values().filter(|entry| !matches!(entry.place, Place::Dead { .. })).count()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn take(&mut self, now: u64) -> Option<(Lease, String)> {
        self.expire(now);
        let mut best: Option<(u8, u64, u64)> = None;
        for (id, entry) in &self.entries {
            if let Place::Waiting { due } = entry.place {
                let better = match best {
                    None => true,
                    Some((priority, earliest, _)) => {
                        entry.priority > priority || (entry.priority == priority && due < earliest)
                    }
                };
                if due <= now && better {
                    best = Some((entry.priority, due, *id));
                }
            }
        }
        let entry = self.entries.get_mut(&best?.2)?;
        entry.job.attempts += 1;
        entry.place = Place::Leased { until: now + self.policy.lease };
        Some((Lease { job: entry.job.id, attempt: entry.job.attempts }, entry.job.name.clone()))
    }

    pub fn done(&mut self, lease: Lease) -> bool {
        let held = self.holds(lease);
        if held {
            self.entries.remove(&lease.job);
        }
        held
    }

    pub fn failed(&mut self, lease: Lease, now: u64) -> bool {
        let held = self.holds(lease);
        if held {
            self.put_back(lease.job, now + self.policy.delay(lease.attempt));
        }
        held
    }

    pub fn dead(&mut self, now: u64) -> Vec<String> {
        self.expire(now);
        let mut dead: Vec<(u64, String)> = Vec::new();
        for entry in self.entries.values() {
            if let Place::Dead { order } = entry.place {
                dead.push((order, entry.job.name.clone()));
            }
        }
        dead.sort();
        dead.into_iter().map(|(_, name)| name).collect()
    }

    pub fn revive(&mut self, id: u64, now: u64) -> bool {
        match self.entries.get_mut(&id) {
            Some(entry) if matches!(entry.place, Place::Dead { .. }) => {
                entry.job.attempts = 0;
                entry.place = Place::Waiting { due: now };
                true
            }
            _ => false,
        }
    }

    pub fn cancel(&mut self, id: u64) -> bool {
        self.entries.remove(&id).is_some()
    }

    pub fn next(&self, now: u64) -> Option<u64> {
        let mut earliest = None;
        for entry in self.entries.values() {
            let at = match entry.place {
                Place::Waiting { due } => due,
                Place::Leased { until } if entry.job.attempts < self.policy.attempts => until,
                _ => continue,
            };
            let at = at.max(now);
            earliest = Some(earliest.map_or(at, |other: u64| other.min(at)));
        }
        earliest
    }

    fn holds(&self, lease: Lease) -> bool {
        self.entries.get(&lease.job).is_some_and(|entry| {
            matches!(entry.place, Place::Leased { .. }) && entry.job.attempts == lease.attempt
        })
    }

    fn put_back(&mut self, id: u64, due: u64) {
        let Some(entry) = self.entries.get_mut(&id) else { return };
        if entry.job.attempts < self.policy.attempts {
            entry.place = Place::Waiting { due };
        } else {
            self.deaths += 1;
            entry.place = Place::Dead { order: self.deaths };
        }
    }

    fn expire(&mut self, now: u64) {
        let mut over: Vec<(u64, u64)> = Vec::new();
        for (id, entry) in &self.entries {
            match entry.place {
                Place::Leased { until } if until <= now => over.push((until, *id)),
                _ => {}
            }
        }
        over.sort();
        for (until, id) in over {
            self.put_back(id, until);
        }
    }
}
