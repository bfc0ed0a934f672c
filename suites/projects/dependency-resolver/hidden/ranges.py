from resolver import Range, read_index, read_lock, read_requirements, read_version, write_lock

versions = [
    read_version(text)
    for text in "0.0.3 0.2.0 0.2.9 0.3.0 1.0.0-rc.1 1.0.0 1.2.0-beta.2 1.2.0-rc.1 1.2.0 1.2.5 1.3.0 2.0.0-rc.1 2.0.0 2.1.0".split()
]


def within(text):
    return " ".join(str(version) for version in versions if version in Range(text))


emit(versions == sorted(versions))
for text in ("^1", "^0.2", "^0.0", "~1.2", "~1", ">1.2,!=1.3", "<1.2.0-rc.1", "~0.2 | ==2", ">=2.0.0-rc.1", "*"):
    emit(within(text))
index = read_index("a 1.0.0 withdrawn\n  b? ^1\n  c\na 1.10.0\na 1.9.0\n")
emit([str(version) for version in index.versions("a")])
release = index.release("a", read_version("1"))
emit([release.withdrawn, [str(requirement) for requirement in release.requirements]])
emit(index.versions("b"))
emit(write_lock(read_lock("b 1.0.0-rc.2\na 2\n")))
emit([requirement.optional for requirement in read_requirements("x? *\ny\n")])
