use name_cases::*;

#[test]
fn splitting() {
    assert_eq!(words("HTTPServer2Go"), ["http", "server2", "go"]);
    assert_eq!(words("one_two-three four"), ["one", "two", "three", "four"]);
    assert_eq!(words("__a- b_"), ["a", "b"]);
    assert_eq!(words("aB"), ["a", "b"]);
    assert_eq!(words("AB"), ["ab"]);
    assert_eq!(words("AB2"), ["ab2"]);
    assert_eq!(words("ABc"), ["a", "bc"]);
    assert_eq!(words("2B"), ["2", "b"]);
    assert!(words("").is_empty());
    assert!(words("_-").is_empty());
}

#[test]
fn writing() {
    assert_eq!(snake("twoWords More"), "two_words_more");
    assert_eq!(kebab("twoWords More"), "two-words-more");
    assert_eq!(pascal("two_words-more"), "TwoWordsMore");
    assert_eq!(camel("two_words-more"), "twoWordsMore");
    assert_eq!(camel(""), "");
}

#[test]
fn styles() {
    assert_eq!(style("a_b"), Some(Style::Snake));
    assert_eq!(style("a"), Some(Style::Snake));
    assert_eq!(style("a-b"), Some(Style::Kebab));
    assert_eq!(style("aB"), Some(Style::Camel));
    assert_eq!(style("AB"), None);
    assert_eq!(style("AbC"), Some(Style::Pascal));
    assert_eq!(style("a_B"), None);
    assert_eq!(style(""), None);
}
