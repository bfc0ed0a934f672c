"""Rows on disk: the only writer of them, where they lie, and the database that reads them."""
