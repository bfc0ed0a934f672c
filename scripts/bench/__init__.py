"""Measuring harness itself: each figure is a ratio to a baseline taken in the same run."""
