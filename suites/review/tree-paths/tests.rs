use tree_paths::*;

#[test]
fn cleaning() {
    assert_eq!(clean("/a//./b/../c/").as_deref(), Some("a/c"));
    assert_eq!(clean("a/..").as_deref(), Some(""));
    assert_eq!(clean("a/../.."), None);
    assert_eq!(clean("../a"), None);
}

#[test]
fn below() {
    assert!(within("a/b", "a/b"));
    assert!(within("a/b", "a/b/c"));
    assert!(!within("a/b", "a/bc"));
    assert!(!within("a/b", "a/b/../c"));
    assert!(within("", "a"));
    assert!(!within("", "../a"));
}

#[test]
fn leading() {
    assert_eq!(relative("a/b/c", "a/x/c").as_deref(), Some("../../x/c"));
    assert_eq!(relative("a/b", "a/b").as_deref(), Some(""));
    assert_eq!(relative("a", "a/b").as_deref(), Some("b"));
    assert_eq!(relative("..", "a"), None);
}

#[test]
fn endings() {
    let of = ["a/b.tar.gz", "a.b/c", ".hidden", "x.", "a/.b.c"].map(extension);
    assert_eq!(of, [Some("gz"), None, None, Some(""), Some("c")]);
}
