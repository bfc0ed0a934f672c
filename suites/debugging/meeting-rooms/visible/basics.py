from booking.rooms import Room, Taken
from booking.slots import parse, show

room = Room("Atrium")
room.book(parse("9-10"), "Marta")
try:
    room.book(parse("10-11"), "Lena")
    emit("booked")
except Taken as error:
    emit(str(error))
room = Room("Atrium")
room.book(parse("12-13"), "Marta")
emit([show(slot) for slot in room.free()])
