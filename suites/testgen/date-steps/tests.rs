use date_steps::*;

fn date(year: i32, month: u32, day: u32) -> Date {
    let date = Date::new(year, month, day);
    assert!(date.is_some());
    date.unwrap()
}

#[test]
fn which_dates_exist() {
    for (year, month, day) in [(2000, 2, 29), (2004, 2, 29), (9999, 12, 31), (1, 1, 1), (2001, 11, 30), (2001, 1, 31)] {
        assert!(Date::new(year, month, day).is_some());
    }
    for (year, month, day) in [
        (1900, 2, 29), (2001, 2, 29), (2001, 2, 30), (2001, 11, 31), (2001, 4, 31), (2001, 13, 1), (2001, 0, 1),
        (2001, 1, 0), (2001, 1, 32), (0, 1, 1), (10000, 1, 1), (-4, 1, 1),
    ] {
        assert!(Date::new(year, month, day).is_none());
    }
}

#[test]
fn day_numbers() {
    for (parts, n) in [
        ((1, 1, 1), 0), ((1, 1, 31), 30), ((1, 2, 1), 31), ((1, 12, 31), 364), ((2, 1, 1), 365), ((5, 1, 1), 1461),
        ((101, 1, 1), 36524), ((401, 1, 1), 146097), ((2000, 3, 1), 730179), ((9999, 12, 31), 3652058),
    ] {
        assert_eq!(day_number(date(parts.0, parts.1, parts.2)), n);
        assert_eq!(from_day_number(n).map(Date::parts), Some(parts));
    }
    assert_eq!(from_day_number(-1), None);
    assert_eq!(from_day_number(3652059), None);
}

#[test]
fn weekdays() {
    assert_eq!(weekday(date(1, 1, 1)), 0);
    assert_eq!(weekday(date(2000, 1, 1)), 5);
    assert_eq!(weekday(date(2024, 2, 25)), 6);
}

#[test]
fn adding() {
    let add = |year, month, day, n| add_months(date(year, month, day), n).map(Date::parts);
    assert_eq!(add(2001, 1, 31, 1), Some((2001, 2, 28)));
    assert_eq!(add(2001, 1, 31, 2), Some((2001, 3, 31)));
    assert_eq!(add(2001, 3, 31, -13), Some((2000, 2, 29)));
    assert_eq!(add(2001, 12, 5, 1), Some((2002, 1, 5)));
    assert_eq!(add(2001, 1, 5, -1), Some((2000, 12, 5)));
    assert_eq!(add(1, 1, 15, -1), None);
    assert_eq!(add(1, 1, 15, -13), None);
    assert_eq!(add(9999, 12, 1, 1), None);
}

#[test]
fn between() {
    let months = |a: (i32, u32, u32), b: (i32, u32, u32)| months_between(date(a.0, a.1, a.2), date(b.0, b.1, b.2));
    assert_eq!(months((2001, 1, 1), (2001, 2, 1)), 1);
    assert_eq!(months((2001, 1, 5), (2001, 2, 1)), 0);
    assert_eq!(months((2001, 1, 31), (2001, 2, 28)), 1);
    assert_eq!(months((2001, 1, 31), (2001, 3, 30)), 1);
    assert_eq!(months((2001, 3, 1), (2001, 1, 1)), -2);
    assert_eq!(months((1999, 12, 31), (2001, 2, 28)), 14);
}
