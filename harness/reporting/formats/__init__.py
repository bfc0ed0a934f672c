"""How a report is written down: one module a format."""
