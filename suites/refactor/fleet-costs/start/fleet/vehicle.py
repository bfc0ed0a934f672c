from dataclasses import dataclass


@dataclass(frozen=True)
class Vehicle:
    """``kind`` is van, bike, truck or trailer; ``year`` when it was built; ``tonnes`` what it may weigh, loaded."""

    kind: str
    year: int
    tonnes: float = 0.0
    electric: bool = False
