use std::sync::mpsc::channel;
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use work_queue::Queue;

#[test]
fn first_in_first_out() {
    let queue = Queue::new(2);
    assert_eq!(queue.try_push(1), Ok(()));
    assert_eq!(queue.try_push(2), Ok(()));
    assert_eq!(queue.try_push(3), Err(3));
    assert_eq!(queue.pop(), Some(1));
    queue.close();
    assert_eq!(queue.try_push(4), Err(4));
    assert_eq!((queue.pop(), queue.pop()), (Some(2), None));
    assert_eq!(queue.handed_out(), 2);
}

#[test]
fn drained_jobs_count() {
    let queue = Queue::new(5);
    queue.try_push("a").unwrap();
    queue.try_push("b").unwrap();
    assert_eq!(queue.drain(), ["a", "b"]);
    assert_eq!(queue.handed_out(), 2);
    assert!(queue.drain().is_empty());
}

#[test]
fn closing_wakes_all() {
    let queue = Arc::new(Queue::<u8>::new(1));
    let (ended, ends) = channel();
    for _ in 0..4 {
        let (queue, ended) = (queue.clone(), ended.clone());
        thread::spawn(move || ended.send(queue.pop()).unwrap());
    }
    thread::sleep(Duration::from_millis(30));
    queue.close();
    for _ in 0..4 {
        assert_eq!(ends.recv_timeout(Duration::from_secs(5)), Ok(None));
    }
}
