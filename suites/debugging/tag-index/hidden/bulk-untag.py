from notes.book import Book

for count in (1, 2, 6):
    book = Book()
    for n in range(count):
        book.write(f"note {n}", "old", f"n{n % 2}")
    emit(book.drop_tag("old"))
    emit([note.text for note in book.tagged("old")])
    emit([sorted(note.tags) for note in book.tagged()])
    emit(book.drop_tag("old"))
book.write("again", "old")
emit(book.tags())
