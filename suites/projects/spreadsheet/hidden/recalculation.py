from zlib import crc32

from sheets import Sheet

sheet = Sheet()
emit([sheet.update({"B1": "=A1+1", "A1": " 2.50", "C1": "=B1", "A2": "1e999", "B2": "nan", "C2": "=A2&B2", "D1": "=(", "A3": ""})])
emit([sheet.value(name) for name in ("A1", "B1", "C1", "A2", "B2", "C2", "A3")] + [sheet.show("D1"), sheet.text("D1"), sheet.text("Z9")])
emit([sheet.set("A1", "2.5"), sheet.set("A1", "3"), sheet.set("C1", "=B1"), sheet.set("A1", "x"), sheet.show("C1")])
emit([sheet.set("A1", ""), sheet.show("C1"), sheet.set("A1", "0"), sheet.set("B1", "7"), sheet.set("B1", ""), sheet.show("C1")])

flags = Sheet()
flags.update({"A1": "5", "B1": "=A1>3", "B2": "=IF(B1,\"high\",C9)", "B3": "=B2&\"!\"", "B4": "=SUM(A1:A3,B1:B3)", "B5": "=COUNT(C1:D9)"})
emit([flags.set("A1", "4"), flags.set("C9", "low"), flags.set("A1", "1"), flags.show("B3"), flags.show("B4"), flags.show("B5")])
emit([flags.set("B1", "TRUE"), flags.show("B2"), flags.set("B1", "=A1=1"), flags.show("B2"), flags.set("B1", "1"), flags.set("B1", "=TRUE+0")])
emit(flags.set("B9", "=ROUND(B1)") + flags.set("A1", "1.0") + flags.update({}))

diamond = Sheet()
diamond.update({"A1": "1", "B1": "=A1+1", "C1": "=A1*2", "D1": "=B1+C1", "E1": "=D1-A1*3", "F1": "=E1"})
emit([diamond.set("A1", "2"), diamond.show("D1"), diamond.update({"A1": "5", "C1": "=B1"}), diamond.show("F1"), diamond.update({"D1": "=1", "A1": "6"})])
emit([diamond.copy("C1", "C2"), diamond.text("C2"), diamond.copy("A1", "B1"), diamond.show("C1"), diamond.copy("Z1", "B1"), diamond.text("B1")])

deep = Sheet()
texts = {f"A{number}": f"=A{number - 1}+1" for number in range(2, 3001)}
emit(len(deep.update({**texts, "A1": "1", "B1": "=SUM(A1:A3000)"})))
emit([deep.show("A3000"), deep.show("B1"), len(deep.set("A1000", "1000")), len(deep.set("A1000", "0")), deep.show("B1")])

grid = Sheet()
state, digest, total = 3, 0, 0
cells = [f"{column}{row}" for row in range(1, 7) for column in "ABCDE"]


def roll(sides):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state >> 33) % sides


for _ in range(120):
    a, b = cells[roll(30)], cells[roll(30)]
    text = (f"={a}+{b}", f"=SUM({a}:{b})", f"=IF({a}>2,{b},1)", f"={a}=0", f"=MIN({a},{b},3)", str(roll(3)), str(roll(3)), "")[roll(8)]
    computed = grid.update({cells[roll(30)]: text, **({cells[roll(30)]: "1"} if roll(4) == 0 else {})})
    total += len(computed)
    digest = crc32(" ".join(computed + [grid.show(cell) for cell in cells]).encode(), digest)
emit([total, digest])
