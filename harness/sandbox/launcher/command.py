"""One command, from its start to the last of its processes."""

from __future__ import annotations

import contextlib
import os
import select
import sys
import time

from harness.sandbox.launcher.bubblewrap import exit_code, first_process, kill_command, limit
from harness.sandbox.launcher.outputs import Output
from harness.sandbox.launcher.processes import end_all
from harness.sandbox.launcher.protocol import LaunchRequest, Machine, Reply
from harness.sandbox.launcher.starting import in_memory, start
from harness.sandbox.launcher.workfolder import Growth

END_S = 0.2  # for bubblewrap to notice that its command is dead, before it is killed itself


class RunningCommand:
    """Starts a command, watches over it, and ends what it started."""

    def __init__(self, request: LaunchRequest) -> None:
        self.request = request
        self.pid = 0
        self.stdout, self.stderr = Output(request.output), Output(request.output)
        self.report = Output(sys.maxsize)  # of bubblewrap, about itself
        self.outputs = {output.fd: output for output in (self.stdout, self.stderr, self.report)}
        self.stopped: str | None = None

    def run(self) -> Reply:
        """Start it, watch it, collect it."""
        try:
            self.start()
            started = time.monotonic()
            self.watch(started + self.request.wall_s)
        finally:
            processes = end_all()
            ended = time.monotonic()
            for output in self.outputs.values():
                output.close()
        return Reply(
            status=processes.statuses[self.pid],
            exit=exit_code(self.report),
            stdout=bytes(self.stdout.data),
            stderr=bytes(self.stderr.data),
            stopped=self.stopped or ("output" if self.overflowed else None),
            wall_s=ended - started,
            cpu_s=processes.cpu_s,
            max_rss_mb=processes.max_rss_mb,
        )

    @property
    def overflowed(self) -> bool:
        """Whether it wrote more than it may."""
        return self.stdout.overflowed or self.stderr.overflowed

    def start(self) -> None:
        """Fork and exec; with bubblewrap, set the inner limits before it starts the command."""
        request, release = self.request, None
        places = {fd: in_memory(content) for fd, content in request.files.items()}
        places |= {**request.keep, 1: self.stdout.writer, 2: self.stderr.writer}
        if request.status is None:
            os.close(self.report.writer)
        else:
            report, block = request.status
            places[report] = self.report.writer
            places[block], release = os.pipe()
        try:
            self.pid = start(request, places)
            if release is not None:
                with contextlib.suppress(BrokenPipeError, ProcessLookupError):  # it ended: watch sees it
                    limit(first_process(self.report, self.stderr), request.inner, request.user)
                    os.write(release, b".")
        finally:
            if release is not None:
                os.close(release)

    def watch(self, deadline: float) -> None:
        """Read until the program ends or has to be stopped."""
        poll = select.poll()
        ended = os.pidfd_open(self.pid)
        poll.register(ended, select.POLLIN)
        poll.register(0, 0)  # reports only that the harness hung up
        for fd in self.outputs:
            poll.register(fd, select.POLLIN)
        folder, disk = self.request.workdir, self.request.disk
        growth = Growth(folder, disk) if folder is not None and disk is not None else None
        try:
            while self.stopped is None and not self.overflowed:
                left = deadline - time.monotonic()
                if left <= 0:
                    self.stopped = "wall"
                wait_s = left if growth is None else min(left, growth.tick_s)
                ready = {fd for fd, _ in poll.poll(max(0.0, wait_s) * 1e3)}
                if ended in ready:
                    return
                if 0 in ready:
                    raise Machine("the harness has gone")
                for fd in ready:
                    if not self.outputs[fd].take():
                        poll.unregister(fd)
                if growth is not None and growth.exceeds():
                    self.stopped = "disk"
            if self.request.status is not None:
                kill_command(self.pid)
                select.select([ended], [], [], END_S)
        finally:
            os.close(ended)
