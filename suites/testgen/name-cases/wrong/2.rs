use name_cases::*;

#[test]
fn digits_are_words() {
    assert_eq!(words("server2"), ["server", "2"]);
}
