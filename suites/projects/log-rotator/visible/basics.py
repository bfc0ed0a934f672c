import tempfile
from pathlib import Path

from rotator import Log, Settings, history, tail

folder = Path(tempfile.mkdtemp())
path = folder / "app.log"
log = Log(path, Settings(size=12, keep=2), lambda: 1000)
for line in ("one", "two", "three", "four", "five", "six", "seven"):
    log.write(line)
emit({file.name: file.read_text() for file in sorted(folder.iterdir())})
emit(int(path.stat().st_mtime))
emit(history(path))
emit(tail(path, 2))
