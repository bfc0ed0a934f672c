"""Images through a projector; what it says of them means nothing, since its weights are random."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Any

import pytest

from harness.engines.local import native
from harness.engines.local.gguf_file import read_model_file
from harness.engines.local.resident import Resident, Settings
from harness.errors import ModelUnavailable
from harness.records import Completion
from harness.suites import load_suite
from tests.conftest import WriteSuite
from tests.engines.local.asking import PROMPTS, request, resident, spec, together
from tests.engines.local.projector import write_projector
from tests.engines.local.test_batch import held
from tests.engines.local.test_llama_cpp import opened
from tests.runner.test_pipeline import config_of, take


def png(path: Path, colour: tuple[int, int, int], size: int = 28) -> Path:
    """An image of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    lines = (b"\0" + bytes(colour) * size) * size
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    return path


@pytest.fixture
def mmproj(demo: Path, tmp_path: Path) -> Path:
    write_projector(tmp_path / "mmproj.gguf", read_model_file(demo).width)
    return tmp_path / "mmproj.gguf"


def answers(demo: Path, mmproj: Path, asked: list[Any], slots: int) -> list[Completion]:
    model = Resident(Settings(str(demo), {"n_slots": slots, "n_ctx": 256}, mmproj=str(mmproj)))
    done = together(model, asked)
    held(model)
    model.close()
    return done


@pytest.mark.parametrize("small", [True, False])
def test_images_are_seen_alone_and_together(
    demo: Path, mmproj: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: bool
) -> None:
    if not small:
        monkeypatch.setattr(native, "SMALL_MODEL", 0)
    red, blue = png(tmp_path / "red.png", (255, 0, 0)), png(tmp_path / "blue.png", (0, 0, 255))
    choices = ("red", "blue", "green")
    shown: list[tuple[Path, ...]] = [(red,), (blue,), (), (red, blue), (red,)]
    asked = [request(PROMPTS[0], images=tuple(map(str, images)), choices=choices) for images in shown]
    alone, together_ = answers(demo, mmproj, asked, 1), answers(demo, mmproj, asked, 4)
    for one, other in zip(alone, together_, strict=True):
        assert one.failure is None and one.scores == pytest.approx(other.scores, abs=0.05)
    first, second, blind, both, again = (done.scores for done in alone)
    assert first == pytest.approx(again, abs=0.05)
    for a, b in ((first, second), (first, blind), (first, both)):
        assert max(abs(x - y) for x, y in zip(a, b, strict=True)) > 0.1
    assert (alone[0].prompt_tokens or 0) - (alone[2].prompt_tokens or 0) >= 4  # patches and a line break
    written = answers(demo, mmproj, [request(images=(str(red),))] * 3, 2)
    assert all(done.failure is None and done.output == written[0].output for done in written)


def test_what_cannot_be_seen_is_said(demo: Path, mmproj: Path, tmp_path: Path) -> None:
    red = png(tmp_path / "red.png", (255, 0, 0))
    (tmp_path / "text.png").write_text("no image")
    with resident(demo) as blind:
        assert "projector in `mmproj`" in str(together(blind, [request(images=(str(red),))])[0].failure)
    for name, complaint in (("text.png", "is not an image"), ("none.png", "cannot read the image")):
        done = answers(demo, mmproj, [request(images=(str(tmp_path / name),))], 1)[0]
        assert done.failure and done.failure.kind == "bad_request" and complaint in done.failure.message
    with pytest.raises(ModelUnavailable, match=r"there is no file .*none; correct `mmproj`"):
        opened(spec(demo, mmproj=str(tmp_path / "none")))
    with pytest.raises(ModelUnavailable, match="no projector that fits"):
        opened(spec(demo, mmproj=str(demo)))
    assert opened(spec(demo, mmproj=str(mmproj)), request(images=(str(red),)))[0].failure is None


def test_a_task_s_images_lie_beside_it(
    demo: Path, mmproj: Path, tmp_path: Path, write_suite: WriteSuite
) -> None:
    grader = "{label: {labels: [red, blue], scoring: loglik}}"
    folder = write_suite(
        f"[{{id: a, prompt: Which?, images: [red.png], grader: {grader}, reference: red, wrong: [blue]}}]"
    )
    png(folder / "red.png", (255, 0, 0))
    local = f"engine: llama_cpp, path: {demo}"
    config = config_of(
        tmp_path, f"models: [{{id: sees, {local}, mmproj: mmproj.gguf}}, {{id: not, {local}}}]"
    )
    rows, _ = take(config, load_suite(folder), "sees,not")
    assert [(row.model, row.status, row.error_type) for row in rows] == [
        ("sees", "ok", rows[0].error_type),
        ("not", "skipped", "excluded"),
    ]
