use bank_transfers::{Bank, NoRoom, Sink, Transfer};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

/// A journal that is stuck at the transfer 1 until it is let go, but not for ever.
#[derive(Default)]
struct Stuck {
    stage: Mutex<(bool, bool)>, // it is stuck, it is let go
    changed: Condvar,
    gave_up: Mutex<bool>,
}

impl Sink for Stuck {
    fn append(&self, record: &str) -> Result<(), NoRoom> {
        if record.starts_with("move 1 ") {
            let mut stage = self.stage.lock().unwrap();
            stage.0 = true;
            self.changed.notify_all();
            let (stage, ended) = self.changed.wait_timeout_while(stage, Duration::from_secs(4), |stage| !stage.1).unwrap();
            drop(stage);
            *self.gave_up.lock().unwrap() = ended.timed_out();
        }
        Ok(())
    }
}

pub fn drive() {
    let sink = Arc::new(Stuck::default());
    let bank = Arc::new(Bank::new(sink.clone()));
    for number in 1..=4 {
        bank.open(number, 100).unwrap();
    }
    let stuck = thread::spawn({
        let bank = Arc::clone(&bank);
        move || bank.transfer(Transfer { id: 1, from: 1, to: 2, amount: 10 }).is_ok()
    });
    let stage = sink.stage.lock().unwrap();
    drop(sink.changed.wait_while(stage, |stage| !stage.0).unwrap());
    emit!(bank.transfer(Transfer { id: 2, from: 3, to: 4, amount: 10 }).map(|receipt| (receipt.from, receipt.to)).ok());
    emit!(bank.transfer(Transfer { id: 2, from: 4, to: 3, amount: 10 }).is_err());
    emit!((bank.balance(3).ok(), bank.statement(4).map(|entries| entries.len()).ok()));
    sink.stage.lock().unwrap().1 = true;
    sink.changed.notify_all();
    emit!(stuck.join().unwrap());
    emit!(*sink.gave_up.lock().unwrap());
    emit!((1..=4).map(|number| bank.balance(number).unwrap()).collect::<Vec<_>>());
}
