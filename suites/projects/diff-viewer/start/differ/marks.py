"""What changed within a line."""


def marks(old, new):
    """The pieces of both lines, each with whether it changed; ``None`` if they have too little in common."""
    raise NotImplementedError
