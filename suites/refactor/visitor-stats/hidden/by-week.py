from datetime import date, timedelta

from stats import by_week

seed, visits = 7, []
for n in range(400):
    seed = (seed * 1103515245 + 12345) % 2**31
    day = date(2025, 12, 20) + timedelta(days=seed // 65536 % 25)
    page = ["/", "/a", "/a/", "/a?b=/c/", "/shop/x?y", "?q", ""][seed // 1024 % 7]
    visitor = ["u1", "u2", "u3", "bot", "bot7", "robot"][seed // 4096 % 6]
    visits.append((day, page, visitor, seed // 256 % 90 - 3))
emit(by_week(visits))
emit(by_week(iter(visits), 20))
emit(by_week(visits, least=9999))
emit(by_week([]))
emit(by_week([(date(2027, 1, 1), "/", "u", 0), (date(2027, 1, 1), "/", "u", 1), (date(2027, 1, 4), "/", "bot", 1)], 1))
emit(by_week(visits[:5], 0))
