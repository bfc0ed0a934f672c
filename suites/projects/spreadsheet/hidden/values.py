from sheets.evaluate import evaluate, show
from sheets.formula import Error, read_formula
from sheets.names import position

CELLS = {
    "A1": 5.0,
    "A2": "text",
    "A3": True,
    "A5": 2.5,
    "B1": Error("#DIV/0!"),
    "B2": Error("#REF!"),
    "C1": "",
    "C2": "12",
    "C3": False,
    "C5": -4.0,
}
VALUES = {position(name): value for name, value in CELLS.items()}


def come_to(*formulas):
    values = [evaluate(read_formula(formula), VALUES.get) for formula in formulas]
    return " ".join(f"'{value}'" if isinstance(value, str) else show(value) for value in values)


emit([show(value) for value in (None, True, 3.0, 0.1 + 0.2, 1e12, 1 / 3, "x", Error("#REF!"))])
emit(come_to("=A1+A5*2", "=A4+1", "=A3+A3-C3", "=A2+1", "=C2*1", "=-A3", "=7/2", "=1/A4", "=-A2"))
emit(come_to("=A9", "=A2", "=A3", "=B1", "=A1:A2", "=A1:A2+1", "=#NAME?"))
emit(come_to("=A1&A2&A3&A4&0.5", "=A4&A4", "=B1&\"x\"", "=1/3&\"\""))
emit(come_to("=A4=0", "=A4=\"\"", "=A4=C3", "=A4=A9", "=C2=12", "=1=TRUE", "=\"a\"<>\"A\"", "=A2=\"text\"", "=C1=A4", "=A4<>1"))
emit(come_to("=A4<1", "=A4<\"a\"", "=\"a\"<A4", "=2>1", "=\"b\">=\"a\"", "=1<\"a\"", "=TRUE<2", "=A3>A4", "=A4<=A9"))
emit(come_to("=B1+B2", "=B2+B1", "=A2+B1", "=B1=B1", "=1/0+A2", "=A2*1+B1"))
emit(come_to("=SUM(A1:A5)", "=COUNT(A1:A5)", "=MIN(A1:A5,C5)", "=MAX(C5)", "=AVG(A1:A5)", "=SUM(A2)", "=SUM(A2&\"\")", "=SUM(A3,A3+0,TRUE)"))
emit(come_to("=SUM()", "=COUNT()", "=MIN(A2)", "=MAX()", "=AVG(A4)", "=COUNT(A9,0,C2,C3)", "=COUNT(A9+0,\"\")"))
emit(come_to("=SUM(A1:B2)", "=SUM(A1:C2)", "=SUM(B2,B1)", "=SUM(1/0,B2)", "=MAX(A1,A2:A5,B2)", "=COUNT(B1)"))
emit(come_to("=IF(A1>2,\"y\",B1)", "=IF(0,B1)", "=IF(A4,1,A4)", "=IF(A2,1,2)", "=IF(B2,1,2)", "=IF(TRUE,A2)", "=IF(C5,A9)", "=IF(A1:A2,1,2)"))
emit(come_to("=IFERROR(B1,A9)", "=IFERROR(A1,B1)", "=IFERROR(B1,B2)", "=IFERROR(A9,1)", "=IFERROR(A1:A2,\"range\")", "=IFERROR(NO(),3)"))
emit(come_to("=LEN(A2)", "=LEN(A4)", "=LEN(1/3)", "=LEN(TRUE)", "=LEN(B1)", "=LEN(A1:A2)"))
emit(come_to("=IF(1)", "=IF(1,2,3,4)", "=IFERROR(B1)", "=LEN()", "=LEN(B1,B2)", "=NO(B1)", "=Sum(1,2)", "=IF()"))
emit([type(evaluate(read_formula(text), VALUES.get)).__name__ for text in ("=COUNT(A1)", "=1+1", "=SUM()", "=A3", "=A9", "=LEN(A2)")])
