"""Articles that are held back for orders."""


class Stock:
    """What is there, and what is held."""

    def __init__(self, minutes):
        if minutes < 1:
            raise ValueError("a hold lasts a minute at least")
        self._minutes = minutes
        self._there = {}
        self._holds = {}  # (order, article): (count, until)

    def add(self, article, count):
        """More of an article has come."""
        if count < 1:
            raise ValueError("nothing has come")
        self._there[article] = self._there.get(article, 0) + count

    def hold(self, order, article, count, now):
        """Hold articles back for an order, or change how many."""
        if count < 0:
            raise ValueError("no such count")
        key = (order, article)
        own = self._count(key, now)
        if count == 0:
            self._holds.pop(key, None)
            return True
        if count > self.free(article, now) + own:
            return False
        self._holds[key] = (count, now + self._minutes)
        return True

    def renew(self, order, now):
        """Give an order's holds their time anew."""
        renewed = 0
        for key in self._of(order, now):
            count, _ = self._holds[key]
            self._holds[key] = (count, now + self._minutes)
            renewed += 1
        return renewed

    def ship(self, order, now):
        """Take what an order holds out of the stock."""
        keys = self._of(order, now)
        if not keys:
            raise KeyError(order)
        shipped = {}
        for _, article in keys:
            shipped[article], _ = self._holds.pop((order, article))
            self._there[article] -= shipped[article]
        return shipped

    def free(self, article, now):
        """How many can be held."""
        return self._there.get(article, 0) - self.held(article, now)

    def held(self, article, now):
        """How many are held."""
        return sum(self._count(key, now) for key in self._holds if key[1] == article)

    def _count(self, key, now):
        count, until = self._holds.get(key, (0, now))
        return count if until > now else 0

    def _of(self, order, now):
        return [key for key in self._holds if key[0] == order and self._count(key, now) > 0]
