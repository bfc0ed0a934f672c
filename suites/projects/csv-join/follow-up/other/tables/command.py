"""The command line."""

from tables.joining import join
from tables.reading import read_table
from tables.writing import write_table


def run(arguments, files):
    given = {"--how": "inner", "--separator": ","}
    names, on, fold, head = [], [], False, True
    words = list(arguments)
    try:
        while words:
            word = words.pop(0)
            if word == "--fold":
                fold = True
            elif word == "--no-head":
                head = False
            elif word == "--on":
                a, equals, b = words.pop(0).partition("=")
                on.append((a, b) if equals else a)
            elif word in given:
                given[word] = words.pop(0)
            else:
                names.append(word)
        left, right = [read_table(files[name], given["--separator"]) for name in names]
        return write_table(join(left, right, on, given["--how"], fold), given["--separator"], head)
    except (KeyError, ValueError) as error:
        return f"error: {error.args[0]}\n"
