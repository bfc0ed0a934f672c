use level_log::{Backwards, LevelLog};

fn log(most: usize, readings: &[(u32, i32)]) -> LevelLog {
    let mut log = LevelLog::new(most);
    for &(minute, level) in readings {
        log.record(minute, level).unwrap();
    }
    log
}

#[test]
fn only_the_last_count() {
    assert_eq!(log(2, &[(0, 100), (1, 2), (2, 3)]).mean(), Some(3));
    assert_eq!(log(3, &[(0, 1), (1, 2), (1, 4)]).mean(), Some(3));
    assert_eq!(log(3, &[]).mean(), None);
    let mut log = log(3, &[(5, 1)]);
    assert_eq!(log.record(4, 2), Err(Backwards));
}

#[test]
fn means_round_away_from_zero_at_halves() {
    for (levels, mean) in [([1, 2], 2), ([-1, -2], -2), ([1, -2], -1), ([1, 0], 1), ([-1, 1], 0)] {
        assert_eq!(log(5, &[(0, levels[0]), (1, levels[1])]).mean(), Some(mean));
    }
    assert_eq!(log(5, &[(0, 1), (1, 1), (2, 2)]).mean(), Some(1));
    assert_eq!(log(5, &[(0, -1), (1, -1), (2, -2)]).mean(), Some(-1));
    assert_eq!(log(2, &[(0, i32::MAX), (1, i32::MAX)]).mean(), Some(i32::MAX));
}

#[test]
fn rises() {
    assert!(log(5, &[(0, 9), (1, 1), (2, 2), (3, 3)]).rising());
    assert!(!log(5, &[(1, 1), (2, 2), (3, 2)]).rising());
    assert!(!log(5, &[(1, 1), (2, 2)]).rising());
}

#[test]
fn between() {
    let log = log(5, &[(10, -5), (20, 6), (30, 0)]);
    let levels = [9, 10, 12, 14, 20, 25, 30, 31].map(|minute| log.at(minute));
    assert_eq!(levels, [None, Some(-5), Some(-2), Some(0), Some(6), Some(3), Some(0), None]);
}
