from tables.render import render

__all__ = ["render"]
