use bank_transfers::{Bank, NoRoom, Sink, Transfer};
use std::sync::mpsc::channel;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

/// A journal that is slow: `append` waits until so many have come, but not for ever.
struct Slow {
    come: Mutex<usize>,
    more: Condvar,
    wanted: usize,
}

impl Sink for Slow {
    fn append(&self, record: &str) -> Result<(), NoRoom> {
        if record.starts_with("move") {
            let mut come = self.come.lock().unwrap();
            *come += 1;
            self.more.notify_all();
            let enough = |come: &mut usize| *come < self.wanted;
            drop(self.more.wait_timeout_while(come, Duration::from_millis(150), enough).unwrap());
        }
        Ok(())
    }
}

/// Whether all of these transfers end when they begin at the same time; with the total at the end.
fn all_end(transfers: &[(u32, u32)]) -> Option<u128> {
    let sink = Slow { come: Mutex::new(0), more: Condvar::new(), wanted: transfers.len() };
    let bank = Arc::new(Bank::new(Arc::new(sink)));
    for number in 1..=4 {
        bank.open(number, 100).unwrap();
    }
    let (end, ends) = channel();
    for (id, &(from, to)) in transfers.iter().enumerate() {
        let (bank, end) = (Arc::clone(&bank), end.clone());
        thread::spawn(move || end.send(bank.transfer(Transfer { id: id as u64, from, to, amount: 1 }).is_ok()));
    }
    for _ in transfers {
        ends.recv_timeout(Duration::from_secs(3)).ok().filter(|passed| *passed)?;
    }
    Some(bank.total())
}

pub fn drive() {
    for transfers in [&[(1, 2), (2, 1)][..], &[(1, 2), (2, 3), (3, 1)], &[(4, 1), (1, 2), (2, 3), (3, 4)]] {
        let total = all_end(transfers);
        emit!(total);
        if total.is_none() {
            return;
        }
    }
}
