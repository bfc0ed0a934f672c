"""The core of a spreadsheet."""

from sheets.formula import Error
from sheets.sheet import Sheet

__all__ = ["Error", "Sheet"]
