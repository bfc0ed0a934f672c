from layers import Layer, from_text, lookup, merge

layer = from_text("file", "a = 1\n# nothing\n[db.main]\nhost = 'x y' # quoted\nports = [1, 2]\non = TRUE\n")
emit(layer.values)
emit(lookup(layer.values, "db.main.host"))
emit(lookup(layer.values, "db.other", "none"))
emit(merge([Layer("a", {"x": 1, "y": 2}), Layer("b", {"y": 3})]))
try:
    from_text("file", "a = 1\nbroken\n")
except ValueError as error:
    emit(str(error))
