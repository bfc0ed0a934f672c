"""What to do with a solution."""


def order(index, solution):
    """Groups of names, in the order in which they can be installed."""
    raise NotImplementedError


def why(index, requirements, solution, name):
    """The shortest chain of names from the program's requirements to a package."""
    raise NotImplementedError
