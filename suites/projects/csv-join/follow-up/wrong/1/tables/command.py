"""The command line: ``LEFT RIGHT --on id --on name=customer --how left --separator ;``."""

from tables.joining import join
from tables.reading import read_table
from tables.writing import write_table

OPTIONS = ("--on", "--how", "--separator")
FLAGS = ("--fold", "--no-head")


def run(arguments, files):
    """What the command prints; ``files`` has the text of each file by its name."""
    names, on, how, separator, flags = [], [], "inner", ",", set()
    words = iter(arguments)
    try:
        for word in words:
            if word in FLAGS:
                flags.add(word)
                continue
            if word not in OPTIONS:
                names.append(word)
                continue
            value = next(words)
            if word == "--on":
                a, equals, b = value.partition("=")
                on.append((a, b) if equals else a)
            elif word == "--how":
                how = value
            else:
                separator = value
        left, right = (read_table(files[name], separator) for name in names)
        joined = join(left, right, on, how, fold="--fold" in flags)
        return write_table(joined, separator, head="--no-head" not in flags)
    except (KeyError, ValueError) as error:
        return f"error: {error.args[0]}\n"
