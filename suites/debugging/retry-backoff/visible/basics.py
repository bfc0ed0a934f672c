from jobs.events import Events
from jobs.runner import Runner

heard = []
events = Events()
events.on({"failed": lambda **details: heard.append("failed"), "done": lambda **details: heard.append("done")})
runner = Runner(events=events)
emit(runner.run("count", lambda: 3))
emit(heard)
heard.clear()
events.tell("failed")
emit(heard)
