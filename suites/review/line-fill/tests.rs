use line_fill::*;

#[test]
fn filling_counts_characters() {
    assert_eq!(fill("größe über alles", 10), ["größe über", "alles"]);
    assert_eq!(fill("a bb  ccc\n\tdddddd e", 4), ["a bb", "ccc", "dddddd", "e"]);
    assert!(fill(" \n", 4).is_empty());
}

#[test]
fn wider_gaps_on_the_left() {
    assert_eq!(justify("a b c", 8), "a   b  c");
    assert_eq!(justify("a b c", 9), "a   b   c");
    assert_eq!(justify("ab", 8), "ab");
    assert_eq!(justify("a b", 3), "a b");
}

#[test]
fn middle() {
    assert_eq!(center("ab", 5), " ab");
    assert_eq!(center("ab", 6), "  ab");
    assert_eq!(center("abc", 2), "abc");
}
