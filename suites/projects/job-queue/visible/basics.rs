use job_queue::{Policy, Queue};

pub fn drive() {
    let mut queue = Queue::new(Policy { attempts: 2, lease: 10, base: 4, longest: 60 });
    queue.submit("mail", 0);
    let (lease, name) = queue.take(0).unwrap();
    emit!(name);
    emit!(queue.failed(lease, 1));
    emit!(queue.take(4).is_none());
    let (second, _) = queue.take(5).unwrap();
    emit!(queue.failed(second, 6));
    emit!(queue.dead(6));
}
