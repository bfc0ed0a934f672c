"""Settings from several places, the later ones stronger."""

from layers.lookup import lookup
from layers.merge import explain, merge
from layers.sources import Layer, from_environment, from_text

__all__ = ["Layer", "explain", "from_environment", "from_text", "lookup", "merge"]
