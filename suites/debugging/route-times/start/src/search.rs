use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

use crate::timetable::{show_time, Timetable};

/// Minutes that it takes to go from one train to another.
const CHANGE: u32 = 4;

/// When somebody arrives, and the trains that are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journey {
    /// In minutes since the first midnight.
    pub arrives: u32,
    pub trains: Vec<String>,
}

impl Timetable {
    /// The journey that arrives first, for somebody who is at a stop at a moment; of several the one with the
    /// fewest trains. Going from one train to another takes four minutes; getting into the first train takes none, and
    /// staying in a train of the same line neither.
    pub fn journey(&self, from: &str, to: &str, moment: u32) -> Option<Journey> {
        let mut heap = BinaryHeap::from([Reverse((moment, 0, from, "", Vec::new()))]);
        let mut done = HashSet::new();
        while let Some(Reverse((now, count, stop, line, trains))) = heap.pop() {
            if stop == to {
                return Some(Journey { arrives: now, trains });
            }
            if !done.insert(stop) {
                continue;
            }
            for train in self.trains.iter().filter(|train| train.from == stop) {
                let ready = if line == train.line { now } else { now + CHANGE };
                let departs = train.departs_from(ready);
                let arrives = departs + train.takes();
                let mut trains = trains.clone();
                trains.push(format!("{} {} {} - {} {}", train.line, stop, show_time(departs), train.to, show_time(arrives)));
                heap.push(Reverse((arrives, count + 1, train.to.as_str(), train.line.as_str(), trains)));
            }
        }
        None
    }
}
