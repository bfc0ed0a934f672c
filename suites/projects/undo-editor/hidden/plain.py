from editor import Buffer, Editor

editor = Editor("hello", limit=3)
editor.insert(5, " world")
editor.delete(0, 1)
editor.replace(0, 4, "J")
emit(editor.text)
emit([editor.undo(), editor.text, editor.undo(), editor.text, editor.redo(), editor.text])
emit([editor.undo(), editor.undo(), editor.text, editor.undo(), editor.redo(), editor.redo(), editor.redo(), editor.redo(), editor.text])
editor.undo()
editor.insert(0, ">")
emit([editor.redo(), editor.text])
for place in (1, 2, 3):
    editor.insert(0, str(place))
emit([editor.undo(), editor.undo(), editor.undo(), editor.undo(), editor.text])
for call in (lambda: editor.insert(99, "x"), lambda: editor.delete(2, 1), lambda: editor.replace(-1, 0, "x"), lambda: editor.move(50)):
    try:
        call()
    except IndexError as error:
        emit(str(error))
emit([editor.text, editor.redo()])
with editor.group():
    editor.insert(0, "[")
emit([editor.text, editor.undo(), editor.text])
buffer = Buffer("abc")
buffer.marks["m"] = 1
emit([buffer.replace(2, 3, "X"), buffer.text, buffer.marks])
try:
    with editor.group():
        editor.undo()
except RuntimeError as error:
    emit(str(error))
