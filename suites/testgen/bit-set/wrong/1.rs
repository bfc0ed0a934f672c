use bit_set::BitSet;

#[test]
fn insert_and_contains() {
    let mut set = BitSet::new(10);
    set.insert(3);
    set.insert(4);
    assert!(set.contains(3));
    assert!(!set.contains(5));
    assert_eq!(set.len(), 2);
    assert_eq!(set.runs(), [(3, 4)]);
}
