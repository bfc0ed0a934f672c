from planner import Schedule, plan, read_jobs, read_moment, write_moment


def following(text, zone, after, count=3):
    schedule, moments = Schedule(text, zone), [read_moment(after)]
    for _ in range(count):
        moments.append(schedule.next_after(moments[-1]))
    return [write_moment(moment) for moment in moments[1:]]


emit(following("30 22-1 * * *", "+00:00", "2024-02-28 23:30"))
emit(following("0 9 * * 5-7", "-03:30", "2024-03-01 12:30"))
emit(following("15 6 1,L * *", "+01:00", "2024-01-31 23:00"))
jobs = read_jobs("report | */4 * * * * | 10 | queue\nping | 0 * * * * | 1")
runs = plan(jobs, read_moment("2024-01-01 00:00"), read_moment("2024-01-01 00:30"))
emit([f"{run.name} {write_moment(run.due)[-5:]} {write_moment(run.start)[-5:]}" for run in runs])
