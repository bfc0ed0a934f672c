from ledger import Disk, Ledger, Rejected, Reused


def attempt(ledger, id, *events):
    try:
        return ledger.execute(id, [list(event) for event in events])
    except (Rejected, Reused) as error:
        return f"{type(error).__name__}: {error}"



disk = Disk()
shop = Ledger(disk)
emit(shop.accounts())
attempt(shop, "a", ["deposit", "b", 1], ["deposit", "c", 1], ["deposit", "a", 2])
emit(shop.accounts())
attempt(shop, "b", ["transfer", "b", "d", 1], ["close", "b"], ["close", "e"])
emit(shop.accounts())
shop.accounts().clear()
shop.snapshot()
emit(Ledger(disk).accounts())
