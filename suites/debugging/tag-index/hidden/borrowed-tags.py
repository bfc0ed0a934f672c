from notes.book import Book
from notes.note import Note

book = Book()
book.write("Roses #garden")
book.write("Dishes #kitchen")
plain = book.write("Plumber")
emit([sorted(note.tags) for note in book.tagged()])
emit(book.tags())
plain.tags.add("later")
emit(sorted(book.write("Window").tags))
other = Book()
other.write("Car #garage")
emit(other.tags())
emit(sorted(Note("Post").tags))
given = {"mine"}
note = Note("Bread #shop", given)
emit(sorted(note.tags))
