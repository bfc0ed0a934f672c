"""Several layers as one."""


def merge(layers):
    """One dictionary of all layers, the weakest first."""
    merged = {}
    for layer in layers:
        merged.update(layer.values)
    return merged


def explain(layers, key):
    """The name of the layer that decided a dotted key."""
    raise NotImplementedError
