from jobs.events import Events
from jobs.runner import GivenUp, Policy, Runner

emit([Policy().pause(n) for n in (1, 2, 6, 7, 9)])


def failing(times, error=ValueError):
    left = [times]

    def work():
        if left[0]:
            left[0] -= 1
            raise error(f"{left[0]} left")
        return "result"

    return work


heard = []
events = Events()
off = events.on({"failed": lambda name, attempt, error: heard.append([name, attempt, str(error)])})
runner = Runner(events=events)
emit([runner.run("a", failing(2)), runner.clock.now])
emit(heard)
try:
    emit(runner.run("b", failing(9)))
except GivenUp as error:
    emit([str(error), type(error.__cause__).__name__, runner.clock.now])
try:
    emit(runner.run("c", failing(1, KeyError), retry=ValueError))
except KeyError as error:
    emit(error.args[0])
emit(len(heard))
off()
runner.run("d", failing(1))
emit(len(heard))
results = Runner(policy=Policy(attempts=2)).run_all({"x": {"work": failing(1)}, "y": {"work": failing(2)}, "z": {"work": lambda: None}})
emit([str(result) for result in results.values()])
emit(list(results))
order = []
events.on({"x": lambda: order.append(1)})
events.on({"x": lambda: order.append(2)})
events.tell("x")
events.tell("y")
emit(order)
