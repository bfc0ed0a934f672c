from tables import render
from tables.columns import Column, columns

ROWS = [("pears", "12", "ripe"), ("figs", "1,200", None), ("nuts", "7%", "a  b\nc")]
emit(render(["item", "count", "note"], iter(ROWS), most=5))
emit(render(["item", "count"], ROWS[:1], most=1))
emit(render(["a"], iter([[1], [22], [333]]), most=2, gap=" | "))
emit(render(["a", "b"], [], most=0))
emit(render(["a", "b"], [["x"], []], most=9))
emit(render([], [["x", 1]], most=9))
emit(render(["a"], [["x"]] * 3, most=0))
emit([(c.title, c.width, c.right) for c in columns(["n", "m"], [["1", ""], ["", ""], ["2.5"]])])
emit([columns(["n"], [[cell]])[0].right for cell in ("1", "1.5", "1,000", "10,00", "1.", "x1", "12%", "1 2", "")])
emit(Column("x", 4, True).cell("ab") + Column("x", 4, False).cell("ab") + "|")
