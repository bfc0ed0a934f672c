"""Which releases a program is built from."""

from resolver.choosing import Conflict, resolve
from resolver.index import Index, read_index, read_requirements
from resolver.installing import order, why
from resolver.lockfile import read_lock, write_lock
from resolver.ranges import Range
from resolver.versions import Version, read_version

__all__ = [
    "Conflict",
    "Index",
    "Range",
    "Version",
    "order",
    "read_index",
    "read_lock",
    "read_requirements",
    "read_version",
    "resolve",
    "why",
    "write_lock",
]
