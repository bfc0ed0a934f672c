"""Requests in, replies out."""

from __future__ import annotations

import marshal
import os
import sys

from harness.sandbox.launcher.command import RunningCommand
from harness.sandbox.launcher.kernel import adopt_orphans
from harness.sandbox.launcher.protocol import LaunchRequest, Machine, Reply
from harness.sandbox.launcher.stage import Stage
from harness.sandbox.launcher.workfolder import give


def serve() -> None:
    """Do one request after the other, until the other end hangs up."""
    adopt_orphans()
    os.umask(0o022)
    stage = Stage()
    while True:
        try:
            request = LaunchRequest(*marshal.load(sys.stdin.buffer))
        except EOFError:
            return
        reply = reply_to(request, stage)
        marshal.dump(reply if isinstance(reply, str) else tuple(reply), sys.stdout.buffer)
        sys.stdout.buffer.flush()


def reply_to(request: LaunchRequest, stage: Stage) -> Reply | str:
    """How the command ended, or what the machine lacks."""
    workdir = request.workdir
    try:
        if request.user is not None:
            for path in request.show:
                stage.show(path)
            if workdir is not None:
                stage.show(workdir)
                give(workdir, request.user)
        return RunningCommand(request).run()
    except (Machine, OSError) as error:
        return str(error)
    finally:
        if workdir is not None:
            stage.hide(workdir)
