"""What is different from kind to kind. A new kind is a class here, and a line in ``KINDS``."""


class Kind:
    """A kind that there is none of: it takes any load, is never inspected, and has no costs."""

    share = None  # of its weight that a vehicle of this kind may load

    def __init__(self, vehicle):
        self.vehicle = vehicle

    def too_much(self, load):
        """Whether a load is too much."""
        return self.share is not None and load > self.vehicle.tonnes * self.share

    def itself(self):
        return f"{self.vehicle.kind} of {self.vehicle.tonnes} t"

    def inspection(self, today):
        return None

    def tax(self, new):
        raise ValueError(f"no such kind: {self.vehicle.kind}")

    def insurance(self, young):
        raise ValueError(f"no such kind: {self.vehicle.kind}")

    def journey(self, km, load):
        raise ValueError(f"no such kind: {self.vehicle.kind}")


class Bike(Kind):
    def too_much(self, load):
        return load > 0.15

    def itself(self):
        return self.vehicle.kind

    def tax(self, new):
        return 0

    def insurance(self, young):
        return 2500

    def journey(self, km, load):
        return 0


class Van(Kind):
    share = 0.4

    def tax(self, new):
        return 0 if self.vehicle.electric and new else int(self.vehicle.tonnes * 6000)

    def insurance(self, young):
        return 48000 + young * 12000

    def journey(self, km, load):
        return int(km * (7 if self.vehicle.electric else 13) * (1 + load / 10))

    def inspection(self, today):
        first = self.vehicle.year + 3
        return first if today < first else today + (first - today) % 2


class Truck(Kind):
    share = 0.4

    def tax(self, new):
        amount = int(self.vehicle.tonnes * (9500 if self.vehicle.tonnes > 3.5 else 7000))
        return amount // 2 if self.vehicle.electric and new else amount

    def insurance(self, young):
        return (90000 if self.vehicle.tonnes <= 7.5 else 150000) + young * 30000

    def journey(self, km, load):
        cents = km * (21 if self.vehicle.electric else 38) * (1 + load / 20)
        return int(cents + km * 19 if self.vehicle.tonnes > 7.5 else cents)

    def inspection(self, today):
        return max(today, self.vehicle.year) + 1


class Trailer(Kind):
    share = 0.8

    def tax(self, new):
        return min(int(self.vehicle.tonnes * 3700), 37300)

    def insurance(self, young):
        return 9000

    def journey(self, km, load):
        return int(km * 4 * (1 + load / 5))

    def inspection(self, today):
        heavy = self.vehicle.tonnes > 3.5
        return Truck.inspection(self, today) if heavy else today + (self.vehicle.year + 2 - today) % 2


KINDS = {"bike": Bike, "van": Van, "truck": Truck, "trailer": Trailer}


def kind_of(vehicle):
    return KINDS.get(vehicle.kind, Kind)(vehicle)
