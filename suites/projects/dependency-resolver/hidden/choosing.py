from zlib import crc32

from resolver import Conflict, Index, Range, read_index, read_requirements, read_version, resolve
from resolver.index import Release, Requirement


def chosen(index, requirements):
    try:
        return {name: str(version) for name, version in resolve(index, requirements).items()}
    except Conflict:
        return None


def small(releases, program):
    """Releases as ``name version: requirement, requirement; …``."""
    lines = []
    for part in releases.split(";"):
        release, _, rest = part.strip().partition(":")
        lines += [release, *(f"  {requirement.strip()}" for requirement in rest.split(",") if rest)]
    return chosen(read_index("\n".join(lines)), read_requirements(program.replace(",", "\n")))


pair = "a 1; a 2: c ^1; b 1; b 2: c ^2; c 1; c 2; z 1: a *"
emit(small(pair, "b *, a *"))
emit(small(pair, "b *, z *"))
emit(small("a 1; a 2: c *, d ^2; c 1; d 1", "a *, d *"))
emit(small("x 1: y? <2; y 1; y 2", "x *"))
emit(small("x 1: y? <2; y 1; y 2", "x *, y *"))
emit(small("a 1; a 2; b 1; b 2: a? <2", "a *, b *"))
emit(small("a 1; a 2; b 1: a? <2", "a *, b *"))
emit(small("a 1; a 2: b *; b 1", "a *, b? >1"))
emit(small("a 1: b *; b 1: c *, a >=1; c 1: b ^1; a 2: a ^1; a 3: d? *; d 1", "a <3"))
emit(small("a 1: b ==2.0.0-rc.1; b 2.0.0-rc.1; b 2.0.0-rc.2; b 1", "a *"))
emit(small("a 1: b ^2; b 2.0.0-rc.1; b 1", "a *"))
emit(small("a 1", "a *, a ^1, a >=2"))
emit(small("a 1", ""))
emit(small("a 1: nobody *; a 0.9", "a *"))


class Dice:
    """The same numbers everywhere."""

    def __init__(self, seed):
        self.state = seed

    def roll(self, sides):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % sides

    def of(self, things):
        return things[self.roll(len(things))]


def world(dice, names):
    lines = []
    for name in names:
        for major in range(1, 3 + dice.roll(2)):
            lines.append(f"{name} {major}.{dice.roll(2)}.0{' withdrawn' if dice.roll(8) == 0 else ''}")
            for _ in range(dice.of((0, 1, 1, 2))):
                mark = "?" if dice.roll(4) == 0 else ""
                lines.append(f"  {dice.of(names)}{mark} {dice.of(('^1', '^2', '*', '>=2', '<3', '!=1.1', '<2', '^1 | ^3'))}")
    program = [f"{dice.of(names)}{'?' if dice.roll(6) == 0 else ''} {dice.of(('^1', '^2', '*', '>=2', '<3'))}" for _ in range(3)]
    return read_index("\n".join(lines)), read_requirements("\n".join(program))


dice = Dice(7)
digest = conflicts = 0
for _ in range(70):
    solution = chosen(*world(dice, "abcdef"[: 3 + dice.roll(4)]))
    conflicts += solution is None
    digest = crc32(repr(sorted(solution.items()) if solution else None).encode(), digest)
emit(conflicts)
emit(digest)

one, two = read_version("1"), read_version("2")
some = Range("*")
names = [f"n{number:04}" for number in range(3000)]
releases = [
    Release(name, version, (Requirement(following, Range("<2") if name == "n2997" else some),))
    for name, following in zip(names, names[1:])
    for version in (one, two)
]
index = Index([*releases, Release(names[-1], two, ()), Release(names[-1], one, ())])
solution = resolve(index, [Requirement("n0000", some)])
emit([len(solution), sum(version == one for version in solution.values()), str(solution["n2998"])])
