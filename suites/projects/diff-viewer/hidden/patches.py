from differ import Step, apply_patch, hunks, write_patch


def steps(kinds):
    result, i, j = [], 0, 0
    for kind in kinds:
        result.append(Step(kind, i, j))
        i, j = i + (kind != "+"), j + (kind != "-")
    return result


def grouped(kinds, context):
    return [f"{hunk[0].i},{hunk[0].j} " + "".join(step.kind for step in hunk) for hunk in hunks(steps(kinds), context)]


emit(grouped("=====-+=====", 2))
emit(grouped("-====+", 2))
emit(grouped("-=====+", 2))
emit(grouped("=-==+=", 0))
emit(grouped("=-+=", 0))
emit(grouped("====", 3))
emit(grouped("", 3))
emit(grouped("+===-======-===", 3))

numbers = "".join(f"{number}\n" for number in range(1, 13))
emit(write_patch(numbers, numbers, "a", "b"))
emit(write_patch("", "x\n", "old file", "new file"))
emit(write_patch("x", "", "a", "b"))
emit(write_patch("x", "x\n", "a", "b"))
emit(write_patch("a\nb\nc", "a\nc", "a", "b", 0))
emit(write_patch("a\nb", "a\nb\nc", "a", "b", 1))
emit(write_patch(numbers, numbers.replace("2\n", "two\n", 1).replace("11\n", ""), "a", "b", 2))
emit(write_patch(numbers, "0\n" + numbers, "a", "b", 0))
emit(write_patch("a\n\n b\n", "a\n\n\n b\n", "a", "b"))
state, fitting = 9, 0
for context in (0, 1, 2, 3) * 20:
    texts = []
    for _ in range(2):
        lines = []
        state = (state * 1103515245 + 12345) % 2**31
        for _ in range(state >> 16 & 15):
            state = (state * 1103515245 + 12345) % 2**31
            lines.append(("a\n", "b\n", "\n", "\\ c\n")[state >> 16 & 3])
        texts.append("".join(lines).removesuffix("\n" if state & 1 << 20 else "x"))
    old, new = texts
    patch = write_patch(old, new, "a", "b", context)
    fitting += apply_patch(old, patch) == new
emit(fitting)
