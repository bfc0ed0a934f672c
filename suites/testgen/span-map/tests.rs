use span_map::SpanMap;

fn filled(spans: &[(u32, u32, char)]) -> SpanMap<char> {
    let mut map = SpanMap::new();
    for &(from, to, value) in spans {
        map.set(from, to, value);
    }
    map
}

#[test]
fn against_an_array() {
    let steps = [(2, 6, 'a'), (4, 9, 'b'), (9, 11, 'b'), (5, 6, '-'), (0, 3, 'a'), (1, 20, 'c'), (7, 7, 'x'), (8, 3, 'y'), (3, 5, '-'), (4, 5, 'c')];
    let (mut map, mut array) = (SpanMap::new(), [None; 25]);
    for (from, to, value) in steps {
        if value == '-' {
            map.clear(from, to);
        } else {
            map.set(from, to, value);
        }
        for n in from..to {
            array[n as usize] = (value != '-').then_some(value);
        }
        let got: Vec<Option<char>> = (0..25).map(|n| map.get(n).copied()).collect();
        assert_eq!(got, array);
        assert_eq!(map.covered() as usize, array.iter().flatten().count());
    }
}

#[test]
fn spans_are_joined() {
    assert_eq!(filled(&[(2, 3, 'a'), (1, 2, 'a')]).spans(), [(1, 3, 'a')]);
    assert_eq!(filled(&[(1, 2, 'a'), (2, 3, 'b')]).spans(), [(1, 2, 'a'), (2, 3, 'b')]);
    assert_eq!(filled(&[(1, 2, 'a'), (3, 4, 'a')]).spans(), [(1, 2, 'a'), (3, 4, 'a')]);
    assert_eq!(filled(&[(5, 6, 'a'), (1, 2, 'b')]).spans(), [(1, 2, 'b'), (5, 6, 'a')]);
    assert_eq!(filled(&[(1, 9, 'a'), (3, 5, 'b')]).spans(), [(1, 3, 'a'), (3, 5, 'b'), (5, 9, 'a')]);
    assert_eq!(filled(&[(1, 1, 'a')]).spans(), []);
}

#[test]
fn clearing() {
    let map = filled(&[(1, 5, 'a')]);
    for (from, to, left) in [(1, 3, vec![(3, 5, 'a')]), (3, 5, vec![(1, 3, 'a')]), (2, 3, vec![(1, 2, 'a'), (3, 5, 'a')]), (0, 9, vec![]), (3, 3, vec![(1, 5, 'a')])] {
        let mut map = map.clone();
        map.clear(from, to);
        assert_eq!(map.spans(), left);
    }
}

#[test]
fn gaps() {
    let map = filled(&[(2, 4, 'a'), (7, 9, 'b')]);
    assert_eq!(map.gaps(0, 12), [(0, 2), (4, 7), (9, 12)]);
    assert_eq!(map.gaps(2, 9), [(4, 7)]);
    assert_eq!(map.gaps(5, 6), [(5, 6)]);
    assert_eq!(map.gaps(10, 11), [(10, 11)]);
    assert_eq!(map.gaps(3, 8), [(4, 7)]);
    assert_eq!(map.gaps(7, 9), []);
    assert_eq!(map.gaps(3, 3), []);
}
