from tables import Table, join, run


def columns(left, right, on, how="inner"):
    return join(Table(left.split(), []), Table(right.split(), []), on, how).columns


def failure(on, how="inner"):
    try:
        return join(Table(["a", "b"], []), Table(["b", "c"], []), on, how)
    except KeyError as error:
        return error.args[0]
    except ValueError:
        return "ValueError"


emit(columns("a b c", "d b e", ["b"]))
emit(columns("id x", "x id y", [("id", "id")]))
emit(columns("id customer n", "customer n", [("id", "customer")]))
emit(columns("customer n", "id customer", [("customer", "id")]))
emit(columns("id n n_right", "id n", ["id"]))
emit(columns("id n", "n id n_right", ["id"]))
emit(columns("id n n_right", "id n_right n", ["id"]))
emit(columns("id n", "id n", ["id"], "without"))
emit(columns("id", "id", ["id"], "full"))
emit(columns("a b", "b a", ["a", "b"]))
emit(columns("id n", "n other_right other", [("id", "n")]))
emit([failure([]), failure(["b", "b"]), failure([("a", "c"), ("b", "c")]), failure(["b"], "outer")])
emit([failure(["a"]), failure(["c"]), failure([("b", "d")]), failure([("b", "x"), ("y", "b")]), failure(["b", "b", "z"], "no")])
emit(failure([], "outer"))
files = {"l": "id,v\n1,\n2,\"\"\n", "r": "key,v\n2,w\n3,x\n"}
emit(run(["l", "r", "--how", "full", "--on", "id=key"], files))
emit(run(["l", "r", "--on", "id"], files))
