import heapq


class RetryQueue:
    def __init__(self, most, base):
        self._most = most
        self._base = base
        self._waiting = []  # (due, number, job)
        self._number = 0
        self._attempts = {}  # of every job that is waiting or running
        self._running = set()
        self.given_up = []

    def put(self, job, now):
        if job in self._attempts:
            raise ValueError(f"{job} is there already")
        self._attempts[job] = 0
        self._wait(job, now)

    def take(self, now):
        if not self._waiting or self._waiting[0][0] > now:
            return None
        job = heapq.heappop(self._waiting)[2]
        self._attempts[job] += 1
        self._running.add(job)
        return job

    def failed(self, job, now):
        self._running.remove(job)
        attempts = self._attempts[job]
        if attempts >= self._most:
            del self._attempts[job]
            self.given_up.append(job)
            return False
        self._wait(job, now + self._base * 2 ** (attempts - 1))
        return True

    def done(self, job):
        self._running.remove(job)
        del self._attempts[job]

    def _wait(self, job, due):
        self._number += 1
        heapq.heappush(self._waiting, (due, self._number, job))
