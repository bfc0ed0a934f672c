use std::cmp::Reverse;

pub fn check(ballot: &[usize], candidates: usize) -> Result<(), usize> {
    let mut seen = vec![false; candidates];
    for &candidate in ballot {
        match seen.get_mut(candidate) {
            Some(mark) if !*mark => *mark = true,
            _ => return Err(candidate),
        }
    }
    Ok(())
}

pub fn first_votes(ballots: &[Vec<usize>], out: &[bool]) -> Vec<usize> {
    let mut votes = vec![0; out.len()];
    for ballot in ballots {
        if let Some(&first) = ballot.iter().find(|&&candidate| !out[candidate]) {
            votes[first] += 1;
        }
    }
    votes
}

pub fn winner(ballots: &[Vec<usize>], candidates: usize) -> Option<usize> {
    let mut out = vec![false; candidates];
    loop {
        let votes = first_votes(ballots, &out);
        let counted: usize = votes.iter().sum();
        if counted == 0 {
            return None;
        }
        let left: Vec<usize> = (0..candidates).filter(|&candidate| !out[candidate]).collect();
        let most = left.iter().copied().max_by_key(|&candidate| votes[candidate])?;
        // twice, so that half of an odd number is no matter
        if votes[most] * 2 > counted || left.len() == 1 {
            return Some(most);
        }
        let least = left
            .into_iter()
            .min_by_key(|&candidate| (votes[candidate], Reverse(candidate)))?;
        out[least] = true;
    }
}
