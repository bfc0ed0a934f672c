"""A sheet that keeps its values up to date."""


class Sheet:
    """Cells by name."""

    def update(self, texts):
        """Fill cells; the names of those that were computed."""
        raise NotImplementedError

    def set(self, name, text):
        """Fill one cell."""
        raise NotImplementedError

    def copy(self, source, target):
        """Set the target to the source's text, moved."""
        raise NotImplementedError

    def text(self, name):
        """What was set."""
        raise NotImplementedError

    def value(self, name):
        """The value of a cell."""
        raise NotImplementedError

    def show(self, name):
        """The value of a cell as text."""
        raise NotImplementedError

    def insert_rows(self, at, count):
        """Put empty rows before a row."""
        raise NotImplementedError

    def delete_rows(self, at, count):
        """Remove rows."""
        raise NotImplementedError

    def insert_columns(self, at, count):
        """Put empty columns before a column."""
        raise NotImplementedError

    def delete_columns(self, at, count):
        """Remove columns."""
        raise NotImplementedError
