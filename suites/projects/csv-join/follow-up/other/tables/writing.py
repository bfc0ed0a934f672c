"""A table as CSV."""


def write_table(table, separator=",", head=True):
    text = ""
    for line in ([table.columns] if head else []) + list(table.rows):
        text += separator.join(map(lambda cell: _cell(cell, separator), line)) + "\n"
    return text


def _cell(cell, separator):
    if cell is None:
        return ""
    plain = cell != "" and cell == cell.strip(" ") and not set(cell) & {separator, '"', "\n", "\r"}
    return cell if plain else '"%s"' % cell.replace('"', '""')
