from editor import Editor

editor = Editor("one two one")
editor.set_mark("two", 4)
emit([editor.replace_all("one", "1"), editor.text, editor.mark("two")])
emit([editor.undo(), editor.text, editor.mark("two"), editor.redo(), editor.text, editor.mark("two")])
for letter in "ab c":
    editor.type(letter)
texts = [editor.text]
while editor.undo():
    texts.append(editor.text)
emit(texts)
