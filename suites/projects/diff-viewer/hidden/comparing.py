from zlib import crc32

from differ import Step, compare


def kinds(a, b, key=None):
    return "".join(step.kind for step in compare(a, b, key))


for a, b in (
    ("", ""),
    ("abc", ""),
    ("", "ab"),
    ("same", "same"),
    ("ab", "ba"),
    ("abcabba", "cbabac"),
    ("px", "qxx"),
    ("xaxbx", "xbxax"),
    ("aab", "ab"),
    ("abxyzcd", "xyabcd"),
    ("private public", "public private"),
    ("mmaabbmmaa", "aammbbaamm"),
):
    emit(kinds(a, b))
emit([list(step) for step in compare(["p", "x"], ["q", "x", "x"])])
emit([list(step) for step in compare("Ab", "aC", str.lower)])
emit(kinds([1, 2.0, None], [1.0, 2, "None"]))
emit(compare("a", "a")[0] == Step("=", 0, 0))
state, digest, kept = 5, 0, 0
for _ in range(60):
    words = []
    for _ in range(2):
        letters = []
        state = (state * 1103515245 + 12345) % 2**31
        for _ in range(state >> 16 & 15):
            state = (state * 1103515245 + 12345) % 2**31
            letters.append("abcd"[state >> 16 & 3])
        words.append("".join(letters))
    steps = kinds(*words)
    kept += steps.count("=")
    digest = crc32(steps.encode(), digest)
emit([kept, digest])
