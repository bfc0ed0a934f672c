//! Sessions: bytes come in, bytes go out.

use crate::cache::{Cache, Refused, Stored};
use crate::command::{Command, CommandError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

const LINE_MAX: usize = 512;

/// What all sessions share.
pub struct Server {
    cache: Arc<Mutex<Cache>>,
}

/// One client. A session may be moved to a thread.
pub struct Session {
    cache: Arc<Mutex<Cache>>,
    stage: Stage,
}

/// What comes next.
enum Stage {
    Line(Vec<u8>),
    Data(Entry),
    Closed,
}

/// An entry whose data come.
struct Entry {
    key: String,
    ttl: u64,
    only_new: bool,
    /// `None` if they do not fit.
    data: Option<Vec<u8>>,
    missing: u64,
}

impl Server {
    pub fn new(budget: u64) -> Server {
        Server { cache: Arc::new(Mutex::new(Cache::new(budget))) }
    }

    pub fn session(&self) -> Session {
        Session { cache: Arc::clone(&self.cache), stage: Stage::Line(Vec::new()) }
    }
}

impl Session {
    /// Takes bytes from the client; the bytes that answer them.
    pub fn feed(&mut self, mut bytes: &[u8], now: u64) -> Vec<u8> {
        let mut answer = Vec::new();
        while !bytes.is_empty() {
            bytes = match std::mem::replace(&mut self.stage, Stage::Closed) {
                Stage::Line(line) => self.line(line, bytes, now, &mut answer),
                Stage::Data(entry) => self.data(entry, bytes, now, &mut answer),
                Stage::Closed => break,
            };
        }
        answer
    }

    /// How many bytes of an incomplete line, or of incomplete data that may be stored, are kept.
    pub fn waiting(&self) -> usize {
        match &self.stage {
            Stage::Line(line) => line.len(),
            Stage::Data(entry) => entry.data.as_ref().map_or(0, Vec::len),
            Stage::Closed => 0,
        }
    }

    pub fn is_closed(&self) -> bool {
        matches!(self.stage, Stage::Closed)
    }

    /// Goes on with a line; the bytes behind it.
    fn line<'a>(&mut self, mut line: Vec<u8>, bytes: &'a [u8], now: u64, answer: &mut Vec<u8>) -> &'a [u8] {
        let end = bytes.iter().position(|byte| *byte == b'\n');
        line.extend_from_slice(&bytes[..end.unwrap_or(bytes.len()).min(LINE_MAX + 1)]);
        if line.len() > LINE_MAX {
            answer.extend_from_slice(b"error: line too long\n");
            return &[];
        }
        let Some(end) = end else {
            self.stage = Stage::Line(line);
            return &[];
        };
        self.stage = match Command::parse(&line) {
            Ok(Command::Quit) => Stage::Closed,
            Ok(Command::Store { key, ttl, bytes, only_new }) => {
                let data = self.cache().fits(&key, bytes).then(Vec::new);
                Stage::Data(Entry { key, ttl, only_new, data, missing: bytes })
            }
            Ok(command) => {
                self.answer(command, now, answer);
                Stage::Line(Vec::new())
            }
            Err(error) => {
                answer.extend_from_slice(format!("error: {error}\n").as_bytes());
                match error {
                    CommandError::Arguments { stores: true } => Stage::Closed,
                    _ => Stage::Line(Vec::new()),
                }
            }
        };
        &bytes[end + 1..]
    }

    /// Goes on with data; the bytes behind them.
    fn data<'a>(&mut self, mut entry: Entry, bytes: &'a [u8], now: u64, answer: &mut Vec<u8>) -> &'a [u8] {
        let count = entry.missing.min(bytes.len() as u64);
        let (data, rest) = bytes.split_at(count as usize);
        entry.missing -= count;
        if let Some(kept) = &mut entry.data {
            kept.extend_from_slice(data);
        }
        match rest.split_first() {
            None => {
                self.stage = Stage::Data(entry);
                rest
            }
            Some((b'\n', rest)) => {
                answer.extend_from_slice(self.store(entry, now));
                self.stage = Stage::Line(Vec::new());
                rest
            }
            Some(_) => {
                answer.extend_from_slice(b"error: no line feed\n");
                &[]
            }
        }
    }

    fn store(&self, entry: Entry, now: u64) -> &'static [u8] {
        let mut cache = self.cache();
        let stored = match (&entry.data, entry.only_new) {
            (Some(data), true) => cache.add(&entry.key, data, entry.ttl, now),
            (Some(data), false) => cache.set(&entry.key, data, entry.ttl, now),
            (None, true) => cache.refuse_new(&entry.key, now),
            (None, false) => {
                cache.delete(&entry.key, now);
                Stored::TooLarge
            }
        };
        match stored {
            Stored::Stored => b"stored\n",
            Stored::Exists => b"exists\n",
            Stored::TooLarge => b"too large\n",
        }
    }

    fn answer(&self, command: Command, now: u64, answer: &mut Vec<u8>) {
        let mut cache = self.cache();
        let words = match command {
            Command::Get(keys) => {
                for key in keys {
                    if let Some(value) = cache.get(&key, now) {
                        answer.extend_from_slice(format!("value {key} {}\n", value.len()).as_bytes());
                        answer.extend_from_slice(&value);
                        answer.push(b'\n');
                    }
                }
                "end".to_string()
            }
            Command::Touch { key, ttl } => either(cache.touch(&key, ttl, now), "touched"),
            Command::Delete(key) => either(cache.delete(&key, now), "deleted"),
            Command::Increment { key, by } => match cache.increment(&key, by, now) {
                Ok(sum) => sum.to_string(),
                Err(Refused::Missing) => "missing".to_string(),
                Err(Refused::NotANumber) => "error: not a number".to_string(),
                Err(Refused::TooBig) => "error: too big".to_string(),
                Err(Refused::TooLarge) => "too large".to_string(),
            },
            Command::Stats => {
                let stats = cache.stats(now);
                format!(
                    "entries {}\nbytes {}\nhits {}\nmisses {}\nevicted {}\nexpired {}\nend",
                    stats.entries, stats.bytes, stats.hits, stats.misses, stats.evicted, stats.expired
                )
            }
            Command::Store { .. } | Command::Quit => unreachable!("not answered at once"),
        };
        answer.extend_from_slice(words.as_bytes());
        answer.push(b'\n');
    }

    fn cache(&self) -> MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn either(done: bool, words: &str) -> String {
    if done { words } else { "missing" }.to_string()
}
