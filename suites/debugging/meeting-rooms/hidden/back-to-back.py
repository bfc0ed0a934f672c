from booking.rooms import Room
from booking.slots import parse

room = Room("Atrium")
booked = []
for text in ("12-13", "11-12", "13-14", "8-9", "14:00-14:15", "14:15-18"):
    try:
        room.book(parse(text), text)
        booked.append(text)
    except Exception as error:
        booked.append(f"{text}: {error}")
emit(booked)
emit(parse("9-10").overlaps(parse("10-11")))
emit(parse("10-11").overlaps(parse("9-10")))
emit(parse("10-10:01").overlaps(parse("9-10:01")))
emit(parse("9-10").overlaps(parse("9-10")))
emit(parse("9-12").overlaps(parse("10-11")))
