use undo_text::Editor;

#[test]
fn undo_and_redo() {
    let mut editor = Editor::new("ab");
    assert!(editor.insert(1, "x"));
    assert!(editor.undo());
    assert_eq!(editor.text(), "ab");
    assert!(editor.redo());
    assert_eq!(editor.text(), "axb");
}
