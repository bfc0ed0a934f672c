from types import SimpleNamespace

from adventure import read_condition, read_world

world = read_world("""
start a

verb sing: hum, cry out

room a: The A
One.
Two.
exit north: b if lit and not carrying x else No, not now.
exit down: b

room b: B

item x: big red box
also: crate, case
in: a
fixed
text: A box: red.

rule sing x with x if score 3 or flag lit: set heard; move x nowhere
La.
La.

rule look if at b:
""")
emit([world.start, world.limit, world.verbs["cry out"], world.verbs["sing"], world.verbs["pick up"]])
room = world.rooms["a"]
emit([room.name, room.text, list(room.exits), room.exits["north"].room, room.exits["north"].refusal])
emit(list(world.items["x"]))
emit([list(rule[:3]) + list(rule[4:]) for rule in world.rules])
game = SimpleNamespace(room="a", places={"x": "a", "y": "carried"}, flags={"lit"}, score=3)
for text in ("lit and not carrying x", "carrying x or here x", "at b or here y or score 4", "not not flag lit", "score 3 and not at b", "here x and at a and not lit"):
    emit(read_condition(text).holds(game))
try:
    read_condition("lit and holding x")
except ValueError as error:
    emit(str(error))
try:
    read_world("start a\n\nrom a: b")
except ValueError as error:
    emit(str(error))
