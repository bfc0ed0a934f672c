"""A table as CSV."""


def write_table(table, separator=",", head=True):
    """The text of a table, with its column names or without."""
    lines = [table.columns, *table.rows] if head else table.rows
    return "".join(separator.join(_written(cell, separator) for cell in line) + "\n" for line in lines)


def _written(cell, separator):
    if cell is None:
        return ""
    if cell and cell[0] != " " != cell[-1] and not any(sign in cell for sign in (separator, '"', "\n", "\r")):
        return cell
    return '"' + cell.replace('"', '""') + '"'
