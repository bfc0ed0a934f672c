use bank_transfers::{Bank, NoRoom, Sink, Transfer};
use std::sync::Arc;
use std::thread;

struct Nowhere;

impl Sink for Nowhere {
    fn append(&self, _: &str) -> Result<(), NoRoom> {
        Ok(())
    }
}

pub fn drive() {
    let bank = Arc::new(Bank::new(Arc::new(Nowhere)));
    for number in 1..=3 {
        bank.open(number, 1000).unwrap();
    }
    bank.set_floor(1, 400).unwrap();
    let threads: Vec<_> = (0..4u64)
        .map(|part| {
            let bank = Arc::clone(&bank);
            thread::spawn(move || {
                let mut least = u64::MAX;
                let mut given = 0;
                for step in 0..300 {
                    let transfer = Transfer { id: part * 1000 + step, from: 1, to: 2 + (step % 2) as u32, amount: 7 };
                    given += u64::from(bank.transfer(transfer).is_ok());
                    least = least.min(bank.balance(1).unwrap());
                    if part == 0 {
                        bank.set_floor(2, step).unwrap();
                    }
                    bank.available(2).unwrap();
                    bank.accounts();
                }
                (given, least)
            })
        })
        .collect();
    let ends: Vec<(u64, u64)> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    emit!(ends.iter().map(|(given, _)| given).sum::<u64>());
    emit!(ends.iter().map(|(_, least)| *least).min().unwrap());
    emit!([bank.balance(1).unwrap(), bank.available(1).unwrap(), bank.total() as u64]);
}
