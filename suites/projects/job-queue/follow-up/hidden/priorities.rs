use job_queue::{Policy, Queue};

fn taken(queue: &mut Queue, now: u64) -> Vec<String> {
    std::iter::from_fn(|| queue.take(now)).map(|(_, name)| name).collect()
}

pub fn drive() {
    let policy = Policy { attempts: 2, lease: 10, base: 5, longest: 50 };
    let mut queue = Queue::new(policy);
    emit!([queue.submit("low", 0), queue.submit_with("high", 2, 9), queue.submit_with("middle", 1, 4), queue.submit("later", 3)]);
    emit!(queue.take(1).map(|(_, name)| name));
    emit!(taken(&mut queue, 3));
    let mut queue = Queue::new(policy);
    queue.submit_with("b", 5, 1);
    queue.submit_with("a", 5, 1);
    queue.submit_with("c", 4, 1);
    queue.submit_with("top", 6, 255);
    emit!(taken(&mut queue, 9));
    let mut queue = Queue::new(policy);
    let id = queue.submit_with("again", 0, 7);
    let (lease, _) = queue.take(0).unwrap();
    queue.submit("plain", 0);
    emit!(queue.failed(lease, 1));
    emit!(queue.take(5).map(|(_, name)| name));
    queue.submit("other", 5);
    let (lease, name) = queue.take(6).unwrap();
    emit!(name);
    emit!((queue.failed(lease, 7), queue.dead(7)));
    emit!(queue.revive(id, 7));
    emit!(taken(&mut queue, 8));
}
