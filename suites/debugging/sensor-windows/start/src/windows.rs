use std::collections::BTreeMap;

use crate::window::{Summary, Window};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    pub sensor: u32,
    /// In seconds; before the beginning of 1970 they are negative.
    pub time: i64,
    pub value: i64,
}

/// Windows of one length, of all sensors. They begin at the multiples of their length.
///
/// Readings come in any order. The mark is so many seconds before the latest time that any reading has had; it never
/// goes back. A window closes as soon as the mark has reached its end, and does not open again: what comes for it
/// then is late.
#[derive(Debug, Clone)]
pub struct Windows {
    length: i64,
    patience: i64,
    latest: Option<i64>,
    late: usize,
    /// By start and sensor.
    open: BTreeMap<(i64, u32), Window>,
}

impl Windows {
    /// Windows of so many seconds, with the mark so many seconds back.
    pub fn new(length: i64, patience: i64) -> Windows {
        Windows { length, patience, latest: None, late: 0, open: BTreeMap::new() }
    }

    /// Takes a reading; the windows that close by it, by start and sensor. A late reading moves nothing and is
    /// counted.
    pub fn take(&mut self, reading: Reading) -> Vec<Summary> {
        let start = self.start_of(reading.time);
        if self.is_closed(start) {
            self.late += 1;
            return Vec::new();
        }
        self.open.entry((start, reading.sensor)).or_default().take(reading.time, reading.value);
        self.latest = Some(reading.time);
        let mut closed = Vec::new();
        while let Some(key) = self.open.keys().next().copied().filter(|(start, _)| self.is_closed(*start)) {
            let window = self.open.remove(&key).unwrap_or_default();
            closed.push(window.summary(key.0, key.1));
        }
        closed
    }

    /// Closes all windows; whatever comes afterwards begins anew.
    pub fn finish(&mut self) -> Vec<Summary> {
        self.latest = None;
        let open = std::mem::take(&mut self.open);
        open.iter().map(|((start, sensor), window)| window.summary(*start, *sensor)).collect()
    }

    /// How many readings were late.
    pub fn late(&self) -> usize {
        self.late
    }

    fn start_of(&self, time: i64) -> i64 {
        time / self.length * self.length
    }

    fn is_closed(&self, start: i64) -> bool {
        self.latest.is_some_and(|latest| start + self.length <= latest - self.patience)
    }
}
