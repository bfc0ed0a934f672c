use std::collections::BTreeMap;

/// What came of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    pub start: i64,
    pub sensor: u32,
    pub count: usize,
    pub sum: i64,
    /// The value of the latest reading.
    pub last: i64,
}

/// The readings of a sensor in a window that is open.
#[derive(Debug, Clone, Default)]
pub struct Window {
    values: BTreeMap<i64, i64>,
    sum: i64,
}

impl Window {
    /// Takes a reading. A second one of the same time corrects the first: it counts in its place.
    pub fn take(&mut self, time: i64, value: i64) {
        self.values.insert(time, value);
        self.sum += value;
    }

    pub fn summary(&self, start: i64, sensor: u32) -> Summary {
        let last = self.values.values().next_back().copied().unwrap_or(0);
        Summary { start, sensor, count: self.values.len(), sum: self.sum, last }
    }
}
