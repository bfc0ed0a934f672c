use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

struct State<T> {
    jobs: VecDeque<T>,
    closed: bool,
    handed_out: usize,
}

pub struct Queue<T> {
    most: usize,
    state: Mutex<State<T>>,
    changed: Condvar,
}

impl<T> Queue<T> {
    pub fn new(most: usize) -> Self {
        let state = State { jobs: VecDeque::new(), closed: false, handed_out: 0 };
        Queue { most, state: Mutex::new(state), changed: Condvar::new() }
    }

    pub fn try_push(&self, job: T) -> Result<(), T> {
        let mut state = self.lock();
        if state.closed || state.jobs.len() >= self.most {
            return Err(job);
        }
        state.jobs.push_back(job);
        // one job is for one thread
        self.changed.notify_one();
        Ok(())
    }

    pub fn pop(&self) -> Option<T> {
        let mut state = self.lock();
        loop {
            if let Some(job) = state.jobs.pop_front() {
                state.handed_out += 1;
                return Some(job);
            }
            if state.closed {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    pub fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        self.changed.notify_all();
    }

    pub fn drain(&self) -> Vec<T> {
        let mut state = self.lock();
        let state = &mut *state;
        state.handed_out += state.jobs.len();
        state.jobs.drain(..).collect()
    }

    pub fn handed_out(&self) -> usize {
        self.lock().handed_out
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
