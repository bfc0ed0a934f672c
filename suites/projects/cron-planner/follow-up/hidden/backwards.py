from planner import Schedule, read_moment, write_moment


def before(text, moment, zone="+00:00", count=2):
    schedule, moments = Schedule(text, zone), [read_moment(moment)]
    while len(moments) <= count and moments[-1] is not None:
        moments.append(schedule.last_before(moments[-1]))
    return [moment and write_moment(moment) for moment in moments[1:]]


emit(before("30 8 * * *", "2024-03-01 08:30"))
emit(before("30 8 * * *", "2024-03-01 08:31"))
emit(before("0 0 29 2 *", "2104-02-29 00:00"))
emit(before("0 0 30 2 *", "2024-01-01 00:00"))
emit(before("15 22-1 * * mon", "2024-06-10 12:00", count=3))
emit(before("0 0 L * *", "2024-03-15 00:00", count=3))
emit(before("0 1 * * *", "2024-03-15 00:00", "+05:30"))
emit(before("0 23 * * *", "2024-03-15 02:31", "-03:30"))
schedule = Schedule("7 */5 1,L * fri")
moments = list(schedule.between(read_moment("2024-01-01 00:00"), read_moment("2024-06-01 00:00")))
emit([schedule.last_before(b) == a for a, b in zip(moments, moments[1:])] == [True] * (len(moments) - 1))
