import eventlog
from eventlog import configure, read, reset, summary, write

emit([write("a", f"text {n}", n=n) for n in range(105)][-1])
emit(summary())
configure(limit=3)
emit([[event["id"] for event in read()], summary()["dropped"]])
configure(muted=["a"])
emit([write("a", "x"), write("b", "y"), summary()])
configure()
configure(muted=())
emit(write("a", "z"))
for limit in (0, -1):
    try:
        configure(limit, ["b"])
        emit("configured")
    except ValueError as error:
        emit(str(error))
emit(write("b", "still"))
copy = read("b")[0]
copy["text"] = "changed"
copy.clear()
emit([event["text"] for event in read("b")])
muted = {"c"}
configure(muted=muted)
muted.add("d")
emit([write("c", ""), write("d", "")])
reset()
emit([summary(), read(), write("c", "new")])
emit([write("x", "y") for _ in range(101)][-1])
emit(eventlog.summary()["kept"])
