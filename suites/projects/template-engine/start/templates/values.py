"""Values while a template is rendered."""


class Safe(str):
    """Text that is HTML already."""


class Undefined:
    """What a name stands for that has no value."""

    def __bool__(self):
        return False

    def __iter__(self):
        return iter(())

    def __str__(self):
        return ""


UNDEFINED = Undefined()


def escape(text):
    """Text as HTML; safe text stays as it is."""
    if isinstance(text, Safe):
        return text
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, name)
    return Safe(text)


def as_text(value):
    """A value as it is printed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value)


def member(value, key):
    """An item of a dictionary or a list; undefined if there is none."""
    if isinstance(value, dict):
        return value.get(key, UNDEFINED)
    if isinstance(value, (list, tuple)) and key.isdecimal() and int(key) < len(value):
        return value[int(key)]
    return UNDEFINED
