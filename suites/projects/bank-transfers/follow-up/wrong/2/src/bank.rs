//! The bank.

use crate::account::{Account, Entry};
use crate::ids::Ids;
use crate::journal::{Record, Sink};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

/// An amount that goes from one account to another. The client chooses the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transfer {
    pub id: u64,
    pub from: u32,
    pub to: u32,
    pub amount: u64,
}

/// The balances that a transfer left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    pub from: u64,
    pub to: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    NoAmount,
    SameAccount,
    NoAccount(u32),
    Exists(u32),
    Insufficient,
    TooMuch,
    /// The id belongs to another transfer.
    Reused(u64),
    Journal,
    /// The line of the journal, from 1.
    Corrupt(usize),
}

type Shared = Arc<Mutex<Account>>;

pub struct Bank {
    accounts: RwLock<BTreeMap<u32, Shared>>,
    ids: Ids,
    sink: Arc<dyn Sink>,
}

impl Bank {
    pub fn new(sink: Arc<dyn Sink>) -> Bank {
        Bank { accounts: RwLock::default(), ids: Ids::default(), sink }
    }

    /// Opens an account.
    pub fn open(&self, number: u32, deposit: u64) -> Result<(), Error> {
        let mut accounts = self.accounts.write().unwrap_or_else(PoisonError::into_inner);
        if accounts.contains_key(&number) {
            return Err(Error::Exists(number));
        }
        Record::Open { number, deposit }.write(&*self.sink)?;
        accounts.insert(number, Arc::new(Mutex::new(Account::new(deposit))));
        Ok(())
    }

    pub fn transfer(&self, transfer: Transfer) -> Result<Receipt, Error> {
        self.once(transfer, || Record::Move(transfer).write(&*self.sink))
    }

    pub fn balance(&self, number: u32) -> Result<u64, Error> {
        Ok(lock(&*self.account(number)?).balance())
    }

    /// The numbers of all accounts, the lowest first.
    pub fn accounts(&self) -> Vec<u32> {
        self.accounts.read().unwrap_or_else(PoisonError::into_inner).keys().rev().copied().collect()
    }

    /// Says how much must stay in an account.
    pub fn set_floor(&self, number: u32, floor: u64) -> Result<(), Error> {
        lock(&*self.account(number)?).set_floor(floor);
        Ok(())
    }

    /// What may be taken from an account.
    pub fn available(&self, number: u32) -> Result<u64, Error> {
        Ok(lock(&*self.account(number)?).available())
    }

    /// All entries of an account, the first first.
    pub fn statement(&self, number: u32) -> Result<Vec<Entry>, Error> {
        Ok(lock(&*self.account(number)?).entries().to_vec())
    }

    /// The sum of all balances at one moment.
    pub fn total(&self) -> u128 {
        let accounts = self.accounts.read().unwrap_or_else(PoisonError::into_inner);
        let held: Vec<MutexGuard<Account>> = accounts.values().map(|account| lock(account)).collect();
        held.iter().map(|account| u128::from(account.balance())).sum()
    }

    /// Carries a transfer out unless it was; `write` keeps it before it takes effect.
    pub(crate) fn once(
        &self,
        transfer: Transfer,
        write: impl FnOnce() -> Result<(), Error>,
    ) -> Result<Receipt, Error> {
        if let Some((earlier, receipt)) = self.ids.claim(transfer.id) {
            return if earlier == transfer { Ok(receipt) } else { Err(Error::Reused(transfer.id)) };
        }
        let result = self.carry_out(transfer, write);
        self.ids.settle(transfer, result.ok());
        result
    }

    fn carry_out(&self, transfer: Transfer, write: impl FnOnce() -> Result<(), Error>) -> Result<Receipt, Error> {
        let Transfer { id, from, to, amount } = transfer;
        if amount == 0 {
            return Err(Error::NoAmount);
        }
        if from == to {
            return Err(Error::SameAccount);
        }
        let (giver, receiver) = (self.account(from)?, self.account(to)?);
        // All who hold several accounts take the one with the lower number first.
        let (mut giver, mut receiver) = if from < to {
            let giver = lock(&giver);
            (giver, lock(&receiver))
        } else {
            let receiver = lock(&receiver);
            (lock(&giver), receiver)
        };
        let receipt = Receipt { from: giver.less(amount)?, to: receiver.more(amount)? };
        write()?;
        giver.set(id, receipt.from);
        receiver.set(id, receipt.to);
        Ok(receipt)
    }

    fn account(&self, number: u32) -> Result<Shared, Error> {
        let accounts = self.accounts.read().unwrap_or_else(PoisonError::into_inner);
        accounts.get(&number).cloned().ok_or(Error::NoAccount(number))
    }

    /// Opens an account that the journal has.
    pub(crate) fn restore(&self, number: u32, deposit: u64) -> Result<(), Error> {
        let mut accounts = self.accounts.write().unwrap_or_else(PoisonError::into_inner);
        match accounts.get(&number) {
            Some(account) if lock(account).entries()[0].balance == deposit => Ok(()),
            Some(_) => Err(Error::Exists(number)),
            None => {
                accounts.insert(number, Arc::new(Mutex::new(Account::new(deposit))));
                Ok(())
            }
        }
    }
}

pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
