from differ import compare, marks, view, write_patch

emit("".join(step.kind for step in compare("abcd", "xbdy")))
old = "one\ntwo\nthree\nfour\nfive\nsix\n"
new = "one\ntwo\n3\nfour\nfive\nsix\nseven"
emit(write_patch(old, new, "a", "b", 1))
emit(marks("total = a + b", "total = a - b"))
emit(view("a\nb\nprint(x)\nc\nd\n", "a\nb\nprint(x, y)\nc\nd\n", 1))
