from ledger import Disk, Ledger, PowerLoss, Rejected, Reused

disk = Disk()
shop = Ledger(disk)
emit(shop.execute("c1", [["deposit", "ann", 50], ["transfer", "ann", "bob", 20]]))
emit([shop.execute("c2", [["withdraw", "bob", 5]]), shop.execute("c2", [["withdraw", "bob", 5]]), shop.balance("bob")])
for id, events in (("c2", [["withdraw", "bob", 6]]), ("c3", [["deposit", "bob", 1], ["withdraw", "ann", 31]])):
    try:
        shop.execute(id, events)
    except (Rejected, Reused) as error:
        emit(f"{type(error).__name__}: {error}")
shop.snapshot()
disk.lose_power_after(1)
try:
    shop.execute("c4", [["deposit", "ann", 1]])
except PowerLoss:
    disk.turn_on(kept=20)
again = Ledger(disk)
emit([again.number, again.balance("ann"), again.execute("c2", [["withdraw", "bob", 5]]), again.execute("c4", [["deposit", "ann", 1]])])
emit(disk.names())
emit(disk.read("log-000001").splitlines()[1].decode())
