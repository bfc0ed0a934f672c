from jobs.runner import GivenUp, Policy, Runner

cleaned = []


def failing():
    raise OSError("no disk")


def cleaning(name):
    return lambda: cleaned.append(name)


runner = Runner(policy=Policy(attempts=3))
for name, options in {
    "fails": {"work": failing, "cleanup": cleaning("a")},
    "goes through": {"work": failing, "cleanup": cleaning("b"), "retry": ValueError},
    "works": {"work": lambda: 7, "cleanup": cleaning("c")},
    "returns something": {"work": lambda: 8, "cleanup": lambda: cleaned.append("d") or "cleaned"},
}.items():
    try:
        emit(runner.run(name, **options))
    except Exception as error:
        emit([type(error).__name__, str(error), type(error.__cause__).__name__])
emit(cleaned)
results = runner.run_all({"x": {"work": failing, "cleanup": cleaning("x")}, "y": {"work": lambda: 1, "cleanup": cleaning("y")}})
emit([isinstance(results["x"], GivenUp), results["y"]])
emit(cleaned[-2:])
