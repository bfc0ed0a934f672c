//! The queue itself.

use crate::job::{Job, Lease};
use crate::policy::Policy;
use std::cmp::Reverse;

/// Jobs that wait, run or have died.
pub struct Queue {
    policy: Policy,
    jobs: Vec<Job>,
    dead: Vec<Job>,
    next: u64,
}

impl Queue {
    pub fn new(policy: Policy) -> Queue {
        Queue { policy, jobs: Vec::new(), dead: Vec::new(), next: 1 }
    }

    /// Take a job on; its number.
    pub fn submit(&mut self, name: &str, now: u64) -> u64 {
        self.submit_with(name, now, 0)
    }

    /// Take a job on that may be taken before others.
    pub fn submit_with(&mut self, name: &str, now: u64, priority: u8) -> u64 {
        let id = self.next;
        self.next += 1;
        self.jobs.push(Job::new(id, name, now, priority));
        id
    }

    /// How many jobs are neither done nor dead.
    pub fn len(&self) -> usize {
        self.jobs.len()
    }

    pub fn is_empty(&self) -> bool {
        self.jobs.is_empty()
    }

    /// Lease the next job: its lease and its name.
    pub fn take(&mut self, now: u64) -> Option<(Lease, String)> {
        self.expire(now);
        let job = self
            .jobs
            .iter_mut()
            .filter(|job| job.leased_until.is_none() && job.due <= now)
            .min_by_key(|job| (job.due, Reverse(job.priority), job.id))?;
        job.attempts += 1;
        job.leased_until = Some(now + self.policy.lease);
        Some((Lease { job: job.id, attempt: job.attempts }, job.name.clone()))
    }

    /// The job is done.
    pub fn done(&mut self, lease: Lease) -> bool {
        match self.held(lease) {
            Some(at) => {
                self.jobs.remove(at);
                true
            }
            None => false,
        }
    }

    /// The attempt failed.
    pub fn failed(&mut self, lease: Lease, now: u64) -> bool {
        let Some(at) = self.held(lease) else { return false };
        let job = &mut self.jobs[at];
        job.leased_until = None;
        if job.attempts >= self.policy.attempts {
            let job = self.jobs.remove(at);
            self.dead.push(job);
        } else {
            job.due = now + self.policy.delay(job.attempts);
        }
        true
    }

    /// The names of dead jobs, the first to die first.
    pub fn dead(&mut self, now: u64) -> Vec<String> {
        self.expire(now);
        self.dead.iter().map(|job| job.name.clone()).collect()
    }

    /// Make a dead job new.
    pub fn revive(&mut self, id: u64, now: u64) -> bool {
        let Some(at) = self.dead.iter().position(|job| job.id == id) else { return false };
        let mut job = self.dead.remove(at);
        job.due = now;
        job.attempts = 0;
        self.jobs.push(job);
        true
    }

    /// Remove a job, whatever becomes of it otherwise; whether there was one.
    pub fn cancel(&mut self, id: u64) -> bool {
        let before = self.jobs.len() + self.dead.len();
        self.jobs.retain(|job| job.id != id);
        self.jobs.len() + self.dead.len() < before
    }

    /// The earliest moment from `now` on at which `take` gives a job if nothing else happens.
    pub fn next(&self, now: u64) -> Option<u64> {
        let last = |job: &Job| job.leased_until.is_some() && job.attempts >= self.policy.attempts;
        self.jobs.iter().filter(|job| !last(job)).map(|job| job.leased_until.unwrap_or(job.due).max(now)).min()
    }

    fn held(&self, lease: Lease) -> Option<usize> {
        self.jobs.iter().position(|job| job.id == lease.job && job.is_held_by(lease))
    }

    /// Give up leases that have run out; the jobs that ran out first die first.
    fn expire(&mut self, now: u64) {
        let mut last: Vec<(u64, u64)> = Vec::new();
        for job in &mut self.jobs {
            if let Some(until) = job.leased_until.filter(|until| *until <= now) {
                job.leased_until = None;
                job.due = until;
                if job.attempts >= self.policy.attempts {
                    last.push((until, job.id));
                }
            }
        }
        last.sort_unstable();
        for (_, id) in last {
            let at = self.jobs.iter().position(|job| job.id == id).expect("it was there");
            let job = self.jobs.remove(at);
            self.dead.push(job);
        }
    }
}
