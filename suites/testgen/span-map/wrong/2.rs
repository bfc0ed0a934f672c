use span_map::SpanMap;

#[test]
fn the_end_belongs_to_a_span() {
    let mut map = SpanMap::new();
    map.set(1, 5, 'a');
    assert_eq!(map.get(5), Some(&'a'));
}
