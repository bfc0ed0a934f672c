"""Arrow's arrays and texts made of Python values without pandas.

``pa.array`` and ``pa.scalar`` import pandas before they look at a value: a third of a second in each process
that writes a part or matches a pattern. The few types that rows have are soon laid out as Arrow wants them:
https://arrow.apache.org/docs/format/Columnar.html
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa


def column(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """Texts, whole numbers, floats or truth values as an array of ``kind``; ``None`` becomes NULL."""
    import pyarrow as pa

    missing = values.count(None)
    if missing == len(values):
        return pa.nulls(missing, kind)
    valid = _bits(value is not None for value in values) if missing else None
    if pa.types.is_string(kind):
        texts = [(value or "").encode() for value in values]
        ends = array("i", accumulate(map(len, texts), initial=0))
        buffers = [pa.py_buffer(ends), pa.py_buffer(b"".join(texts))]
    elif pa.types.is_boolean(kind):
        buffers = [_bits(values)]
    else:
        numbers = values if not missing else [value or 0 for value in values]
        buffers = [pa.py_buffer(array("q" if pa.types.is_int64(kind) else "d", numbers))]
    return pa.Array.from_buffers(kind, len(values), [valid, *buffers], missing)


def text_scalar(text: str) -> pa.Scalar:
    """A text as a value that Arrow computes with."""
    import pyarrow as pa

    return column((text,), pa.string())[0]


def _bits(flags: Iterable[Any]) -> pa.Buffer:
    """One bit a flag, the first one lowest."""
    import pyarrow as pa

    digits = "".join(["1" if flag else "0" for flag in flags])[::-1]
    return pa.py_buffer(int(digits, 2).to_bytes((len(digits) + 7) // 8, "little"))
