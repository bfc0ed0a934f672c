"""Drawings → PNG, with Pillow and the font that lies here; kept in the cache folder, by their digest."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from harness.drawings import SIDE, Circle, Drawing, Line, Point, Polygon, Shape, Words
from harness.errors import HarnessError
from harness.files import write_atomically
from harness.paths import cache_folder

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

_FONT = Path(__file__).with_name("DejaVuSans-ascii.ttf")
_FINE = 2  # drawn so many times as large, then made smaller: edges are smooth


def file_of(drawing: Drawing) -> Path:
    """The drawing as a PNG file, which is made if it is not there. Raises ``HarnessError``."""
    path = cache_folder() / "drawings" / f"{drawing.sha256}.png"
    if not path.is_file():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, png(drawing))
        except OSError as error:
            raise HarnessError(
                f"cannot write {path}: {error.strerror}; name a folder for pictures with XDG_CACHE_HOME"
            ) from error
    return path


def png(drawing: Drawing) -> bytes:
    """The drawing as a PNG."""
    from PIL import Image, ImageDraw, ImageOps

    scale = _FINE * drawing.pixels / SIDE
    image = Image.new("RGB", (_FINE * drawing.pixels,) * 2, drawing.background)
    canvas = ImageDraw.Draw(image)
    for shape in drawing.shapes:
        _draw(image, canvas, shape, scale)
    image = image.reduce(_FINE)
    return _encoded(ImageOps.mirror(image) if drawing.mirrored else image)


def preview(data: bytes, pixels: int) -> bytes:
    """A picture as a PNG in few colours, at most ``pixels`` high and wide. Raises ``ValueError``."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:
            small = image.convert("RGB")
    except (OSError, Image.DecompressionBombError) as error:
        raise ValueError("not a picture") from error
    small.thumbnail((pixels, pixels))
    return _encoded(small.quantize(32))


def _encoded(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _draw(image: Image.Image, canvas: ImageDraw.ImageDraw, shape: Shape, scale: float) -> None:
    match shape:
        case Line(points, colour, width):
            canvas.line(_scaled(points, scale), colour, round(width * scale), joint="curve")
        case Polygon(points, outline, width, fill):
            corners = _scaled(points, scale)
            if fill:
                canvas.polygon(corners, fill)
            canvas.line([*corners, *corners[:2]], outline, round(width * scale), joint="curve")
        case Circle((x, y), radius, outline, width, fill):
            box = [(value + sign * radius) * scale for sign in (-1, 1) for value in (x, y)]
            canvas.ellipse(box, fill, outline, round(width * scale))
        case Words():
            _write(image, canvas, shape, scale)


def _scaled(points: tuple[Point, ...], scale: float) -> list[tuple[float, float]]:
    return [(x * scale, y * scale) for x, y in points]


def _write(image: Image.Image, canvas: ImageDraw.ImageDraw, words: Words, scale: float) -> None:
    from PIL import Image, ImageDraw

    font = _font(round(words.height * scale))
    x, y = words.at[0] * scale, words.at[1] * scale
    if not words.angle:
        canvas.text((x, y), words.text, words.colour, font, words.anchor)
        return
    side = 2 * round(font.getlength(words.text) + 2 * font.size)
    mask = Image.new("L", (side, side))
    ImageDraw.Draw(mask).text((side / 2, side / 2), words.text, 255, font, "mm")
    mask = mask.rotate(-words.angle, Image.Resampling.BICUBIC)
    image.paste(words.colour, (round(x - side / 2), round(y - side / 2)), mask)


@lru_cache(64)
def _font(size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(_FONT, size, layout_engine=ImageFont.Layout.BASIC)
