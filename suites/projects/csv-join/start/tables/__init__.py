"""Tables from CSV files, and joins of them."""

from tables.command import run
from tables.joining import join
from tables.reading import Table, read_table
from tables.writing import write_table

__all__ = ["Table", "join", "read_table", "run", "write_table"]
