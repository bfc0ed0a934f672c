from sheets import Sheet


def shown(sheet, names):
    return " ".join(sheet.show(name) for name in names.split())


sheet = Sheet()
emit([sheet.set("A1", "=A1"), sheet.show("A1"), sheet.set("A1", "=SUM(A1:B1)"), sheet.set("A1", "1"), sheet.show("A1")])
emit([sheet.update({"A1": "=B1", "B1": "=C1", "C1": "=A1", "D1": "=C1+1", "E1": "=IFERROR(D1,\"caught\")"}), shown(sheet, "A1 B1 C1 D1 E1")])
emit([sheet.set("C1", "5"), shown(sheet, "A1 B1 C1 D1 E1")])
emit([sheet.set("C1", "=IF(FALSE,A1,2)"), shown(sheet, "A1 B1 C1 D1 E1")])
emit([sheet.set("C1", "=IF(FALSE,A2,2)"), shown(sheet, "A1 B1 C1 D1 E1")])
emit([sheet.set("C1", "=IFERROR(A1,1)"), sheet.set("B1", "=D1"), shown(sheet, "A1 B1 C1 D1 E1"), sheet.set("F1", "=B1")])
emit([sheet.set("A1", "=E1"), shown(sheet, "A1 B1 C1 D1 E1 F1")])
emit([sheet.set("E1", "=1/0"), shown(sheet, "A1 B1 C1 D1 E1 F1")])
emit([sheet.set("E1", "3"), shown(sheet, "A1 B1 C1 D1 E1 F1")])

two = Sheet()
two.update({"A1": "=B1+C1", "B1": "=A1", "C1": "=D1", "D1": "=C1", "E1": "=A1&\"\"", "F1": "=COUNT(G1)", "G1": "=E1"})
emit([shown(two, "A1 B1 C1 D1 E1 F1 G1"), two.set("D1", "1"), shown(two, "A1 B1 C1 D1 E1 F1 G1")])
emit([two.set("B1", "2"), shown(two, "A1 B1 C1 D1 E1 F1 G1"), two.update({"B1": "=A1", "D1": "4"}), two.set("B1", "=#CYCLE!"), two.set("A1", "=B1")])
emit([two.set("B1", "=B1"), two.set("B1", "=#CYCLE!"), two.show("E1"), two.set("B1", ""), shown(two, "A1 E1 F1")])

moving = Sheet()
moving.update({"A1": "=A2", "A2": "=A3+A1", "A3": "1", "B1": "=A1", "B2": "=B1", "C3": "=C4", "C4": "=C3"})
emit([moving.insert_rows(2, 1), shown(moving, "A1 A3 B1 B3 C4 C5"), moving.text("A3")])
emit([moving.delete_rows(1, 1), shown(moving, "A2 B2 C3"), moving.text("A2"), moving.delete_rows(4, 2), shown(moving, "C3")])
emit([moving.copy("A2", "A3"), moving.text("A3"), moving.copy("A3", "A4"), moving.show("A4")])

ring = Sheet()
texts = {f"A{number}": f"=A{number + 1}" for number in range(1, 1000)}
emit([len(ring.update({**texts, "A1000": "=A1", "B1": "=A500"})), ring.show("A500")])
emit([len(ring.set("A1000", "9")), ring.show("B1"), len(ring.set("A700", "=A1")), ring.show("B1"), ring.show("A701")])
emit([len(ring.update({"A500": "=A701", "C1": "=B1"})), ring.show("C1")])
