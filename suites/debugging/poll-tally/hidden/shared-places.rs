use poll_tally::{ranking, Poll};

fn places(votes: &[u32]) -> Vec<usize> {
    let counts = votes.iter().enumerate().map(|(at, votes)| (format!("option {at:02}"), *votes)).collect();
    ranking(counts).into_iter().map(|place| place.place).collect()
}

pub fn drive() {
    emit!(places(&[5, 5, 4, 3]));
    emit!(places(&[9, 4, 4, 4, 2, 2, 1]));
    emit!(places(&[1, 1, 1, 0]));
    emit!(places(&[3, 7, 3, 7, 0]));
    let mut poll = Poll::new(&["x", "z", "y"]);
    poll.read("Ann: z\nBob: y");
    emit!(poll.result().into_iter().map(|place| (place.place, place.option)).collect::<Vec<_>>());
}
