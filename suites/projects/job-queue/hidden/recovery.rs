use job_queue::{Policy, Queue};

pub fn drive() {
    let policy = Policy { attempts: 2, lease: 10, base: 5, longest: 50 };
    let mut queue = Queue::new(policy);
    queue.submit("a", 0);
    let (first, _) = queue.take(0).unwrap();
    emit!(queue.take(9).is_none());
    let (second, _) = queue.take(10).unwrap();
    emit!(second.attempt);
    emit!((queue.done(first), queue.failed(first, 11)));
    emit!(queue.dead(19));
    emit!(queue.dead(20));
    emit!(queue.done(second));
    let mut queue = Queue::new(policy);
    queue.submit("slow", 0);
    queue.submit("next", 9);
    queue.take(0);
    emit!(queue.take(12).map(|(_, name)| name));
    emit!(queue.take(12).map(|(lease, name)| (name, lease.attempt)));
    let mut queue = Queue::new(policy);
    queue.submit("twice", 0);
    let (lease, _) = queue.take(0).unwrap();
    emit!((queue.failed(lease, 1), queue.failed(lease, 1), queue.done(lease)));
    emit!(queue.len());
}
