from layers import Layer, explain, merge

a = Layer("a", {"db": {"host": "h", "port": 1}, "tags": ["x"]})
b = Layer("b", {"db": {"port": 2}, "tags+": ["y"]})
layers = [a, b, Layer("c", {"other": 1})]
emit([explain(layers, key) for key in ("db.host", "db.port", "db", "tags", "other")])
for missing in ("db.name", "nothing", "db.port.deeper"):
    try:
        explain(layers, missing)
    except KeyError as error:
        emit(error.args[0])
gone = [a, Layer("d", {"db": None})]
try:
    explain(gone, "db.host")
except KeyError as error:
    emit(error.args[0])
emit(explain([*gone, Layer("e", {"db": {"host": "new"}})], "db.host"))
fresh = Layer("f", {"new": {"paths+": ["p"], "gone": None}})
result = merge([fresh])
emit(result)
result["new"]["paths"].append("q")
emit(fresh.values)
grown = merge([Layer("g", {"paths": "one"}), Layer("h", {"paths+": ["two"]})])
emit(grown)
emit(merge([]))
