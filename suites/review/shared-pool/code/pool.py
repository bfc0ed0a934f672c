import threading


class Exhausted(Exception):
    """All connections are lent."""


class Pool:
    def __init__(self, make, most):
        self._make = make
        self._most = most
        self._lock = threading.Lock()
        self._idle = []
        self._lent = []
        self._count = 0  # lent, idle, and being made

    def borrow(self):
        with self._lock:
            if self._idle:
                connection = self._idle.pop()
                self._lent.append(connection)
                return connection
            if self._count >= self._most:
                raise Exhausted
            self._count += 1
        # the lock is not held here: make() may take long, or use the pool itself
        try:
            return self._lend(self._make())
        except BaseException:
            with self._lock:
                self._count -= 1
            raise

    def give_back(self, connection):
        broken = connection.broken
        with self._lock:
            self._take_back(connection)
            if broken:
                self._count -= 1
            else:
                self._idle.append(connection)

    def using(self, work):
        connection = self.borrow()
        try:
            return work(connection)
        finally:
            self.give_back(connection)

    def _lend(self, connection):
        with self._lock:
            self._lent.append(connection)
        return connection

    def _take_back(self, connection):
        # by identity: connections may compare equal
        for at, lent in enumerate(self._lent):
            if lent is connection:
                del self._lent[at]
                return
        raise ValueError("this connection is not lent")
