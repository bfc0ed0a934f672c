from zlib import crc32

from resolver import Conflict, read_index, read_lock, read_requirements, read_version, resolve

index = read_index("""
app 1.0.0
  lib *
app 1.1.0
  lib ^2
app 1.2.0 withdrawn
  lib *
lib 1.0.0
lib 1.1.0
lib 2.0.0
lib 3.0.0 withdrawn
tool 1.0.0
tool 2.0.0
  app ==1.0
tool 3.0.0
  lib ^3
""")


def chosen(program, lock="", update=()):
    requirements = read_requirements(program.replace(",", "\n"))
    try:
        solution = resolve(index, requirements, read_lock(lock.replace(",", "\n")), update)
    except Conflict as conflict:
        return [str(culprit) for culprit in conflict.culprits]
    return " ".join(f"{name}-{version}" for name, version in sorted(solution.items()))


emit(chosen("app *"))
emit(chosen("app *", "lib 1.0.0"))
emit(chosen("app *", "app 1.0.0, lib 1.0.0"))
emit(chosen("app *", "app 1.0.0, lib 1.0.0", ["lib"]))
emit(chosen("app *", "app 1.0.0, lib 1.0.0", {"app"}))
emit(chosen("app *", "app 1.2.0, lib 3.0.0"))
emit(chosen("app *", "app 1.2.0, lib 3.0.0", ["app"]))
emit(chosen("app *", "app 1.2.0, lib 3.0.0", ("lib", "other")))
emit(chosen("lib >=3"))
emit(chosen("lib ^1", "lib 2.0.0, tool 1.0.0"))
emit(chosen("lib *", "lib 1.5.0"))
emit(chosen("tool *, app *"))
emit(chosen("tool *", "lib 3.0.0"))
emit(chosen("tool *, app *", "tool 2.0.0"))
emit(chosen("tool >=2, app *", "tool 2.0.0"))
emit(chosen("tool *, app >=1.1, lib ^1", "app 1.1.0, lib 1.1.0, tool 2.0.0"))
lock = {"app": read_version("1"), "lib": read_version("9")}
update = ["lib"]
resolve(index, read_requirements("app *"), lock, update)
emit([sorted(lock), update])


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


dice = Dice(11)
digest = kept = 0
for _ in range(60):
    names = "abcdef"[: 3 + dice.roll(4)]
    small, program = world(dice, names)
    lock = {name: read_version(dice.of(("1.0.0", "1.1.0", "2.0.0"))) for name in names if dice.roll(2)}
    update = [name for name in names if dice.roll(4) == 0]
    try:
        solution = resolve(small, program, lock, update)
    except Conflict as conflict:
        digest = crc32(str(conflict).encode(), digest)
        continue
    kept += sum(lock.get(name) == version for name, version in solution.items())
    digest = crc32(repr(sorted((name, str(version)) for name, version in solution.items())).encode(), digest)
emit(kept)
emit(digest)
