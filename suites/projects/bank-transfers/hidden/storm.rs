use bank_transfers::{Bank, NoRoom, Sink, Transfer};
use std::collections::HashMap;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

const ACCOUNTS: u32 = 6;
const WORKERS: u64 = 4;
const TRANSFERS: u64 = 500;

/// A journal that is full now and then.
#[derive(Default)]
struct Lines(Mutex<(Vec<String>, u64)>);

impl Sink for Lines {
    fn append(&self, record: &str) -> Result<(), NoRoom> {
        thread::yield_now();
        let mut lines = self.0.lock().unwrap();
        lines.1 += 1;
        if lines.1 % 97 == 96 {
            return Err(NoRoom);
        }
        lines.0.push(record.to_string());
        Ok(())
    }
}

/// The transfer with an id: the same for all workers.
fn transfer(id: u64) -> Transfer {
    let dice = (id + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
    let from = (dice % u64::from(ACCOUNTS)) as u32;
    let step = 1 + (dice >> 8) as u32 % (ACCOUNTS - 1);
    Transfer { id, from, to: (from + step) % ACCOUNTS, amount: 1 + (dice >> 16) % 400 }
}

pub fn drive() {
    let lines = Arc::new(Lines::default());
    let bank = Arc::new(Bank::new(lines.clone()));
    for number in 0..ACCOUNTS {
        bank.open(number, 1000).unwrap();
    }
    let (end, ends) = channel();
    for worker in 0..WORKERS {
        let (bank, end) = (Arc::clone(&bank), end.clone());
        thread::spawn(move || {
            let mut receipts = vec![];
            let mut wrong_totals = 0;
            for step in 0..TRANSFERS {
                // Two workers go the same way, the others a little behind them.
                let id = step.saturating_sub(worker / 2 * 3);
                if let Ok(receipt) = bank.transfer(transfer(id)) {
                    receipts.push((id, receipt));
                }
                if step % 8 == 0 {
                    wrong_totals += u64::from(bank.total() != u128::from(ACCOUNTS) * 1000);
                }
            }
            end.send((receipts, wrong_totals))
        });
    }
    drop(end);
    let mut receipts = HashMap::new();
    let (mut finished, mut differing, mut wrong_totals) = (0, 0, 0);
    while let Ok((of_worker, totals)) = ends.recv_timeout(Duration::from_secs(8)) {
        finished += 1;
        wrong_totals += totals;
        for (id, receipt) in of_worker {
            differing += u64::from(*receipts.entry(id).or_insert(receipt) != receipt);
        }
    }
    emit!(finished);
    if finished < WORKERS {
        return;
    }
    emit!((differing, wrong_totals));
    let journal = lines.0.lock().unwrap().0.clone();
    let mut moves: Vec<u64> = journal.iter().filter_map(|line| line.split(' ').nth(1).filter(|_| line.starts_with("move"))?.parse().ok()).collect();
    let appended = moves.len();
    moves.sort_unstable();
    moves.dedup();
    emit!(appended - moves.len());
    emit!(moves.iter().filter(|id| !receipts.contains_key(id)).count() + receipts.len().abs_diff(moves.len()));
    emit!(moves.len() > 160);
    let whole = journal.concat();
    let Ok((again, length)) = Bank::recover(&whole, lines.clone()) else { return };
    emit!(length == whole.len());
    emit!((0..ACCOUNTS).filter(|number| bank.statement(*number) != again.statement(*number)).count());
    emit!(receipts.iter().filter(|(id, receipt)| again.transfer(transfer(**id)) != Ok(**receipt)).count());
    emit!((bank.total(), again.total()));
}
