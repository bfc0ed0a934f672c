from zlib import crc32

from sheets import Sheet
from sheets.moving import moved

emit(moved('=a1 +  "A1"&SUM( $b$2:C3,A1)', lambda cells: cells._replace(first=cells.first._replace(row=9)) if cells.single else None))
emit([moved("=A1+", lambda cells: None), moved("=a1+b1", lambda cells: cells), moved("=1", lambda cells: None)])

sheet = Sheet()
sheet.update({"A1": "1", "A2": "2", "A3": "3", "A4": "=sum(a1:a3)", "B2": "=A2 + $a$3", "B3": "=C3:$A2", "C4": "=B5", "D1": "=SUM(B1:B9)"})
texts = ("A4", "A5", "B2", "B3", "C4", "C5", "D1", "D3")


def state():
    return [f"{name} {sheet.text(name)}" for name in texts if sheet.text(name)]


emit([sheet.insert_rows(1, 1), *state()])
emit([sheet.insert_rows(3, 2), sheet.text("A7"), sheet.text("B5"), sheet.text("D2"), sheet.show("A7")])
emit([sheet.delete_rows(3, 2), sheet.delete_rows(1, 1), *state()])
emit([sheet.delete_rows(1, 1), *state(), sheet.show("A3")])
emit([sheet.insert_columns(2, 1), sheet.text("C1"), sheet.text("C2"), sheet.text("D3"), sheet.text("A3")])
emit([sheet.delete_columns(1, 1), sheet.text("B1"), sheet.text("B2"), sheet.show("B1"), sheet.text("C3")])

spans = Sheet()
spans.update({f"A{row}": str(row) for row in range(1, 9)})
spans.update({"C1": "=SUM(A2:A5)", "C2": "=SUM(A5:A2)", "C3": "=SUM(A3)", "C4": "=COUNT(A1:B8)", "C5": "=$A$4&A$5"})
emit([spans.delete_rows(5, 3), [spans.text(f"C{row}") for row in range(1, 5)], spans.show("C1"), spans.show("C4")])
emit([spans.delete_rows(2, 1), [spans.text(f"C{row}") for row in range(1, 4)], spans.show("C1")])
emit([spans.insert_rows(4, 1), spans.text("C1"), spans.insert_rows(2, 1), spans.text("C1"), spans.show("C1")])
emit([spans.delete_columns(1, 1), spans.text("B1"), spans.text("B4"), spans.show("B1"), spans.show("B4")])

copies = Sheet()
copies.update({"B2": "=A1+$A1+A$1+$A$1", "B3": "=SUM(A1:$B$3)", "B4": "text A1", "C9": "=\"A1\"&a1&#REF!"})
emit([copies.copy("B2", "D5"), copies.text("D5"), copies.copy("B2", "B1"), copies.text("B1"), copies.copy("B2", "A3"), copies.text("A3")])
emit([copies.copy("B3", "D6"), copies.text("D6"), copies.copy("B4", "A9"), copies.text("A9"), copies.copy("C9", "D9"), copies.text("D9")])
emit([copies.copy("Q9", "B4"), copies.text("B4"), copies.copy("B3", "B3"), copies.text("B3"), copies.copy("B3", "A3"), copies.text("A3")])
emit([copies.update({"AA1": "=Z1", "Z2": "=AB10"}), copies.insert_columns(26, 2), copies.text("AC1"), copies.text("AB2")])

grid = Sheet()
state_, digest, total = 17, 0, 0
cells = [f"{column}{row}" for row in range(1, 7) for column in "ABCDE"]


def roll(sides):
    global state_
    state_ = (state_ * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state_ >> 33) % sides


for _ in range(100):
    a, b = cells[roll(30)], cells[roll(30)].replace("C", "$C").replace("4", "$4")
    kind = roll(9)
    if kind < 5:
        computed = grid.set(cells[roll(30)], (f"={a}+{b}", f"=SUM({a}:{b})", f"=IF({a}>2,{b},1)", str(roll(4)), "x")[kind])
    elif kind == 5:
        computed = grid.copy(a, cells[roll(30)])
    else:
        move = (grid.insert_rows, grid.delete_rows, grid.insert_columns, grid.delete_columns)[roll(4)]
        computed = move(1 + roll(5), 1 + roll(2))
    total += len(computed)
    digest = crc32(" ".join(computed + [grid.text(cell) + grid.show(cell) for cell in cells]).encode(), digest)
emit([total, digest])
