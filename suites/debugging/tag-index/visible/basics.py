from notes.book import Book

book = Book()
book.write("Water the roses #garden")
note = book.write("Call the plumber")
emit(sorted(note.tags))
emit(book.tags())
