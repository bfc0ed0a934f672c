use bank_transfers::{Bank, NoRoom, Sink, Transfer};
use std::sync::{Arc, Mutex};

#[derive(Default)]
struct Lines(Mutex<Vec<String>>);

impl Sink for Lines {
    fn append(&self, record: &str) -> Result<(), NoRoom> {
        self.0.lock().unwrap().push(record.to_string());
        Ok(())
    }
}

pub fn drive() {
    let lines = Arc::new(Lines::default());
    let bank = Bank::new(lines.clone());
    emit!((bank.open(1, 500).is_ok(), bank.open(2, 0).is_ok()));
    let transfer = Transfer { id: 7, from: 1, to: 2, amount: 120 };
    emit!(bank.transfer(transfer).map(|receipt| (receipt.from, receipt.to)).ok());
    emit!(bank.transfer(transfer).map(|receipt| (receipt.from, receipt.to)).ok());
    emit!(bank.total());
    let journal = lines.0.lock().unwrap().concat();
    emit!(journal.lines().map(str::to_string).collect::<Vec<_>>());
    let (again, length) = Bank::recover(&journal, Arc::new(Lines::default())).ok().unwrap();
    emit!((again.balance(1).ok(), again.balance(2).ok(), length == journal.len()));
    let twice = journal.clone() + &journal;
    emit!(Bank::recover(&twice, Arc::new(Lines::default())).ok().map(|(bank, _)| bank.balance(2).ok()));
}
