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
for line in ("", " . then ", "take it", "look. dance. look", "take lamp. take"):
    emit(game.play(line))
emit([game.turns, game.places["lamp"]])
for line in (
    "take lamp, sword and iron key",
    "drop it, it",
    "take key with lamp",
    "drop it with key",
    "light lamp with sword",
    "drop lamp and all",
    "take brass key. u. take all",
    "drop all",
    "drop all",
    "take all with hat",
    "light all",
    "drop it",
    "look hat with sword and gem",
    "go down and up",
    "take keys, key",
    "drop rope in hat. up",
):
    emit(game.play(line))

text = game.save()
emit(isinstance(text, str))
copy = Game.load(world, text)
emit([copy.play("down. light lamp. take lamp. light it"), copy.score, sorted(copy.flags), copy.turns])
emit([game.play("look at it"), game.score, sorted(game.flags), game.turns, game.room, game.places["lamp"]])
again = Game.load(world, copy.save())
emit([again.play("light it. n"), again.places == {**copy.places}, again.turns, copy.turns, copy.room])
over = Game(world)
over.places["gem"], over.room = "carried", "cellar"
over.play("pray at altar")
emit([Game.load(world, over.save()).play("look"), Game.load(world, over.save()).score])
emit(Game(world).play("x"))
emit(Game(world).places["gem"])

keys = read_world("""
start a

verb open:

room a: A

item one: tin key
in: a

item two: tin key
in: a

item three: lead key
in: a

item door: door
in: a
fixed

rule take one: end
Oh!

rule open door with door:
Ah!
""")
game = Game(keys)
for line in ("take key", "drop tin key, lead key", "open door with it", "take all. look"):
    emit(game.play(line))
emit(game.turns)
