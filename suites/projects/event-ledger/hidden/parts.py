from ledger.disk import Disk, PowerLoss
from ledger.records import read_record, write_record
from ledger.state import Rejected, State

disk = Disk()
disk.append("a", b"one")
disk.sync("a")
disk.append("a", b"two")
disk.append("b", b"three")
disk.rename("b", "c")
disk.turn_on(kept=2, garbled=True)
emit([disk.names(), disk.read("a").decode(), disk.read("c").decode()])
disk.lose_power_after(2)
disk.append("a", b"!")
disk.truncate("a", 1)
for _ in range(2):
    try:
        disk.remove("a")
    except PowerLoss:
        emit("lost")
disk.turn_on()
emit([disk.names(), disk.read("a").decode()])
line, check = write_record({"b": [1, "é"], "a": None})
emit(line.decode())
emit([read_record(line)[0], read_record(line)[1] == check, read_record(line, 1), read_record(line[:-1]), read_record(b"\n")])
following, _ = write_record({}, check)
emit([read_record(following), read_record(following, check)[0]])
state = State({"a": 5})
state.apply(["transfer", "a", "b", 5])
copy = state.data()
copy["a"] = 9
for event in (["withdraw", "a", 1], ["deposit", "a", 0], ["transfer", "b", "a", -1]):
    try:
        state.apply(event)
    except Rejected as rejected:
        emit(str(rejected))
emit([state.data(), state.balance("c")])
