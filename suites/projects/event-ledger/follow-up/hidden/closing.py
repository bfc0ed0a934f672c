from ledger import Disk, Ledger, Rejected, Reused


def attempt(ledger, id, *events):
    try:
        return ledger.execute(id, [list(event) for event in events])
    except (Rejected, Reused) as error:
        return f"{type(error).__name__}: {error}"



shop = Ledger(Disk())
emit([attempt(shop, "a", ["deposit", "x", 5]), attempt(shop, "b", ["close", "x"]), attempt(shop, "c", ["reopen", "x"])])
emit([attempt(shop, "d", ["withdraw", "x", 5], ["close", "x"]), attempt(shop, "e", ["close", "x"])])
emit([attempt(shop, "f", ["deposit", "x", 1]), attempt(shop, "g", ["deposit", "x", 0]), attempt(shop, "h", ["withdraw", "x", 9])])
emit([attempt(shop, "i", ["close", "new"]), attempt(shop, "j", ["deposit", "y", 3]), attempt(shop, "k", ["transfer", "y", "x", 9])])
emit([attempt(shop, "l", ["transfer", "new", "x", 1]), attempt(shop, "m", ["transfer", "z", "y", 1]), shop.balance("y")])
emit([attempt(shop, "n", ["deposit", "y", 1], ["deposit", "x", 1]), shop.balance("y"), shop.number])
emit([attempt(shop, "o", ["reopen", "x"], ["transfer", "y", "x", 2], ["withdraw", "y", 1], ["close", "y"]), shop.balance("x")])
emit([attempt(shop, "o", ["reopen", "x"], ["transfer", "y", "x", 2], ["withdraw", "y", 1], ["close", "y"]), attempt(shop, "o", ["close", "y"])])
emit([attempt(shop, "p", ["close", "v"], ["reopen", "v"], ["deposit", "v", 1]), shop.balance("v"), shop.balance("y")])
