use tile_walk::map::Map;
use tile_walk::walk::{peak, reach, steps};

const TEXT: &str = "012\n#13\n904\n";

#[test]
fn maps() {
    let map = Map::parse(TEXT).unwrap();
    assert_eq!(map.height(0, 2), Some(2));
    assert_eq!([map.height(1, 0), map.height(3, 0), map.height(0, 3)], [None; 3]);
    assert_eq!(map.neighbours(1, 1), [(0, 1), (1, 2), (2, 1)]);
    assert_eq!(map.neighbours(0, 0), [(0, 1)]);
    for text in ["", "\n", "01\n0", "0a"] {
        assert!(Map::parse(text).is_none());
    }
}

#[test]
fn shortest_ways() {
    let map = Map::parse(TEXT).unwrap();
    assert_eq!(steps(&map, (0, 0), (2, 2)), Some(4));
    assert_eq!(steps(&map, (2, 2), (2, 2)), Some(0));
    assert_eq!(steps(&map, (2, 1), (2, 0)), None);
    assert_eq!(steps(&map, (2, 0), (0, 0)), Some(4));
    assert_eq!(steps(&map, (1, 0), (0, 0)), None);
    assert_eq!(steps(&map, (0, 0), (9, 9)), None);
}

#[test]
fn within_some_steps() {
    let map = Map::parse(TEXT).unwrap();
    assert_eq!(reach(&map, (0, 0), 2), [(0, 0), (0, 1), (0, 2), (1, 1)]);
    assert_eq!(reach(&map, (0, 0), 0), [(0, 0)]);
    assert!(reach(&map, (1, 0), 5).is_empty());
    assert_eq!(peak(&map, (0, 0)), Some(4));
}
