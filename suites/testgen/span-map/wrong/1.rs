use span_map::SpanMap;

#[test]
fn set_and_get() {
    let mut map = SpanMap::new();
    map.set(1, 5, 'a');
    assert_eq!(map.get(3), Some(&'a'));
    assert_eq!(map.get(7), None);
    assert_eq!(map.covered(), 4);
}
