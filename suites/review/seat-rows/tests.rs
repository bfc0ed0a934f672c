use seat_rows::*;

#[test]
fn free_runs() {
    assert_eq!(runs("..#.##..."), [(0, 2), (3, 1), (6, 3)]);
    assert_eq!(runs("#"), []);
    assert_eq!(runs(""), []);
    assert_eq!(runs(".#"), [(0, 1)]);
}

#[test]
fn the_shortest_that_is_long_enough() {
    assert_eq!(best("...#..#..", 2), Some(4));
    assert_eq!(best("...#..#..", 3), Some(0));
    assert_eq!(best("...#..", 4), None);
    assert_eq!(best("...", 0), None);
}

#[test]
fn taking() {
    assert_eq!(take("..#.", 0, 2), Ok("###.".to_string()));
    assert_eq!(take("..#.", 1, 2), Err(2));
    assert_eq!(take("..#.", 3, 2), Err(4));
    assert_eq!(take("..", 1, 0), Ok("..".to_string()));
}

#[test]
fn alone() {
    assert_eq!(lonely(".#..#."), 2);
}
