//! Values by key, within a budget of bytes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

const OVERHEAD: u64 = 32;

/// What became of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    Stored,
    Exists,
    TooLarge,
}

/// Why a value was not counted up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    Missing,
    NotANumber,
    TooBig,
    TooLarge,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stats {
    pub entries: u64,
    pub bytes: u64,
    pub hits: u64,
    pub misses: u64,
    pub evicted: u64,
    pub expired: u64,
}

struct Entry {
    value: Vec<u8>,
    /// From when on it has expired.
    until: Option<u64>,
    /// The number of its last use.
    used: u64,
}

pub struct Cache {
    budget: u64,
    entries: HashMap<String, Entry>,
    by_use: BTreeMap<u64, String>,
    by_expiry: BTreeSet<(u64, String)>,
    uses: u64,
    stats: Stats,
}

impl Cache {
    pub fn new(budget: u64) -> Cache {
        Cache {
            budget,
            entries: HashMap::new(),
            by_use: BTreeMap::new(),
            by_expiry: BTreeSet::new(),
            uses: 0,
            stats: Stats::default(),
        }
    }

    /// Whether a value of so many bytes can ever be stored.
    pub fn fits(&self, key: &str, bytes: u64) -> bool {
        cost(key, bytes) <= self.budget
    }

    pub fn set(&mut self, key: &str, value: &[u8], ttl: u64, now: u64) -> Stored {
        self.expire(now);
        self.put(key, value.to_vec(), until(ttl, now))
    }

    pub fn add(&mut self, key: &str, value: &[u8], ttl: u64, now: u64) -> Stored {
        self.expire(now);
        if self.entries.contains_key(key) {
            return Stored::Exists;
        }
        self.put(key, value.to_vec(), until(ttl, now))
    }

    /// What `add` answers to a value that cannot fit.
    pub fn refuse_new(&mut self, key: &str, now: u64) -> Stored {
        self.expire(now);
        if self.entries.contains_key(key) { Stored::Exists } else { Stored::TooLarge }
    }

    pub fn get(&mut self, key: &str, now: u64) -> Option<Vec<u8>> {
        self.expire(now);
        let value = self.entries.get(key).map(|entry| entry.value.clone());
        match value {
            Some(_) => {
                self.stats.hits += 1;
                self.use_entry(key);
            }
            None => self.stats.misses += 1,
        }
        value
    }

    pub fn touch(&mut self, key: &str, ttl: u64, now: u64) -> bool {
        self.expire(now);
        let Some(entry) = self.entries.get_mut(key) else { return false };
        if let Some(old) = entry.until {
            self.by_expiry.remove(&(old, key.to_string()));
        }
        entry.until = until(ttl, now);
        self.by_expiry.extend(entry.until.map(|until| (until, key.to_string())));
        self.use_entry(key);
        true
    }

    pub fn delete(&mut self, key: &str, now: u64) -> bool {
        self.expire(now);
        self.remove(key).is_some()
    }

    pub fn increment(&mut self, key: &str, by: u64, now: u64) -> Result<u64, Refused> {
        self.expire(now);
        let entry = self.entries.get(key).ok_or(Refused::Missing)?;
        let value = number(&entry.value).ok_or(Refused::NotANumber)?;
        let sum = value.checked_add(by).ok_or(Refused::TooBig)?;
        match self.put(key, sum.to_string().into_bytes(), entry.until) {
            Stored::TooLarge => Err(Refused::TooLarge),
            _ => Ok(sum),
        }
    }

    pub fn stats(&mut self, now: u64) -> Stats {
        self.expire(now);
        Stats { entries: self.entries.len() as u64, ..self.stats }
    }

    fn put(&mut self, key: &str, value: Vec<u8>, until: Option<u64>) -> Stored {
        self.remove(key);
        let cost = cost(key, value.len() as u64);
        if cost > self.budget {
            return Stored::TooLarge;
        }
        while self.stats.bytes + cost > self.budget {
            let (_, oldest) = self.by_use.first_key_value().expect("something costs the bytes");
            self.remove(&oldest.clone());
            self.stats.evicted += 1;
        }
        self.stats.bytes += cost;
        self.by_expiry.extend(until.map(|until| (until, key.to_string())));
        self.uses += 1;
        self.by_use.insert(self.uses, key.to_string());
        self.entries.insert(key.to_string(), Entry { value, until, used: self.uses });
        Stored::Stored
    }

    fn use_entry(&mut self, key: &str) {
        if let Some(entry) = self.entries.get_mut(key) {
            self.uses += 1;
            let name = self.by_use.remove(&entry.used).unwrap_or_else(|| key.to_string());
            self.by_use.insert(self.uses, name);
            entry.used = self.uses;
        }
    }

    fn remove(&mut self, key: &str) -> Option<Entry> {
        let entry = self.entries.remove(key)?;
        self.by_use.remove(&entry.used);
        if let Some(until) = entry.until {
            self.by_expiry.remove(&(until, key.to_string()));
        }
        self.stats.bytes -= cost(key, entry.value.len() as u64);
        Some(entry)
    }

    fn expire(&mut self, now: u64) {
        while let Some((_, key)) = self.by_expiry.first().filter(|(until, _)| *until <= now).cloned() {
            self.remove(&key);
            self.stats.expired += 1;
        }
    }
}

fn cost(key: &str, bytes: u64) -> u64 {
    bytes.saturating_add(key.len() as u64 + OVERHEAD)
}

fn until(ttl: u64, now: u64) -> Option<u64> {
    now.checked_add(ttl).filter(|_| ttl > 0)
}

fn number(value: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(value).ok()?;
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}
