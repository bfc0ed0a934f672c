import tempfile
from pathlib import Path

from rotator import Log, Settings


def show(folder):
    return {file.name: file.read_text() for file in sorted(folder.iterdir())}


folder = Path(tempfile.mkdtemp())
path = folder / "a.log"
log = Log(path, Settings(size=10, keep=3), lambda: 5)
for line in ("1234", "5678", "9", "größe", "x"):
    log.write(line)
emit(show(folder))
for line in ("aaaaaaaaa", "bbbbbbbbb", "ccccccccc"):
    log.write(line)
emit(show(folder))

(folder / "a.log.7").write_text("left over\n")
(folder / "a.log.03").write_text("foreign\n")
Log(path, Settings(size=10, keep=1), lambda: 6).write("d")
emit(show(folder))

path = Path(tempfile.mkdtemp()) / "b.log"
log = Log(path, Settings(size=4, keep=9, total=8), lambda: 7)
for line in ("aaa", "bbb", "ccc", "ddd"):
    log.write(line)
emit(show(path.parent))
log.write("e" * 7)
log.write("fff")
emit(show(path.parent))
log.write("g")
emit(show(path.parent))

path = Path(tempfile.mkdtemp()) / "c.log"
log = Log(path, Settings(size=6, keep=0), lambda: 8)
for line in ("one", "two", "three"):
    log.write(line)
emit(show(path.parent))
