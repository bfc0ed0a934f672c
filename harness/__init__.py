"""harness: a benchmark tournament that ends in routing rules."""

__version__ = "0.1.0"
