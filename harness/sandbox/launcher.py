"""The process that starts sandboxed commands, one at a time, and watches over them.

It is a script of its own (``python -I -S launcher.py``, standard library only),
because starting a process from the harness itself goes wrong in four ways: a fork
of a program that holds a model costs milliseconds and reports the model's memory as
the sample's, a fork among threads may deadlock, "die with parent" means "die with
the *thread*", and only a small process of its own may change its user and its mounts.

Requests come on standard input and replies leave on standard output, each one
``marshal``-ed dict (both ends are the same interpreter, and the sandboxed command
sees neither). Keys of a request:

``argv``, ``env``, ``cwd``  the program that is started, as ``execve`` takes them
``files``    ``{fd: bytes}``, handed to the program as open files at those numbers
``status``   ``(status_fd, block_fd)`` as bubblewrap was given them, or ``None``: a plain program
``rlimits``  ``[(resource, soft, hard)]`` for the program itself
``inner``    the same for the sandbox's first process, set before the command starts
``wall_s``, ``output``  the deadline in seconds; the cap in bytes for stdout and for stderr
``user``     the uid and gid to become (needs root), or ``None``
``show``     paths that this user must be able to reach, whatever lies above them
``workdir``  the folder that this user is to own, or ``None``
``disk``     the bytes by which ``workdir`` may grow, or ``None``
``keep``     ``{fd: inherited fd}``, more descriptors for the program

Keys of a reply: ``status`` (as ``os.wait4`` gives it), ``exit`` (the exit code that
bubblewrap reported, or ``None``), ``stdout``, ``stderr``, ``stopped`` (``wall``,
``output``, ``disk`` or ``None``), ``wall_s``, ``cpu_s``, ``max_rss_mb``; or ``failure``
alone: what the machine lacks.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import json
import marshal
import os
import resource
import select
import signal
import stat
import sys
import time
from pathlib import Path
from typing import Any

START_S = 10.0  # bubblewrap needs milliseconds; after this long the machine is at fault
END_S = 0.2  # for bubblewrap to notice that its command is dead, before it is killed itself
TICK_S, LOOKING = 0.05, 0.05  # how often the disk is looked at, and the share of the time that this may take
ENTRIES = 20_000  # files a writable folder may hold
PARK = 64  # descriptors wait above this number before they get their places
CLONE_NEWNS, MS_NOSUID, MS_NODEV, MS_BIND, MS_REC, MS_SLAVE = 0x20000, 2, 4, 4096, 16384, 1 << 19
PR_SET_CHILD_SUBREAPER = 36

RequestFields = dict[str, Any]
ReplyFields = dict[str, Any]
libc = ctypes.CDLL(None, use_errno=True)


class Machine(Exception):
    """The command could not be started; the command is not to blame."""


class Stage:
    """Makes folders reachable for an unprivileged user, in a mount namespace of our own.

    A folder that is closed to others (a home with mode 0700) is covered by an empty
    one that holds only what was asked for. Nothing changes outside this process.
    """

    def __init__(self) -> None:
        self.private = False
        self.covers: dict[str, int] = {}  # closed folder → descriptor of what lies under the cover
        self.shown: set[str] = set()

    def show(self, path: str) -> None:
        """Make ``path`` reachable; does nothing when it already is."""
        cover = self._covered(path) or closed_ancestor(path)
        if cover is None or any(path == seen or path.startswith(seen + "/") for seen in self.shown):
            return
        if not self.private:
            check(libc.unshare(CLONE_NEWNS), "a mount namespace")
            check(libc.mount(b"none", b"/", None, MS_REC | MS_SLAVE, None), "private mounts")
            self.private = True
        if cover not in self.covers:
            self.covers[cover] = os.open(cover, os.O_PATH | os.O_DIRECTORY)
            mount(b"tmpfs", cover, b"tmpfs", MS_NOSUID | MS_NODEV, b"mode=755,size=1m")
        source = os.open(os.path.relpath(path, cover), os.O_PATH, dir_fd=self.covers[cover])
        if stat.S_ISDIR(os.fstat(source).st_mode):
            Path(path).mkdir(parents=True, exist_ok=True)
        else:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).touch()
        mount(b"/proc/self/fd/%d" % source, path, None, MS_BIND | MS_REC, None)
        os.close(source)
        self.shown.add(path)

    def hide(self, path: str) -> None:
        """Undo ``show``."""
        if path in self.shown:
            check(libc.umount2(os.fsencode(path), 2), "unmounting")
            Path(path).rmdir()
            self.shown.remove(path)

    def _covered(self, path: str) -> str | None:
        return next((cover for cover in self.covers if path.startswith(cover + "/")), None)


def closed_ancestor(path: str) -> str | None:
    """The outermost folder above ``path`` that other users cannot enter."""
    for folder in reversed(Path(path).parents):
        if not folder.stat().st_mode & stat.S_IXOTH:
            return str(folder)
    return None


def mount(source: bytes, target: str, kind: bytes | None, flags: int, data: bytes | None) -> None:
    check(libc.mount(source, os.fsencode(target), kind, flags, data), f"mounting {target}")


def check(result: int, what: str) -> None:
    if result != 0:
        raise Machine(f"{what}: {os.strerror(ctypes.get_errno())}")


def give(folder: str, user: int) -> None:
    """Hand a folder and what is in it to ``user``, following no link; hard links keep their owner."""
    if os.lstat(folder).st_uid != user:
        os.chown(folder, user, user, follow_symlinks=False)
    for _, folders, files, at in os.fwalk(folder, follow_symlinks=False):
        for name in (*folders, *files):
            status = os.stat(name, dir_fd=at, follow_symlinks=False)
            if status.st_uid != user and (status.st_nlink == 1 or stat.S_ISDIR(status.st_mode)):
                os.chown(name, user, user, dir_fd=at, follow_symlinks=False)


def size(folder: str) -> int:
    """Bytes that ``folder`` takes on the disk; stops counting where there are too many files."""
    taken = entries = 0
    for _, _, files, at in os.fwalk(folder, follow_symlinks=False):
        entries += 1 + len(files)
        if entries > ENTRIES:
            return sys.maxsize
        for name in files:
            with contextlib.suppress(OSError):  # gone since it was listed
                taken += os.stat(name, dir_fd=at, follow_symlinks=False).st_blocks * 512
    return taken


def become(request: RequestFields, places: dict[int, int]) -> None:
    """Turn this process into the program, with the descriptors of ``places`` and no others."""
    parked = {place: fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, PARK) for place, fd in places.items()}
    for fd in places.values():
        os.set_inheritable(fd, False)  # those that we were given ourselves are
    for place, fd in parked.items():
        os.dup2(fd, place)  # every other descriptor is closed by exec
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # ignored by Python, and exec would keep that
        signal.signal(number, signal.SIG_DFL)
    for which, soft, hard in request["rlimits"]:
        resource.setrlimit(which, lowered(which, soft, hard))
    if request["user"] is not None:
        os.setgroups([])
        os.setresgid(*[request["user"]] * 3)
        os.setresuid(*[request["user"]] * 3)
    os.chdir(request["cwd"])
    os.execve(request["argv"][0], request["argv"], request["env"])


def lowered(which: int, soft: int, hard: int) -> tuple[int, int]:
    """The limits asked for, or those in force where they are stricter."""
    most = resource.getrlimit(which)[1]
    return (soft, hard) if most == resource.RLIM_INFINITY else (min(soft, most), min(hard, most))


def in_memory(content: bytes) -> int:
    """A file with ``content``, open for reading, at its start."""
    fd = os.memfd_create("launcher")
    try:
        with open(fd, "wb", closefd=False) as file:
            file.write(content)
        return os.open(f"/proc/self/fd/{fd}", os.O_RDONLY)
    finally:
        os.close(fd)


def children(pid: int) -> list[int]:
    """The processes that ``pid`` started, or adopted as orphans."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


class RunningCommand:
    """One command, from its start to the last of its processes."""

    def __init__(self, request: RequestFields) -> None:
        self.request = request
        self.pid = 0
        self.status: int | None = None  # as wait4 gives it, once collected
        self.read: dict[int, bytearray] = {}  # descriptor → what came out of it
        self.names: dict[str, int] = {}  # stdout, stderr, status → descriptor
        self.stopped: str | None = None
        self.cpu_s = self.max_rss_mb = 0.0

    def run(self) -> ReplyFields:
        """Start it, watch it, collect it."""
        started = time.monotonic()
        try:
            self.start()
            started = time.monotonic()
            self.watch(started + self.request["wall_s"])
        finally:
            self.collect()
            wall_s = time.monotonic() - started
            self.drain()
        report = bytes(self.read.get(self.names.get("status", -1), b""))
        return {
            "status": self.status,
            "exit": exit_code(report),
            "stdout": bytes(self.read[self.names["stdout"]]),
            "stderr": bytes(self.read[self.names["stderr"]]),
            "stopped": self.stopped,
            "wall_s": wall_s,
            "cpu_s": self.cpu_s,
            "max_rss_mb": self.max_rss_mb,
        }

    def start(self) -> None:
        """Fork and exec; with bubblewrap, set the inner limits before it starts the command."""
        places = {fd: in_memory(content) for fd, content in self.request["files"].items()}
        places |= self.request["keep"]
        outputs = {"stdout": 1, "stderr": 2}
        block = None
        if self.request["status"] is not None:
            outputs["status"], block_place = self.request["status"]
            places[block_place], block = os.pipe()
        for name, place in outputs.items():
            self.names[name], places[place] = os.pipe()
            os.set_blocking(self.names[name], False)
            self.read[self.names[name]] = bytearray()
        self.fork(places)
        for fd in places.values():
            os.close(fd)
        if block is not None:
            with contextlib.suppress(BrokenPipeError, ProcessLookupError):  # it ended, and will be seen to
                self.limit_inside()
                os.write(block, b".")
            os.close(block)

    def fork(self, places: dict[int, int]) -> None:
        """Start the program, or say why it cannot be."""
        trouble, report = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            report = fcntl.fcntl(report, fcntl.F_DUPFD_CLOEXEC, PARK)
            try:
                os.setsid()
                become(self.request, places)
            except BaseException as error:
                os.write(report, str(error).encode())
            finally:
                os._exit(127)
        os.close(report)
        with os.fdopen(trouble, "rb") as file:
            message = file.read()  # ends when exec has closed the other end
        if message:
            raise Machine(message.decode(errors="replace"))

    def limit_inside(self) -> None:
        """Wait for the sandbox's first process, which waits for us, and limit it."""
        fd = self.names["status"]
        deadline = time.monotonic() + START_S
        while b"\n" not in self.read[fd]:
            ready, _, _ = select.select([fd], [], [], max(0.0, deadline - time.monotonic()))
            if not ready or not self.take(fd):
                message = os.read(self.names["stderr"], 4096).decode(errors="replace").strip()
                raise Machine(message or "bubblewrap did not start")
        init = json.loads(self.read[fd].split(b"\n")[0])["child-pid"]
        user = self.request["user"]
        if user is not None:  # only the same real user may limit another process
            os.setresgid(user, -1, -1)
            os.setresuid(user, -1, -1)
        try:
            for which, soft, hard in self.request["inner"]:
                resource.prlimit(init, which, lowered(which, soft, hard))
        finally:
            if user is not None:
                os.setresuid(0, -1, -1)
                os.setresgid(0, -1, -1)

    def take(self, fd: int) -> bool:
        """Read once; ``False`` when there is no more."""
        try:
            data = os.read(fd, 65536)
        except BlockingIOError:
            return False
        self.read[fd] += data
        most = self.request["output"]
        if len(self.read[fd]) > most and fd != self.names.get("status"):
            del self.read[fd][most:]
            self.stopped = self.stopped or "output"
        return bool(data)

    def watch(self, deadline: float) -> None:
        """Read until the program ends or has to be stopped."""
        poll = select.poll()
        ended = os.pidfd_open(self.pid)
        poll.register(ended, select.POLLIN)
        poll.register(0, 0)  # reports only that the harness hung up
        for fd in self.read:
            poll.register(fd, select.POLLIN)
        grow, folder = self.request["disk"], self.request["workdir"]
        most, tick = None if grow is None else size(folder) + grow, TICK_S
        try:
            while self.stopped is None:
                left = deadline - time.monotonic()
                if left <= 0:
                    self.stopped = "wall"
                ready = {fd for fd, _ in poll.poll(max(0.0, left if most is None else min(left, tick)) * 1e3)}
                if ended in ready:
                    return
                if 0 in ready:
                    raise Machine("the harness has gone")
                for fd in ready:
                    if not self.take(fd):
                        poll.unregister(fd)
                began = time.monotonic()
                if most is not None and size(folder) > most:
                    self.stopped = "disk"
                tick = max(TICK_S, (time.monotonic() - began) / LOOKING)
            if self.request["status"] is not None:
                self.kill_command()
                select.select([ended], [], [], END_S)
        finally:
            os.close(ended)

    def kill_command(self) -> None:
        """Kill the command alone, so that bubblewrap collects it and what it used is known."""
        with contextlib.suppress(OSError):
            for init in children(self.pid):
                for command in children(init):
                    os.kill(command, signal.SIGKILL)

    def collect(self) -> None:
        """Kill whatever is left, adopted orphans included, and add up what all of it used."""
        while True:
            for pid in children(os.getpid()):
                os.kill(pid, signal.SIGKILL)
                self.add(*os.wait4(pid, 0))
            try:
                self.add(*os.wait4(-1, os.WNOHANG))  # the kernel's list may leave some out at first
            except ChildProcessError:
                return

    def add(self, pid: int, status: int, usage: resource.struct_rusage) -> None:
        """Take account of a process that has ended."""
        if pid == self.pid:
            self.status = status
        self.cpu_s += usage.ru_utime + usage.ru_stime
        self.max_rss_mb = max(self.max_rss_mb, usage.ru_maxrss / 1024)

    def drain(self) -> None:
        """Read what is left in the pipes, whose other ends are closed now, and close them."""
        for fd in self.read:
            while self.take(fd) and self.stopped != "output":
                pass
            os.close(fd)


def exit_code(report: bytes) -> int | None:
    """The last exit code in the lines that bubblewrap wrote about itself."""
    lines = [json.loads(line) for line in report.splitlines() if line.strip()]
    return next((line["exit-code"] for line in reversed(lines) if "exit-code" in line), None)


def answer(request: RequestFields, stage: Stage) -> ReplyFields:
    """Do one request."""
    workdir = request["workdir"]
    try:
        if request["user"] is not None:
            for path in request["show"]:
                stage.show(path)
            if workdir is not None:
                stage.show(workdir)
                give(workdir, request["user"])
        return RunningCommand(request).run()
    except (Machine, OSError) as error:
        return {"failure": str(error)}
    finally:
        if workdir is not None:
            stage.hide(workdir)


def main() -> None:
    """Serve until the other end hangs up."""
    check(libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), "adopting orphans")
    os.umask(0o022)
    stage = Stage()
    while True:
        try:
            request = marshal.load(sys.stdin.buffer)
        except EOFError:
            return
        marshal.dump(answer(request, stage), sys.stdout.buffer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
