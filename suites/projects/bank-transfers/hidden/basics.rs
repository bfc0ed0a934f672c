use bank_transfers::{Bank, Error, NoRoom, Sink, Transfer};
use std::sync::{Arc, Mutex};

#[derive(Default)]
struct Lines(Mutex<Vec<String>>);

impl Sink for Lines {
    fn append(&self, record: &str) -> Result<(), NoRoom> {
        self.0.lock().unwrap().push(record.to_string());
        Ok(())
    }
}

fn words<T>(result: Result<T, Error>) -> Result<T, String> {
    result.map_err(|error| format!("{error:?}"))
}

pub fn drive() {
    let lines = Arc::new(Lines::default());
    let bank = Bank::new(lines.clone());
    emit!(words(bank.open(3, 100)));
    emit!(words(bank.open(3, 100)));
    bank.open(1, 0).unwrap();
    bank.open(2, u64::MAX).unwrap();
    let transfer = |id, from, to, amount| {
        words(bank.transfer(Transfer { id, from, to, amount })).map(|receipt| (receipt.from, receipt.to))
    };
    emit!(transfer(1, 3, 1, 40));
    emit!(transfer(2, 3, 1, 61));
    emit!(transfer(2, 3, 1, 60));
    emit!(transfer(1, 3, 1, 40));
    emit!(transfer(1, 3, 1, 41));
    emit!(transfer(1, 9, 9, 0));
    emit!(transfer(3, 9, 9, 0));
    emit!(transfer(3, 9, 9, 1));
    emit!(transfer(3, 9, 8, 1));
    emit!(transfer(3, 1, 8, 1000));
    emit!(transfer(3, 3, 2, 1));
    emit!(words(bank.balance(9)));
    emit!(words(bank.statement(1)).map(|entries| entries.iter().map(|e| (e.transfer, e.balance)).collect::<Vec<_>>()));
    emit!(words(bank.statement(3)).map(|entries| entries.iter().map(|e| (e.transfer, e.balance)).collect::<Vec<_>>()));
    emit!(bank.total());
    emit!(lines.0.lock().unwrap().clone());
}
