import tempfile
from pathlib import Path

from rotator import Log, Settings


def show(folder):
    return {file.name: file.read_bytes().decode() for file in sorted(folder.iterdir())}


def fresh(**files):
    folder = Path(tempfile.mkdtemp())
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text)
    return folder


folder = fresh()
path = folder / "a.log"
log = Log(path, Settings(size=8), lambda: 1)
for line in ("two\nlines", "end\n", "half\r"):
    try:
        log.write(line)
    except ValueError:
        emit(show(folder))
log.write("much too long a line")
emit(show(folder))
log.write("")
emit(show(folder))

folder = fresh(a_log="kill")
Log(folder / "a.log", Settings(size=8), lambda: 1).write("ed")
emit(show(folder))
folder = fresh(a_log="kill")
Log(folder / "a.log", Settings(size=8), lambda: 1).write("all")
emit(show(folder))

folder = fresh(a_log="new new\n", a_log_1="one\n", a_log_3="three\n", a_log_4="four\n")
log = Log(folder / "a.log", Settings(size=8), lambda: 1)
log.write("x")
emit(show(folder))
log.write("long one")
emit(show(folder))

folder = fresh(a_log="", a_log_1="old\n", a_log_9="beyond\n")
log = Log(folder / "a.log", Settings(size=2, total=1), lambda: 90_000)
log.write("first")
emit(show(folder))

folder = fresh()
log = Log(folder / "a.log", Settings(size=6), lambda: 1)
log.write("mine")
with (folder / "a.log").open("a") as other:
    other.write("theirs")
log.write("x")
(folder / "a.log").unlink()
log.write("back")
emit(show(folder))
