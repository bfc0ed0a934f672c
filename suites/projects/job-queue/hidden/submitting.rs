use job_queue::{Lease, Policy, Queue};

pub fn drive() {
    let mut queue = Queue::new(Policy { attempts: 3, lease: 10, base: 1, longest: 8 });
    emit!(queue.take(0).is_none());
    emit!((queue.submit("a", 0), queue.submit("b", 1)));
    emit!(queue.len());
    let (lease, name) = queue.take(1).unwrap();
    emit!((lease.job, lease.attempt, name));
    emit!(queue.done(lease));
    emit!(queue.done(lease));
    emit!((queue.len(), queue.is_empty()));
    emit!(queue.done(Lease { job: 9, attempt: 1 }));
    emit!(queue.revive(1, 5));
}
