"""Help texts can be read without the page of their command."""

from __future__ import annotations

from collections.abc import Iterator

import click

from harness.cli.main import cli

# What a text must not begin with: prepositions and pronouns that need the option's name to mean anything.
_NEEDS_ITS_NAME = {"of", "by", "in", "with", "this", "it", "any", "one", "those", "these", "is", "where"}


def options(command: click.Command, name: str) -> Iterator[tuple[str, click.Option]]:
    context = click.Context(command, info_name=name)
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            below = command.get_command(context, each)
            assert below is not None
            yield from options(below, f"{name} {each}")
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            yield f"{name} {parameter.opts[0]}", parameter


def test_every_option_is_explained_by_a_verb_or_a_noun() -> None:
    texts = {name: option.help or "" for name, option in options(cli, "harness")}
    assert len(texts) > 100
    assert [name for name, text in texts.items() if not text] == []
    first = {name: text.split()[0].lower().strip(":,.") for name, text in texts.items()}
    assert {name: texts[name] for name, word in first.items() if word in _NEEDS_ITS_NAME} == {}
