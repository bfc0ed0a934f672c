use poll_tally::Poll;

fn votes(poll: &Poll) -> Vec<(String, u32)> {
    poll.result().into_iter().map(|place| (place.option, place.votes)).collect()
}

pub fn drive() {
    let mut poll = Poll::new(&["a", "b"]);
    poll.read("Ann: a\nBob: a\nAnn: b\n");
    emit!((votes(&poll), poll.voters()));
    poll.read("ann : a\n BOB: b\nCy: b");
    emit!((votes(&poll), poll.voters()));
    poll.vote("Cy", "c");
    emit!(votes(&poll));
    poll.read("Cy: a\nCy: b\nCy: a");
    emit!(votes(&poll));
}
