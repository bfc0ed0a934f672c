"""Names of cells: ``B12`` is column 2, row 12."""


def position(name):
    """The column and the row of a name."""
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(name[len(letters) :])


def cell_name(column, row):
    """The name of a cell."""
    return f"{column_name(column)}{row}"


def column_name(column):
    """The letters of a column."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
