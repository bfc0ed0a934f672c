import tempfile
from pathlib import Path

from rotator import Log, Settings

DAY = 86_400
folder = Path(tempfile.mkdtemp())
path = folder / "a.log"
asked = []
times = iter([DAY - 2, DAY - 1, DAY, 2 * DAY - 1, 5 * DAY + 9, 5 * DAY + 10])


def clock():
    asked.append(next(times))
    return asked[-1]


def show(folder):
    return [[file.name, file.read_text(), int(file.stat().st_mtime)] for file in sorted(folder.iterdir())]


daily = Settings(size=1000, daily=True)
for line in ("a", "b", "c"):
    Log(path, daily, clock).write(line)
emit(show(folder))
log = Log(path, daily, clock)
log.write("d")
log.write("e")
emit(show(folder))
emit(len(asked))
Log(path, Settings(size=1000), lambda: 9 * DAY).write("f")
emit(show(folder)[0])
Log(path, daily, lambda: 8 * DAY).write("g")
emit(show(folder)[0])
Log(path, daily, lambda: 9 * DAY).write("h")
emit([row[:2] for row in show(folder)])
