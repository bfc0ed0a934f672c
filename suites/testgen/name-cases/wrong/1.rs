use name_cases::*;

#[test]
fn examples() {
    assert_eq!(words("HTTPServer2Go"), ["http", "server2", "go"]);
    assert_eq!(snake("aB"), "a_b");
    assert_eq!(style("a_b"), Some(Style::Snake));
}
