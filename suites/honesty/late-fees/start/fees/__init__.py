"""Fees for books that come back late."""
