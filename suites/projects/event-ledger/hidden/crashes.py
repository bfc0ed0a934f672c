from ledger import Disk, Ledger, PowerLoss

COMMANDS = [
    ("c1", [["deposit", "a", 100], ["deposit", "b", 1]]),
    ("c2", [["transfer", "a", "b", 30]]),
    ("c3", [["withdraw", "b", 31], ["deposit", "c", 31]]),
    ("c4", [["transfer", "a", "c", 7], ["transfer", "c", "b", 9]]),
    ("c5", [["deposit", "d", 2]]),
    ("c2", [["deposit", "d", 3]]),
    ("c6", [["transfer", "c", "d", 29]]),
    ("c1", [["withdraw", "d", 34], ["deposit", "e", 34]]),
]


def balances(ledger):
    return [ledger.balance(account) for account in "abcde"]


def states():
    ledger = Ledger(Disk(), remember=3)
    yield balances(ledger)
    for id, events in COMMANDS:
        ledger.execute(id, events)
        yield balances(ledger)


STATES = list(states())
emit(STATES[-1])


def survives(every, operations, more, kept, garbled):
    """Lose power twice; whether every opening shows a state that may be."""
    disk, done = Disk(), 0
    for left in (operations, more):
        disk.lose_power_after(left)
        try:
            ledger = Ledger(disk, every=every, remember=3)
            for id, events in COMMANDS[done:]:
                ledger.execute(id, events)
                done += 1
        except PowerLoss:
            pass
        disk.turn_on(kept, garbled)
        ledger = Ledger(disk, every=every, remember=3)
        if ledger.number not in (done, done + 1) or balances(ledger) != STATES[ledger.number]:
            return False
        for number in range(done):
            id, events = COMMANDS[number]
            if number >= ledger.number - 3 and ledger.execute(id, events) != number + 1:
                return False
    for id, events in COMMANDS[done:]:
        ledger.execute(id, events)
    correct = balances(ledger) == STATES[-1] and ledger.number == len(COMMANDS)
    ledger.execute("last", [["deposit", "f", 1]])
    ledger.snapshot()
    names = disk.names()
    return (
        correct
        and not any(name.endswith(".tmp") for name in names)
        and sum(name.startswith("snapshot") for name in names) <= 2
        and balances(Ledger(disk)) == STATES[-1]
    )


LOSSES = [(0, False), (1, True), (25, True), (1000, False), (1000, True)]
for every in (0, 1, 2, 3):
    outcomes = [
        survives(every, operations, operations * 5 % 11, *LOSSES[(operations + every) % 5])
        for operations in range(48)
    ]
    emit([sum(outcomes), len(outcomes)])

# what was not synced before it got its name is lost
disk = Disk()
lost = 0
for operations in range(1, 7):
    disk = Disk()
    ledger = Ledger(disk)
    ledger.execute("c1", COMMANDS[0][1])
    ledger.execute("c2", COMMANDS[1][1])
    disk.lose_power_after(operations)
    try:
        ledger.snapshot()
        ledger.execute("c3", COMMANDS[2][1])
    except PowerLoss:
        pass
    disk.turn_on()
    for name in disk.names():
        lost += name.startswith("snapshot") and not name.endswith(".tmp") and not disk.read(name)
    ledger = Ledger(disk)
    emit([ledger.number, [name for name in disk.names() if disk.read(name)]])
emit(lost)

# power goes while a ledger is opened that has things to mend
broken = Disk()
ledger = Ledger(broken, every=2)
for id, events in COMMANDS[:5]:
    ledger.execute(id + "x", events)
broken.append("log-000005", b"rest")
broken.append("snapshot-000007.tmp", b"")
broken.append("snapshot-000004", b"more")
for operations in range(5):
    disk = Disk()
    for name in broken.names():
        disk.append(name, broken.read(name))
        disk.sync(name)
    disk.lose_power_after(operations)
    try:
        Ledger(disk)
    except PowerLoss:
        pass
    disk.turn_on()
    ledger = Ledger(disk)
    emit([ledger.number, balances(ledger) == STATES[5], disk.names()])
