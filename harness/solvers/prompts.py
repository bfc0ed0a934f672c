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
AGENT = """\
You work on the project in a shell. It lies in the working folder; nothing is changed by what you only say.
{how}

Every command begins in the project's folder in a new shell: files stay, variables and processes do not. There
is no network; a command may take 30 seconds. Edit files with commands, such as cat with a here-document, sed,
or a script. You have {steps} commands.

`check` as the only word of a command runs the visible checks. When the project is finished, end the work with
`echo SUBMIT_PROJECT` as a command of its own: the files are then judged as they are."""
BY_BLOCKS = """\
Answer with a few words on what you are about to do and exactly one command in a block like this:

```bash
ls -R
```

The command runs, and you are shown its exit code and what it prints."""
BY_CALLS = """\
Call the tool `bash` with one command at a time; you are shown its exit code and what it prints. If you cannot
call tools, write the command in a block that begins with ```bash and ends with ```."""
OBSERVATION = """\
exit code: {code}
output:
{output}"""
NO_COMMAND = """\
There is no command in your answer, so nothing was run. Answer with exactly one command: as a call of the
tool `bash` if you have it, else in a block that begins with ```bash and ends with ```. When the project is
finished, the command is `echo SUBMIT_PROJECT`."""
CUT_OFF = """\
Your answer was cut off before its command was complete, so nothing was run. Take smaller steps."""
