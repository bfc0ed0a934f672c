use bank_transfers::{Bank, NoRoom, Receipt, Sink, Transfer};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

/// A slow journal: the first append waits until another has come, but not for ever, and may fail then.
struct Slow {
    come: Mutex<u64>,
    more: Condvar,
    fails: bool,
}

impl Sink for Slow {
    fn append(&self, record: &str) -> Result<(), NoRoom> {
        if !record.starts_with("move") {
            return Ok(());
        }
        let mut come = self.come.lock().unwrap();
        *come += 1;
        self.more.notify_all();
        if *come > 1 {
            return Ok(());
        }
        let alone = |come: &mut u64| *come < 2;
        drop(self.more.wait_timeout_while(come, Duration::from_millis(150), alone).unwrap());
        if self.fails { Err(NoRoom) } else { Ok(()) }
    }
}

/// What two transfers give of which the second comes while the first is under way; the balances, and how many were appended.
fn both(first: Transfer, second: Transfer, fails: bool) -> (Vec<String>, Vec<u64>, u64) {
    let sink = Arc::new(Slow { come: Mutex::new(0), more: Condvar::new(), fails });
    let bank = Arc::new(Bank::new(sink.clone()));
    for number in 1..=4 {
        bank.open(number, 100).unwrap();
    }
    let first = thread::spawn({
        let bank = Arc::clone(&bank);
        move || bank.transfer(first)
    });
    let come = sink.come.lock().unwrap();
    drop(sink.more.wait_while(come, |come| *come == 0).unwrap());
    let second = bank.transfer(second);
    let words = |result| match result {
        Ok(Receipt { from, to }) => format!("{from} {to}"),
        Err(error) => format!("{error:?}"),
    };
    let results = vec![words(first.join().unwrap()), words(second)];
    let appended = *sink.come.lock().unwrap();
    (results, (1..=4).map(|number| bank.balance(number).unwrap()).collect(), appended)
}

pub fn drive() {
    let transfer = Transfer { id: 5, from: 1, to: 2, amount: 30 };
    emit!(both(transfer, transfer, false));
    emit!(both(transfer, Transfer { from: 3, to: 4, ..transfer }, false));
    emit!(both(transfer, Transfer { from: 4, to: 4, amount: 0, ..transfer }, false));
    emit!(both(transfer, transfer, true));
    emit!(both(transfer, Transfer { from: 3, to: 4, ..transfer }, true));
    emit!(both(transfer, Transfer { from: 2, to: 1, amount: 101, ..transfer }, true));
    emit!(both(transfer, Transfer { id: 6, from: 3, to: 4, amount: 1 }, false));
}
