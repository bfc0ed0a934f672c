"""What holds for files in a folder holds for those in a bucket: whole, created once, replaced knowingly."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from obstore.store import MemoryStore

from harness.errors import ResultsError
from harness.results.objects import Bucket, Folder, Objects, objects_at


@pytest.fixture(params=["folder", "bucket"])
def objects(request: pytest.FixtureRequest, tmp_path: Path) -> Objects:
    return Folder(tmp_path / "run") if request.param == "folder" else Bucket("memory:///", MemoryStore())


def test_a_file_is_created_once(objects: Objects) -> None:
    assert objects.get("leases/a.json") is None
    tag = objects.put("leases/a.json", b"first")
    assert tag
    assert objects.put("leases/a.json", b"second") is None
    stored = objects.get("leases/a.json")
    assert stored is not None and (stored.content, stored.tag) == (b"first", tag)


def test_a_version_is_replaced_once(objects: Objects) -> None:
    first = objects.put("a", b"1")
    assert first
    second = objects.put("a", b"2", over=first)
    assert second and second != first
    assert objects.put("a", b"3", over=first) is None
    assert objects.put("not-there", b"3", over=first) is None
    stored = objects.get("a")
    assert stored is not None and stored.content == b"2"
    third = objects.put("a", b"2", over=second)
    assert third != second, "the same content is another version"


def test_a_listing_has_what_is_below_a_folder(objects: Objects) -> None:
    tags = {name: objects.put(name, name.encode()) for name in ("b/2", "a", "b/1/x", "bb/3")}
    listed = {entry.name: (entry.size, entry.tag) for entry in objects.list()}
    assert listed == {name: (len(name), tag) for name, tag in tags.items()}
    assert [entry.name for entry in objects.list("b")] == ["b/1/x", "b/2"]
    assert [*objects.list("none")] == []
    objects.delete("b/2")
    objects.delete("b/2")
    assert [entry.name for entry in objects.list("b")] == ["b/1/x"]
    one, two = objects.get("a"), next(objects.list())
    assert one is not None and abs(one.modified - two.modified) < 1e-3


def test_of_many_writers_none_loses_anothers_work(objects: Objects) -> None:
    def add(_: int) -> None:
        while True:
            stored = objects.get("count")
            content, tag = (stored.content, stored.tag) if stored else (b"0", None)
            if objects.put("count", b"%d" % (int(content) + 1), over=tag):
                return

    with ThreadPoolExecutor(4) as pool:
        [*pool.map(add, range(20))]
    stored = objects.get("count")
    assert stored is not None and stored.content == b"20"
    assert [entry.name for entry in objects.list()] == ["count"], "nothing is left of half-done writes"


def test_what_cannot_be_reached_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ResultsError, match=r"^cannot use .*file: Not a directory; check the folder$"):
        objects_at(tmp_path / "file").put("a/b", b"")
    for name in ("AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setattr("harness.results.connections._RETRIES", 0)
    with pytest.raises(ResultsError, match=r"^cannot use s3://bucket/x: .*; check AWS_END") as caught:
        objects_at("s3://bucket/x").get("a")
    assert "\n" not in str(caught.value)
    with pytest.raises(ResultsError, match=r"; check the address$"):
        objects_at("az://")
