use vote_count::*;

#[test]
fn half_is_not_more_than_half() {
    let ballots = [vec![0], vec![0], vec![1, 2], vec![2, 1]];
    assert_eq!(winner(&ballots, 3), Some(0));
    let ballots = [vec![1], vec![1], vec![0], vec![2, 0]];
    assert_eq!(winner(&ballots, 3), Some(0));
}

#[test]
fn of_equal_ones_the_highest_number_is_out() {
    let ballots = [vec![0, 2], vec![0], vec![1, 0], vec![2, 1], vec![2, 1]];
    assert_eq!(winner(&ballots, 3), Some(0));
    let ballots = [vec![0], vec![1]];
    assert_eq!(winner(&ballots, 2), Some(0));
}

#[test]
fn nobody() {
    assert_eq!(winner(&[], 3), None);
    assert_eq!(winner(&[vec![]], 3), None);
    assert_eq!(winner(&[vec![]], 0), None);
}

#[test]
fn checks() {
    assert_eq!(check(&[2, 0], 3), Ok(()));
    assert_eq!(check(&[2, 3], 3), Err(3));
    assert_eq!(check(&[2, 2], 3), Err(2));
    assert_eq!(first_votes(&[vec![0, 1], vec![0]], &[true, false]), [0, 1]);
}
