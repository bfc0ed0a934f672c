from ledger import Disk, Ledger
from ledger.records import read_record


def contents(disk, name):
    check, result = 0, []
    for line in disk.read(name).splitlines(keepends=True):
        record = read_record(line, check)
        if record is None:
            return "broken"
        content, check = record
        result.append(content)
    return result


def layout(disk):
    return [
        name.replace("000", "") + (f":{len(contents(disk, name))}" if name.startswith("log") else "")
        for name in disk.names()
    ]


disk = Disk()
shop = Ledger(disk, every=3, remember=2)
for number in range(1, 8):
    shop.execute(f"c{number}", [["deposit", "ab"[number % 2], number]])
    emit(layout(disk))
emit(contents(disk, "log-000004"))
emit(contents(disk, "snapshot-000006"))
shop.snapshot()
emit(layout(disk))
shop.snapshot()
emit(layout(disk))
shop = Ledger(disk, every=3, remember=2)
for number in range(8, 12):
    shop.execute(f"c{number}", [["deposit", "ab"[number % 2], number]])
emit(layout(disk))
emit(contents(disk, "snapshot-000010"))
shop = Ledger(disk, every=2, remember=2)
shop.execute("c11", [["deposit", "b", 11]])
emit(layout(disk))
shop.execute("c12", [["deposit", "c", 12]])
emit(layout(disk))
shop = Ledger(disk)
shop.execute("c13", [["deposit", "c", 13]])
emit(layout(disk))

quiet = Disk()
shop = Ledger(quiet)
shop.snapshot()
emit(quiet.names())
shop.execute("x", [["deposit", "a", 1]])
shop = Ledger(quiet)
shop.execute("y", [["deposit", "a", 2]])
emit(layout(quiet))
shop.snapshot()
quiet.lose_power_after(0)
shop = Ledger(quiet)
shop.snapshot()
emit([shop.number, shop.execute("y", [["deposit", "a", 2]]), layout(quiet)])
quiet.turn_on()
shop = Ledger(quiet)
shop.execute("z", [["deposit", "a", 3]])
shop.snapshot()
shop.execute("0", [["deposit", "a", 4]])
emit(layout(quiet))
shop.snapshot()
emit(layout(quiet))
quiet.turn_on()
emit([Ledger(quiet).balance("a"), contents(quiet, "snapshot-000004")])
