"""What was chosen, as a file."""

from resolver.versions import read_version


def write_lock(solution):
    """The text of a lock file."""
    return "".join(f"{name} {solution[name]}\n" for name in sorted(solution))


def read_lock(text):
    """Name → version."""
    pairs = (line.split() for line in text.splitlines() if line.strip())
    return {name: read_version(version) for name, version in pairs}
