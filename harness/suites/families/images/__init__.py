"""Families of tasks with a generated picture: every answer follows from what is drawn, and from nothing else."""
