use date_steps::*;

#[test]
fn weeks_begin_on_sunday() {
    assert_eq!(weekday(Date::new(1, 1, 1).unwrap()), 1);
}
