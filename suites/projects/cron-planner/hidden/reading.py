from planner import Schedule, plan, read_jobs, read_moment, write_moment

emit([write_moment(read_moment(text)) for text in ("1970-01-01 00:00", "2024-02-29 23:59", "2100-03-01 07:05")])
jobs = read_jobs("# name | when\na | 0 3 * * mon | 5\n\nb | */5 * * * * | 7 | skip\nc | 0 0 1 1 * | 1 | queue | +02:00\n")
emit([[job.name, job.minutes, job.policy, job.schedule.offset] for job in jobs])
for text in ("a | * * * * | 5", "a | 60 * * * * | 5", "x | * * * * * | 1 | never", "x | * * * * * | 1 | skip | CET", "x | */0 * * * * | 1", "x | * * * * foo | 1"):
    try:
        read_jobs("\n" + text)
    except ValueError as error:
        emit(str(error))
after = read_moment("2024-05-01 12:00")
for text in ("* * * * *", "0 13 * * *", "0,30 12 * * *", "45 23 2 * *", "10-20/5 11-12 * * *", "0 12 * * *", "5 4 * * wed"):
    emit(write_moment(Schedule(text).next_after(after)))
emit(write_moment(Schedule("0 12 * * *", "+02:00").next_after(after)))
runs = plan(read_jobs("a | 0 * * * * | 30\nb | 30 1 * * * | 5 | skip"), after, after + 180)
emit([[run.name, write_moment(run.start), run.end - run.start] for run in runs])
