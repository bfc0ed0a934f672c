use bit_set::BitSet;

fn set(size: usize, numbers: &[usize]) -> BitSet {
    let mut set = BitSet::new(size);
    for &n in numbers {
        assert!(set.insert(n));
    }
    set
}

#[test]
fn one_by_one() {
    let mut numbers = set(100, &[0, 63, 64, 99]);
    assert_eq!(numbers.len(), 4);
    assert!(!numbers.insert(63));
    assert_eq!(numbers.runs(), [(0, 0), (63, 64), (99, 99)]);
    assert!(numbers.remove(63));
    assert!(!numbers.remove(63));
    assert_eq!(numbers.runs(), [(0, 0), (64, 64), (99, 99)]);
    assert!(numbers.contains(99) && !numbers.contains(98));
}

#[test]
fn beyond_the_size() {
    let mut numbers = set(3, &[1]);
    for n in [3, 4, 64, 1000] {
        assert!(!numbers.insert(n) && !numbers.contains(n) && !numbers.remove(n));
    }
    assert_eq!(numbers.len(), 1);
    assert!(BitSet::new(0).is_empty());
}

#[test]
fn ranges() {
    let mut numbers = set(9, &[2]);
    assert_eq!(numbers.insert_range(1, 4), 2);
    assert_eq!(numbers.runs(), [(1, 3)]);
    assert_eq!(numbers.insert_range(4, 4), 0);
    assert_eq!(numbers.insert_range(7, 20), 2);
    assert_eq!(numbers.runs(), [(1, 3), (7, 8)]);
}

#[test]
fn searching() {
    let numbers = set(9, &[0, 1, 5]);
    assert_eq!([0, 1, 2, 5, 6, 9, 50].map(|n| numbers.first_from(n)), [Some(0), Some(1), Some(5), Some(5), None, None, None]);
    assert_eq!(numbers.first_missing(), Some(2));
    assert_eq!(BitSet::new(9).first_missing(), Some(0));
    assert_eq!(set(2, &[0, 1]).first_missing(), None);
    assert_eq!(BitSet::new(0).first_missing(), None);
}

#[test]
fn two_sets() {
    let (mut one, other) = (set(9, &[1, 3]), set(200, &[3, 4, 150]));
    one.union(&other);
    assert_eq!(one.runs(), [(1, 1), (3, 4)]);
    let mut one = set(200, &[1, 3, 150]);
    one.minus(&set(9, &[3, 4]));
    assert_eq!(one.runs(), [(1, 1), (150, 150)]);
    one.minus(&BitSet::new(200));
    assert_eq!(one.len(), 2);
}
