from itertools import product

from patterns import Rules, matches


def slow(pattern, parts):
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(slow(pattern[1:], parts[n:]) for n in range(len(parts) + 1))
    return bool(parts) and pattern[0] in ("*", parts[0]) and slow(pattern[1:], parts[1:])


def test_against_the_definition():
    for length in (1, 2, 3):
        for tokens in product(("a", "b", "*", "**"), repeat=length):
            for size in (1, 2, 3):
                for parts in product("ab", repeat=size):
                    got = matches(".".join(tokens), ".".join(parts))
                    assert got == slow(list(tokens), list(parts)), (tokens, parts)


def test_most_specific():
    rules = Rules(0)
    rules.set("**", 1)
    rules.set("a.*", 2)
    rules.set("a.**", 3)
    rules.set("*.b", 4)
    rules.set("a.*", 5)
    assert [rules.get(key) for key in ("a.b", "a", "c.b", "c", "a.b.c")] == [5, 3, 4, 1, 3]
    assert Rules().get("x") is None
