from resolver import Conflict, Index, Range, read_index, read_requirements, read_version, resolve
from resolver.index import Release, Requirement


def culprits(releases, program, lock=None, update=()):
    lines = []
    for part in releases.split(";"):
        release, _, rest = part.strip().partition(":")
        lines += [release, *(f"  {requirement.strip()}" for requirement in rest.split(",") if rest)]
    requirements = read_requirements(program.replace(",", "\n"))
    try:
        resolve(read_index("\n".join(lines)), requirements, lock, update)
    except Conflict as conflict:
        return [str(requirement) for requirement in conflict.culprits]
    return "solved"


emit(culprits("a 1", "b *"))
emit(culprits("a 1: c ^1; b 1: c ^2; c 1; c 2", "c *, a *, b *, a ^1"))
emit(culprits("a 1: c ^1; b 1: c ^2; c 1; c 2", "c *, a *, b *, a ^1, c ^2"))
emit(culprits("a 1: c ^1; b 1: c ^2; c 1; c 2", "c ^1, b *, a *"))
emit(culprits("a 1; a 2; a 3", "a >1, a <3, a !=2"))
emit(culprits("a 1; b 1: a *", "a? >1, b *"))
emit(culprits("a 1: a ^2; a 2: a ^1", "b? *, a *"))
emit(culprits("a 1; b 1", "a ^2, b ^2"))
emit(culprits("a 1 withdrawn; b 1: a *", "b *", {"a": read_version("1")}))
emit(culprits("a 1 withdrawn; b 1: a *; c 1", "c *, b *", {"a": read_version("1")}, ["a"]))
requirements = read_requirements("a ^1\na ^2\nb *")
try:
    resolve(read_index("a 1\na 2\nb 1"), requirements)
except Conflict as conflict:
    emit([str(conflict), len(requirements)])

versions = [read_version(str(number)) for number in range(1, 9)]
some = Range("*")
many = [f"m{number:02}" for number in range(40)]
releases = [Release(name, version, ()) for name in many for version in versions]
exact = {version: Range(f"=={version}") for version in versions}
releases += [Release("zz", version, ()) for version in versions]
releases += [Release("first", version, (Requirement("zz", exact[version]),)) for version in versions]
releases += [Release("z", versions[0], (Requirement("zz", exact[versions[1]]),))]
releases += [Release("zero", versions[0], (Requirement("zz", exact[versions[0]]),))]
program = [Requirement(name, some) for name in (*many, "first", "z")]
solution = resolve(Index(releases), program)
emit([len(solution), str(solution["first"]), {str(solution[name]) for name in many}])
try:
    resolve(Index(releases), [Requirement("zero", some), *program])
except Conflict as conflict:
    emit(str(conflict))

# each of three at the front goes with one at the end; between them everybody requires the next one
few = many[:20]
releases = [
    Release(name, version, (Requirement(following, some), Requirement("zz9", some, True)))
    for name, following in zip(few, [*few[1:], "y0"])
    for version in versions[:4]
]
for number in range(3):
    for version in versions[:4]:
        releases.append(Release(f"e{number}", version, (Requirement(f"zz{number}", exact[version]),)))
        releases.append(Release(f"zz{number}", version, ()))
    lowest = exact[versions[number]]
    last = [Requirement(f"zz{number}", lowest), Requirement(f"y{number + 1}", some)]
    releases.append(Release(f"y{number}", versions[0], tuple(last if number < 2 else last[:1])))
program = [Requirement(name, some) for name in ("e0", "e1", "e2", "m00")]
solution = resolve(Index(releases), program)
emit([len(solution), [str(solution[f"e{number}"]) for number in range(3)], str(solution["m19"])])
try:
    resolve(Index(releases), [*program, Requirement("zz1", Range("!=2.0.0"))])
except Conflict as conflict:
    emit(str(conflict))
