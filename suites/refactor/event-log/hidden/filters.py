from eventlog import read, write

for n in range(12):
    write(["a", "b", "c"][n % 3], ["Disk full", "disk ok", "No Disk", "net"][n % 4], n=n % 5, **({"user": "x"} if n % 2 else {}))


def ids(*args, **options):
    return [event["id"] for event in read(*args, **options)]


emit([ids(), ids("a"), ids("none"), ids(after=9), ids("b", 3)])
emit([ids(word="DISK"), ids(word="o"), ids("c", word="disk")])
emit([ids(newest=True), ids(newest=True, most=2), ids(most=3), ids(most=0), ids("a", most=99)])
emit([ids(n=0), ids(n=0, user="x"), ids(user=None), ids(nothing=1), ids(user="x", newest=True, most=1, after=2)])
emit(read(after=11))
