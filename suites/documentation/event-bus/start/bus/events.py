from itertools import count


class Failed(Exception):
    def __init__(self, errors):
        super().__init__("; ".join(f"{type(error).__name__}: {error}" for error in errors))
        self.errors = errors


class Bus:
    def __init__(self):
        self._numbers = count()
        self._handlers = {}

    def subscribe(self, topic, handler, priority=0, once=False):
        number = next(self._numbers)
        self._handlers[number] = (-priority, number, topic, handler, once)

        def off():
            return self._handlers.pop(number, None) is not None

        return off

    def publish(self, topic, **data):
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
    wanted, given = pattern.split("."), topic.split(".")
    return len(wanted) == len(given) and all(a in ("*", b) for a, b in zip(wanted, given))
