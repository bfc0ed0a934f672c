"""What changed between two texts."""

from differ.apply import apply_patch
from differ.compare import Step, compare
from differ.lines import split_lines
from differ.marks import marks
from differ.patch import hunks, write_patch
from differ.view import view

__all__ = ["Step", "apply_patch", "compare", "hunks", "marks", "split_lines", "view", "write_patch"]
