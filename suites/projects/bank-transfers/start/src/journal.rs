//! Records of the journal: a line each, with a checksum.

use crate::bank::{Error, Transfer};

/// The journal cannot take a record; nothing of it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoRoom;

/// Where records go. `append` may take long, and may be called by several threads at once.
pub trait Sink: Send + Sync {
    /// Writes a record, with its line feed, at the end.
    fn append(&self, record: &str) -> Result<(), NoRoom>;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Record {
    Open { number: u32, deposit: u64 },
    Move(Transfer),
}

impl Record {
    pub fn line(&self) -> String {
        let text = match self {
            Record::Open { number, deposit } => format!("open {number} {deposit}"),
            Record::Move(Transfer { id, from, to, amount }) => format!("move {id} {from} {to} {amount}"),
        };
        format!("{text} #{:08x}\n", sum(&text))
    }

    /// Reads a line without its line feed; `None` if it is broken.
    pub fn parse(line: &str) -> Option<Record> {
        let (text, check) = line.rsplit_once(" #")?;
        let words: Vec<&str> = text.split(' ').collect();
        let record = match words.as_slice() {
            ["open", number, deposit] => {
                Record::Open { number: number.parse().ok()?, deposit: deposit.parse().ok()? }
            }
            ["move", id, from, to, amount] => Record::Move(Transfer {
                id: id.parse().ok()?,
                from: from.parse().ok()?,
                to: to.parse().ok()?,
                amount: amount.parse().ok()?,
            }),
            _ => return None,
        };
        (check == format!("{:08x}", sum(text))).then_some(record)
    }

    /// Writes the record to the sink.
    pub fn write(&self, sink: &dyn Sink) -> Result<(), Error> {
        sink.append(&self.line()).map_err(|NoRoom| Error::Journal)
    }
}

/// FNV-1a of 32 bits.
fn sum(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
