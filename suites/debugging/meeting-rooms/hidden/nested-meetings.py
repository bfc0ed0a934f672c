from booking.rooms import Room
from booking.slots import parse, show


def free(*blocked, minutes=15):
    room = Room("Atrium")
    for text in blocked:
        room.block(parse(text), "x")
    return [show(slot) for slot in room.free(minutes)]


emit(free("9-13", "10:30-10:45"))
emit(free("9-13", "9-10", "12-14", "12:30-13:30"))
emit(free("8-18", "9-10"))
emit(free("7-16", "7-9", "15-15:30"))
emit(free("9-13", "10-11", "11:30-12", "13:20-14", minutes=30))
emit(free("9-12", "10-12", "11-12"))
