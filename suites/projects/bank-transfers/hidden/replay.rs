use bank_transfers::journal::Record;
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

fn open(number: u32, deposit: u64) -> String {
    Record::Open { number, deposit }.line()
}

fn moved(id: u64, from: u32, to: u32, amount: u64) -> String {
    Record::Move(Transfer { id, from, to, amount }).line()
}

fn recovered(journal: &str) -> Result<(Vec<u64>, usize), String> {
    let (bank, length) = words(Bank::recover(journal, Arc::new(Lines::default())))?;
    Ok(((1..=3).filter_map(|number| bank.balance(number).ok()).collect(), length))
}

pub fn drive() {
    let whole = open(1, 100) + &open(2, 50) + &moved(1, 1, 2, 60) + &moved(2, 2, 1, 100);
    emit!((recovered(&whole), whole.len()));
    emit!(recovered(""));
    emit!(recovered(&(whole.clone() + &moved(1, 1, 2, 60) + &moved(2, 2, 1, 100))));
    emit!(recovered(&(whole.clone() + &open(2, 50) + &open(3, 1) + &moved(1, 1, 2, 60) + &moved(3, 1, 3, 140))));
    emit!(recovered(&(whole.clone() + &open(2, 110))));
    emit!(recovered(&(whole.clone() + &moved(1, 1, 2, 61))));
    emit!(recovered(&(whole.clone() + &moved(1, 2, 1, 60) + "move")));
    emit!(recovered(&(whole.clone() + &moved(3, 2, 1, 11))));
    emit!(recovered(&(whole.clone() + &moved(3, 1, 3, 1) + &open(3, 1))));
    emit!(recovered(&(whole.clone() + &moved(3, 1, 1, 1))));
    emit!(recovered(&(whole.clone() + &moved(3, 1, 2, 0))));
    emit!(recovered(&(open(1, 1) + &open(2, u64::MAX) + &moved(1, 1, 2, 1))));
    let cut = &whole[..whole.len() - 1];
    emit!(recovered(cut));
    emit!(recovered(&(cut.to_string() + "0\n")));
    emit!(recovered(&(whole.clone() + "\n")));
    emit!(recovered(&(whole.clone() + "\n" + &open(3, 1))));
    emit!(recovered(&whole.replacen("100 #", "101 #", 1)));

    let lines = Arc::new(Lines::default());
    let (bank, _) = Bank::recover(&(whole.clone() + &whole), lines.clone()).ok().unwrap();
    let transfer =
        |id, from, to, amount| words(bank.transfer(Transfer { id, from, to, amount })).map(|r| (r.from, r.to));
    emit!((transfer(1, 1, 2, 60), transfer(2, 2, 1, 100)));
    emit!((transfer(1, 1, 2, 61), transfer(2, 1, 2, 100)));
    emit!(words(bank.statement(1)).map(|entries| entries.iter().map(|e| (e.transfer, e.balance)).collect::<Vec<_>>()));
    emit!(lines.0.lock().unwrap().len());
    emit!(transfer(3, 1, 2, 140));
    emit!(words(bank.open(2, 50)));
    emit!(lines.0.lock().unwrap().concat() == moved(3, 1, 2, 140));
}
