from resolver import Conflict, order, read_index, read_requirements, read_version, resolve, why

index = read_index("""
app 1.0.0
  db ^1
app 2.0.0
  db ^2
  log <2
db 1.4.0
  log >=2
db 2.0.0
  log? ^1
log 1.0.0
log 2.0.0
""")


def chosen(text, lock=None):
    try:
        return {name: str(version) for name, version in resolve(index, read_requirements(text), lock).items()}
    except Conflict as conflict:
        return str(conflict)


emit(chosen("app *"))
emit(chosen("app *\nlog ^2"))
emit(chosen("db *", {"db": read_version("1.4")}))
emit(chosen("db ^2\nlog *\napp <2\ndb *"))
requirements = read_requirements("app *")
solution = resolve(index, requirements)
emit(order(index, solution))
emit(why(index, requirements, solution, "log"))
