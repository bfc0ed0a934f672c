from planner import plan, read_jobs, read_moment

START = read_moment("2024-01-01 00:00")


def runs(text, end, start=0):
    return [
        f"{run.name}{run.due - START}:{run.start - START}-{run.end - START}"
        for run in plan(read_jobs(text), START + start, START + end)
    ]


emit(runs("a | */10 * * * * | 25 | parallel", 40))
emit(runs("a | */10 * * * * | 25 | skip", 60))
emit(runs("a | */10 * * * * | 10 | skip", 30))
emit(runs("a | */10 * * * * | 10 | queue", 30))
emit(runs("a | */10 * * * * | 11 | queue", 150)[-4:])
emit(runs("a | */10 * * * * | 25 | queue", 80))
emit(runs("a | */10 * * * * | 20 | queue", 60))
emit(runs("a | 0,1,2,30 * * * * | 15 | queue", 61))
emit(runs("a | 0,1,2,15,16,40 * * * * | 15 | queue", 60))
emit(runs("a | */10 * * * * | 25 | queue", 50))
emit(runs("a | */10 * * * * | 25 | queue", 51))
emit(runs("a | */10 * * * * | 25 | skip", 30, 10))
emit(runs("b | 0,5 * * * * | 10 | queue\na | 10 * * * * | 1\nc | 10 * * * * | 0 | skip", 20))
emit(runs("z | 7,9 * * * * | 5 | queue\na | 8,9,12 * * * * | 9\nm | 12 * * * * | 1", 20))
emit(runs("a | */5 * * * * | 0 | skip", 15) + runs("b | */5 * * * * | 0 | queue", 15))
emit(runs("a | 0 * * * * | 5", 60, 60) + runs("a | 0 * * * * | 5", 60, 1) + runs("a | 0 * * * * | 5", 61, 60))
emit(runs("a | 0 * * * * | 90 | queue", 600)[-3:])
