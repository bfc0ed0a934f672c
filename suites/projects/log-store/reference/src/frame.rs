//! Frames of the log, written and read.

use crate::store::Op;
use crate::sum;

pub const HEAD: usize = 8;

/// A frame with these operations.
pub fn write(ops: &[Op]) -> Vec<u8> {
    let mut payload = vec![];
    for op in ops {
        let (tag, key) = match op {
            Op::Put(key, _) => (1, key),
            Op::Delete(key) => (2, key),
        };
        payload.push(tag);
        payload.extend_from_slice(&(key.len() as u16).to_le_bytes());
        payload.extend_from_slice(key);
        if let Op::Put(_, value) = op {
            payload.extend_from_slice(&(value.len() as u32).to_le_bytes());
            payload.extend_from_slice(value);
        }
    }
    let mut frame = (payload.len() as u32).to_le_bytes().to_vec();
    frame.extend_from_slice(&sum::of(&payload).to_le_bytes());
    frame.extend_from_slice(&payload);
    frame
}

/// What stands at a place of the log.
pub enum Read {
    Ops(Vec<Op>, usize),
    Torn,
    Damaged,
}

/// Reads the frame at a place.
pub fn read(log: &[u8], at: usize) -> Read {
    let rest = &log[at..];
    if rest.len() < HEAD {
        return Read::Torn;
    }
    let length = number(&rest[..4]);
    let Some(payload) = rest.get(HEAD..HEAD + length) else { return Read::Torn };
    let end = HEAD + length;
    if sum::of(payload) as usize != number(&rest[4..HEAD]) {
        return if end == rest.len() { Read::Torn } else { Read::Damaged };
    }
    match ops(payload) {
        Some(ops) if !ops.is_empty() => Read::Ops(ops, at + end),
        _ => Read::Damaged,
    }
}

fn ops(mut rest: &[u8]) -> Option<Vec<Op>> {
    let mut all = vec![];
    while let Some((tag, behind)) = rest.split_first() {
        let (key, behind) = part(behind, 2)?;
        rest = behind;
        all.push(match tag {
            1 => {
                let (value, behind) = part(rest, 4)?;
                rest = behind;
                Op::Put(key, value)
            }
            2 => Op::Delete(key),
            _ => return None,
        });
    }
    Some(all)
}

/// Bytes behind their length, which has a width.
fn part(bytes: &[u8], width: usize) -> Option<(Vec<u8>, &[u8])> {
    let length = number(bytes.get(..width)?);
    let end = width.checked_add(length)?;
    Some((bytes.get(width..end)?.to_vec(), &bytes[end..]))
}

fn number(bytes: &[u8]) -> usize {
    bytes.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte))
}
