use poll_tally::{ranking, Poll};

fn shown(poll: &Poll) -> Vec<(usize, String, u32, u32)> {
    poll.result().into_iter().map(|place| (place.place, place.option, place.votes, place.percent)).collect()
}

pub fn drive() {
    let mut poll = Poll::new(&["red", "blue", "green"]);
    emit!(shown(&poll).len());
    emit!(shown(&poll).iter().all(|(place, _, votes, percent)| (*place, *votes, *percent) == (1, 0, 0)));
    emit!(poll.read(" Ann : red\n\nBOB: blue \nno vote\n: red\nEve: Red\nann: red\n bob :blue\nCy:green\nDi: red\nEd: red: blue\n"));
    emit!(poll.voters());
    emit!((poll.vote("ANN", "pink"), poll.vote("Fay", "pink"), poll.voters()));
    poll.vote("Fay", " red");
    poll.vote("Gus", "blue");
    emit!(shown(&poll));
    emit!(ranking(vec![]).len());
    emit!(ranking(vec![("a".into(), 1), ("b".into(), 199)]).iter().map(|place| place.percent).collect::<Vec<_>>());
    emit!(ranking(vec![("c".into(), 5), ("a".into(), 2), ("b".into(), 2)]).iter().map(|place| (place.place, place.option.clone())).collect::<Vec<_>>());
}
