"""A clock that goes on only when somebody sleeps."""


class Clock:
    def __init__(self):
        self.now = 0.0

    def sleep(self, seconds):
        self.now += seconds
