from sheets import Sheet

sheet = Sheet()
emit(sheet.update({"A1": "2", "A2": "3", "A3": "=A1*A2", "B1": "=SUM(A1:A3)/2", "B2": "=IF(A1>2, \"big\", A9)"}))
emit([sheet.show(name) for name in ("A3", "B1", "B2", "C9")])
emit([sheet.set("A1", "1"), sheet.set("A2", "6"), sheet.show("B1")])
emit([sheet.set("A1", "=B1"), sheet.show("A1"), sheet.show("B2"), sheet.set("A1", "4")])
emit([sheet.insert_rows(2, 1), sheet.text("A4"), sheet.text("B1")])
emit([sheet.delete_rows(3, 1), sheet.text("A3"), sheet.show("B1")])
