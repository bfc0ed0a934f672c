"""What a model is told of a project, whatever is asked of it: its files, its checks, what must stay."""

from __future__ import annotations

from collections.abc import Sequence

from harness.trees import Tree, as_answer

VISIBLE = "visible"  # the folder with the checks that a model may see; it cannot change them
OUTPUT = "output.txt"  # in visible/: what its checks print with the tree as it is given
_CHECKS = """\
The files in {visible}/ are checks: each driver uses the project and emits values, one after another; \
the YAML file beside it says which values must come. Other checks like them are not shown."""
_OUTPUT = " {visible}/{output} is what they say of the project as it is."
_STAYS = "Use the standard library only. Do not change {stays}."


def project_prompt(asked: str, tree: Tree, protected: Sequence[str]) -> str:
    """``asked``, and then the project with its visible checks; how to answer is said by who asks."""
    parts = [asked, "The project as it is, file by file:", as_answer({}, tree)]
    checks = any(path.startswith(f"{VISIBLE}/") for path in tree)
    if checks:
        shown = _OUTPUT if f"{VISIBLE}/{OUTPUT}" in tree else ""
        parts.append((_CHECKS + shown).format(visible=VISIBLE, output=OUTPUT))
    stays = [*protected, *([f"{VISIBLE}/"] if checks else []), "how the project is built"]
    parts.append(_STAYS.format(stays=", ".join(stays)))
    return "\n\n".join(parts)
