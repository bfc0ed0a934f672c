"""What can be wrong with a template."""


class TemplateError(Exception):
    """Says where: ``name:line: message``."""

    def __init__(self, name, line, message):
        super().__init__(f"{name}:{line}: {message}")
