"""One setting of many."""


def lookup(settings, key, default=None):
    """The value of a dotted key; ``default`` where there is none."""
    for part in key.split("."):
        if not isinstance(settings, dict) or part not in settings:
            return default
        settings = settings[part]
    return settings
