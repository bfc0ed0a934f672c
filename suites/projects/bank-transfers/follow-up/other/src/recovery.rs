//! A bank from its journal.

use crate::bank::{Bank, Error};
use crate::journal::{Record, Sink};
use std::sync::Arc;

impl Bank {
    /// The bank that a journal describes, and how many bytes of the journal are whole records.
    pub fn recover(journal: &str, sink: Arc<dyn Sink>) -> Result<(Bank, usize), Error> {
        let bank = Bank::new(sink);
        let mut whole = 0;
        for (at, line) in journal.split_inclusive('\n').enumerate() {
            let record = line.strip_suffix('\n').and_then(Record::parse);
            let Some(record) = record else {
                let is_last = whole + line.len() == journal.len();
                return if is_last { Ok((bank, whole)) } else { Err(Error::Corrupt(at + 1)) };
            };
            let restored = match record {
                Record::Open { number, deposit } => bank.restore(number, deposit),
                Record::Move(transfer) => bank.once(transfer, || Ok(())).map(|_| ()),
            };
            restored.map_err(|_| Error::Corrupt(at + 1))?;
            whole += line.len();
        }
        Ok((bank, whole))
    }
}
