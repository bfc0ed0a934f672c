"""A game as it is played."""

import json

from adventure.commands import Unclear, read_commands

WITHOUT_THINGS = ("look", "inventory", "wait")


class Refused(Exception):
    """A phrase that names no item, or several; its text is for the player."""


class Game:
    """Where everything is, and what commands do."""

    def __init__(self, world):
        self.world = world
        self.room = world.start
        self.places = {name: item.place for name, item in world.items.items()}
        self.flags = set()
        self.score = 0
        self.turns = 0
        self.ended = False
        self._it = None

    def play(self, line):
        """Do what a line says; what is shown."""
        if self.ended:
            return "The game is over."
        try:
            commands = read_commands(self.world, line)
        except Unclear as unclear:
            return str(unclear)
        shown = []
        for command in commands:
            if self.ended:
                break
            self.turns += 1
            shown.append(self._do(command))
        return "\n".join(shown)

    def save(self):
        """The game as a text."""
        return json.dumps([self.room, self.places, sorted(self.flags), self.score, self.turns, self.ended, self._it])

    @classmethod
    def load(cls, world, text):
        """The game that was saved."""
        game = cls(world)
        game.room, game.places, flags, game.score, game.turns, game.ended, game._it = json.loads(text)
        game.flags = set(flags)
        return game

    def _do(self, command):
        if command.verb in WITHOUT_THINGS:
            return self._act(command.verb, None, None)
        if command.verb == "go":
            return self._act("go", command.things[0], None)
        if command.things == ("all",) and command.verb in ("take", "drop"):
            return self._do_all(command)
        if len(command.things) < 2:
            return self._do_one(command, *command.things)[1]
        lines = []
        for phrase in command.things:
            if self.ended:
                break
            lines.append("{}: {}".format(*self._do_one(command, phrase)))
        return "\n".join(lines)

    def _do_one(self, command, phrase=None):
        """The name of the thing and the text."""
        name, item = phrase, None
        try:
            if phrase is not None:
                item = self._item(phrase)
                name = self.world.items[item].name
                self._it = item
            other = self._item(command.other) if command.other else None
        except Refused as refused:
            return name, str(refused)
        return name, self._act(command.verb, item, other)

    def _do_all(self, command):
        lines = []
        place = self.room if command.verb == "take" else "carried"
        chosen = [name for name in self._lying(place) if place == "carried" or not self.world.items[name].fixed]
        for name in chosen:
            if self.ended:
                break
            try:
                other = self._item(command.other) if command.other else None
                text = self._act(command.verb, name, other)
            except Refused as refused:
                text = str(refused)
            lines.append(f"{self.world.items[name].name}: {text}")
        return "\n".join(lines) or f"There is nothing to {command.verb}."

    def _item(self, phrase):
        """The id of the item that a phrase names."""
        reach = [name for name in self.world.items if self.places[name] in ("carried", self.room)]
        if phrase == "it":
            fitting = [name for name in reach if name == self._it]
        else:
            *before, noun = phrase.split()
            items = self.world.items
            fitting = [
                name
                for name in reach
                if noun in items[name].nouns and all(word in items[name].adjectives for word in before)
            ]
        if not fitting:
            raise Refused(f"You see no {phrase} here.")
        if len(fitting) > 1:
            raise Refused(f"Which do you mean, {self._names(fitting, 'or')}?")
        return fitting[0]

    def _act(self, verb, item, other):
        for rule in self.world.rules:
            if (rule.verb, rule.item, rule.other) == (verb, item, other) and rule.condition.holds(self):
                return self._apply(rule)
        if verb == "look":
            return self._description()
        if verb == "inventory":
            carried = self._lying("carried")
            return f"You carry {self._names(carried, 'and')}." if carried else "You carry nothing."
        if verb == "wait":
            return "Time passes."
        if verb == "go":
            return self._go(item)
        if verb == "take":
            return self._take(item)
        if verb == "drop":
            return self._drop(item)
        if verb == "examine":
            return self.world.items[item].text or "Nothing special."
        return "Nothing happens."

    def _apply(self, rule):
        shown = [rule.text or "Done."]
        for kind, *words in rule.effects:
            if kind == "set":
                self.flags.add(words[0])
            elif kind == "clear":
                self.flags.discard(words[0])
            elif kind == "move":
                self.places[words[0]] = words[1]
            elif kind == "go":
                self.room = words[0]
            elif kind == "score":
                self.score += int(words[0])
            elif kind == "end":
                self.ended = True
        if any(effect[0] == "go" for effect in rule.effects):
            shown.append(self._description())
        if any(effect[0] == "end" for effect in rule.effects):
            shown.append(f"You have {self.score} points.")
        return "\n".join(shown)

    def _go(self, direction):
        way = self.world.rooms[self.room].exits.get(direction)
        if way is None or not way.condition.holds(self):
            return (way and way.refusal) or f"You cannot go {direction}."
        self.room = way.room
        return self._description()

    def _take(self, name):
        item = self.world.items[name]
        if self.places[name] == "carried":
            return f"You already have the {item.name}."
        if item.fixed:
            return f"You cannot take the {item.name}."
        if len(self._lying("carried")) >= self.world.limit:
            return "You cannot carry more."
        self.places[name] = "carried"
        return "Taken."

    def _drop(self, name):
        if self.places[name] != "carried":
            return f"You do not have the {self.world.items[name].name}."
        self.places[name] = self.room
        return "Dropped."

    def _description(self):
        room = self.world.rooms[self.room]
        lines = [room.name, room.text]
        if lying := self._lying(self.room):
            lines.append(f"You see {self._names(lying, 'and')}.")
        if room.exits:
            lines.append(f"Exits: {', '.join(room.exits)}.")
        return "\n".join(line for line in lines if line)

    def _lying(self, place):
        return [name for name in self.world.items if self.places[name] == place]

    def _names(self, names, word):
        *before, last = (f"the {self.world.items[name].name}" for name in names)
        return f"{', '.join(before)} {word} {last}" if before else last
