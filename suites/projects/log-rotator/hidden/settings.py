import tempfile
from pathlib import Path

from rotator import old_files, read_settings

emit(list(read_settings("size=10k keep=7 daily total=2M")))
emit(list(read_settings("size=300")))
for text in ("keep=3", "size=1.5k", "size=1 weekly"):
    try:
        read_settings(text)
    except ValueError as error:
        emit(str(error))
folder = Path(tempfile.mkdtemp())
for name in ("a.log", "a.log.2", "a.log.10", "a.log.1", "a.log.03", "a.log.1.gz", "b.log.4", "a.log.0", "a.log."):
    (folder / name).touch()
emit([[number, path.name] for number, path in old_files(folder / "a.log").items()])
emit(old_files(folder / "none" / "a.log"))
