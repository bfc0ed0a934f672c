//! The packed form of a frame's data.

use std::collections::HashMap;

const LEAST: usize = 4;
const MOST: usize = 131;
const WINDOW: usize = 4096;
const RUN: usize = 128;

/// Packs data.
pub fn pack(data: &[u8]) -> Vec<u8> {
    let mut payload = vec![];
    let mut places = Places::default();
    let (mut at, mut plain) = (0, 0);
    while at < data.len() {
        let copy = places.longest(data, at);
        let length = copy.map_or(1, |(length, _)| length);
        if let Some((length, distance)) = copy {
            write_plain(&data[plain..at], &mut payload);
            payload.push((length + 124) as u8);
            payload.extend_from_slice(&(distance as u16).to_le_bytes());
            plain = at + length;
        }
        (at..at + length).for_each(|place| places.add(data, place));
        at += length;
    }
    write_plain(&data[plain..], &mut payload);
    payload
}

fn write_plain(bytes: &[u8], payload: &mut Vec<u8>) {
    for run in bytes.chunks(RUN) {
        payload.push((run.len() - 1) as u8);
        payload.extend_from_slice(run);
    }
}

/// Where the same four bytes began before: for each place the one before it.
#[derive(Default)]
struct Places {
    last: HashMap<[u8; LEAST], usize>,
    before: Vec<Option<usize>>,
}

impl Places {
    fn add(&mut self, data: &[u8], at: usize) {
        let before = key(data, at).and_then(|key| self.last.insert(key, at));
        self.before.push(before);
    }

    /// Length and distance of the longest copy, the nearest of several.
    fn longest(&self, data: &[u8], at: usize) -> Option<(usize, usize)> {
        let most = MOST.min(data.len() - at);
        let mut best: Option<(usize, usize)> = None;
        let mut next = key(data, at).and_then(|key| self.last.get(&key).copied());
        while let Some(place) = next.filter(|place| at - place <= WINDOW) {
            let length = (0..most).take_while(|i| data[place + i] == data[at + i]).count();
            if best.is_none_or(|(longest, _)| length >= longest) {
                best = Some((length, at - place));
            }
            next = self.before[place];
        }
        best
    }
}

fn key(data: &[u8], at: usize) -> Option<[u8; LEAST]> {
    data.get(at..at + LEAST)?.try_into().ok()
}

/// Unpacks what has `length` bytes of data; `None` if the payload is not their packed form.
pub fn unpack(payload: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut data = Vec::with_capacity(length);
    let mut rest = payload;
    while let Some((first, behind)) = rest.split_first() {
        if *first < 128 {
            let run = usize::from(*first) + 1;
            data.extend_from_slice(behind.get(..run)?);
            rest = &behind[run..];
        } else {
            let distance = usize::from(u16::from_le_bytes(behind.get(..2)?.try_into().ok()?));
            let start = data.len().checked_sub(distance).filter(|start| *start < data.len())?;
            for place in start..start + usize::from(*first) - 124 {
                data.push(data[place]);
            }
            rest = &behind[2..];
        }
        if data.len() > length {
            return None;
        }
    }
    (data.len() == length).then_some(data)
}
