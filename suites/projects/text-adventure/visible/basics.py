from adventure import Game, read_commands, read_world

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
emit([list(command) for command in read_commands(world, "Pick the old lamp up, then open my chest with the iron key!")])
for line in ("look", "take lamp, brass key", "take it", "n", "turn on the lantern. go n", "i"):
    emit(game.play(line))
emit([game.room, game.score, game.turns])
