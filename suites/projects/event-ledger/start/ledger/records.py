"""Records: lines with a check in front."""

import json
from zlib import crc32


def write_record(content, before=0):
    """The line of a record, and its check; ``before`` is the check of the record before it."""
    text = json.dumps(content, separators=(",", ":"), sort_keys=True).encode()
    check = crc32(text, before)
    return b"%08x %s\n" % (check, text), check


def read_record(line, before=0):
    """The content of a line and its check; ``None`` if it is broken."""
    text = line[9:-1]
    check = crc32(text, before)
    if not line.endswith(b"\n") or line[:9] != b"%08x " % check:
        return None
    return json.loads(text), check
