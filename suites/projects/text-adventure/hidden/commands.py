from adventure import Unclear, read_commands, read_world

world = read_world("""
start a

verb light: turn on

verb wear: put on

verb put:

verb pray: give thanks

verb turn:

room a: A
""")


def read(line):
    try:
        return [list(command) for command in read_commands(world, line)]
    except Unclear as unclear:
        return str(unclear)


for line in (
    "TAKE the Lamp!",
    "pick up lamp",
    "pick the lamp up?",
    "put the hat on",
    "put on hat",
    "put on",
    "put hat on table",
    "put a lamp in my bag on the floor",
    "turn lamp on on",
    "turn on lamp on",
    "look at the key",
    "look in the box",
    "look",
    "pray at altar",
    "give thanks to the an altar",
    "pray with",
    "pray and",
    "take lamp, the key and, and rope, with tongs and gloves",
    "x lamp and",
    "n",
    "go U",
    "walk to the east",
    "down",
    "go nowhere",
    "look. n; i then then take it.",
    "  ",
    "the",
    "thenx",
    "dance with lamp",
    "look. go",
    "take",
    "get with",
    "drop on table",
    "examine!",
    "pick lamp",
    "up down",
):
    emit(read(line))
