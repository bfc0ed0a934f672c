"""No answer reads the references: wherever harness, suites and results lie, they are not seen inside."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

import harness
from harness.sandbox.base import Limits
from harness.sandbox.bwrap import Bwrap
from harness.sandbox.interpreter import OWN
from harness.sandbox.view import options, private
from tests.sandbox.conftest import run_python

PACKAGE = Path(harness.__file__).parent
LIST = """
import json, os, sys
print(json.dumps({path: sorted(os.listdir(path)) if os.path.isdir(path) else None for path in sys.argv[1:]}))
"""
SEARCH = """
import json, os
found = []
for top, folders, files in os.walk("/"):
    folders[:] = [name for name in folders if os.path.join(top, name) not in ("/proc", "/sys", "/dev")]
    found += [os.path.join(top, name) for name in files if name == "suite.yaml"]
    found += [os.path.join(top, name) for name in folders if name == "harness"]
print(json.dumps(found))
"""


def make(*files: Path) -> None:
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("secret")


def listed(
    sandbox: Bwrap, workdir: Path, folders: Sequence[Path], readonly: Sequence[Path]
) -> dict[str, list[str] | None]:
    outcome = run_python(sandbox, workdir, LIST, *map(str, folders), readonly=readonly)
    seen: dict[str, list[str] | None] = json.loads(outcome.stdout)
    return seen


def test_of_two_folders_the_inner_one_decides(bwrap: Bwrap, workdir: Path, tmp_path: Path) -> None:
    tool = tmp_path / "prefix"
    suites, deep = tool / "share" / "suites", tool / "share" / "suites" / "bin" / "compiler"
    packages = tool / "lib" / "python3.9" / "site-packages"
    make(suites / "one" / "suite.yaml", deep / "run", packages / "harness" / "file", tool / "lib" / "other")
    sandbox = Bwrap([suites, suites / "one", tmp_path])
    try:
        folders = [tool / "lib", packages, suites, deep, packages / "harness", suites / "one"]
        seen = listed(sandbox, workdir, folders, [tool, deep])
        assert list(seen.values()) == [["other", "python3.9"], [], ["bin"], ["run"], None, None]
        attack = f"import os\nfor p in {[str(suites), str(packages)]}:\n os.mkdir(p + '/new')\n"
        assert b"Read-only file system" in run_python(sandbox, workdir, attack, readonly=[tool, deep]).stderr
    finally:
        sandbox.close()


def test_links_are_followed_before_they_are_covered(workdir: Path, tmp_path: Path) -> None:
    tool = tmp_path / "tool"
    make(tool / "real" / "suite.yaml")
    (tmp_path / "link").symlink_to(tool / "real")
    sandbox = Bwrap(private([tmp_path / "link"]))
    try:
        assert listed(sandbox, workdir, [tool / "real"], [tool]) == {str(tool / "real"): []}
    finally:
        sandbox.close()


def test_what_holds_a_system_folder_is_not_covered() -> None:
    words = options((), (Path("/"), Path("/usr"), Path("/usr/lib")), unprivileged=False)
    covered = [after for word, after in pairwise(words) if word == "--tmpfs"]
    assert not {"/", "/usr", "/usr/lib"} & set(covered)


def test_only_the_interpreter_and_its_standard_library_are_shown() -> None:
    words = options(tuple(map(str, OWN.files)), private(), unprivileged=False)
    shown = {after for word, after in pairwise(words) if word == "--ro-bind"}
    assert str(Path(sys.base_prefix).resolve()) not in shown
    assert not shown & {
        "/usr",
        "/usr/local",
        "/usr/share",
        "/usr/src",
        "/opt",
        str(Path.home()),
        str(Path.cwd()),
    }


@pytest.fixture
def python_with_harness(tmp_path: Path) -> Path:
    """A whole Python of its own, with harness and its suites installed into it as pip does."""
    prefix = tmp_path / "python"
    library = Path(sysconfig.get_path("stdlib"))
    copied = prefix / library.relative_to(Path(sys.base_prefix))
    ignored = shutil.ignore_patterns("site-packages", "dist-packages", "test", "idlelib", "*.a", "config-*")
    shutil.copytree(library, copied, ignore=ignored, copy_function=_linked)
    (prefix / "bin").mkdir()
    program = prefix / "bin" / Path(str(OWN.program)).name
    shutil.copy(str(OWN.program), program)
    packages = copied / "site-packages"
    shutil.copytree(PACKAGE, packages / "harness", ignore=shutil.ignore_patterns("__pycache__"))
    make(packages / "harness" / "data" / "suites" / "small" / "suite.yaml")
    return program


def _linked(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def test_harness_in_the_base_python_is_not_seen(bwrap: Bwrap, python_with_harness: Path) -> None:
    code = (
        "import harness\n"
        "from harness.sandbox import open_sandbox\n"
        "from harness.sandbox.base import Limits\n"
        "from harness.sandbox.warm import warm_python\n"
        "sandbox = open_sandbox('auto')\n"
        "limits = Limits(wall_s=60, cpu_s=60, memory_mb=512)\n"
        f"print(warm_python(sandbox).run({SEARCH.encode()!r}, limits=limits).stdout.decode())\n"
        "print(harness.__file__)\n"
    )
    done = subprocess.run(
        [str(python_with_harness), "-c", code],
        capture_output=True, text=True, cwd=python_with_harness.parent, env={"PATH": os.environ["PATH"]},
    )  # fmt: skip
    *found, installed = done.stdout.split() or [""]
    assert installed.startswith(str(python_with_harness.parent.parent)), done
    assert found == ["[]"], done


def test_a_sandbox_that_shows_the_suites_is_refused(
    python_with_harness: Path, bwrap: Bwrap, tmp_path: Path
) -> None:
    code = (
        "from harness import sandbox\n"
        "from harness.sandbox import view\n"
        "view._packages = lambda shown: []\n"
        "sandbox.hidden_paths = lambda more=(): ()\n"
        "try: sandbox.open_sandbox('auto')\n"
        "except Exception as error: print(error)\n"
    )
    done = subprocess.run(
        [str(python_with_harness), "-c", code], capture_output=True, text=True, cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},
    )  # fmt: skip
    assert "the sandbox does not stop references" in done.stdout, done


def test_packages_that_are_asked_for_are_seen_whatever_else_leads_to_them(
    bwrap: Bwrap, tmp_path: Path
) -> None:
    packages = tmp_path / "env/lib/python3.11/site-packages"
    packages.mkdir(parents=True)
    (tmp_path / "env/lib64").symlink_to("lib")
    (packages / "seen.py").touch()
    (tmp_path / "work").mkdir()
    outcome = bwrap.run(
        ["/bin/ls", str(packages)], workdir=tmp_path / "work", limits=Limits(),
        readonly=[tmp_path / "env", packages],
    )  # fmt: skip
    assert outcome.stdout == b"seen.py\n"
