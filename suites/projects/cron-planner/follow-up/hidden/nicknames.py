from planner import Schedule, plan, read_jobs, read_moment, write_moment


def due(text, zone, start, end):
    return [write_moment(moment) for moment in Schedule(text, zone).between(read_moment(start), read_moment(end))]


emit(due("@hourly", "+00:00", "2024-01-01 00:00", "2024-01-01 03:00"))
emit(due("@hourly", "+05:30", "2024-01-01 00:00", "2024-01-01 03:00"))
emit(due("@Daily", "-03:30", "2024-01-01 00:00", "2024-01-03 00:00"))
emit(due("@WEEKLY", "+00:00", "2024-01-01 00:00", "2024-01-15 00:00"))
emit(due("@monthly", "+00:00", "2024-01-01 00:00", "2024-03-01 00:00"))
emit(due("@yearly", "+00:00", "2024-01-02 00:00", "2026-01-02 00:00"))
jobs = read_jobs("tidy | @daily | 5 | skip | +01:00\nbeat|@hourly|1\n")
runs = plan(jobs, read_moment("2024-01-01 22:30"), read_moment("2024-01-02 00:30"))
emit([[write_moment(run.start), run.name] for run in runs])
for text in ("@never", "daily", "@daily @daily"):
    try:
        Schedule(text)
    except ValueError:
        emit("ValueError")
