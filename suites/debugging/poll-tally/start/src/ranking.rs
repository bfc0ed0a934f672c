/// An option with its place and votes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub place: usize,
    pub option: String,
    pub votes: u32,
    /// The share of all votes in whole percent, half a percent up; 0 where nobody has voted.
    pub percent: u32,
}

/// Options, the one with the most votes first, those with as many in alphabetical order. Such options share a place,
/// and after them as many places are left out: 1, 2, 2, 4.
pub fn ranking(mut counts: Vec<(String, u32)>) -> Vec<Place> {
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let all: u32 = counts.iter().map(|(_, votes)| votes).sum();
    let mut places: Vec<Place> = Vec::new();
    for (option, votes) in counts {
        let place = match places.last() {
            Some(last) if last.votes == votes => last.place,
            _ => places.last().map_or(1, |last| last.place + 1),
        };
        let percent = if all == 0 { 0 } else { (votes * 200 + all) / (all * 2) };
        places.push(Place { place, option, votes, percent });
    }
    places
}
