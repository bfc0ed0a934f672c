use job_queue::{Policy, Queue};

fn names(queue: &mut Queue, now: u64) -> Vec<String> {
    let mut names = vec![];
    while let Some((_, name)) = queue.take(now) {
        names.push(name);
    }
    names
}

pub fn drive() {
    let policy = Policy { attempts: 5, lease: 100, base: 2, longest: 9 };
    let mut queue = Queue::new(policy);
    for (name, now) in [("late", 7), ("early", 3), ("middle", 5), ("twin", 3)] {
        queue.submit(name, now);
    }
    emit!(names(&mut queue, 6));
    emit!(names(&mut queue, 7));
    let mut queue = Queue::new(policy);
    queue.submit("a", 0);
    queue.submit("b", 2);
    let (lease, _) = queue.take(0).unwrap();
    queue.failed(lease, 0);
    emit!(names(&mut queue, 2));
    let mut queue = Queue::new(Policy { attempts: 1, ..policy });
    for name in ["x", "y", "z"] {
        queue.submit(name, 0);
    }
    let leases: Vec<_> = (0..3).map(|_| queue.take(0).unwrap().0).collect();
    for at in [2, 0, 1] {
        queue.failed(leases[at], 1);
    }
    emit!(queue.dead(1));
    queue.revive(3, 1);
    emit!(queue.dead(1));
}
