from booking.rooms import Room, Taken
from booking.slots import Slot, parse, show


def tried(room, text, who):
    try:
        room.book(parse(text), who)
        return "booked"
    except (Taken, ValueError) as error:
        return str(error)


room = Room("Atrium")
emit(tried(room, "9-11", "Marta"))
emit([tried(room, text, "Lena") for text in ("8-9:01", "10:59-12", "9:30-10", "8-12", "9-11")])
emit(tried(room, "7:59-8:30", "Lena"))
emit(tried(room, "17-18:01", "Lena"))
emit(tried(room, "13-14", "Lena"))
emit([f"{show(slot)} {who}" for slot, who in room.plan()])
emit([show(slot) for slot in room.free()])
emit([show(slot) for slot in room.free(121)])
room.cancel(parse("9-11"), "Marta")
emit([show(slot) for slot in room.free()])
try:
    room.cancel(parse("13-14"), "Marta")
    emit("cancelled")
except KeyError as error:
    emit(error.args[0])
room = Room("Cellar")
emit([show(slot) for slot in room.free()])
room.block(parse("6-9"), "cleaning")
room.block(parse("17:50-20"), "cleaning")
emit([show(slot) for slot in room.free()])
try:
    Slot(600, 600)
    emit("a slot")
except ValueError as error:
    emit(str(error))
