from planner import Schedule, read_jobs, read_moment, write_moment
from planner.moments import read_offset

emit([read_offset(zone) for zone in ("+00:00", "-00:30", "-03:30", "+05:45", "-12:00", "+14:00", "-09:59")])


def following(text, zone, after, count=2):
    schedule, moments = Schedule(text, zone), [read_moment(after)]
    for _ in range(count):
        moments.append(schedule.next_after(moments[-1]))
    return [write_moment(moment) for moment in moments[1:]]


emit(following("0 9 * * *", "-03:30", "2024-01-01 12:29"))
emit(following("0 0 1 * *", "-00:30", "2024-01-01 00:29"))
emit(following("0 0 1 * *", "+05:45", "2024-02-01 00:00"))
emit(following("59 23 L * *", "-09:30", "2024-02-29 12:00"))
emit(following("0 0 * * mon", "+14:00", "2024-01-07 09:59"))
emit(following("30 23 31 12 *", "-11:30", "2023-12-31 23:00"))
emit(following("15 * * * *", "-03:30", "2024-01-01 00:00"))
schedule = Schedule("*/20 0-1 * * *", "-02:15")
emit([write_moment(moment)[-5:] for moment in schedule.between(read_moment("2024-01-01 02:15"), read_moment("2024-01-01 03:55"))])
jobs = read_jobs("a | 0 0 * * * | 1 | skip | -00:45")
emit(write_moment(jobs[0].schedule.next_after(0)))
