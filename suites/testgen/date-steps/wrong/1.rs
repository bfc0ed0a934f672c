use date_steps::*;

#[test]
fn a_leap_year() {
    assert!(Date::new(2004, 2, 29).is_some());
    assert!(Date::new(2005, 2, 29).is_none());
    let date = Date::new(2001, 1, 31).unwrap();
    assert_eq!(add_months(date, 1), Date::new(2001, 2, 28));
    assert_eq!(from_day_number(day_number(date)), Some(date));
}
