"""A text that can be edited, and brought back."""

from editor.buffer import Buffer
from editor.editor import Editor

__all__ = ["Buffer", "Editor"]
