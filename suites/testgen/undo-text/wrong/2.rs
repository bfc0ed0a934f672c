use undo_text::Editor;

#[test]
fn every_insertion_is_a_step() {
    let mut editor = Editor::new("");
    editor.insert(0, "a");
    editor.insert(1, "b");
    assert_eq!(editor.steps(), (2, 0));
}
