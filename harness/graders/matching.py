"""Pairs of what is expected and what is given, each used once."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def most_pairs(
    expected: Iterable[int], given: Iterable[int], fits: Callable[[int, int], bool]
) -> dict[int, int]:
    """Expected → given, as many pairs that fit as can be made at once (augmenting paths).

    The numbers are places in the caller's lists; ``fits`` gets an expected and a given one.
    """
    offered = list(given)
    taken: dict[int, int] = {}  # given → expected

    def place(one: int, tried: set[int]) -> bool:
        for other in offered:
            if other not in tried and fits(one, other):
                tried.add(other)
                if other not in taken or place(taken[other], tried):
                    taken[other] = one
                    return True
        return False

    for one in expected:
        place(one, set())
    return {one: other for other, one in taken.items()}
