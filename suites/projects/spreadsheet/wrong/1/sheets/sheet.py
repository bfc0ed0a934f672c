"""A sheet that keeps its values up to date."""

import math
from copy import copy

from sheets.evaluate import evaluate, show
from sheets.formula import Error, read_formula, span, tokens
from sheets.moving import by_deletion, by_insertion, by_offset, moved
from sheets.names import cell_name, position

CYCLE = Error("#CYCLE!")
SYNTAX = ("error", Error("#SYNTAX!"))


class Sheet:
    """Cells by name; inside, by column and row."""

    def __init__(self):
        self._texts = {}
        self._values = {}
        self._trees = {}
        self._uses = {}
        self._users = {}
        self._circular = set()

    def update(self, texts):
        """Fill cells; the names of those that were computed."""
        before = {}
        for name, text in texts.items():
            cell = position(name)
            before[cell] = self._values.get(cell)
            self._fill(cell, text)
        return self._recalculate(before, set(before))

    def set(self, name, text):
        """Fill one cell."""
        return self.update({name: text})

    def copy(self, source, target):
        """Set the target to the source's text, moved."""
        text = self.text(source)
        if text.startswith("="):
            (column, row), (new_column, new_row) = position(source), position(target)
            text = moved(text, by_offset(new_column - column, new_row - row))
        return self.set(target, text)

    def text(self, name):
        """What was set."""
        return self._texts.get(position(name), "")

    def value(self, name):
        """The value of a cell."""
        return self._values.get(position(name))

    def show(self, name):
        """The value of a cell as text."""
        return show(self.value(name))

    def insert_rows(self, at, count):
        """Put empty rows before a row."""
        return self._move(by_insertion("row", at, count))

    def delete_rows(self, at, count):
        """Remove rows."""
        return self._move(by_deletion("row", at, count))

    def insert_columns(self, at, count):
        """Put empty columns before a column."""
        return self._move(by_insertion("column", at, count))

    def delete_columns(self, at, count):
        """Remove columns."""
        return self._move(by_deletion("column", at, count))

    def _fill(self, cell, text):
        for used in self._uses.pop(cell, ()):
            self._users[used].discard(cell)
        self._trees.pop(cell, None)
        self._values.pop(cell, None)
        self._texts.pop(cell, None)
        if not text:
            return
        self._texts[cell] = text
        if not text.startswith("="):
            self._values[cell] = _constant(text)
            return
        try:
            self._trees[cell] = read_formula(text)
            spans = [span(token.text) for token in tokens(text) if token.kind == "cells"]
        except ValueError:
            self._trees[cell], spans = SYNTAX, []
        self._uses[cell] = {used for cells in spans for used in cells.cells()}
        for used in self._uses[cell]:
            self._users.setdefault(used, set()).add(cell)

    def _recalculate(self, before, anew):
        """Compute what has to be; ``before`` has the former values of cells that were filled, ``anew`` those set."""
        computed = []
        different = {
            cell for cell, value in before.items() if cell not in self._trees and _differ(value, self._values.get(cell))
        }
        for group in self._in_order(self._affected(before)):
            if len(group) > 1 or group[0] in self._uses[group[0]]:
                for cell in group:
                    self._assign(cell, CYCLE, before, different)
                    self._circular.add(cell)
                continue
            cell = group[0]
            if True:
                self._circular.discard(cell)
                self._assign(cell, evaluate(self._trees[cell], self._values.get), before, different)
                computed.append(cell)
        self._circular &= self._trees.keys()
        return [cell_name(*cell) for cell in sorted(computed, key=lambda cell: cell[::-1])]

    def _assign(self, cell, value, before, different):
        old = before[cell] if cell in before else self._values.get(cell)
        self._values[cell] = value
        if _differ(old, value):
            different.add(cell)

    def _affected(self, changed):
        """The formulas among some cells and all that use them, directly or not."""
        seen, stack = set(changed), list(changed)
        while stack:
            for user in self._users.get(stack.pop(), ()):
                if user not in seen:
                    seen.add(user)
                    stack.append(user)
        return seen & self._trees.keys()

    def _in_order(self, cells):
        """Groups of cells that use one another; what a cell uses comes first (Tarjan)."""
        groups, index, low, path, on_path = [], {}, {}, [], set()
        for root in cells:
            if root in index:
                continue
            stack = [(root, None)]
            while stack:
                cell, used = stack.pop()
                if used is None:
                    if cell in index:
                        continue
                    index[cell] = low[cell] = len(index)
                    path.append(cell)
                    on_path.add(cell)
                    used = iter(self._uses[cell] & cells)
                for other in used:
                    if other not in index:
                        stack += [(cell, used), (other, None)]
                        break
                    if other in on_path:
                        low[cell] = min(low[cell], index[other])
                else:
                    if low[cell] == index[cell]:
                        group = []
                        while cell not in group[-1:]:
                            group.append(path.pop())
                        on_path.difference_update(group)
                        groups.append(group)
                    if stack:
                        above = stack[-1][0]
                        low[above] = min(low[above], low[cell])
        return groups

    def _move(self, move):
        old = copy(self)
        self.__init__()
        places = {}
        for cell in old._texts:
            place = move(span(cell_name(*cell)))
            if place is not None:
                places[cell] = (place.first.column, place.first.row)
        before, anew = {}, set()
        for cell, place in places.items():
            text = old._texts[cell]
            self._fill(place, moved(text, move) if cell in old._trees else text)
            if cell in old._trees:
                before[place] = old._values[cell]
                self._values[place] = old._values[cell]
                if cell in old._circular:
                    self._circular.add(place)
                kept = {_place(move, used) for used in old._uses[cell]}
                if kept != self._uses[place]:
                    anew.add(place)
        return self._recalculate(before, anew)


def _place(move, cell):
    """Where a cell is after a move; nowhere if it is deleted."""
    place = move(span(cell_name(*cell)))
    return place and (place.first.column, place.first.row)


def _constant(text):
    try:
        number = float(text)
    except ValueError:
        return text
    return number if math.isfinite(number) else text


def _differ(a, b):
    return type(a) is not type(b) or a != b
