use cache_server::Server;
use std::sync::{Arc, Barrier};
use std::thread;

pub fn drive() {
    let server = Arc::new(Server::new(100_000));
    server.session().feed(b"set n 0 1\n0\nset a 0 1\n0\nset b 0 1\n0\n", 0);
    let barrier = Arc::new(Barrier::new(4));
    let threads: Vec<_> = (0..4)
        .map(|number| {
            let (server, barrier) = (Arc::clone(&server), Arc::clone(&barrier));
            let mut session = server.session();
            thread::spawn(move || {
                barrier.wait();
                let mut added = 0;
                let mut bad = 0;
                let long = format!("get b{} a\n", " x".repeat(30));
                for round in 0..1000 {
                    session.feed(b"incr n 1\n", 0);
                    let answer = session.feed(format!("add k{round} 0 1\n{number}\n").as_bytes(), 0);
                    added += u64::from(answer == b"stored\n");
                    // What two keys hold is read at one moment: b is counted up first, so a is never ahead.
                    session.feed(b"incr b 1\nincr a 1\n", 0);
                    let read = String::from_utf8(session.feed(long.as_bytes(), 0)).unwrap();
                    let numbers: Vec<u64> = read.lines().filter_map(|line| line.parse().ok()).collect();
                    bad += u64::from(numbers.len() != 2 || numbers[1] > numbers[0]);
                }
                (added, bad)
            })
        })
        .collect();
    let ends: Vec<(u64, u64)> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    emit!(ends.iter().map(|end| end.0).sum::<u64>());
    emit!(ends.iter().map(|end| end.1).sum::<u64>());
    emit!(String::from_utf8(server.session().feed(b"get n a b\n", 0)).unwrap());
    let stats = String::from_utf8(server.session().feed(b"stats\n", 0)).unwrap();
    emit!(stats.lines().map(str::to_string).collect::<Vec<_>>());
}
