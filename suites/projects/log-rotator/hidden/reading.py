import tempfile
from pathlib import Path

from rotator import history, tail

folder = Path(tempfile.mkdtemp())
path = folder / "a.log"
emit(history(path))
emit(tail(path, 3))
for number in range(1, 12):
    (folder / f"a.log.{number}").write_text(f"first of {number}\nsecond of {number}\n")
emit(history(path)[:3])
path.write_text("begun")
(folder / "a.log.1.gz").write_text("packed\n")
(folder / "b.log.1").write_text("another\n")
emit(len(history(str(path))))
emit(tail(str(path), 4))
emit([tail(path, 0), tail(path, -2)])
emit(len(tail(path, 1000)))
path.write_bytes("one\u2028line\x0c\n\n\x85 end\r\n".encode() + b"\xff!\n")
emit(tail(path, 4))
(folder / "a.log.1").write_text("")
path.write_text("\n")
emit(tail(path, 3))
