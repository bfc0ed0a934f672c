from __future__ import annotations

from io import BytesIO
from typing import Any
from xml.etree import ElementTree

from PIL import Image

from harness.reporting.charts.canvas import SHAPES, Canvas
from harness.reporting.charts.png import png
from harness.reporting.charts.svg import svg

SVG = "{http://www.w3.org/2000/svg}"


def canvas() -> Canvas:
    drawn = Canvas(200, 100)
    drawn.area((0, 50, 100, 100), "#ff0000", 1)
    drawn.line([(100, 25), (200, 25)], "#00ff00", 4)
    for number, shape in enumerate(("round", *SHAPES)):
        drawn.mark(10 + 20 * number, 80, shape, "#0000ff", size=8)
    drawn.text(100, 10, "<b>&名", "center")
    return drawn


def test_both_pictures_show_the_same_places() -> None:
    root = ElementTree.fromstring(svg(canvas()))
    assert [(area.get("x"), area.get("y")) for area in root.iter(f"{SVG}rect")] == [("0", "0")]
    assert [text.text for text in root.iter(f"{SVG}text")] == ["<b>&名"]
    marks = [*root.iter(f"{SVG}circle"), *root.iter(f"{SVG}polygon")]
    assert len(marks) == 1 + len(SHAPES)

    picture = Image.open(BytesIO(png(canvas(), "a test"))).convert("RGBA")
    scale = picture.width / 200

    def at(x: float, y: float) -> Any:
        return picture.getpixel((int(x * scale), int(y * scale)))

    assert picture.info["Software"] == "a test"
    assert at(90, 40) == (255, 0, 0, 255)
    assert at(150, 75) == (0, 255, 0, 255)
    assert at(50, 60)[3] == 0
    for number in range(1 + len(SHAPES)):
        assert at(10 + 20 * number, 20) == (0, 0, 255, 255), number
