"""Missions in phases: which model each gets, in which order, how they run, and what came of it."""
