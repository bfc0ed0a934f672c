"""Log files that stay small."""

from rotator.log import Log
from rotator.names import old_files
from rotator.reading import history, tail
from rotator.settings import Settings, read_settings

__all__ = ["Log", "Settings", "history", "old_files", "read_settings", "tail"]
