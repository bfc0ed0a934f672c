from layers import Layer, merge

a = Layer("a", {"db": {"host": "h", "pool": {"size": 5, "wait": 1}}, "paths": ["x"], "mode": "slow"})
b = Layer("b", {"db": {"pool": {"size": 9}}, "paths+": ["y", "z"]})
c = Layer("c", {"db": {"host": None}, "mode": {"name": "fast"}})
emit(merge([a, b]))
emit(merge([a, b, c]))
emit(merge([a, Layer("d", {"mode": None}), Layer("e", {"mode": "again"})])["mode"])
emit(merge([a, Layer("d", {"db": None})]).get("db", "gone"))
emit(a.values)
