from adventure import Game, read_world

world = read_world("""
start hall

limit 3

verb light: turn on, ignite

verb pray:

verb open: unlock

verb wear: put on

verb put:

room hall: The hall
It is cold here.
exit north: cellar if lit else It is too dark down there.
exit up: loft
exit east: yard if carrying rope and not wet or score 10

room cellar: The cellar
exit south: hall

room loft: The loft
Dust lies everywhere.
A beam has come down.
exit down: hall

room yard: The yard
exit west: hall

item lamp: old oil lamp
also: lantern
in: hall
text: It smells of oil.

item brass: brass key
in: hall

item iron: small iron key
in: hall

item altar: stone altar
in: cellar
fixed

item rope: rope
in: loft

item hat: red hat
in: loft

item gem: green gem

item chest: oak chest
in: cellar
fixed
text: It is locked.

rule light lamp if carrying lamp and not lit: set lit; score 5
The lamp burns.

rule light lamp if lit:
It burns already.

rule open chest with iron if carrying iron: move gem cellar; move iron nowhere; score 1
The chest opens; the key breaks.

rule open chest with brass:
It does not fit.

rule pray altar if carrying gem: move gem nowhere; score 10; end
The stone opens.

rule pray altar: clear lit; score -2; go hall

rule examine altar if here gem:
The gem glows.
""")
game = Game(world)
for line in (
    "light lamp",
    "take lamp. light it",
    "light it with lamp",
    "ignite lantern",
    "take all",
    "n",
    "open chest",
    "open chest with key",
    "unlock chest with brass key",
    "unlock chest with iron key",
    "x chest",
    "look",
    "pray",
    "examine altar",
    "take gem",
    "drop brass key with gem. take gem",
    "x altar",
):
    emit(game.play(line))
emit([game.score, sorted(game.flags), game.places["iron"], game.turns])
emit(game.play("drop gem. pray at altar. pray at altar"))
emit([game.score, sorted(game.flags), game.room, game.ended])
emit(game.play("light lamp. n. take gem. pray to altar. look"))
emit([game.score, game.ended, game.places["gem"], game.turns])
emit([game.play("look"), game.play("dance"), game.turns])

go = read_world("""
start a

verb sit:

room a: A
exit north: b

room b: B
exit south: a

item cat: cat
in: a

rule go north if not seen: set seen
Wait! Did you hear that?

rule look if at b: go a; score 3; go b; move cat carried; set x; clear x
You look around.

rule sit: end; score 4

rule wait if carrying cat:
The cat purrs.

rule take cat if here cat:
""")
game = Game(go)
for line in ("n. n. s", "take cat", "n", "look at cat", "look at b then look cat", "wait", "inventory", "sit then sit"):
    emit(game.play(line))
emit([game.room, game.score, sorted(game.flags), game.turns])
