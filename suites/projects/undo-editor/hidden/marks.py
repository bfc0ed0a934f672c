from editor import Editor


def moved(start, end, text):
    editor = Editor("0123456789")
    for place in range(11):
        editor.set_mark(str(place), place)
    editor.replace(start, end, text)
    places = [editor.mark(str(place)) for place in range(11)]
    editor.undo()
    assert [editor.mark(str(place)) for place in range(11)] == list(range(11))
    editor.redo()
    assert [editor.mark(str(place)) for place in range(11)] == places
    return places


emit(moved(3, 3, "ab"))
emit(moved(3, 6, ""))
emit(moved(3, 6, "abcd"))
emit(moved(0, 10, ""))
emit(moved(0, 0, "x"))
emit(moved(10, 10, "x"))
emit(moved(9, 10, "xyz"))

editor = Editor("a b c")
editor.set_mark("b", 2)
editor.move(5)
editor.delete(1, 4)
emit([editor.text, editor.cursor, editor.mark("b")])
editor.set_mark("b", 0)
editor.set_mark("new", 2)
editor.move(0)
emit([editor.undo(), editor.cursor, editor.mark("b")])
try:
    editor.mark("new")
except KeyError as error:
    emit(error.args[0])
editor.set_mark("lost", 1)
emit([editor.redo(), editor.text, editor.cursor, editor.mark("b"), editor.mark("new")])
emit([editor.undo(), editor.mark("lost"), editor.mark("b"), editor.text])
editor.insert(2, "")
editor.replace(0, 1, "a")
emit([editor.redo(), editor.mark("new"), editor.text])
typed = Editor("xy")
typed.set_mark("m", 1)
typed.move(1)
typed.type("ab")
emit([typed.text, typed.cursor, typed.mark("m"), typed.undo(), typed.cursor, typed.redo(), typed.cursor])
