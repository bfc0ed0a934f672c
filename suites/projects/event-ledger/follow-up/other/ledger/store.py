"""Segments and snapshots on a disk."""

from ledger.records import read_record, write_record

LOG, SNAPSHOT, UNFINISHED = "log-", "snapshot-", ".tmp"


class Corrupt(Exception):
    """What is on the disk cannot be relied on."""


class Store:
    """Appends records and keeps snapshots; ``load`` comes first."""

    def __init__(self, disk):
        self._disk = disk
        self.number = 0
        self.snapshot_number = 0
        self._segment = None
        self._check = 0

    def load(self):
        """The content of the newest snapshot, or none, and the records after it."""
        for name in self._disk.names():
            if name.endswith(UNFINISHED):
                self._disk.remove(name)
        content = None
        for number in reversed(self._numbers(SNAPSHOT)):
            content = self._whole(_name(SNAPSHOT, number))
            if content:
                break
        for number in self._numbers(SNAPSHOT):
            if not self._whole(_name(SNAPSHOT, number)):
                self._disk.remove(_name(SNAPSHOT, number))
        self.number = self.snapshot_number = content["n"] if content else 0
        return content, self._records()

    def append(self, content):
        """Write a record; its number, once it is safe."""
        number = self.number + 1
        if self._segment is None or self.number == self.snapshot_number:
            self._segment, self._check = _name(LOG, number), 0
        line, check = write_record({"n": number, **content}, self._check)
        self._disk.append(self._segment, line)
        self._disk.sync(self._segment)
        self.number, self._check = number, check
        return number

    def write_snapshot(self, content):
        """Write a snapshot of what was recorded so far, and remove what it makes superfluous."""
        if self.number == self.snapshot_number:
            return
        name = _name(SNAPSHOT, self.number)
        self._disk.append(name + UNFINISHED, write_record({"n": self.number, **content})[0])
        self._disk.sync(name + UNFINISHED)
        self._disk.rename(name + UNFINISHED, name)
        self.snapshot_number = self.number
        *old, older, _ = [0, *self._numbers(SNAPSHOT)]
        for number in old[1:]:
            self._disk.remove(_name(SNAPSHOT, number))
        segments = self._numbers(LOG)
        for first, following in zip(segments, segments[1:]):
            if following <= older + 1:
                self._disk.remove(_name(LOG, first))

    def _records(self):
        """The records after the snapshot; cuts off what was left of a write."""
        segments = self._numbers(LOG)
        early = sum(first <= self.number + 1 for first in segments)
        needed = segments[max(early - 1, 0) :]
        records, cut = [], None
        if early and needed:
            self.number = min(self.number, needed[0] - 1)
        for first in needed:
            if first != self.number + 1:
                raise Corrupt(f"record {self.number + 1} is missing")
            self._segment, self._check = _name(LOG, first), 0
            *lines, rest = self._disk.read(self._segment).split(b"\n")
            lines = [line + b"\n" for line in lines] + [rest] * bool(rest)
            for place, line in enumerate(lines, 1):
                record = read_record(line, self._check)
                if record is None:
                    if first != needed[-1] or place < len(lines):
                        raise Corrupt(f"{self._segment}:{place}: broken record")
                    cut = sum(map(len, lines[:-1]))
                    break
                content, self._check = record
                if content["n"] != self.number + 1:
                    raise Corrupt(f"{self._segment}:{place}: record {self.number + 1} expected")
                self.number += 1
                if self.number > self.snapshot_number:
                    records.append(content)
        if cut is not None:
            self._disk.truncate(self._segment, cut)
        self.number = max(self.number, self.snapshot_number)
        return records

    def _numbers(self, kind):
        names = (name.removeprefix(kind) for name in self._disk.names() if name.startswith(kind))
        return sorted(int(number) for number in names if number.isdecimal())

    def _whole(self, name):
        record = read_record(self._disk.read(name))
        return record and record[0]


def _name(kind, number):
    return f"{kind}{number:06}"
