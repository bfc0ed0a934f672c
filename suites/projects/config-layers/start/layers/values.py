"""Text as the value that it stands for."""


def read_value(text):
    """``true``, ``12``, ``1.5``, ``none``, ``[a, b]`` or text, which may stand in quotation marks."""
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    if text.startswith("[") and text.endswith("]"):
        inner = text[1:-1].strip()
        return [read_value(part) for part in inner.split(",")] if inner else []
    words = {"true": True, "false": False, "none": None}
    if text.lower() in words:
        return words[text.lower()]
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text
