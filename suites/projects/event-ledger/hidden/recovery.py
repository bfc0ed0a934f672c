from ledger import Corrupt, Disk, Ledger
from ledger.records import write_record


def segment(first, last, *, check=0, skip=()):
    lines = []
    for number in range(first, last + 1):
        if number not in skip:
            line, check = write_record({"n": number, "id": f"c{number}", "events": [["deposit", "a", number]]}, check)
            lines.append(line)
    return b"".join(lines)


def snapshot(number):
    total = number * (number + 1) // 2
    return write_record({"n": number, "state": {"a": total}, "ids": [[f"c{number}", number, [["deposit", "a", number]]]]})[0]


def disk_of(**files):
    disk = Disk()
    for name, data in files.items():
        kind, number = name.split("_")
        name = f"{kind}-{int(number):06}"
        disk.append(name, data)
        disk.sync(name)
    return disk


def opened(disk):
    before = {name: disk.read(name) for name in disk.names()}
    try:
        ledger = Ledger(disk)
    except Corrupt as corrupt:
        kept = all(disk.read(name) == data for name, data in before.items() if name in disk.names())
        return [str(corrupt), kept]
    changed = [f"{name}:{len(disk.read(name)) - len(before[name])}" for name in disk.names() if disk.read(name) != before[name]]
    gone = [f"-{name}" for name in before if name not in disk.names()]
    return [ledger.number, ledger.balance("a"), *changed, *gone]


def put(data, place, new):
    return data[:place] + new + data[place + len(new) :]


four = segment(1, 4)
line = len(segment(1, 1))
emit(opened(disk_of(log_1=four)))
emit(opened(disk_of(log_1=four[:-1])))
emit(opened(disk_of(log_1=four[: 3 * line + 2])))
emit(opened(disk_of(log_1=put(four, 3 * line + 20, b"?"))))
emit(opened(disk_of(log_1=put(four, 4 * line - 1, b"x"))))
emit(opened(disk_of(log_1=put(four, 2 * line + 20, b"?"))))
emit(opened(disk_of(log_1=put(four, 3 * line - 1, b" "))))
emit(opened(disk_of(log_1=put(four, 3 * line + 12, b"\r"))))
emit(opened(disk_of(log_1=put(four, 3 * line + 12, b"\n"))))
emit(opened(disk_of(log_1=four[:3])))
emit(opened(disk_of(log_1=b"\n")))
emit(opened(disk_of(log_1=four + b"\n")))
emit(opened(disk_of(log_1=segment(1, 4, skip=[3]))))
emit(opened(disk_of(log_1=segment(2, 3))))
emit(opened(disk_of(log_1=segment(1, 2) + segment(3, 4))))
emit(opened(disk_of(log_2=segment(2, 3))))
emit(opened(disk_of(log_1=four, log_5=segment(5, 6), snapshot_4=snapshot(4))))
emit(opened(disk_of(log_1=four, log_5=segment(5, 6)[:-1])))
emit(opened(disk_of(log_1=four[:-1], log_5=segment(5, 6))))
emit(opened(disk_of(log_1=four[:-1], log_5=segment(5, 6), snapshot_4=snapshot(4))))
emit(opened(disk_of(log_1=four, log_5=segment(5, 6)[:-1], log_7=b"")))
emit(opened(disk_of(log_1=four, log_5=b"", snapshot_4=snapshot(4))))
emit(opened(disk_of(log_1=four, log_6=segment(6, 7))))
emit(opened(disk_of(log_1=four, log_6=segment(6, 7), snapshot_5=snapshot(5))))
emit(opened(disk_of(log_1=four, log_4=segment(4, 7))))
emit(opened(disk_of(log_7=segment(7, 7), snapshot_5=snapshot(5))))
emit(opened(disk_of(log_1=four, snapshot_4=snapshot(4), snapshot_2=snapshot(2))))
emit(opened(disk_of(log_1=four, log_5=segment(5, 6), snapshot_4=snapshot(4)[:-1], snapshot_2=snapshot(2))))
emit(opened(disk_of(log_1=four, snapshot_4=snapshot(4) * 2, snapshot_2=put(snapshot(2), 30, b"?"))))
emit(opened(disk_of(log_1=four, snapshot_4=snapshot(4), snapshot_2=b"")))
emit(opened(disk_of(log_3=segment(3, 4), log_5=segment(5, 6), snapshot_4=b"\n", snapshot_2=snapshot(2))))
emit(opened(disk_of(log_5=segment(5, 6), snapshot_4=b"", snapshot_2=snapshot(2))))
emit(opened(disk_of(log_1=four[:-5], snapshot_4=snapshot(4))))
emit(opened(disk_of(log_1=segment(1, 2), snapshot_4=snapshot(4))))

disk = disk_of(log_1=four[:-5], snapshot_4=snapshot(4))
shop = Ledger(disk)
emit([shop.execute("c4", [["deposit", "a", 4]]), shop.execute("c5", [["deposit", "a", 5]]), disk.names(), disk.read("log-000005") == segment(5, 5)])
disk = disk_of(log_1=four, log_5=segment(5, 6)[:-9], snapshot_4=b"?")
shop = Ledger(disk)
emit([shop.execute("c6", [["deposit", "a", 6]]), disk.names(), disk.read("log-000005") == segment(5, 6)])
disk = disk_of(log_1=four, log_5=segment(5, 5)[:-9], snapshot_4=b"?")
shop = Ledger(disk)
emit([shop.execute("c5", [["deposit", "a", 5]]), disk.names(), disk.read("log-000005") == segment(5, 5)])
disk = disk_of(log_1=four, snapshot_4=b"?")
disk.append("snapshot-000004.tmp", snapshot(4))
disk.append("log-000009.tmp", b"x")
shop = Ledger(disk)
emit([shop.execute("c5", [["deposit", "a", 5]]), disk.names(), disk.read("log-000001") == segment(1, 5)])
shop.snapshot()
emit(disk.names())
