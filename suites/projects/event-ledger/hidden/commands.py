from ledger import Disk, Ledger, Rejected, Reused


def attempt(ledger, id, events):
    try:
        return ledger.execute(id, events)
    except (Rejected, Reused) as error:
        return f"{type(error).__name__}: {error}"


disk = Disk()
shop = Ledger(disk, remember=3)
emit([shop.number, shop.balance("a"), disk.names()])
emit([attempt(shop, "x", []), attempt(shop, "x", [["withdraw", "a", 1]]), attempt(shop, "x", [["deposit", "a", 10]])])
events = [["transfer", "a", "b", 4], ["transfer", "b", "c", 3], ["withdraw", "c", 3]]
emit([attempt(shop, "y", events), [shop.balance(name) for name in "abc"]])
events[0][3] = 5
emit([attempt(shop, "y", events), attempt(shop, "y", [["transfer", "a", "b", 4], ["transfer", "b", "c", 3], ["withdraw", "c", 3]])])
size = len(disk.read("log-000001"))
emit([attempt(shop, "z", [["deposit", "c", 1], ["transfer", "a", "c", 6], ["transfer", "a", "b", 1]]), [shop.balance(name) for name in "abc"], shop.number])
emit([attempt(shop, "x", [["deposit", "a", 10]]), attempt(shop, "x", []), len(disk.read("log-000001")) == size])
emit([attempt(shop, "z", [["deposit", "c", 1]]), attempt(shop, "x", [["deposit", "a", 10]]), attempt(shop, "w", [["deposit", "d", 1]])])
emit([attempt(shop, "x", [["deposit", "a", 10]]), shop.balance("a"), attempt(shop, "y", [["deposit", "e", 1]]), attempt(shop, "w", [["deposit", "d", 2]])])
emit([attempt(shop, "w", [["deposit", "d", 1]]), attempt(shop, "z", [["deposit", "c", 1]]), shop.balance("c")])

again = Ledger(disk, remember=3)
emit([again.number, attempt(again, "w", [["deposit", "d", 1]]), attempt(again, "y", [["deposit", "e", 2]]), [again.balance(name) for name in "abcde"]])
again.snapshot()
more = Ledger(disk, remember=2)
emit([attempt(more, "y", [["deposit", "e", 1]]), attempt(more, "z", []), attempt(more, "w", [["deposit", "d", 1]]), more.number])
less = Ledger(disk, remember=9)
emit([less.number, attempt(less, "w", [["deposit", "d", 1]]), attempt(less, "z", [["deposit", "c", 1]]), attempt(less, "x", [["deposit", "a", 9]])])
none = Ledger(Disk(), remember=0)
emit([attempt(none, "q", [["deposit", "a", 1]]) for _ in range(3)] + [none.balance("a")])
one = Ledger(Disk(), every=2, remember=1)
emit([attempt(one, id, [["deposit", id, 1]]) for id in "aabbab"] + [one.balance("a")])
