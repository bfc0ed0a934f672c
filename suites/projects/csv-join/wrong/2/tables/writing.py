"""A table as CSV."""


def write_table(table, separator=","):
    """The text of a table."""
    lines = [table.columns, *table.rows]
    return "".join(separator.join(_written(cell, separator) for cell in line) + "\n" for line in lines)


def _written(cell, separator):
    if not cell:
        return ""
    if cell[0] != " " != cell[-1] and not any(sign in cell for sign in (separator, '"', "\n", "\r")):
        return cell
    return '"' + cell.replace('"', '""') + '"'
