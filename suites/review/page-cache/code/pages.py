from collections import OrderedDict


class PageCache:
    def __init__(self, load, most):
        self._load = load
        self._most = most
        self._pages = OrderedDict()  # the one asked for longest ago first
        self.hits = 0
        self.misses = 0

    def page(self, number):
        if number in self._pages:
            self.hits += 1
        else:
            self.misses += 1
            self._keep(number, self._load(number))
        self._pages.move_to_end(number)
        return list(self._pages[number])

    def put(self, number, lines):
        self._keep(number, list(lines))

    def find(self, text, numbers=None):
        if numbers is None:
            numbers = sorted(self._pages)  # a copy: asking changes the order
        return [
            number
            for number in numbers
            if any(text in line for line in self.page(number))
        ]

    def _keep(self, number, lines):
        self._pages[number] = lines
        self._pages.move_to_end(number)
        while len(self._pages) > self._most:
            self._pages.popitem(last=False)
