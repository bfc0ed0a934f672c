use bank_transfers::{Bank, Error, NoRoom, Sink, Transfer};
use std::sync::{Arc, Mutex};

#[derive(Default)]
struct Kept(Mutex<String>);

impl Sink for Kept {
    fn append(&self, record: &str) -> Result<(), NoRoom> {
        self.0.lock().unwrap().push_str(record);
        Ok(())
    }
}

fn told<T>(result: Result<T, Error>) -> String {
    match result {
        Ok(_) => "ok".to_string(),
        Err(error) => format!("{error:?}"),
    }
}

pub fn drive() {
    let sink = Arc::new(Kept::default());
    let bank = Bank::new(sink.clone());
    emit!(bank.accounts());
    for (number, deposit) in [(7, 100), (2, 50), (5, u64::MAX)] {
        bank.open(number, deposit).unwrap();
    }
    emit!(bank.accounts());
    let give = |id, from, to, amount| told(bank.transfer(Transfer { id, from, to, amount }));
    emit!([told(bank.set_floor(7, 60)), told(bank.set_floor(9, 1)), told(bank.available(9))]);
    emit!([bank.available(7).unwrap(), bank.available(2).unwrap()]);
    emit!([give(1, 7, 2, 41), give(1, 7, 2, 40), give(2, 7, 2, 1)]);
    emit!([bank.balance(7).unwrap(), bank.available(7).unwrap(), bank.available(2).unwrap()]);
    bank.set_floor(7, 500).unwrap();
    emit!([give(1, 7, 2, 40), give(1, 7, 2, 41), give(3, 7, 5, 61), give(3, 7, 8, 61), give(3, 7, 7, 1)]);
    emit!([bank.available(7).unwrap(), bank.balance(7).unwrap(), u64::from(bank.total() == 150 + u128::from(u64::MAX))]);
    emit!([give(4, 2, 7, 10), give(5, 2, 5, 1)]);
    emit!(bank.available(7).unwrap());
    bank.set_floor(7, 0).unwrap();
    emit!([give(3, 7, 2, 70), give(6, 7, 2, 1)]);
    let journal = sink.0.lock().unwrap().clone();
    emit!(journal.lines().count());
    bank.set_floor(2, 1000).unwrap();
    let (again, length) = Bank::recover(&journal, Arc::new(Kept::default())).ok().unwrap();
    emit!((length == journal.len(), again.accounts(), again.available(2).unwrap(), bank.available(2).unwrap()));
}
