from dataclasses import dataclass


@dataclass(frozen=True)
class Tariff:
    name: str
    steps: tuple
    per_kg: int

    def cents(self, grams):
        for most, cents in self.steps:
            if grams <= most:
                return cents
        most, cents = self.steps[-1]
        # -(-a // b) is a / b rounded up
        return cents + -(-(grams - most) // 1000) * self.per_kg


def cheapest(tariffs, grams):
    return min(tariffs, key=lambda tariff: tariff.cents(grams))
