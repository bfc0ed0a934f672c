YEAR = 365  # days, leap years too


def earned(cents, level):
    if cents < 0:
        raise ValueError("an amount cannot be negative")
    base = cents // 100
    return base + base // 2 if level == "gold" else base


def is_valid(day, today):
    return 0 <= today - day < YEAR


def valid(grants, today):
    return sum(points for day, points in grants if is_valid(day, today))


def spend(grants, points, today):
    if points > valid(grants, today):
        raise ValueError("not enough points")
    left = list(grants)
    # sorted() is stable, so equal days keep their order
    for at in sorted(range(len(left)), key=lambda at: left[at][0]):
        day, has = left[at]
        if is_valid(day, today):
            taken = min(has, points)
            points -= taken
            left[at] = (day, has - taken)
    return [
        (day, has)
        for day, has in left
        if has > 0 and (is_valid(day, today) or day > today)
    ]
