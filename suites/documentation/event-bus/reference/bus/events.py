"""Events by topic, and who is told of them."""

from itertools import count


class Failed(Exception):
    """Some handlers of an event raised an error; ``errors`` are all of them, in the order of the handlers."""

    def __init__(self, errors):
        super().__init__("; ".join(f"{type(error).__name__}: {error}" for error in errors))
        self.errors = errors


class Bus:
    """Handlers by topic."""

    def __init__(self):
        self._numbers = count()
        self._handlers = {}

    def subscribe(self, topic, handler, priority=0, once=False):
        """Have ``handler(topic, data)`` called with every event of a topic.

        Args:
            topic: A topic, or a pattern as for ``matches``.
            handler: Called with the topic and a dictionary of the event's data.
            priority: Handlers with a higher one are called first, those with the same one in the order of
                their subscription. Defaults to 0.
            once: Whether the handler is taken off after its first event. Defaults to False.

        Returns a function that takes the handler off, and says whether it was there: to call it again does nothing.
        """
        number = next(self._numbers)
        self._handlers[number] = (-priority, number, topic, handler, once)

        def off():
            return self._handlers.pop(number, None) is not None

        return off

    def publish(self, topic, **data):
        """Call all handlers of a topic, and return how many handlers were called.

        When one raises an error the others are called all the same.

        Raises:
            Failed: With all errors, after the last handler.
        """
        chosen = sorted(entry for entry in self._handlers.values() if matches(entry[2], topic))
        errors = []
        for _, number, _, handler, once in chosen:
            if once:
                self._handlers.pop(number, None)
            try:
                handler(topic, data)
            except Exception as error:
                errors.append(error)
        if errors:
            raise Failed(errors)
        return len(chosen)


def matches(pattern, topic):
    """Whether a topic is of a pattern, in which ``*`` stands for exactly one part.

    >>> matches("orders.*", "orders.new"), matches("orders.*", "orders.new.paid"), matches("orders.*", "orders")
    (True, False, False)
    """
    wanted, given = pattern.split("."), topic.split(".")
    return len(wanted) == len(given) and all(a in ("*", b) for a, b in zip(wanted, given))
