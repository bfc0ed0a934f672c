"""An amount as parts."""


def split(amount, weights):
    """Name → cents, by weight; together they are the amount."""
    total = sum(weights.values())
    if total <= 0 or min(weights.values()) < 0:
        raise ValueError("weights must be positive")
    size = abs(amount)
    parts = {name: size * weight // total for name, weight in weights.items()}
    left = size - sum(parts.values())
    for name in sorted(weights, key=lambda name: (-(size * weights[name] % total), name))[:left]:
        parts[name] += 1
    return {name: -part if amount < 0 else part for name, part in parts.items()}
