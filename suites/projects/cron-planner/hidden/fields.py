from planner import Schedule, read_moment, write_moment
from planner.fields import HOUR, MINUTE, MONTH, WEEKDAY, read_field

emit([sorted(read_field(WEEKDAY, text)) for text in ("7", "0-7", "5-7", "7-2", "fri-MON", "6/2", "5-2/2", "sun,7", "*/3", "sat-sat", "0-7/7")])
emit([sorted(read_field(MONTH, text)) for text in ("nov-feb/2", "Dec-Jan", "10/1", "*/5", "12-1,6")])
emit([sorted(read_field(HOUR, text)) for text in ("22-2", "22-4/3", "20/3", "23-0,5")])
emit(sorted(read_field(MINUTE, "58-1,30/15")))
start, end = read_moment("2024-02-01 00:00"), read_moment("2024-03-01 00:00")


def days(text):
    return [int(write_moment(moment)[8:10]) for moment in Schedule(f"0 0 {text}").between(start, end)]


for text in ("1,15 * *", "* * 7", "1,15 * 7", "*/10 * sun", "10-20 * */3", "*/10 * */2", "1-31 * mon", "*,5 * mon", "13 * fri", "L * *", "L * sat-sun", "1,l,15 * *", "5 3 *", "* feb thu", "31 * *", "28/1 2 0-7"):
    emit(days(text))
