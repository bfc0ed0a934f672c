use job_queue::{Policy, Queue};

pub fn drive() {
    let mut queue = Queue::new(Policy { attempts: 2, lease: 10, base: 4, longest: 4 });
    emit!(queue.next(5));
    queue.submit("a", 20);
    emit!([queue.next(5), queue.next(20), queue.next(33)]);
    let (first, _) = queue.take(21).unwrap();
    emit!([queue.next(21), queue.next(40)]);
    queue.submit_with("b", 25, 3);
    emit!(queue.next(22));
    let (b, _) = queue.take(25).unwrap();
    emit!(queue.done(b));
    emit!(queue.failed(first, 26));
    emit!(queue.next(26));
    let (second, _) = queue.take(30).unwrap();
    emit!(queue.next(30));
    emit!(queue.next(100));
    emit!(queue.failed(second, 39));
    emit!(queue.next(39));
    queue.revive(second.job, 44);
    emit!([queue.next(40), queue.next(50)]);
    emit!(queue.take(44).unwrap().0.attempt);
    emit!(queue.next(54));
}
