from editor import Editor


def steps(editor):
    texts = []
    while editor.undo():
        texts.append(editor.text)
    return texts


def typed(editor, text):
    for letter in text:
        editor.type(letter)


editor = Editor()
typed(editor, "to be,  or")
emit([editor.text, editor.cursor, *steps(editor)])
editor = Editor()
typed(editor, "ab")
editor.undo()
typed(editor, "cd")
emit([editor.text, *steps(editor)])
editor = Editor("0")
typed(editor, "ab")
editor.undo()
editor.redo()
typed(editor, "c")
emit([editor.text, *steps(editor)])
editor = Editor("-")
typed(editor, "ab")
editor.move(2)
typed(editor, "c")
editor.insert(4, "!")
typed(editor, "d")
emit([editor.text, *steps(editor)])
editor = Editor()
typed(editor, "a")
editor.set_mark("m", 1)
typed(editor, "b")
editor.type("cd")
typed(editor, "ef")
typed(editor, "g")
emit([editor.text, editor.mark("m"), *steps(editor)])
editor = Editor()
typed(editor, "a")
with editor.group():
    typed(editor, "b c")
    editor.insert(0, "<")
typed(editor, "d")
emit([editor.text, editor.cursor, *steps(editor)])
editor = Editor("x y")
editor.move(2)
typed(editor, "12")
emit([editor.text, editor.undo(), editor.text, editor.cursor, editor.redo(), editor.cursor])
typed(editor, "\n\n3")
emit(steps(editor))
editor = Editor(limit=2)
typed(editor, "a b c d")
emit([editor.text, *steps(editor)])
editor = Editor()
typed(editor, "ab")
editor.undo()
editor.undo()
typed(editor, "")
emit([editor.redo(), editor.text, editor.redo()])
editor = Editor("q")
typed(editor, "ab")
with editor.group():
    pass
typed(editor, "c")
emit([editor.text, *steps(editor)])
