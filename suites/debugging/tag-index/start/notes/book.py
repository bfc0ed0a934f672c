"""All notes of a team, and which of them carry which tag."""

from notes.note import Note


class Book:
    def __init__(self):
        self._notes = []
        self._by_tag = {}  # tag -> notes, in the order in which they were written

    def write(self, text, *tags):
        """Add a note with the tags in its text, and with these."""
        note = Note(text, set(tags)) if tags else Note(text)
        self._notes.append(note)
        for tag in sorted(note.tags):
            self._by_tag.setdefault(tag, []).append(note)
        return note

    def tagged(self, *tags):
        """The notes that carry all of these tags; all notes where none is named."""
        return [note for note in self._notes if all(note in self._by_tag.get(tag, ()) for tag in tags)]

    def tags(self):
        """Every tag with the number of notes that carry it, the most frequent first, else by name."""
        counts = ((tag, len(notes)) for tag, notes in self._by_tag.items() if notes)
        return sorted(counts, key=lambda pair: (-pair[1], pair[0]))

    def untag(self, note, tag):
        """Take a tag off a note. Raises ``KeyError`` if the note does not carry it."""
        note.tags.remove(tag)
        self._by_tag[tag].remove(note)

    def drop_tag(self, tag):
        """Take a tag off every note, and return how many carried it."""
        notes = self._by_tag.get(tag, [])
        count = len(notes)
        for note in notes:
            self.untag(note, tag)
        return count

    def rename_tag(self, old, new):
        """Give every note that carries ``old`` the tag ``new`` instead."""
        for note in self._by_tag.pop(old, []):
            note.tags.discard(old)
            if new not in note.tags:
                note.tags.add(new)
                self._by_tag.setdefault(new, []).append(note)
