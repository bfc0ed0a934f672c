"""Results on their way into a storage: a folder of this machine, from which whole files are sent.

The folder is a results folder like others. A row is on disk there before it counts; a part is sent under a
name that no other writer uses, and then deleted here. What a network that is gone, or a kill, keeps from
being sent stays, and is sent by whatever writes there next, or by ``harness results copy``.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from harness.errors import ResultsError, warn
from harness.paths import state_folder
from harness.results.locations import Remote, ResultsLocation, objects_of, relist
from harness.results.objects import put_once, put_over
from harness.results.parts import number_of, sent_name
from harness.results.store import RunWriter, free_run, recover
from harness.words import counted

_PART_S = 60.0  # rows wait no longer than that for their part
_MANIFEST, _LOG = "_manifest.json", "_run.log"


def local_folder(results: ResultsLocation) -> Path:
    """Where this machine writes: the folder itself, or that from which a storage is sent its files."""
    if isinstance(results, Path):
        return results
    url = results.storage.url
    where = f"{url} {os.environ.get('AWS_ENDPOINT_URL_S3') or os.environ.get('AWS_ENDPOINT_URL', '')}"
    name = re.sub(r"[^A-Za-z0-9.]+", "-", url)
    return state_folder() / "outbox" / f"{name}-{hashlib.sha256(where.encode()).hexdigest()[:8]}"


class Outbox:
    """What of this machine's results belongs into a storage."""

    def __init__(self, results: Remote) -> None:
        """Nothing is asked yet. Raises ``ResultsError`` where what writing takes is not installed."""
        self.folder = local_folder(results)
        self._results, self._objects = results, objects_of(results)

    def send_all(self) -> None:
        """Send what earlier processes left. Raises ``ResultsError``."""
        if self.folder.is_dir():
            recover(self.folder)
            for folder in sorted(path for path in self.folder.iterdir() if path.is_dir()):
                self.send(folder.name)

    def send(self, name: str) -> None:
        """Send the whole files of a run, or of another folder. Raises ``ResultsError``."""
        folder = self.folder / name
        try:
            for part in sorted(folder.glob("*.parquet")):
                with suppress(FileNotFoundError):  # another process has sent it
                    content = part.read_bytes()
                    digest = hashlib.sha256(content).hexdigest()
                    put_once(self._objects, f"{name}/{sent_name(part.name, digest)}", content)
                    part.unlink()
            with suppress(FileNotFoundError):
                put_over(self._objects, f"{name}/{_MANIFEST}", (folder / _MANIFEST).read_bytes())
        except (ResultsError, OSError) as error:
            kept = sum(1 for _ in folder.glob("*.parquet"))
            raise ResultsError(
                f"{error}; not sent: {counted(kept, 'part')} of {name}; "
                f"harness results copy {self.folder} {self._results.storage.url} sends what is kept"
            ) from error

    def end(self, run_id: str) -> None:
        """Send the rest of a run that nobody writes any more, and clear up. Raises ``ResultsError``."""
        self.send(run_id)
        folder, name = self.folder / run_id, f"{run_id}/{_LOG}"
        with suppress(FileNotFoundError):
            log = (folder / _LOG).read_bytes()
            earlier = self._objects.get(name)
            put_over(self._objects, name, (earlier.content if earlier else b"") + log)
        if folder.is_dir():
            with free_run(folder) as free:
                if free and not (folder / "_journal.jsonl").exists():
                    shutil.rmtree(folder, ignore_errors=True)


class SentRunWriter(RunWriter):
    """Appends rows to a run in a storage. A part is sent when it is full, and at least every minute.

    A storage that cannot be reached any more does not end the run: what is not sent is kept, and sent later.
    """

    part_s = _PART_S

    def __init__(self, results: Remote, run_id: str) -> None:
        """Open (or reopen) the run. Raises ``ResultsError`` when it cannot be written."""
        self._outbox, self._results = Outbox(results), results
        self._outbox.send_all()
        relist(results)
        self._number = max((number_of(part.name) for part in (results / run_id).glob("part-*")), default=-1)
        self._begun = False
        self._thread = ThreadPoolExecutor(1, "outbox")
        self._sending: Future[None] | None = None
        super().__init__(self._outbox.folder, run_id)

    def write_manifest(self, manifest: Any) -> None:
        """As in ``RunWriter``; the first one shows whether the storage can be written."""
        super().write_manifest(manifest)
        if not self._begun:
            self._outbox.send(self.folder.name)
            self._begun = True
        else:
            self._send()

    def close(self) -> None:
        """Turn what is in the journal into a part and send it. Raises ``ResultsError``."""
        super().close()
        self._thread.shutdown()
        self._outbox.end(self.folder.name)
        relist(self._results)

    def __exit__(self, *raised: object) -> None:
        try:
            self.close()
        except ResultsError as failure:
            if raised[0] is None:
                raise
            warn(str(failure))

    def _next_part(self) -> str:
        self._number += 1
        return f"part-{self._number:05d}.parquet"

    def _close_part(self) -> None:
        super()._close_part()
        self._send()

    def _send(self) -> None:
        """Send beside what goes on, one at a time."""
        if self._sending is None or self._sending.done():
            self._sending = self._thread.submit(self._try_to_send)

    def _try_to_send(self) -> None:
        with suppress(ResultsError):  # it is tried again with the next part, and at the end
            self._outbox.send(self.folder.name)


def run_writer(results: ResultsLocation, run_id: str) -> RunWriter:
    """What appends to a run. Raises ``ResultsError`` when it cannot be written."""
    return RunWriter(results, run_id) if isinstance(results, Path) else SentRunWriter(results, run_id)
