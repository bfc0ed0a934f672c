from differ import view

emit(view("", ""))
emit(view("a\n", "a\n"))
emit(view("", "a\nb"))
numbers = [f"line {number}\n" for number in range(1, 21)]
changed = numbers.copy()
changed[4] = "line five\n"
changed[10:12] = []
changed[15] = "LINE 18\n"
emit(view("".join(numbers), "".join(changed)))
emit(view("".join(numbers), "".join(changed), 0))
emit(view("a b c\nd e f\nlast\n", "a b x\nd e x\nnew line\nlast\n", 1))
emit(view("same text here\n", "same text here"))
emit(view("all other words\nq\n", "nothing in common\nq\n", 5))
emit(view("if x:\n  a = 1\n\tb = 2\n", "if  x: \n    a = 1\nb = 3", 1, False))
emit(view("a  b\n", " a b", blanks=False))
emit(view("x\n" + "same\n" * 5 + "y\n", "z\n" + "same\n" * 5 + "w\n"))
emit(view("one\ntwo two\nthree three\n", "two too\none\n", 1))
