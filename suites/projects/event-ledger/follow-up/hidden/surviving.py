from ledger import Disk, Ledger, Rejected, Reused


def attempt(ledger, id, *events):
    try:
        return ledger.execute(id, [list(event) for event in events])
    except (Rejected, Reused) as error:
        return f"{type(error).__name__}: {error}"



def told(disk, **options):
    ledger = Ledger(disk, **options)
    return [attempt(ledger, "try", ["deposit", "x", 1]), ledger.number, [ledger.balance(name) for name in "xyz"]]


disk = Disk()
shop = Ledger(disk)
attempt(shop, "a", ["deposit", "x", 5], ["deposit", "y", 2])
attempt(shop, "b", ["transfer", "x", "y", 5], ["close", "x"], ["close", "q"])
emit(told(disk))
Ledger(disk).snapshot()
emit(told(disk))
shop = Ledger(disk, every=1)
emit([attempt(shop, "c", ["reopen", "q"]), attempt(shop, "d", ["deposit", "q", 1])])
emit(told(disk))
emit([attempt(Ledger(disk), "e", ["reopen", "x"], ["deposit", "x", 1]), told(disk)])

outcomes = set()
for operations in range(12):
    disk = Disk()
    shop = Ledger(disk, every=2)
    attempt(shop, "a", ["close", "x"])
    disk.lose_power_after(operations)
    done = 1
    try:
        for id, event in (("b", ["deposit", "y", 1]), ("c", ["reopen", "x"]), ("d", ["close", "x"])):
            shop.execute(id, [event])
            done += 1
    except Exception:
        pass
    disk.turn_on()
    again = Ledger(disk)
    closed = attempt(again, "try", ["deposit", "x", 1]) == "Rejected: x is closed"
    outcomes.add((again.number >= done, closed == (again.number - (not closed) != 3)))
emit(sorted(outcomes))
