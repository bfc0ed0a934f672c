from layers import Layer, explain, from_environment, merge

base = Layer("defaults", {"db": {"host": "localhost", "port": 5432}, "debug": False})
user = Layer("user", {"db": {"port": 6000}, "debug": None})
emit(merge([base, user]))
emit(explain([base, user], "db.port"))
emit(from_environment({"APP_DB__PORT": "7000", "HOME": "/root"}, "APP").values)
