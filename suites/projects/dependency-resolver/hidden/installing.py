from resolver import Index, Range, order, read_index, read_lock, read_requirements, read_version, why
from resolver.index import Release, Requirement

index = read_index("""
a 1.0.0
  d
  c
b 1.0.0
  c? *
c 1.0.0
  e
d 1.0.0
  f
e 1.0.0
  c ^1
  x? *
f 1.0.0
  g
g 1.0.0
  h
h 1.0.0
  d
  h
k 1.0.0
k 2.0.0
  a
""")


def lock(names):
    return read_lock("\n".join(f"{name} 1" for name in names))


emit(order(index, lock("abcdefgh")))
emit(order(index, lock("bac")))
emit(order(index, lock("hgbfd")))
emit(order(index, {**lock("adcefghb"), "k": read_version("2")}))
emit(order(index, lock("kab")))
emit(order(index, {}))
emit(order(read_index("l 1\nm 1\n  y\ny 1\n  m\nn 1\n"), lock("nmyl")))

program = read_requirements("b *\na *\nc? *\nk *\nf *")
everything = {**lock("abcdefgh"), "k": read_version("2")}
emit([why(index, program, everything, name) for name in "acehk"])
emit(why(index, program[:1] + program[3:4], everything, "d"))
for name in ("x", "k"):
    try:
        emit(why(index, program[1:2], lock("acdefgh"), name))
    except KeyError as error:
        emit(error.args[0])
diamond = read_index("p 1\n  n\n  m\nm 1\n  q\nn 1\n  q\n  o\no 1\n  q\nq 1\n  z\nz 1\no2 1\n  z")
emit(why(diamond, read_requirements("p\no2? *\no"), read_lock("p 1\nm 1\nn 1\no 1\nq 1\nz 1\no2 1"), "z"))
emit(why(diamond, read_requirements("p"), read_lock("p 1\nm 1\nn 1\no 1\nq 1\nz 1"), "z"))

one = read_version("1")
some = Range("*")
names = [f"n{number * 7 % 3000:04}" for number in range(3000)]
releases = [Release(name, one, (Requirement(following, some),)) for name, following in zip(names, names[1:])]
line = Index([*releases, Release(names[-1], one, ())])
circle = Index([*releases, Release(names[-1], one, (Requirement(names[1000], some),))])
solution = dict.fromkeys(sorted(names), one)
emit([group for group in order(line, solution)] == [[name] for name in reversed(names)])
groups = order(circle, solution)
emit([len(groups), groups[0] == sorted(names[1000:]), groups[1] == [names[999]]])
emit(why(line, [Requirement(names[0], some)], solution, names[-1]) == names)
