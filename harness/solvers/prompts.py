"""How an answer is to be written: what solvers say behind the task's own prompt."""

from __future__ import annotations

from collections.abc import Mapping

EDITS: Mapping[str, str] = {
    "whole": """\
Answer with every file that you change or add, whole: its path alone on a line, then its text in a fence.

path/of/the/file
```
all of the file
```

Files that you leave out stay as they are. Write no part of a file and nothing like "rest unchanged": what you
write replaces the file. Use four backticks around a file that has three.""",
    "diff": """\
Answer with the changes: the path of a file alone on a line, then one block for each place that changes.

path/of/the/file
<<<<<<< SEARCH
lines of the file, exactly as they are
=======
the lines that take their place
>>>>>>> REPLACE

The lines of SEARCH must stand in the file exactly once, so take some around them too. All blocks refer to the
files as they are above. For a new file nothing stands between SEARCH and the line of equals signs.""",
}
AGAIN = """\
{report}

Answer again, with all that is to change: your edits are applied to the project as it was given, not to
what you made of it."""
