"""Hostile input of every kind, for minutes: ``make fuzz``."""
