from planner import Schedule, read_moment, write_moment


def following(text, after, count=2):
    schedule, moments = Schedule(text), [read_moment(after)]
    while len(moments) <= count and moments[-1] is not None:
        moments.append(schedule.next_after(moments[-1]))
    return [moment and write_moment(moment) for moment in moments[1:]]


emit(following("0 0 29 2 *", "2023-01-01 00:00", 3))
emit(following("0 12 29 feb *", "2096-02-29 12:00"))
emit(following("0 12 29 feb *", "1971-01-01 00:00", 1))
emit(following("0 0 30 2 *", "2024-01-01 00:00"))
emit(following("0 0 31 4,6,9-11/2 *", "2024-01-01 00:00"))
emit(following("0 0 L 2 *", "2099-01-01 00:00", 3))
emit(following("30 8 1 * *", "2024-01-31 20:00"))
emit(following("30 8 * 3 *", "2024-01-31 20:00"))
emit(following("0 6 * * mon", "2024-06-07 22:30"))
emit(following("59 23 31 12 *", "2023-12-31 23:58"))
emit(following("0 0 1 1 *", "2023-12-31 23:59"))
emit(following("0 0 31 * *", "2024-01-31 00:00", 3))
emit(following("5 0 31 1 fri", "2024-01-25 00:05", 3))
emit(len(list(Schedule("0 1 L * *").between(read_moment("2000-01-31 01:00"), read_moment("2010-01-31 01:00")))))
emit(len(list(Schedule("17 3 13 * fri").between(read_moment("2024-01-01 00:00"), read_moment("2025-01-01 00:00")))))
