use bit_set::BitSet;

#[test]
fn debug_shows_the_words() {
    let mut set = BitSet::new(10);
    set.insert(0);
    assert_eq!(format!("{set:?}"), "BitSet { size: 10, words: [1] }");
}

#[test]
fn size_is_in() {
    let mut set = BitSet::new(10);
    assert!(set.insert(10));
}
