"""Turning work items into rows: schedule, retry, resume, progress."""
