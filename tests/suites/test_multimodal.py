"""Generated pictures: what is asked can be read off the shapes, by somebody who knows nothing of the families."""

from __future__ import annotations

import io
import math
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from harness.drawings import Circle, Drawing, Line, Point, Polygon, Words
from harness.drawings.png import file_of, png, preview
from harness.errors import ConfigError, HarnessError
from harness.graders import build_grader
from harness.records import Completion, Suite, Task
from harness.suites import load_suite
from tests.conftest import WriteSuite

FOLDER = Path(__file__).parents[2] / "suites" / "multimodal"
RED, BLUE = "#c62828", "#1e55b3"


def _season(folder: Path, season: int) -> Suite:
    shutil.copytree(FOLDER, folder / "multimodal")
    head = folder / "multimodal" / "suite.yaml"
    head.write_text(head.read_text("utf-8").replace("season: 2026", f"season: {season}"), "utf-8")
    return load_suite(folder / "multimodal")


@pytest.fixture(scope="module")
def suite() -> Suite:
    return load_suite(FOLDER)


@pytest.fixture(scope="module", params=[2026, 7, 2031])
def season(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Suite:
    return _season(tmp_path_factory.mktemp("season"), request.param)


def drawing(task: Task) -> Drawing:
    (image,) = task.images
    assert isinstance(image, Drawing)
    return image


def words(of: Drawing) -> list[Words]:
    return [shape for shape in of.shapes if isinstance(shape, Words)]


def lines(of: Drawing) -> list[Line]:
    return [shape for shape in of.shapes if isinstance(shape, Line)]


def quoted(task: Task, before: str, after: str) -> str:
    return task.messages[-1].content.partition(before)[2].partition(after)[0]


# --- reading pictures --------------------------------------------------------


def chart(task: Task) -> str:
    of, prompt = drawing(task), task.messages[-1].content
    labels = {word.text: word.at for word in words(of)}
    marks = sorted((-word.at[1], float(word.text)) for word in words(of) if word.anchor == "rm")
    (low, nothing), *_, (high, most) = marks

    def value(y: float) -> str:
        return f"{nothing + (most - nothing) * (-y - low) / (high - low):.6g}"

    if "bar " in prompt:
        middle = labels[quoted(task, "bar ", "?")][0]
        bars = [one for one in of.shapes if isinstance(one, Polygon)]
        bar = min(bars, key=lambda bar: abs(sum(x for x, _ in bar.points) / 4 - middle))
        return value(min(y for _, y in bar.points))
    name = prompt.partition("line ")[2].split()[0]
    key = next(one for one in lines(of) if len(one.points) == 2 and one.points[0][1] == labels[name][1]
               and 0 < labels[name][0] - one.points[1][0] < 20)  # fmt: skip
    graph = next(one for one in lines(of) if one.colour == key.colour and len(one.points) > 2)
    years = {word.at[0]: word.text for word in words(of) if word.text.isdigit() and word.at[1] > 690}
    if "highest" in prompt:
        return years[min(graph.points, key=lambda point: point[1])[0]]
    year = quoted(task, " in ", "?")
    return value(next(y for x, y in graph.points if years[x] == year))


def clock(task: Task) -> str:
    of = drawing(task)
    (mark,) = (one for one in of.shapes if isinstance(one, Circle) and one.fill == RED)
    centre = next(one.centre for one in of.shapes if isinstance(one, Circle) and one.fill is None)
    hands = sorted((math.dist(*one.points), one.points[1]) for one in lines(of) if one.points[0] == centre)

    def angle(point: Point) -> float:
        return math.degrees(math.atan2(point[0] - centre[0], centre[1] - point[1]))

    hour, minute = ((angle(end) - angle(mark.centre)) % 360 for _, end in hands)
    minutes = round(minute / 6) % 60
    hours = round((hour - minutes / 2) / 30) % 12
    assert abs((hour - minutes / 2 - 30 * hours + 180) % 360 - 180) < 0.5  # the hands agree
    assert of.mirrored == ("mirror" in task.messages[-1].content)
    return f"{hours or 12}:{minutes:02}"


def counting(task: Task) -> str:
    corners = {"circles": 0, "squares": 4, "triangles": 3}[quoted(task, "How many ", " are")]
    shapes = drawing(task).shapes
    points = [one.points if isinstance(one, Polygon) else () for one in shapes]
    for one in shapes:  # nothing is cut off at the edge
        reach = one.points if isinstance(one, Polygon) else ()
        assert all(0 < value < 768 for point in reach for value in point)
        if isinstance(one, Circle):
            assert all(one.radius < value < 768 - one.radius for value in one.centre)
    return str(sum(len(one) == corners for one in points))


def crossings(task: Task) -> str:
    red, blue = (next(one.points for one in lines(drawing(task)) if one.colour == c) for c in (RED, BLUE))

    def side(a: Point, b: Point, c: Point) -> bool:
        return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])

    return str(sum(
        side(a, b, c) != side(a, b, d) and side(c, d, a) != side(c, d, b)
        for a, b in pairwise(red) for c, d in pairwise(blue)
    ))  # fmt: skip


def grid(task: Task) -> str:
    level = quoted(task, "How many ", " does") == "rows"
    across = {
        one.points[0][level] for one in lines(drawing(task)) if one.points[0][level] == one.points[1][level]
    }
    return str(len(across) - 1)


def paths(task: Task) -> str:
    of = drawing(task)
    start = next(word for word in words(of) if word.text == quoted(task, "begins at ", " on"))
    way = min(lines(of), key=lambda one: abs(one.points[0][1] - start.at[1]))
    return min((word for word in words(of) if word.anchor == "lm"),
               key=lambda word: abs(word.at[1] - way.points[-1][1])).text  # fmt: skip


def table(task: Task) -> str:
    at = {word.text: word.at for word in words(drawing(task))}
    row, column = quoted(task, "row ", " and"), quoted(task, "column ", " of")
    return next(word.text for word in words(drawing(task)) if word.at == (at[column][0], at[row][1]))


def text(task: Task) -> str:
    marked = dict(word.text.split(": ") for word in words(drawing(task)))
    return marked[quoted(task, "behind ", " in")]


READERS: Mapping[str, Callable[[Task], str]] = {
    "chart": chart, "clock": clock, "counting": counting, "crossings": crossings, "grid": grid,
    "paths": paths, "table": table, "text": text,
}  # fmt: skip


def test_answers_can_be_read_off_the_pictures(season: Suite) -> None:
    shown = [task for task in season.tasks if task.control in (None, "512 pixels")]
    assert Counter(task.category for task in shown) == Counter(dict.fromkeys(READERS, 17))
    assert {task.id: READERS[task.category](task) for task in shown} == {
        task.id: task.reference for task in shown
    }


def test_fifteen_of_each_family_and_controls_beside_them(suite: Suite) -> None:
    measured = [task for task in suite.tasks if task.control is None]
    assert Counter(task.category for task in measured) == dict.fromkeys(READERS, 15)
    assert {task.measure for task in measured} == {"pass"}
    assert all(drawing(task).pixels == 768 for task in measured)
    controls: dict[str, list[Task]] = {}
    for task in suite.tasks:
        controls.setdefault(str(task.control), []).append(task)
    assert {name: len(of) for name, of in controls.items()} == {
        "None": 120, "blank picture": 16, "question alone": 16, "512 pixels": 16,
    }  # fmt: skip
    assert all(drawing(task).shapes == () for task in controls["blank picture"])
    assert all(task.images == () for task in controls["question alone"])
    assert all(drawing(task).pixels == 512 for task in controls["512 pixels"])
    assert {task.measure for name, of in controls.items() if name != "None" for task in of} == {"none"}


def test_no_answer_is_worth_guessing(suite: Suite) -> None:
    answers: dict[str, list[str]] = {}
    for task in suite.tasks:
        if task.control is None:
            answers.setdefault(task.category, []).append(task.reference)
    best = {name: Counter(of).most_common(1)[0][1] for name, of in answers.items()}
    assert max(best.values()) <= 3, best  # of 15: a constant answer passes a fifth at most
    assert not any(answer.startswith(("10:0", "10:1")) for answer in answers["clock"])


def test_a_picture_is_the_same_task_on_every_machine(suite: Suite) -> None:
    digests = {
        task.id: drawing(task).sha256[:12]
        for task in suite.tasks
        if task.id in ("clock-turned-1", "chart-bars-1")
    }
    assert digests == {"chart-bars-1": "096bb27dc50e", "clock-turned-1": "4af7e5ed62e3"}
    shown = {task.sha256 for task in suite.tasks}
    assert len(shown) == len(suite.tasks)


def test_suites_are_read_without_drawing() -> None:
    code = "import sys; from harness.suites import load_suite; from pathlib import Path; "
    code += f"load_suite(Path({str(FOLDER)!r})); print('PIL' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "False\n"
    )


# --- pictures ----------------------------------------------------------------


def test_pictures_are_small_files_of_their_size(suite: Suite) -> None:
    for name in READERS:
        task = [task for task in suite.tasks if task.category == name and task.images][-1]  # at 512 pixels
        large = [task for task in suite.tasks if task.category == name and task.control is None][-1]
        for each in (task, large):
            data = png(drawing(each))
            with Image.open(io.BytesIO(data)) as image:
                assert (image.format, image.size) == ("PNG", (drawing(each).pixels,) * 2)
                assert len(image.convert("L").getcolors() or ()) > 2  # something is drawn
            assert len(data) < 300_000


def pixels(of: Drawing) -> Image.Image:
    return Image.open(io.BytesIO(png(of))).convert("RGB")


def test_mirrored_blank_and_turned() -> None:
    left = Drawing((Circle((60, 60), 40, "#000000", 1, "#000000"),), 192)
    assert pixels(left).getpixel((15, 15)) == (0, 0, 0)
    assert pixels(Drawing(left.shapes, 192, mirrored=True)).getpixel((192 - 15, 15)) == (0, 0, 0)
    assert pixels(Drawing((), 64)).getcolors() == [(64 * 64, (255, 255, 255))]
    upright, lying = (pixels(Drawing((Words((384, 384), "lllll", 60, angle=a),), 192)) for a in (0, 90))
    boxes = [Image.eval(one.convert("L"), lambda value: 255 - value).getbbox() for one in (upright, lying)]
    (left_, top, right, bottom), (left2, top2, right2, bottom2) = (box or (0, 0, 0, 0) for box in boxes)
    assert abs((right - left_) - (bottom2 - top2)) < 4 and abs((bottom - top) - (right2 - left2)) < 4


def test_pictures_lie_in_the_cache_by_their_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    file = file_of(Drawing((), 64))
    made = file.stat().st_mtime_ns
    assert file.read_bytes() == png(Drawing((), 64)) and file_of(Drawing((), 64)).stat().st_mtime_ns == made
    (tmp_path / "a file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "a file"))
    with pytest.raises(HarnessError, match=r"cannot write .*a file.*XDG_CACHE_HOME"):
        file_of(Drawing((), 64))


def test_previews_are_small(suite: Suite) -> None:
    data = png(drawing(next(task for task in suite.tasks if task.category == "counting")))
    small = preview(data, 320)
    with Image.open(io.BytesIO(small)) as image:
        assert image.size == (320, 320)
    assert len(small) < 20_000
    with pytest.raises(ValueError, match="not a picture"):
        preview(b"no picture", 320)


# --- answers -----------------------------------------------------------------


def grade(suite: Suite, task_id: str, answer: str) -> bool:
    task = next(task for task in suite.tasks if task.id == task_id)
    return build_grader(task).grade(task, Completion(output=answer), None).passed


def answers_with(suite: Suite, category: str, mark: str) -> Task:
    return next(task for task in suite.tasks if task.category == category and mark in task.reference)


def test_printed_numbers_pass_in_every_spelling(suite: Suite) -> None:
    thousands, percents = answers_with(suite, "table", ","), answers_with(suite, "table", "%")
    plain, share = thousands.reference.replace(",", ""), percents.reference.split()[0]
    for task, answers in (
        (
            thousands,
            (thousands.reference, plain, f"**{thousands.reference}**", f"It is {thousands.reference}."),
        ),
        (percents, (share, f"{share}%", f"{share} percent", f"The answer is {share} %.")),
    ):
        assert [grade(suite, task.id, answer) for answer in answers] == [True] * len(answers)
    assert not grade(suite, thousands.id, str(int(plain) + 1))


def test_years_are_exact_and_values_within_half_a_line_of_the_grid(suite: Suite) -> None:
    charts = [task for task in suite.tasks if task.category == "chart" and task.images]
    year = next(task for task in charts if "which year" in task.messages[-1].content)
    assert not grade(suite, year.id, str(int(year.reference) + 2))
    for task in charts:
        tolerance = task.grader.options.get("tolerance", 0)
        assert grade(suite, task.id, str(int(task.reference) + tolerance))
        assert not grade(suite, task.id, str(int(task.reference) + tolerance + 1))
        assert all(abs(int(wrong) - int(task.reference)) > 2 * tolerance for wrong in task.wrong)


def test_texts_and_animals_pass_in_a_sentence(suite: Suite) -> None:
    for category, sentence in (
        ("text", 'The text is "{}".'),
        ("paths", "The line ends at **{}**."),
        ("paths", "Answer: {}"),
    ):
        task = next(task for task in suite.tasks if task.category == category)
        assert grade(suite, task.id, sentence.format(task.reference)), sentence


# --- options -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("family", "options", "complaint"),
    [
        (
            "counting",
            "counts: [3, 20], others: [1, 2]",
            "counts: must be the fewest and the most, from 1 to 12",
        ),
        ("counting", "counts: [5], others: [1, 2]", "counts: must be"),
        ("crossings", "counts: [3, 9], corners: 9", "corners: must be more than the most crossings"),
        ("grid", "counts: [9, 3]", "counts: must be"),
        ("paths", "lines: [3, 9]", "lines: must be"),
        ("table_cell", "rows: [3, 99], columns: [2, 3]", "'rows' must be from 1 to 40|rows: must be"),
        ("printed_text", "lines: [1, 2]", "lines: must be"),
        ("clock", "pixels: 9000", "'pixels' must be from 64 to 2,048"),
        ("clock", "shown: nowhere", "'shown' must be one of drawing, blank, nothing"),
        ("chart", "kind: pie", "'kind' must be one of bars, lines"),
    ],
)
def test_options_are_checked(write_suite: WriteSuite, family: str, options: str, complaint: str) -> None:
    generator = f"{{seed: 1, count: 1, family: {family}, {options}}}"
    folder = write_suite(f"[{{id: a, prompt: What?, grader: numeric, generator: {generator}}}]")
    with pytest.raises(ConfigError, match=complaint):
        load_suite(folder)
