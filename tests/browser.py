"""Headless Chromium, driven over a pipe by its DevTools protocol: a test waits for what a page shows."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

_PATIENCE_S = 60.0  # a busy machine is slow, not wrong
_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"),
)


class Tab:
    """One tab. ``complaints`` are the errors and messages of its console."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self.complaints: list[str] = []
        self._to, self._from = to_browser, from_browser
        self._ids = count(1)
        self._rest = b""
        self._session = ""
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Runtime", "Log", "Page"):
            self._ask(f"{domain}.enable")

    def open(self, url: str) -> None:
        """Go to a page."""
        self._ask("Page.navigate", url=url)
        self.wait("document.readyState === 'complete'")

    def run(self, script: str) -> Any:
        """The value of an expression in the page, as JSON; promises are waited for."""
        done = self._ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def wait(self, condition: str) -> None:
        """Wait until an expression holds in the page."""
        deadline = time.monotonic() + _PATIENCE_S
        while not self.run(condition):
            assert time.monotonic() < deadline, f"{condition}: {self.run('document.body.innerText')}"
            time.sleep(0.02)

    def html(self) -> str:
        """The page as it is now."""
        return str(self.run("document.documentElement.outerHTML"))

    def picture(self, path: Path, width: int, height: int, *, dark: bool = False) -> None:
        """Write a PNG of the page in a window of so many pixels."""
        self._ask("Emulation.setEmulatedMedia", features=[_scheme(dark)])
        size = {"width": width, "height": height, "deviceScaleFactor": 1}
        self._ask("Emulation.setDeviceMetricsOverride", **size, mobile=width < 600)
        path.write_bytes(base64.b64decode(self._ask("Page.captureScreenshot", format="png")["data"]))

    def _ask(self, method: str, **params: Any) -> Any:
        id_ = next(self._ids)
        message = {"id": id_, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while (got := self._next()).get("id") != id_:
            self._note(got)
        assert "error" not in got, got["error"]
        return got["result"]

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._from], [], [], _PATIENCE_S)
            part = os.read(self._from, 1 << 16) if ready else b""
            assert part, "the browser does not answer"
            self._rest += part
        message, _, self._rest = self._rest.partition(b"\0")
        decoded: dict[str, Any] = json.loads(message)
        return decoded

    def _note(self, event: dict[str, Any]) -> None:
        if event.get("method") in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"):
            self.complaints.append(json.dumps(event["params"]))


@contextmanager
def browser(profile: Path) -> Iterator[Tab]:
    """A tab of a new browser; skips where there is none."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("there is no Chromium here")
    theirs_in, to_browser = os.pipe()
    from_browser, theirs_out = os.pipe()
    given = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (theirs_in, theirs_out)]  # clear of 3 and 4
    launch = f'exec "$0" "$@" 3<&{given[0]} 4>&{given[1]}'  # which ends it reads and writes is fixed
    process = subprocess.Popen(
        ["bash", "-c", launch, program, *_FLAGS, "--remote-debugging-pipe", f"--user-data-dir={profile}"],
        pass_fds=given, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for end in (theirs_in, theirs_out, *given):
        os.close(end)
    try:
        yield Tab(to_browser, from_browser)
    finally:
        os.close(to_browser)
        os.close(from_browser)
        process.terminate()
        process.wait(20)


def _scheme(dark: bool) -> dict[str, str]:
    return {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
