from editor import Editor

editor = Editor("abc")
with editor.group():
    editor.insert(0, "12")
    editor.delete(1, 3)
    editor.insert(1, "xyz")
emit([editor.text, editor.undo(), editor.text, editor.redo(), editor.text, editor.undo()])
with editor.group():
    editor.insert(3, "d")
    with editor.group():
        editor.insert(4, "e")
        with editor.group():
            pass
        editor.delete(0, 1)
    editor.insert(0, "z")
emit([editor.text, editor.undo(), editor.text, editor.undo(), editor.redo(), editor.text])
emit([editor.replace_all("c", "cc"), editor.text, editor.replace_all("cc", "c"), editor.text, editor.replace_all("q", "x")])
emit([editor.undo(), editor.text, editor.undo(), editor.text, editor.undo(), editor.text])
with editor.group():
    editor.insert(1, "")
emit([editor.redo(), editor.text])

editor = Editor("text")
editor.set_mark("m", 2)
editor.insert(4, "!")
editor.insert(0, "?")
editor.undo()
try:
    with editor.group():
        editor.delete(0, 2)
        editor.set_mark("m", 0)
        editor.insert(1, "abc")
        editor.replace(9, 9, "x")
except IndexError:
    emit([editor.text, editor.mark("m")])
emit([editor.redo(), editor.text, editor.undo(), editor.undo(), editor.text])
with editor.group():
    editor.insert(0, "1")
    try:
        with editor.group():
            editor.insert(1, "2")
            raise KeyError
    except KeyError:
        editor.insert(2, "3")
emit([editor.text, editor.undo(), editor.text, editor.undo()])
with editor.group():
    editor.insert(0, "a")
    editor.replace_all("t", "TT")
    editor.delete(0, 1)
    for call in (editor.undo, editor.redo):
        try:
            call()
        except RuntimeError as error:
            emit(str(error))
emit([editor.text, editor.undo(), editor.text, editor.redo(), editor.text])

small = Editor(limit=2)
with small.group():
    for number in range(5):
        small.insert(0, str(number))
small.insert(0, "a")
emit([small.undo(), small.undo(), small.undo(), small.text])
state = 4
long = Editor("start")
texts = [long.text]
for _ in range(60):
    with long.group():
        for _ in range(3):
            state = (state * 1103515245 + 12345) % 2**31
            place = (state >> 16) % (len(long.text) + 1)
            end = min(len(long.text), place + (state >> 8) % 4)
            long.replace(place, end, "abcdef"[: (state >> 20) % 5])
    if long.text != texts[-1]:
        texts.append(long.text)
for text in reversed(texts):
    while long.text != text and long.undo():
        pass
    assert long.text == text
while long.redo():
    pass
emit(long.text == texts[-1])
