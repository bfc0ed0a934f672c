"""Where settings come from."""

from dataclasses import dataclass, field

from layers.values import read_value


@dataclass
class Layer:
    """Settings of one place, as nested dictionaries."""

    name: str
    values: dict = field(default_factory=dict)


def from_text(name, text):
    """The layer of a file: ``key = value`` lines, ``[section]`` heads with dots, ``#`` comments."""
    values = {}
    section = values
    for number, line in enumerate(text.splitlines(), 1):
        line = line.split("#", 1)[0].strip()
        if not line:
            continue
        if line.startswith("[") and line.endswith("]"):
            section = values
            for part in line[1:-1].split("."):
                section = section.setdefault(part.strip(), {})
            continue
        key, equals, value = line.partition("=")
        if not equals or not key.strip():
            raise ValueError(f"line {number}: expected key = value")
        section[key.strip()] = read_value(value)
    return Layer(name, values)


def from_environment(variables, prefix):
    """The layer of those variables that begin with ``prefix``."""
    raise NotImplementedError
