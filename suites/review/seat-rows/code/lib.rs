/// The free runs of a row: first seat and length.
pub fn runs(row: &str) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut begun = None;
    for (seat, sign) in row.bytes().enumerate() {
        match (sign, begun) {
            (b'.', None) => begun = Some(seat),
            (b'#', Some(start)) => {
                runs.push((start, seat - start));
                begun = None;
            }
            _ => {}
        }
    }
    if let Some(start) = begun {
        runs.push((start, row.len() - start));
    }
    runs
}

/// Where a group sits together.
pub fn best(row: &str, people: usize) -> Option<usize> {
    if people == 0 {
        return None;
    }
    // min_by_key gives the first of equal ones
    runs(row)
        .iter()
        .filter(|&&(_, length)| length >= people)
        .min_by_key(|&&(_, length)| length)
        .map(|&(first, _)| first)
}

/// The row with some more seats taken.
pub fn take(row: &str, first: usize, people: usize) -> Result<String, usize> {
    let mut seats = row.as_bytes().to_vec();
    for seat in first..first + people {
        match seats.get_mut(seat) {
            Some(sign) if *sign == b'.' => *sign = b'#',
            _ => return Err(seat),
        }
    }
    Ok(seats.into_iter().map(char::from).collect())
}

/// Free seats without a free neighbour.
pub fn lonely(row: &str) -> usize {
    runs(row).iter().filter(|&&(_, length)| length == 1).count()
}
