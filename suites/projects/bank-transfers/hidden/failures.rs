use bank_transfers::{Bank, Error, NoRoom, Sink, Transfer};
use std::sync::{Arc, Mutex};

/// A journal that takes so many records.
struct Small {
    lines: Mutex<Vec<String>>,
    room: Mutex<usize>,
}

impl Small {
    fn new(room: usize) -> Arc<Small> {
        Arc::new(Small { lines: Mutex::default(), room: Mutex::new(room) })
    }
}

impl Sink for Small {
    fn append(&self, record: &str) -> Result<(), NoRoom> {
        let mut room = self.room.lock().unwrap();
        *room = room.checked_sub(1).ok_or(NoRoom)?;
        self.lines.lock().unwrap().push(record.to_string());
        Ok(())
    }
}

fn words<T>(result: Result<T, Error>) -> Result<T, String> {
    result.map_err(|error| format!("{error:?}"))
}

fn state(bank: &Bank) -> (Vec<u64>, Vec<usize>) {
    let balances = (1..=3).filter_map(|number| bank.balance(number).ok()).collect();
    (balances, (1..=3).filter_map(|number| bank.statement(number).ok()).map(|entries| entries.len()).collect())
}

pub fn drive() {
    let sink = Small::new(3);
    let bank = Bank::new(sink.clone());
    bank.open(1, 100).unwrap();
    bank.open(2, 100).unwrap();
    let transfer =
        |id, from, to, amount| words(bank.transfer(Transfer { id, from, to, amount })).map(|r| (r.from, r.to));
    emit!(transfer(1, 1, 2, 10));
    emit!(transfer(2, 1, 2, 10));
    emit!(words(bank.open(3, 5)));
    emit!(state(&bank));
    emit!(bank.total());
    emit!(transfer(1, 1, 2, 10));
    emit!(transfer(2, 2, 1, 200));
    *sink.room.lock().unwrap() = 2;
    emit!(transfer(2, 2, 1, 70));
    emit!(transfer(2, 1, 2, 10));
    emit!(words(bank.open(3, u64::MAX - 5)));
    *sink.room.lock().unwrap() = 5;
    emit!(transfer(3, 1, 3, 6));
    emit!(state(&bank));
    emit!(sink.lines.lock().unwrap().len());
    emit!(transfer(3, 1, 3, 5));
    emit!(transfer(4, 3, 2, 1));
    emit!(state(&bank));
    let journal = sink.lines.lock().unwrap().concat();
    let again = words(Bank::recover(&journal, Small::new(0)));
    emit!(again.map(|(bank, length)| (state(&bank), length == journal.len())));
}
