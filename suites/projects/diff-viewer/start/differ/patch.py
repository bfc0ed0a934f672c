"""Differences as patches."""


def hunks(steps, context):
    """Lists of steps: changes with what is around them."""
    raise NotImplementedError


def write_patch(old, new, old_name, new_name, context=3):
    """The patch that makes one text of another."""
    raise NotImplementedError
