"""Who owes whom."""

from expenses.book import Book
from expenses.money import read_amount, write_amount
from expenses.report import report
from expenses.settle import settle
from expenses.split import split

__all__ = ["Book", "read_amount", "report", "settle", "split", "write_amount"]
