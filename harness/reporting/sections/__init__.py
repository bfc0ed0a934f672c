"""What a report says: one section a module, in the order of ``report.SECTIONS``."""
