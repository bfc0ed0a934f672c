use job_queue::{Policy, Queue};

pub fn drive() {
    let mut queue = Queue::new(Policy { attempts: 1, lease: 10, base: 1, longest: 1 });
    let ids: Vec<u64> = ["waits", "runs", "dies", "done", "stays"].iter().map(|name| queue.submit(name, 0)).collect();
    emit!((queue.cancel(ids[0]), queue.cancel(ids[0]), queue.cancel(99), queue.len()));
    let (runs, name) = queue.take(0).unwrap();
    emit!(name);
    let (dies, _) = queue.take(0).unwrap();
    let (done, _) = queue.take(0).unwrap();
    emit!((queue.failed(dies, 1), queue.done(done)));
    emit!((queue.cancel(runs.job), queue.done(runs), queue.failed(runs, 2), queue.len()));
    emit!(queue.dead(3));
    emit!((queue.cancel(dies.job), queue.revive(dies.job, 3), queue.dead(3)));
    emit!(queue.cancel(done.job));
    emit!(queue.take(4).map(|(_, name)| name));
    emit!(queue.take(4).is_none());
    emit!(queue.submit("new", 5));
    emit!(queue.dead(50));
}
