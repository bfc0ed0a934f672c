use job_queue::{Policy, Queue};

pub fn drive() {
    let policy = Policy { attempts: 3, lease: 10, base: 3, longest: 10 };
    emit!((1..=4).map(|n| policy.delay(n)).collect::<Vec<_>>());
    emit!([policy.delay(64), policy.delay(u32::MAX)]);
    emit!(Policy { base: u64::MAX / 2, longest: u64::MAX, ..policy }.delay(3));
    let mut queue = Queue::new(policy);
    let id = queue.submit("a", 0);
    let mut attempts = vec![];
    for now in 0..40 {
        if let Some((lease, _)) = queue.take(now) {
            attempts.push((now, lease.attempt));
            queue.failed(lease, now + 1);
        }
    }
    emit!(attempts);
    emit!(queue.dead(40));
    emit!(queue.len());
    emit!(queue.revive(id, 50));
    emit!(queue.revive(id, 50));
    let (lease, _) = queue.take(50).unwrap();
    emit!(lease.attempt);
    emit!(queue.dead(50));
}
