from planner import Job, Schedule, plan

ALWAYS = Schedule("*/10 * * * *")


def runs(policy, minutes, *pauses, end=60, schedule=ALWAYS):
    jobs = [Job("j", schedule, minutes, policy)]
    return [[run.due, run.start, run.end] for run in plan(jobs, 0, end, pauses)]


emit(runs("parallel", 5, (10, 30)))
emit(runs("parallel", 25, (10, 20), (15, 31)))
emit(runs("skip", 15, (20, 21)))
emit(runs("queue", 15, (15, 18)))
emit(runs("queue", 15, (20, 30), (15, 20)))
emit(runs("queue", 15, (14, 25), (22, 28), (28, 28)))
emit(runs("queue", 40, (40, 70)))
emit(runs("queue", 15))
emit([[run.name, run.start] for run in plan([Job("b", ALWAYS, 1), Job("a", ALWAYS, 1)], 0, 25, [(5, 15)])])
