use poll_tally::Poll;

fn shown(poll: &Poll) -> Vec<(usize, String, u32, u32)> {
    poll.result().into_iter().map(|place| (place.place, place.option, place.votes, place.percent)).collect()
}

pub fn drive() {
    let mut poll = Poll::new(&["tea", "coffee"]);
    emit!(poll.read("Ann: tea\nBob: coffee\nCy: coffee\nDee: cocoa\n"));
    emit!(shown(&poll));
    emit!(poll.vote("Bob", "tea"));
    emit!(shown(&poll));
}
