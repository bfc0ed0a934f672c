use undo_text::Editor;

#[test]
fn changes() {
    let mut editor = Editor::new("aé");
    assert!(editor.insert(2, "z"));
    assert!(editor.insert(0, "xy"));
    assert_eq!(editor.text(), "xyaéz");
    assert!(editor.delete(1, 4));
    assert_eq!(editor.text(), "xz");
    assert!(editor.delete(0, 2));
    assert_eq!(editor.text(), "");
    assert!(editor.insert(0, "q"));
    assert_eq!(editor.text(), "q");
}

#[test]
fn what_changes_nothing() {
    let mut editor = Editor::new("ab");
    assert!(!editor.insert(3, "x"));
    assert!(!editor.insert(0, ""));
    assert!(!editor.delete(0, 3));
    assert!(!editor.delete(1, 1));
    assert!(!editor.delete(2, 1));
    assert!(!editor.undo());
    assert!(!editor.redo());
    assert_eq!((editor.text().as_str(), editor.steps()), ("ab", (0, 0)));
}

#[test]
fn back_and_forth() {
    let mut editor = Editor::new("abc");
    editor.delete(0, 2);
    editor.insert(1, "X ");
    editor.insert(3, "Y");
    assert_eq!(editor.steps(), (3, 0));
    let mut seen = vec![editor.text()];
    while seen.len() < 4 && editor.undo() {
        seen.push(editor.text());
    }
    assert_eq!(seen, ["cX Y", "cX ", "c", "abc"]);
    assert_eq!(editor.steps(), (0, 3));
    for expected in ["c", "cX ", "cX Y"] {
        assert!(editor.redo());
        assert_eq!(editor.text(), expected);
    }
    assert!(editor.undo() && editor.undo());
    assert_eq!((editor.text().as_str(), editor.steps()), ("c", (1, 2)));
}

#[test]
fn a_change_ends_what_could_be_done_again() {
    let mut editor = Editor::new("abc");
    editor.delete(0, 1);
    editor.undo();
    editor.insert(0, "x");
    assert_eq!(editor.steps(), (1, 0));
    editor.undo();
    editor.delete(0, 1);
    assert_eq!(editor.steps(), (1, 0));
}

#[test]
fn insertions_join() {
    let mut editor = Editor::new("");
    editor.insert(0, "a");
    editor.insert(1, "b");
    assert_eq!(editor.steps(), (1, 0));
    editor.insert(0, "c");
    assert_eq!(editor.steps(), (2, 0));
    editor.insert(1, "d ");
    editor.insert(3, "e\n");
    editor.insert(5, "f");
    assert_eq!(editor.steps(), (4, 0));
    editor.undo();
    editor.redo();
    editor.insert(6, "g");
    assert_eq!(editor.steps(), (5, 0));
    editor.delete(0, 1);
    editor.insert(6, "h");
    assert_eq!(editor.steps(), (7, 0));
    while editor.undo() {}
    assert_eq!(editor.text(), "");
}

#[test]
fn a_joined_step_is_taken_back_whole() {
    let mut editor = Editor::new("");
    editor.insert(0, "a");
    editor.insert(1, "b");
    editor.undo();
    assert_eq!((editor.text().as_str(), editor.steps()), ("", (0, 1)));
    editor.insert(0, "x");
    editor.delete(0, 1);
    editor.insert(0, "y");
    assert_eq!(editor.steps(), (3, 0));
}
