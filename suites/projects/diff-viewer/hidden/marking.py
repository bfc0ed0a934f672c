from differ import marks


def shown(old, new):
    pair = marks(old, new)
    return pair and ["".join(f"<{text}>" if changed else text for text, changed in side) for side in pair]


emit(shown("if total > limit:", "if sum > limit:"))
emit(shown("call(a, b)", "call(b)"))
emit(shown("x = 1", "x  = 1"))
emit(shown("word_1 größer", "word_2 größer"))
emit(shown("abcd", "abce"))
emit(shown("a b", "a c"))
emit(shown("a bb", "a cc"))
emit(shown("aa bb ccc", "aa ddd"))
emit(shown("aaa bb cc", "aaa dd"))
emit(shown("", ""))
emit(shown(" ", "\t"))
emit(shown("", "x"))
emit(shown("a.b.c.d", "d.c.b.a"))
emit(shown("return x;", "return x;"))
emit(shown("begin xx", "begin"))
emit(shown("f(x); g(y); h(z)", "g(y); h(z); f(x)"))
emit(marks("ab cd!", "ab !"))
