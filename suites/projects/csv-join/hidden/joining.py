from tables import Table, join

left = Table(
    ["city", "land", "note"],
    [
        ["Rome", "it", "a"],
        ["Bern", "ch", "b"],
        ["Rome", "us", "c"],
        [None, "it", "d"],
        ["rome", "it", "e"],
        ["Rome", "it", "f"],
        ["", "", "g"],
    ],
)
right = Table(
    ["state", "people", "town"],
    [["it", "1", "Rome"], ["fr", "2", "Lyon"], ["it", None, "Rome"], ["it", "4", None], ["", "5", ""], ["us", "6", "Bern"]],
)
on = [("city", "town"), ("land", "state")]
for how in ("inner", "left", "right", "full", "without"):
    emit(join(left, right, on, how).rows)
emit(left.rows[3] + right.rows[3])
emit(join(left, right, [("land", "state")]).rows[:4])

keys = ["a", "b", "a", None, "c", "a"]
one = Table(["k", "n"], [[key, str(number)] for number, key in enumerate(keys)])
two = Table(["m", "k"], [[str(number), key] for number, key in enumerate(reversed(keys))])
emit([row[1] + row[2] for row in join(one, two, ["k"]).rows])
result = join(one, one, ["k"], "without")
result.rows[0].append("more")
result.columns.append("extra")
emit(list(one)[0] + one.rows[3])
