"""Text from templates."""

from templates.errors import TemplateError
from templates.render import Environment
from templates.values import Safe

__all__ = ["Environment", "Safe", "TemplateError"]
